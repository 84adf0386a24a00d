"""On a terminal the answer is drawn to fit: nothing is wider than the screen, nothing is cut."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import pytest

if TYPE_CHECKING:
    from conftest import Korea

WIDTHS = pytest.mark.parametrize("columns", [20, 40, 80, 200])
LEAD = re.compile(r"^[^│●○◆\n]*[│●○◆]", re.MULTILINE)  # the date beside a record, and its rail
BLANKS = re.compile(r"[\s│|]+")


def cells(line: str) -> int:
    """Count the columns a line takes up."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def letters(text: str) -> str:
    """Take out blanks and rails, so that what was wrapped can be compared."""
    return BLANKS.sub("", text)


@WIDTHS
def test_no_line_is_wider_than_the_terminal(columns: int, asked: tuple[str, ...], korea: Korea) -> None:
    run = korea.on_terminal(*asked, "--color", "never", columns=columns)
    assert (run.code, run.err) == (0, "")
    assert "\r" not in run.out
    assert [line for line in run.out.split("\n") if cells(line) > columns] == []


@WIDTHS
@pytest.mark.parametrize("command", ["timeline", "facts", "actors", "topics", "sources"])
def test_no_word_of_any_record_is_cut(columns: int, command: str, korea: Korea) -> None:
    shown = letters(LEAD.sub("", korea.on_terminal(command, "--color", "never", columns=columns).out))
    rows = json.loads(korea(command, "--json").out)[command.replace("timeline", "events")]
    named = [next(row[key] for key in ("title", "name", "label", "text") if key in row) for row in rows]
    assert len(named) > 10
    assert [name for name in named if letters(name) not in shown] == []
    assert "…" not in shown


@WIDTHS
def test_nothing_of_a_record_shown_in_full_is_cut(columns: int, korea: Korea) -> None:
    shown = letters(korea.on_terminal("show", "hwasong-14-launch", "--color", "never", columns=columns).out)
    (event,) = json.loads(korea("show", "hwasong-14-launch", "--json").out)["results"]
    said = [event[key] for key in ("title", "id", "summary", "note", "place")]
    said += [source[key] for source in event["sources"] for key in ("id", "title", "url") if source[key]]
    said += [fact["title"] for fact in event["facts"]]
    assert [words for words in said if letters(words) not in shown] == []


@WIDTHS
@pytest.mark.parametrize("fields", ["id,title,date", "id,title,actors,sources,note,summary"])
def test_chosen_fields_are_not_cut_either(columns: int, fields: str, korea: Korea) -> None:
    run = korea.on_terminal("timeline", "thaad", "--fields", fields, "--color", "never", columns=columns)
    assert [line for line in run.out.split("\n") if cells(line) > columns] == []
    written = korea("timeline", "thaad", "--fields", fields).out
    assert Counter(letters(written)) - Counter(letters(run.out)) == Counter()


@WIDTHS
def test_korean_is_counted_by_the_columns_it_takes(columns: int, korea: Korea) -> None:
    name = "문재인대통령과김정은위원장"
    data = f'[[actors]]\nid = "a"\nname = "{name}"\n' + "".join(
        f'[[events]]\nid = "e{number}"\ntitle = "{name} {name * number}"\ndate = "2017-05-09"\nactors = ["a"]\n'
        for number in range(1, 4)
    )
    run = korea("timeline", "-f", "table", "-d", "-", input=data.encode(), env={"COLUMNS": str(columns)})
    lines = run.out.split("\n")
    assert [line for line in lines if cells(line) > columns] == []
    assert letters(name * 4) in letters(run.out)
    hung = [line for line in lines if "│" in line or "●" in line]
    assert len({cells(line[: re.search("[│●]", line).start()]) for line in hung if "day known" not in line}) == 1  # type: ignore[union-attr]


def test_a_terminal_gets_the_table_and_a_pipe_plain_lines(asked: tuple[str, ...], korea: Korea) -> None:
    settings = {"COLUMNS": "80"}
    assert korea.on_terminal(*asked).out == korea(*asked, "-f", "table", "--color", "always", env=settings).out or (
        asked[0] in {"show", "actor", "sources", "timeline", "facts"}  # links have a number of their own each time
    )
    assert korea(*asked).out == korea(*asked, "-f", "plain").out
    assert korea.on_terminal(*asked, "--color", "never").out == korea(*asked, "-f", "table", env=settings).out


def test_the_count_is_a_bare_number_on_a_terminal_too(korea: Korea) -> None:
    assert korea.on_terminal("timeline", "--count").out == korea("timeline", "--count").out


@pytest.mark.parametrize("setting", ["0", "", "-5", "wide", "8e1", "٤٠", "9" * 5000, "1000000000"])
def test_a_width_that_is_none_is_ignored(setting: str, korea: Korea) -> None:
    settings = {"COLUMNS": setting}
    in_pipe = korea("timeline", "-f", "table", env=settings)
    assert in_pipe == korea("timeline", "-f", "table", env={"COLUMNS": "80"})
    on_terminal = korea.on_terminal("timeline", "--color", "never", columns=40, env=settings)
    assert on_terminal == korea.on_terminal("timeline", "--color", "never", columns=40)


def test_a_width_that_is_set_wins_over_the_terminal(korea: Korea) -> None:
    wide = korea.on_terminal("timeline", "--color", "never", columns=40, env={"COLUMNS": "120"})
    assert wide.out == korea("timeline", "-f", "table", env={"COLUMNS": "120"}).out
    assert max(map(cells, wide.out.split("\n"))) > 80


def test_a_terminal_that_does_not_know_its_width_is_80_wide(korea: Korea) -> None:
    unknown = korea.on_terminal("timeline", "--color", "never", columns=0)
    assert unknown == korea.on_terminal("timeline", "--color", "never", columns=80)


@pytest.mark.parametrize("setting", ["1", "5", "19"])
def test_a_screen_narrower_than_20_is_drawn_as_20(setting: str, korea: Korea) -> None:
    narrow = korea("timeline", "-f", "table", env={"COLUMNS": setting})
    assert narrow == korea("timeline", "-f", "table", env={"COLUMNS": "20"})
