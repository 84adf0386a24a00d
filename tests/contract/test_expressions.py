"""Expressions as people type and paste them: quotation marks, signs of other scripts, and where an error is."""

# ruff: noqa: RUF001 - signs that look like others are what is tested

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

FILE = r"""
[[actors]]
id = "pair"
name = 'The "Two" Group'
[[actors]]
id = "path"
name = 'A\B'
[[events]]
id = "york"
title = 'He said "no, never" again'
date = "2017-05-01"
place = "New York"
actors = ["pair"]
[[events]]
id = "busan"
title = "Talks in Busan"
date = "2017-05-02"
place = "Busan (city)"
actors = ["path"]
[[events]]
id = "moscow"
title = "Talks in Moscow"
date = "2017-05-03"
place = "Moscow"
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "talks.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (r'actor:"The \"Two\" Group" OR place:moscow', "york moscow"),
        (r'actor:"The \"Two\" Group"', "york"),
        (r'actor:="The \"Two\" Group" OR place:moscow', "york moscow"),
        (r'"said \"no, never\" again" OR place:moscow', "york moscow"),
        (r'"said \"no (never\"" OR place:moscow', "york moscow"),
        (r'not:"said \"no, never\"" AND not:place:moscow', "busan"),
        (r'actor:"A\\B" OR place:moscow', "busan moscow"),
        (r'actor:"A\B" OR place:moscow', "busan moscow"),
        (r'actor:"a\\" OR place:moscow', "busan moscow"),
        (r"actor:A\B OR place:moscow", "busan moscow"),
        ('place:"New York"OR place:"Busan (city)"', "york busan"),
        ('place:"New York" OR"in Busan"', "york busan"),
        ('NOT"in Busan" NOT place:"New York"', "moscow"),
        ('(place:"New York")OR(place:"Busan (city)")', "york busan"),
        ("（place:moscow OR place:busan） AND talks", "busan moscow"),
        ("(place:moscow OR place:busan） AND talks", "busan moscow"),
        ("place：moscow OR place：busan", "busan moscow"),
        ("place：moscow", "moscow"),
        ("place：moscow ＯＲ place：busan", "busan moscow"),
        ("place:“New York” OR place:“Busan (city)”", "york busan"),
        ("place:”New York” OR place:moscow", "york moscow"),
        ("place:„New York“ OR place:moscow", "york moscow"),
        ("place:«New York» OR place:« Busan (city) »", "york busan"),
        ("place:»New York« OR place:moscow", "york moscow"),
        ("place:「New York」 OR place:『Busan (city)』", "york busan"),
        ("place:＂New York＂ OR place:｢Busan (city)｣", "york busan"),
        ("“said “no, never”” OR place:moscow", "york moscow"),
        (r"“said \”no, never\”” OR place:moscow", "york moscow"),
        ('“said "no, never" again” OR place:moscow', "york moscow"),
        ('"in “Busan”" OR place:moscow', "busan moscow"),
        ("“in Busan” “talks” NOT moscow", "busan"),
        ("“in Busan”", "busan"),
        ("not:“in Busan”", "york moscow"),
        ("said “no, never” again", "york"),
        ("place:「New York」", "york"),
    ],
)
def test_a_value_in_quotation_marks_is_one_value(typed: str, found: str, korea: Korea, data: Path) -> None:
    run = korea("timeline", "-d", data, typed, "--fields", "id")
    assert (run.code, run.err) == (0, "")
    assert run.out.split() == found.split()


@pytest.mark.parametrize(
    ("words", "reason", "caret"),
    [
        (["colour:red OR talks"], "unknown field 'colour'", 0),
        (["talks AND (colour:red OR no)"], "unknown field 'colour'", 11),
        (["talks", "OR", "colour:red"], "unknown field 'colour'", 9),
        (["talks OR actor:nobody"], "actor not found: 'nobody'", 9),
        (["talks NOT (no OR actor:nobody)"], "actor not found: 'nobody'", 17),
        (["actor:pair actor:nobody AND talks"], "actor not found: 'nobody'", 11),
        (["talks OR not:actor:nobody"], "actor not found: 'nobody'", 9),
        (["talks OR kind:raid"], "kind of event not found: 'raid'", 9),
        (["talks OR status:good"], "unknown status 'good'", 9),
        (["talks OR sources:many"], "'many' is not a number to compare with", 9),
        (["talks OR date:someday"], "'someday' is not a date", 9),
        (["talks OR id:nothing"], "id not found: 'nothing'", 9),
        (["talks OR answers:nothing"], "event not found: 'nothing'", 9),
        (["talks OR has:colour"], "unknown key 'colour'", 9),
        (["talks OR has:"], "'has:' has no value", 9),
        (["talks OR ?"], "'?' contains no word to search for", 9),
        (["place:moscow place:busan OR place:nowhere"], "place not found: 'nowhere'", 28),
        (["(actor:pair or actor:path)"], "'or' is not an operator", 12),
        (["talks", "or", "no"], "'or' is not an operator", 6),
        (["talks AND not actor:pair"], "'not' is not an operator", 10),
        (["(talks AND -moscow)"], "'-moscow' does not exclude anything: write 'not:moscow'", 11),
        (["talks", "AND", "--", "-moscow"], "'-moscow' does not exclude anything", 10),
        (["talks OR -actor:pair"], "'-actor:pair' does not exclude anything: write 'not:actor:pair'", 9),
        (["talks AND place:“New York"], "this quotation mark is not closed", 16),
        (['talks AND place:"New York'], "this quotation mark is not closed", 16),
        ([r'talks AND place:"New York\"'], "this quotation mark is not closed", 16),
        (["（talks"], "this '(' is not closed", 0),
        (["not:(talks)"], "write 'NOT (' instead of 'not:('", 0),
        (["talks AND not:(actor:pair)"], "write 'NOT (' instead of 'not:('", 10),
    ],
)
def test_every_error_of_an_expression_shows_its_place(
    words: list[str], reason: str, caret: int, korea: Korea, data: Path
) -> None:
    run = korea("timeline", "-d", data, *words)
    assert (run.code in {1, 2}, run.out) == (True, "")
    first, _, pointer, *_ = run.err.splitlines()
    assert first.startswith(f"korea: {reason}")
    assert pointer == f"korea:   {' ' * caret}^"


@pytest.mark.parametrize(
    ("command", "query", "caret"),
    [
        ("actors", "(kind:person OR topic:thaad)", 1),
        ("actors", "thaad AND (kind:person OR topic:thaad)", 11),
        ("actors", "topic:thaad AND events:many", 16),
        ("actor putin", "thaad OR topic:nothing", 9),
        ("pairs russia", "topic:thaad OR topic:nothing", 15),
        ("pairs", "russia AND nobody AND topic:thaad", 11),
        ("pairs", "china russia OR topic:thaad", 6),
        ("stats topics", "thaad OR topic:nothing", 9),
        ("disputes", "thaad OR topic:nothing", 9),
        ("positions", "thaad OR by:nobody", 9),
        ("gaps", "thaad OR topic:nothing", 9),
        ("chart", "thaad OR topic:nothing", 9),
        ("search", "thaad OR topic:nothing", 9),
    ],
)
def test_every_command_shows_the_place(command: str, query: str, caret: int, korea: Korea) -> None:
    run = korea(*command.split(), query)
    assert run.code in {1, 2}
    assert run.err.splitlines()[1:3] == [f"korea:   {query}", f"korea:   {' ' * caret}^"]


LONG = "(by:putin OR by:lavrov) AND topic:thaad NOT place:moscow AND "


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        (f"{LONG}by:nobody OR topic:icbm AND by:russia", "by:nobody"),
        (f"by:nobody OR {LONG}by:russia", "by:nobody"),
        (f"(문재인 OR 미사일 OR 러시아) AND topic:thaad AND {LONG}by:nobody", "by:nobody"),
        (f"{LONG}(푸틴 OR topic:없는주제 OR 라브로프 OR 사드)", "topic:없는주제"),
    ],
)
def test_a_narrow_terminal_shows_the_place_on_one_line(query: str, wrong: str, columns: int, korea: Korea) -> None:
    run = korea("timeline", query, env={"COLUMNS": str(columns)})
    _, shown, pointer, *_ = run.err.splitlines()
    assert run.code == 1
    assert max(map(cell_len, (shown, pointer))) <= columns
    before = next(at for at in range(len(shown)) if cell_len(shown[:at]) == cell_len(pointer) - 1)
    assert wrong.startswith(shown[before:]) or shown[before:].startswith(wrong)


@pytest.mark.parametrize("words", [["colour:red"], ["talks", "actor:nobody"], ["talks OR no", "-a", "nobody"]])
def test_outside_of_an_expression_an_error_quotes_what_was_typed(words: list[str], korea: Korea, data: Path) -> None:
    run = korea("timeline", "-d", data, *words)
    assert run.code in {1, 2}
    assert "^" not in run.err
