"""A dialogue asks for what is useful, takes only what fits, and remembers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import tomli

from korea_cli.editing.terminal import Terminal
from korea_cli.ingest.adding.interactive import NothingAddedError, converse
from korea_cli.model.records import RECORD_TYPES, file_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.conftest import Mine


class Person(Terminal):
    """Somebody who answers each question by the word it begins with, the answers in turn, else by Enter."""

    def __init__(self, **answers: list[str]) -> None:
        """Have some answers ready; `add` and `another` are those to yes-or-no questions."""
        self.answers = answers
        self.shown: list[str] = []
        self.offered: dict[str, Sequence[str]] = {}
        self._asked = ""

    def say(self, text: str) -> None:
        """Listen."""
        self.shown.append(text)
        label, *rest = re.split(r"[:,] ", text.removeprefix("* "), maxsplit=1)
        word = label.casefold().replace(" ", "_")
        if rest and word.isidentifier() and label != "Possible duplicate":
            self._asked = word

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Answer the last question."""
        self.offered[self._asked] = offers
        return next(iter(self._next(self._asked)), "")

    def confirm(self, question: str, *, default: bool = True) -> bool:
        """Answer by yes or no."""
        self.shown.append(question)
        said = self._next(question.split(maxsplit=1)[0].rstrip(":").casefold())
        return said[0] == "y" if said else default

    def _next(self, word: str) -> list[str]:
        left = self.answers.get(word, [])
        if left and left[0] == "\x04":
            raise EOFError
        return [left.pop(0)] if left else []


def talk(mine: Mine, type_: str, person: Person) -> str:
    return converse(mine.files, RECORD_TYPES[type_], person).text


def test_enter_skips_whatever_is_not_needed(mine: Mine) -> None:
    person = Person(title=["", "Talks"], date=["2019"])
    talk(mine, "event", person)
    assert tomli.loads(mine.text)["events"][1] == {"id": "talks", "title": "Talks", "date": "2019"}
    assert "A value is required.\n" in person.shown
    assert f"Added event 'talks' ({mine.path}:24), 2019, after 'offer'\n" in person.shown


def test_what_is_needed_comes_first_then_what_a_finished_record_has_then_the_rest(mine: Mine) -> None:
    person = Person(title=["x"], date=["2019"])
    talk(mine, "event", person)
    asked = list(person.offered)
    assert asked[:4] == ["title", "date", "kind", "sources"]
    assert asked[-1] == "id"
    assert set(asked) == {written for written, key in file_keys(RECORD_TYPES["event"]).items() if not key.seldom}
    assert {"date_text", "timezone"}.isdisjoint(asked)


def test_a_date_is_shown_as_it_was_understood_and_asked_for_again_where_it_was_not(mine: Mine) -> None:
    person = Person(title=["x"], date=["5 May", "5 May 2019"])
    talk(mine, "event", person)
    assert "'5 May' is not a date: the year is missing. Did you mean '2017-05-05'?\n" in person.shown
    assert "  = 5 May 2019\n" in person.shown
    assert tomli.loads(mine.text)["events"][1]["date"] == "2019-05-05"


def test_names_are_offered_and_taken_one_a_line(mine: Mine) -> None:
    person = Person(title=["x"], date=["2019"], actors=["The North", "han", "north", ""])
    talk(mine, "event", person)
    assert person.offered["actors"] == ["north", "The North", "han", "Minister Han"]
    assert tomli.loads(mine.text)["events"][1]["actors"] == ["north", "han"]


def test_words_are_offered_with_those_that_the_file_adds(mine: Mine) -> None:
    mine.write(f'[chronology]\nkinds = ["parade"]\n\n{mine.text}')
    person = Person(title=["x"], date=["2019"], kind=["march", "parade"])
    talk(mine, "event", person)
    assert "parade" in person.offered["kind"]
    assert tomli.loads(mine.text)["events"][1]["kind"] == "parade"


def test_what_is_missing_can_be_added_on_the_way_in_one_go(mine: Mine) -> None:
    person = Person(
        title=["x", "The Daily"], date=["2019"], sources=["daily#p1"], actors=["Kim Jong-un"], add=["y", "y"]
    )
    talk(mine, "event", person)
    tables = tomli.loads(mine.text)
    assert tables["sources"][1] == {"id": "daily", "title": "The Daily"}
    assert tables["actors"][2] == {"id": "kim-jong-un", "name": "Kim Jong-un"}
    assert tables["events"][1]["sources"] == ["daily#p1"]
    assert tables["events"][1]["actors"] == ["kim-jong-un"]


def test_what_is_missing_need_not_be_added(mine: Mine) -> None:
    person = Person(title=["x"], date=["2019"], actors=["Minister Ham", "han"])
    talk(mine, "event", person)
    assert "actor not found: 'Minister Ham'. Did you mean 'Minister Han' (han)?\n" in person.shown
    assert [each["id"] for each in tomli.loads(mine.text)["actors"]] == ["north", "han"]


def test_the_last_source_serves_again(mine: Mine) -> None:
    answers = {"title": ["x", "y", "z"], "date": ["2019"] * 3, "another": ["y", "y"]}
    person = Person(**answers, sources=["gazette#p2", "", "", "-"])
    talk(mine, "event", person)
    cited = {each["id"]: each.get("sources") for each in tomli.loads(mine.text)["events"]}
    assert cited == {"offer": None, "x": ["gazette#p2"], "y": ["gazette#p2"], "z": None}
    assert any("(Enter: gazette#p2; - for none)" in text for text in person.shown)


def test_the_id_is_suggested_and_one_that_is_taken_or_none_is_refused(mine: Mine) -> None:
    person = Person(title=["x"], date=["2019"], id=["offer", "No Id", "mine"])
    talk(mine, "event", person)
    assert f"'offer' is already used at {mine.path}:18\n" in person.shown
    assert tomli.loads(mine.text)["events"][1]["id"] == "mine"


def test_a_copy_is_noted_before_it_is_added(mine: Mine) -> None:
    person = Person(title=["x"], date=["2018-03-07"], actors=["han"], add=["n"])
    before = mine.text
    talk(mine, "event", person)
    assert (
        f"Possible duplicate: event 'offer' has the same date and also involves han: 'An offer' at {mine.path}:18\n"
        in person.shown
    )
    assert person.shown[-2] == "Not added.\n"
    assert mine.text == before


def test_a_caution_is_asked_for_by_yes_or_no(mine: Mine) -> None:
    talk(mine, "fact", Person(text=["So.", "Or so."], hedged=["y", "n"], another=["y"]))
    assert [each.get("hedged") for each in tomli.loads(mine.text)["facts"]] == [True, None]


def test_answers_that_end_leave_the_file_as_it_was(mine: Mine) -> None:
    before = mine.text
    with pytest.raises(NothingAddedError, match="nothing was added"):
        talk(mine, "event", Person(title=["x"], date=["\x04"]))
    assert mine.text == before


def test_what_was_added_before_the_answers_ended_stays(mine: Mine) -> None:
    talk(mine, "topic", Person(label=["x", "\x04"], another=["y"]))
    assert [each["id"] for each in tomli.loads(mine.text)["topics"]] == ["talks", "x"]
