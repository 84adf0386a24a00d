"""`--oneline` lists a record a line: date, mark, title, who, id; wrapped on a terminal, cut nowhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import reporting

if TYPE_CHECKING:
    from conftest import Korea

LISTINGS = {
    "timeline": "events", "facts": "facts", "actors": "actors", "topics": "topics", "sources": "sources",
    "search": "results", "show": "results",
}  # fmt: skip
WORDS = {"search": ("missile",), "show": ("hwasong-14-launch", "putin", "icbm-us", "ramani-2017", "thaad")}
NAMES = ("title", "name", "label", "text")


def rows(korea: Korea, command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(korea(command, *WORDS.get(command, ()), "--json").out)[LISTINGS[command]]
    return found


SUMMARIES = {"actor", "chart", "stats", "export"}  # they list no records, or have several lists


@pytest.mark.parametrize("command", [each for each in reporting() if each not in SUMMARIES])
def test_every_listing_has_a_line_for_each_row(command: str, korea: Korea, tmp_path: Path) -> None:
    old, new, broken = (str(tmp_path / f"{name}.toml") for name in ("old", "new", "broken"))
    Path(old).write_text("[[topics]]\nid = 't'\nlabel = 'T'\n")
    Path(new).write_text("[[topics]]\nid = 't'\nlabel = 'U'\n[[topics]]\nid = 'v'\nlabel = 'V'\n")
    Path(broken).write_text("[[events]]\nid = 'e'\ntitle = 'E'\ndate = 'some day'\n[[topics]]\nid = 't'\n")
    words = {**WORDS, "diff": (old, new), "check": (broken,), "cite": ("icbm-us",)}.get(command, ())
    document = json.loads(korea(command, *words, "--json").out)
    (listed,) = (each for each in document.values() if isinstance(each, list))
    lines = korea(command, *words, "-1").out.splitlines()
    assert len(lines) == len(listed) > 1
    assert [line for line in lines if not line.strip() or "\t" in line or line[0] == "│"] == []
    for line, row in zip(lines, listed, strict=True):
        assert any(text in line for text in texts_in(row)), row
    wrapped = korea.on_terminal(command, *words, "-1", "--color", "never", columns=60).out
    assert re.sub(r"\s", "", wrapped) == re.sub(r"\s", "", "".join(lines))


def test_pairs_and_silences_are_lines_with_all_that_the_table_has(korea: Korea, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("".join(
        f'[[events]]\nid = "e{n}"\ntitle = "E{n}"\ndate = "{date}"\nkind = "meeting"\nactors = ["a", "b"]\n'
        for n, date in enumerate(("2017-05-01", "2017-05-10", "[2017-05..2017-07]"))
    ) + "".join(f'[[actors]]\nid = "{id_}"\nname = "{id_.upper()}"\n' for id_ in "ab"))  # fmt: skip
    assert (
        korea("pairs", "-d", path, "-1").out
        == "● A – B  3 events: meeting 3 · 1 May 2017 – between 10 May and 31 Jul 2017  a b\n"
    )
    assert korea("gaps", "-d", path, "-1", "--to", "2017-05-10").out == (
        "   8 days ● 2 May 2017 – 9 May 2017  1 longer event may touch it  after E0  e0  before E1  e1\n"
    )


def texts_in(row: dict[str, Any]) -> list[str]:
    """Return the texts of a row that tell what it is, those of what it names too."""
    named = [row, *(each for each in row.values() if isinstance(each, dict))]
    return [str(each[key]) for each in named for key in ("id", "name", "title", "message") if each.get(key)]


def name_of(row: dict[str, Any]) -> str:
    return str(next(row[key] for key in NAMES if key in row))


@pytest.mark.parametrize("command", LISTINGS)
@pytest.mark.parametrize("flag", ["-1", "--oneline"])
def test_in_a_pipe_every_record_is_one_line_with_its_name_and_its_id_at_the_end(
    command: str, flag: str, korea: Korea
) -> None:
    run = korea(command, *WORDS.get(command, ()), flag)
    lines, found = run.out.splitlines(), rows(korea, command)
    assert (run.code, run.err, len(lines)) == (0, "", len(found))
    for line, row in zip(lines, found, strict=True):
        assert line.endswith(f"  {row['id']}")
        assert name_of(row) in line
        assert "\t" not in line


def test_a_line_has_date_mark_title_who_and_id(korea: Korea) -> None:
    assert korea("timeline", "topic:icbm", "-1", "-n", "5").out == (
        "4 Jul 2017   ● Russia's defence ministry says the missile was medium-range  Russian Defence Ministry"
        "  russia-mod-medium-range\n"
        "4 Jul 2017   ● Tillerson says North Korea has tested an ICBM  Rex Tillerson → North Korea"
        "  tillerson-icbm-statement\n"
        "4 Jul 2017   ● The UN Secretary-General condemns the launch of what may be an ICBM"
        "  António Guterres → North Korea  guterres-condemns-launch\n"
        "4 Jul 2017   ● North Korea launches a Hwasong-14 missile  North Korea  hwasong-14-launch\n"
        "4–6 Jul 2017 ● Russia rejects the ICBM label  Russia → United States  russia-rejects-icbm-label\n"
    )
    assert korea("timeline", "id:=kremlin-answers-moon", "-1").out == (
        "between 29 May and 8 Jul 2017 ◆ The Kremlin is said to answer Moon with a plan for inter-Korean diplomacy"
        "  Kremlin → Moon Jae-in, North Korea  kremlin-answers-moon\n"
    )


def test_what_only_possibly_matches_is_marked(korea: Korea) -> None:
    lines = korea("timeline", "-1", "--on", "2017-05-24").out.splitlines()
    matches = [row["match"] for row in json.loads(korea("timeline", "--on", "2017-05-24", "--json").out)["events"]]
    assert ["(possibly)" in line for line in lines] == [match == "possible" for match in matches]
    assert len(set(matches)) == 2


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("command", LISTINGS)
def test_on_a_terminal_lines_are_wrapped_under_the_title_and_nothing_is_cut(
    columns: int, command: str, korea: Korea
) -> None:
    shown = korea.on_terminal(command, *WORDS.get(command, ()), "-1", "--color", "never", columns=columns).out
    piped = korea(command, *WORDS.get(command, ()), "-1").out
    assert [line for line in shown.split("\n") if len(line) > columns] == []
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", piped)


def test_an_id_wider_than_the_line_breaks_at_a_hyphen(korea: Korea) -> None:
    id_ = "first-test-of-an-intercontinental-missile"
    data = f'[[events]]\nid = "{id_}"\ntitle = "T"\ndate = "2017-07-04"\n'.encode()
    shown = korea("timeline", "-1", "-f", "table", "-d", "-", input=data, env={"COLUMNS": "40"}).out
    assert shown == (
        "4 Jul 2017   ● T\n"
        "               first-test-of-an-\n"
        "               intercontinental-missile\n"
    )  # fmt: skip


def test_the_environment_turns_it_round_on_a_terminal_and_leaves_pipes_alone(korea: Korea) -> None:
    always = {"KOREA_ONELINE": "1"}
    rich, one = (korea.on_terminal("timeline", *flag, "--color", "never").out for flag in ((), ("-1",)))
    assert rich != one
    assert korea.on_terminal("timeline", "--color", "never", env=always).out == one
    assert korea.on_terminal("timeline", "--no-oneline", "--color", "never", env=always).out == rich
    assert korea.on_terminal("timeline", "-1", "--no-oneline", "--color", "never").out == rich
    for off in ("", "0"):
        assert korea.on_terminal("timeline", "--color", "never", env={"KOREA_ONELINE": off}).out == rich
    for form in ((), ("--json",), ("-f", "csv"), ("--count",)):
        assert korea("timeline", *form, env=always) == korea("timeline", *form)


def test_the_environment_leaves_show_in_full(korea: Korea) -> None:
    full, one = (korea.on_terminal("show", "icbm-us", *flag, "--color", "never").out for flag in ((), ("-1",)))
    assert len(full.splitlines()) > len(one.splitlines())
    assert korea.on_terminal("show", "icbm-us", "--color", "never", env={"KOREA_ONELINE": "1"}).out == full


def test_a_file_gets_it_too_and_another_format_refuses_it(korea: Korea, tmp_path: Path) -> None:
    for name in ("x.txt", "x"):
        assert korea("timeline", "-1", "-o", name, cwd=tmp_path).code == 0
        assert (tmp_path / name).read_text("utf-8") == korea("timeline", "-1").out
    for form in ("json", "plain", "csv"):
        run = korea("timeline", "-1", "-f", form)
        assert (run.code, run.out) == (2, "")
        assert "--oneline" in run.err
    assert korea("timeline", "-1", "--count").out == korea("timeline", "--count").out


def test_chosen_fields_are_a_line_too(korea: Korea) -> None:
    lines = korea("timeline", "topic:icbm", "-1", "--fields", "id,kind").out.splitlines()
    assert lines[:2] == ["russia-mod-medium-range  statement", "tillerson-icbm-statement  statement"]


def test_what_lists_nothing_is_left_as_it_is(korea: Korea) -> None:
    for command in (("stats",), ("actor", "putin"), ("chart",)):
        assert korea(*command, "-1").out == korea(*command, "-f", "table").out


def test_korean_is_aligned_by_the_columns_it_takes(korea: Korea) -> None:
    data = "".join(
        f'[[events]]\nid = "e{n}"\ntitle = "{"문재인 대통령 " * n}"\ndate = "2017-05-09"\n' for n in range(1, 9)
    )
    shown = korea("timeline", "-1", "-f", "table", "-d", "-", input=data.encode(), env={"COLUMNS": "40"}).out
    hung = [line for line in shown.splitlines() if not line.startswith("9 May")]
    assert {len(line) - len(line.lstrip()) for line in hung} == {15}


def test_nothing_in_the_data_drives_the_terminal(korea: Korea) -> None:
    data = b'[[events]]\nid = "e"\ntitle = "a\\u001b[31m\\u202eb\\nc"\ndate = "2017-05-09"\n'
    assert korea("timeline", "-1", "-d", "-", input=data).out == "9 May 2017   ● a[31mb c  e\n"


def test_the_last_word_of_a_line_is_an_id_that_show_takes(korea: Korea) -> None:
    words = [line.split()[-1] for line in korea("timeline", "--oneline", "thaad").out.splitlines()]
    shown = json.loads(korea("show", *words, "--json").out)["results"]
    assert [each["id"] for each in shown] == words
    assert len(words) == int(korea("timeline", "thaad", "--count").out)
