"""Whoever is asked can go back, and nothing that was typed is lost, whatever ends the questions."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest
import tomli

from korea_cli.editing.terminal import Terminal
from korea_cli.ingest.interactive import NotAddedError, converse
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conftest import Korea
    from ingest.conftest import Mine

# The questions about an event: title, date, kind, sources, summary, actors, recipients, via, place, topics, status,
# quote, note, id; then whether to add it, and another.
AFTER_DATE = 11 * [""]
# All that is typed about an event and an actor that it names, and what each is in the end.
WHOLE = {
    'Moon\'s "Talks"': 'Moon\'s "Talks"', "4 June 2018": "2018-06-04", "meeting": "meeting", "gazette#p2": "gazette#p2",
    "": "", "-v, at last": "-v, at last", "the north": "north", "The Court": "Court", "y": "",
    "institution": "institution",
}  # fmt: skip


class Typist(Terminal):
    """Somebody who types some lines in turn, whatever is asked, each perhaps after doing something else."""

    def __init__(self, *lines: str | Callable[[], str]) -> None:
        """Have the lines ready."""
        self.lines, self.shown = list(lines), ""

    def say(self, text: str) -> None:
        """Read."""
        self.shown += text

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Type the next line."""
        del offers
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        return line if isinstance(line, str) else line()


def added(mine: Mine, type_: str, *lines: str | Callable[[], str]) -> tuple[dict[str, object], Typist]:
    """Return the last record of a type when some lines were typed and confirmed, and what was shown."""
    typist = Typist(*lines, "y", "n")
    converse(mine.files, RECORD_TYPES[type_], typist)
    assert typist.lines == []
    return tomli.loads(mine.text)[f"{type_}s"][-1], typist


def test_an_earlier_answer_is_the_default_and_can_be_replaced_or_removed(mine: Mine) -> None:
    event, typist = added(
        mine, "event", "<", "x", "2019", "meeting", "<", "<", "<", "y", "", "-", *AFTER_DATE,
    )  # fmt: skip
    assert event == {"id": "y", "title": "y", "date": "2019"}
    assert "This is the first question.\n* Title" in typist.shown
    assert "* Title: what happened, in one line (Enter: x)\n* Date" in typist.shown
    assert "c. 1998) (Enter: 2019):\n" in typist.shown
    assert "(Enter: meeting; - for none)\n" in typist.shown


def test_a_list_is_kept_as_a_whole_also_where_it_was_gone_back_from_in_the_middle(mine: Mine) -> None:
    actors = ("north", "han", "<", "", "", "<", "han", "", "<", "-")
    event, typist = added(mine, "event", "x", "2019", "", "", "", *actors, *8 * [""])
    assert "actors" not in event
    assert typist.shown.count("(Enter: north, han; - for none)\n") == 2
    assert typist.shown.count("(Enter: han; - for none)\n") == 1


def test_yes_or_no_has_a_way_back(mine: Mine) -> None:
    fact, _ = added(mine, "fact", "So.", *6 * [""], "y", "<", "<", *5 * [""])
    assert fact == {"id": "so", "text": "So.", "hedged": True}


def test_the_last_look_has_a_way_back_and_the_id_follows_the_title(mine: Mine) -> None:
    event, typist = added(mine, "event", "x", "2019", *AFTER_DATE, "", "<", "<", "A remark", "", "<", "z")
    assert event == {"id": "z", "title": "x", "date": "2019", "note": "A remark"}
    assert "already used" not in typist.shown
    renamed, _ = added(mine, "topic", "One", "", "", "", "", *5 * ["<"], "Two", "", "", "", "")
    assert renamed == {"id": "two", "label": "Two"}


def test_a_record_that_was_left_is_taken_up_again_and_one_that_is_no_longer_named_is_not_added(mine: Mine) -> None:
    source = ("daily#p1", "y", "The Daily", "<", "<", "daily#p1", "y", "", "article")
    actor = ("Lee", "y", "person", "", "", "<", "han", "")
    event, typist = added(mine, "event", "x", "2019", "", *source, "", "", *actor, *8 * [""])
    tables = tomli.loads(mine.text)
    assert "'daily' is not added. Sources:\n" in typist.shown
    assert "(Enter: The Daily)" in typist.shown
    assert tables["sources"][1] == {"id": "daily", "type": "article", "title": "The Daily"}
    assert [each["id"] for each in tables["actors"]] == ["north", "han"]
    assert event["actors"] == ["han"]


@pytest.mark.parametrize("number", range(1, len(WHOLE) + 1))
def test_what_is_typed_is_kept_as_a_command_wherever_it_ends(number: int, mine: Mine, korea: Korea) -> None:
    before = mine.text
    typed = [*WHOLE][:number]
    with pytest.raises(NotAddedError, match="nothing was added") as error:
        converse(mine.files, RECORD_TYPES["event"], Typist(*typed))
    assert mine.text == before
    words = shlex.split(error.value.command)
    assert [each for each in filter(None, (WHOLE[one] for one in typed)) if each not in " ".join(words)] == []
    missing = f" --date {WHOLE['4 June 2018']}" if number == 1 else ""
    runs = [korea(*shlex.split(each)[1:]) for each in f"{error.value.command}{missing}".split(" && ")]
    if typed[-1] == "The Court":  # an actor that the file does not have
        assert (runs[-1].code, "actor not found: 'The Court'" in runs[-1].err) == (1, True)
        return
    assert [each.code for each in runs] == [0 for _ in runs]
    event = tomli.loads(mine.text)["events"][-1]
    assert event["title"] == typed[0]
    assert event.get("actors", []) == ["north", "the-court"][: max(number - 6, 0)]


def test_what_is_not_confirmed_or_cannot_be_added_is_kept_as_a_command(mine: Mine) -> None:
    lines = ["x", "2019", "", "", "", "Moon Lee", "y", "", "", *9 * [""]]
    typist = Typist(*lines, "n", "n")
    converse(mine.files, RECORD_TYPES["event"], typist)
    command = f"korea add actor --id moon-lee --name 'Moon Lee' -d {mine.path} && korea add event --id x --title x"
    assert f"Not added. To add it, run: {command}" in typist.shown

    def with_an_error() -> str:
        mine.write(mine.text.replace('"2018-03-07"', '"2018-13"'))
        return "y"

    with pytest.raises(NotAddedError) as error:
        converse(mine.files, RECORD_TYPES["event"], Typist(*lines, with_an_error))
    assert error.value.status == 3
    assert error.value.sentences[0].startswith("Nothing was changed: ")
    assert error.value.sentences[-1].startswith(f"to add what you typed, run: {command}")
