"""Nothing in the data, in a file's name or on the command line drives what shows it; JSON keeps every value exactly."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize

import pytest

from korea_cli import formats
from korea_cli.base.formulas import unescape_formula

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STARTS = (
    "=1+1", "+1", "-1", "@x", "\t=1+1", "\n=1+1", "\r=1+1", "\u200b=1+1", "\ufeff=1+1", "'=1+1", "\x1b=1+1",
    "[red]", "[/b]", "[link=http://x.example]x[/link]", "list[str]", ":smile:", "<script>x</script>", "| x |", "`x`",
    "\x1b[95;103mx", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://x.example\x1b\\x", "\u009b95m", "\u009d52;c;aGk=\u009c",
    "\u202ex", "\u2066x", "\u200fx", "\u061cx", "\x00x", "\x08x", "\x0cx", "\x7fx", "\u0085x", "\u2028x", "\u2029x",
    "e\u0301x", 'a, "b"; c\\d', "\U0001f600\u200dx", "%s{0}", " x ",
)  # fmt: skip
EVERYTHING = " ".join(STARTS)
VALUES = [f"{start} missile {EVERYTHING}" for start in STARTS]
OWN = {"sources": ("title", "container", "note"), "actors": ("name", "role", "note"), "topics": ("label", "note")}
OWN |= {"events": ("title", "date_text", "summary", "place", "note"), "facts": ("text", "note")}
REFERENCES = {
    "events": 'date = "{3}"\nactors = ["a{0}"]\nrecipients = ["a{2}"]\nvia = ["a{0}"]\ntopics = ["t{0}"]\n'
    'disputed_by = ["f{0}"]\nsources = ["s{0}#{0}"]\n'
    'other_dates = [{{date = "2017-07-03", sources = ["s{0}"], note = {1}}}]\n',
    "facts": 'holders = ["a{0}"]\nreported_by = ["a{0}"]\nabout = ["a{0}"]\ntopics = ["t{0}"]\nevents = ["e{0}"]\n'
    'sources = ["s{0}"]\n',
    "sources": 'authors = [{1}]\nurl = "https://x.example/{0}"\n',
    "actors": "",
    "topics": "",
}
# What each command answers from the hostile chronology.
ASKED = {
    "actor": ("a0",), "check": ("--notes",), "cite": ("e0", "s4"), "search": ("missile",),
    "show": ("e0", "f1", "a2", "t3", "s4"),
}  # fmt: skip


def quoted(text: str) -> str:
    """Write a string as TOML has it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def record(table: str, number: int, value: str) -> str:
    own = "".join(f"{key} = {quoted(value)}\n" for key in OWN[table])
    following = (number + 1) % len(VALUES)  # so that there are pairs of actors, and days without an event
    date = "2017-07-04" if following else "2017-07-14"
    references = REFERENCES[table].format(number, quoted(value), following, date)
    return f'[[{table}]]\nid = "{table[0]}{number}"\n{own}{references}'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a chronology whose every text is hostile."""
    file = tmp_path_factory.mktemp("hostile") / "mine.toml"
    header = "".join(f"{key} = {quoted(VALUES[0] + EVERYTHING)}\n" for key in ("title", "about", "date_rule"))
    records = (record(table, number, value) for table in OWN for number, value in enumerate(VALUES))
    file.write_text("[chronology]\n" + header + "".join(records), "utf-8")
    return file


def forbidden(written: str, *allowed: str) -> set[str]:
    """Give the characters in a text that could drive a terminal or turn its direction."""
    return {
        letter
        for letter in written
        if (category(letter) in {"Cc", "Cs", "Zl", "Zp"} or letter in BIDIRECTIONAL) and letter not in allowed
    }


@pytest.fixture
def line(asked: tuple[str, ...], hostile: Path) -> tuple[str, ...]:
    """Give a command line that answers from the hostile chronology."""
    return (asked[0], *ASKED.get(asked[0], ()), "-d", str(hostile))


def test_no_control_or_direction_gets_through_in_any_format(line: tuple[str, ...], form: str, korea: Korea) -> None:
    run = korea(*line, "-f", form)
    if run.code == 2:
        assert f"the format '{form}' is for" in run.err
        return
    assert (run.code, forbidden(run.err, "\n")) == (0, set())
    allowed = {"plain": "\t\n", "csv": "\t\n", "tsv": "\t\n", "html": "\t\n", "xlsx": "\t\n"}.get(form, "\n")
    assert forbidden(run.out.replace("\r\n", "\n"), *allowed) == set()
    assert run.out.strip()


def test_no_control_gets_through_on_a_terminal(line: tuple[str, ...], korea: Korea) -> None:
    for columns in (30, 120):
        run = korea.on_terminal(*line, columns=columns)
        shown = re.sub(
            r"\x1b\[[0-9;]*m|\x1b\]8;id=[0-9-]*;(https://x\.example/[0-9]+)?\x1b\\|\x1b\]8;;\x1b\\", "", run.out
        )
        assert (run.code, forbidden(shown, "\n"), forbidden(run.err, "\n")) == (0, set(), set())
        assert "95;103" not in re.findall(r"\x1b\[([0-9;]*)m", run.out)


@pytest.mark.parametrize("command", ["timeline", "facts", "actors", "topics", "sources", "search", "show", "actor"])
def test_markup_and_emoji_codes_are_only_words(command: str, form: str, hostile: Path, korea: Korea) -> None:
    run = korea(command, *ASKED.get(command, ()), "-d", hostile, "-f", form, env={"COLUMNS": "9999"})
    if run.code == 2:
        assert f"the format '{form}' is for" in run.err
        return
    shown = run.out
    if form in {"markdown", "bibtex"}:  # where a sign is made a word by what stands before it
        shown = shown.replace("\\textbraceleft{}", "{").replace("\\textbraceright{}", "}").replace("\\", "")
    for words in ("[red]", "[/b]", "list[str]", ":smile:", "%s{0}"):
        assert words in shown


def test_plain_has_one_line_for_each_record(hostile: Path, korea: Korea) -> None:
    for command, columns in (("timeline", 4), ("facts", 4), ("actors", 7), ("search", 3)):
        rows = (
            korea(*(command, *ASKED.get(command, ())), "-d", hostile, "-f", "plain").out.removesuffix("\n").split("\n")
        )
        assert len(rows) == len(VALUES) * (5 if command == "search" else 1)
        assert {row.count("\t") for row in rows} == {columns - 1}


def stored(text: str) -> str:
    return normalize("NFC", text)


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("command", "table"), [("timeline", "events"), *((name, name) for name in OWN if name != "events")]
)
def test_json_gives_every_text_exactly_as_stored(
    command: str, table: str, form: str, hostile: Path, korea: Korea
) -> None:
    written = korea(command, "-d", hostile, "-f", form, "--sort", "id").out
    rows: list[dict[str, Any]] = (
        json.loads(written)[table] if form == "json" else [json.loads(row) for row in written.splitlines()]
    )
    given = {row["id"]: {row[key] for key in OWN[table]} for row in rows}
    assert given == {f"{table[0]}{number}": {stored(value)} for number, value in enumerate(VALUES)}


def test_json_gives_what_is_inside_a_record_exactly_too(hostile: Path, korea: Korea) -> None:
    number = STARTS.index("\x00x")
    value = stored(VALUES[number])
    document = json.loads(korea("show", f"e{number}", "-d", hostile, "--json").out)
    (event,) = document["results"]
    holders = [{"id": f"a{number}", "name": value}]
    assert event["actors"] == holders
    assert event["topics"] == [{"id": f"t{number}", "label": value}]
    assert event["other_dates"][0]["note"] == value
    assert event["sources"][0]["title"] == value
    assert event["disputed_by"] == [{"type": "fact", "id": f"f{number}", "title": value, "holders": holders}]
    assert document["chronology"]["title"] == stored(VALUES[0] + EVERYTHING)


def test_no_text_in_a_spreadsheet_is_a_formula(line: tuple[str, ...], korea: Korea) -> None:
    written = korea(*line, "-f", "csv").out
    header, *rows = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert {len(row) for row in rows} == {len(header)}
    cells = {cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))}
    assert {cell for cell in cells if not re.fullmatch("-?[0-9]+", cell)} == set()


def test_a_spreadsheet_keeps_tabs_and_newlines_inside_its_cells(hostile: Path, korea: Korea) -> None:
    written = korea("timeline", "id:e9", "-d", hostile, "-f", "csv", "--fields", "title,date").out
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert row["date"] == "2017-07-04"
    assert row["title"].startswith("''=1+1 missile =1+1 +1 -1 @x \t'=1+1 \n'=1+1 ")
    assert unescape_formula(row["title"]).startswith("'=1+1 missile =1+1 +1 -1 @x \t=1+1 \n=1+1 ")


@pytest.mark.parametrize(
    "typed", [EVERYTHING.replace("\x00", ""), "\x1b[95m\u202e\u009b[/b]:smile:"], ids=["all", "some"]
)
def test_a_name_typed_on_the_command_line_is_told_harmlessly(typed: str, korea: Korea) -> None:
    for arguments in (
        ("actor", f"x{typed}"), ("timeline", f"actor:x{typed}"), ("timeline", "--from", f"x{typed}"),
        ("timeline", f"x{typed}:y"), ("timeline", "-f", f"x{typed}"), ("timeline", "--fields", f"x{typed}"),
        ("timeline", f"--x{typed}"), (f"x{typed}",), ("timeline", "-d", f"x{typed}"), ("timeline", f"zeppelin{typed}"),
        ("timeline", "-o", f"nowhere/{typed}"),
    ):  # fmt: skip
        run = korea(*arguments)
        assert run.code in {0, 1, 2, 3, 4}
        assert (run.out, forbidden(run.err, "\n", "\t")) == ("", set())
        assert [told for told in run.err.splitlines() if not told.startswith("korea: ")] == []


def test_bytes_that_are_no_text_are_told_harmlessly(korea: Korea) -> None:
    for arguments in (
        ["actor", b"\xff"],
        ["timeline", b"\xff\x1b[2J"],
        [b"\xff"],
        ["timeline", "-d", b"\xff"],
        ["timeline", b"x\xff", "--json"],
    ):
        run = korea(*arguments)
        assert run.code in {0, 1, 2, 3}
        assert forbidden(run.out + run.err, "\n") == set()


def test_a_file_with_a_hostile_name_is_told_harmlessly(korea: Korea, tmp_path: Path) -> None:
    name = "x\x1b[95m\u202e\u009b[red]:smile:\x07.toml"
    (tmp_path / name).write_text('[[topics]]\nid = "t"\nlabel = "T"\nx = 1\n')
    asked = ("topics", "-d", name), ("check", name), ("topics", "-o", name, "-f", "csv"), ("check", name, "-f", "table")
    for arguments in asked:
        run = korea(*arguments, cwd=tmp_path)
        assert forbidden(run.out + run.err, "\n", "\t") == set()
        assert "x[95m[red]:smile:.toml" in run.out + run.err


def test_problems_in_hostile_data_are_told_harmlessly(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    broken = "".join(
        f'[[events]]\nid = {each}\ntitle = "x"\ndate = {each}\n{each} = 1\nkind = {each}\n'
        for each in map(quoted, STARTS)
    )
    file.write_text(broken, "utf-8")
    assert forbidden(korea("timeline", "-d", file).err, "\n", "\t") == set()
    for form in formats.names():
        run = korea("check", file, "-f", form)
        if run.code == 2:
            assert f"the format '{form}' is for" in run.err
            continue
        assert (run.code, run.err) == (1, "")
        assert forbidden(run.out.replace("\r\n", "\n"), "\n", "\t") == set()


def test_a_syntax_error_near_a_control_character_is_told_harmlessly(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    for value in ("\x1b", "\u202e", "\u009b"):
        file.write_text(f'[[events]]\nid = {value}"x"\n', "utf-8")
        run = korea("timeline", "-d", file)
        assert (run.code, run.out, forbidden(run.err, "\n")) == (3, "", set())


@pytest.mark.parametrize("form", formats.names())
def test_a_text_that_is_the_name_of_a_key_is_a_text(form: str, tmp_path: Path, korea: Korea) -> None:
    keys = json.dumps(["locator", "title", "kind", "event_count", "id", "name"])
    file = tmp_path / "mine.toml"
    file.write_text(
        f'[[actors]]\nid = "a"\nname = "A"\naliases = {keys}\n[[sources]]\nid = "s"\ntitle = "S"\nauthors = {keys}\n'
    )
    run = korea("show", "a", "s", "-d", file, "-f", form)
    assert run.code in {0, 2}, run.err  # 2 for a format that has no such records
    assert "internal error" not in run.err
