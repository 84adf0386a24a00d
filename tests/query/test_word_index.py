"""Phrases are found in the index of words within one text of a record, in every script, and never across two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from korea_cli.base.errors import UsageError
from korea_cli.base.tokenize import phrase_for, words_of
from korea_cli.dates.parse import parse_stored
from korea_cli.model.header import Header
from korea_cli.model.records import Actor, Event
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import build_store

if TYPE_CHECKING:
    from korea_cli.store.database import Store


def found(store: Store, column: str, text: str) -> list[str]:
    rows, values = store.words.rows(column, text)
    sql = f"SELECT id FROM entry WHERE seq IN (SELECT seq FROM {rows})"  # noqa: S608 - what is tested
    return sorted(id_ for (id_,) in store.rows(sql, values))


@pytest.mark.parametrize(
    ("sought", "title", "summary", "there"),
    [
        ("moscow talks", "Moscow talks", "", True),
        ("moscow talks", "In Moscow", "talks resume", False),
        ("모스크바 회담", "모스크바", "회담", False),
        ("talks gamma", "Talks", "", False),  # the actor's name stands behind it
        ("문 재인", "문재인", "", False),
        ("문 재인", "문 재인은", "", True),
        ("문재인 대통령", "새문재인 대통령은", "", True),
        ("문재인 대통령", "문재인은 대통령", "", False),
        ("6자회담", "제6자회담", "", True),
        ("자 6", "6자 6", "", True),
        ("us led", "a U.S.-led measure", "", True),
    ],
)
def test_a_phrase_is_found_where_its_words_stand_side_by_side_in_one_text(
    sought: str,
    title: str,
    summary: str,
    there: bool,  # noqa: FBT001 - what is expected
) -> None:
    draft = Draft(header=Header())
    event_ = Event(id="e", title=title, summary=summary, date=parse_stored("2017"), actors=("a",))
    draft.records["events"].append(event_)
    draft.records["actors"].append(Actor(id="a", name="Gamma"))
    assert ("e" in found(build_store(draft), "text", sought)) is there


@given(st.text())
def test_what_is_looked_for_is_never_read_as_a_question_of_its_own(text: str) -> None:
    assume(words_of(text))
    phrase = phrase_for(text)
    assert phrase[0] == '"'
    assert phrase.removesuffix(" *")[1:].count('"') == 1


@pytest.mark.parametrize("text", ["", "…", "\x01", "😀"])
def test_what_has_no_word_in_it_cannot_be_looked_for(text: str) -> None:
    with pytest.raises(UsageError, match="contains no word"):
        phrase_for(text)


def test_a_phrase_of_as_many_words_as_may_be_is_looked_for() -> None:
    draft = Draft(header=Header())
    long = "문" * 5000
    draft.records["events"].append(Event(id="e", title=long, date=parse_stored("2017")))
    store = build_store(draft)
    assert found(store, "text", long[:-1]) == ["e"]
    assert found(store, "text", f"{long}재") == []
