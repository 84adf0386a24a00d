"""An index of words finds the same as looking through the folded texts does, in every script."""

from __future__ import annotations

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from korea_cli.cache.keeping import tables_with_text
from korea_cli.dates.edtf import parse_stored
from korea_cli.errors import UsageError
from korea_cli.filling import filled
from korea_cli.model import Actor, Event, Fact, Header, Source, Topic
from korea_cli.reading.records import Draft
from korea_cli.store import Store
from korea_cli.words import phrase_for, words_of

LETTERS = "abcABÉßŁΣςиЙが漢字문재인ﾊﾟ\uff34٣1.-_'\u2019\"*^+:(){} \t\x00\x01\xb6\xb7\u3099😀"
WORDS = (
    "us", "U.S.", "talks", "talk", "h.r.mcmaster", "Straße", "문재인", "문재인은", "재인 대통령", "6자회담",
    "部署THAAD系统", "ミサイル", "путин", "AND", "OR", "NOT", "NEAR", "text", "head:", "a\x01b", "naïve", "١٢",
)  # fmt: skip
TEXTS = st.one_of(st.text(LETTERS, max_size=8), st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Draft, str]:
    """Draw records, and what to look for: now and then a piece of one of their texts."""
    texts = draw(st.lists(TEXTS, min_size=8, max_size=8))
    draft = Draft(header=Header())
    title, summary, place, note, name, alias, container, text = texts
    draft.records["events"] += [
        Event(id="e-1", title=title, date=parse_stored("2017"), summary=summary, place=place, note=note, actors=("a",)),
        Event(id="e-2", title=note, date=parse_stored("2017"), quote=title, actors=("a", "b"), topics=("t",)),
    ]
    draft.records["facts"] += [Fact(id="f-1", text=text, holders=("b",), topics=("t",))]
    draft.records["actors"] += [Actor(id="a", name=name, aliases=(alias,)), Actor(id="b", name=place)]
    draft.records["topics"] += [Topic(id="t", label=summary)]
    draft.records["sources"] += [Source(id="s", title=text, container=container, authors=(name, alias))]
    whole = draw(st.sampled_from(texts))
    start, length = draw(st.integers(0, len(whole))), draw(st.integers(1, 9))
    return draft, draw(st.sampled_from([whole[start : start + length], whole, *WORDS]) | TEXTS)


def found(store: Store, column: str, text: str) -> list[int]:
    rows, value = store.with_words(column, text)
    return sorted(seq for (seq,) in store.rows(f"SELECT seq FROM {rows}", (value,)))  # noqa: S608 - what is tested


@settings(max_examples=400)
@given(questions())
def test_the_index_finds_what_looking_through_the_texts_finds(question: tuple[Draft, str]) -> None:
    draft, sought = question
    assume(words_of(sought))
    through, index = filled(draft), Store.in_memory(tables_with_text(draft), keeps=True)
    for column in ("head", "text", "place", "container"):
        expected = found(through, column, sought)
        event(f"{column}: {'something' if expected else 'nothing'} found")
        assert found(index, column, sought) == expected


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
    for store in (filled(draft), Store.in_memory(tables_with_text(draft), keeps=True)):
        assert (2 in found(store, "text", sought)) is there


@given(st.text())
def test_what_is_looked_for_is_never_read_as_a_question_of_its_own(text: str) -> None:
    assume(words_of(text))
    phrase = phrase_for(text)
    assert phrase[0] == '"'
    assert phrase.removesuffix(" *")[1:].count('"') == 1


@pytest.mark.parametrize("text", ["", "…", "\x01", "😀"])
def test_what_has_no_word_in_it_cannot_be_looked_for(text: str) -> None:
    with pytest.raises(UsageError, match="has no word in it"):
        phrase_for(text)


def test_a_phrase_of_as_many_words_as_may_be_is_looked_for() -> None:
    draft = Draft(header=Header())
    long = "문" * 5000
    draft.records["events"].append(Event(id="e", title=long, date=parse_stored("2017")))
    store = Store.in_memory(tables_with_text(draft), keeps=True)
    assert found(store, "text", long[:-1]) == [1]
    assert found(store, "text", f"{long}재") == []
