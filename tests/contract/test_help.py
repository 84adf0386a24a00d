"""The help: it is always there, it fits, and the examples below every command run as they stand."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from korea_cli import commands, formats
from korea_cli.cli import topics
from korea_cli.cli.schemas.probe import sections_of
from korea_cli.ingest.adding.options import option_name
from korea_cli.model.records import RECORDS, Event, file_keys, keys_of
from korea_cli.query.filters import FILTERS
from shell_lines import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea
    from korea_cli.model.records import Record

# A folder of somebody who keeps a record, as the examples speak of it.
MINE = """\
[chronology]
title = "Mine"
[[sources]]
id = "kcna-archive"
title = "Archive"
[[actors]]
id = "kim"
name = "Envoy Kim"
[[actors]]
id = "north-korea"
name = "The North"
[[topics]]
id = "tests"
label = "Tests"
[[events]]
id = "launch"
title = "North Korea launches a missile"
date = "2017-07-04"
sources = ["kcna-archive"]
"""
SHEET = """\
What happened,Date,Actors,Remarks
Talks begin,3 Apr 2018,Envoy Kim,none
Talks end,14/04/2018,Envoy Kim; The North,
"""
COMMITTED = """
git init -q . && git config user.name k && git config user.email k@example.org
sed 's/2017-07-04/2017-07/' mine.toml > events.toml; git add . && git commit -qm one
cp mine.toml events.toml; git commit -qam two; echo 'status = "confirmed"' >> mine.toml
"""
ADDED = [f"add {record.type}" for record in RECORDS]
PAGES = [*commands.names(), *ADDED]
EXAMPLES = [
    (name, example) for name, *words in map(str.split, PAGES) for example in commands.load(name, words).examples
]
each_command = pytest.mark.parametrize("command", commands.names())


def test_the_program_alone_prints_its_help(korea: Korea) -> None:
    run = korea()
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Usage: korea ")
    assert run == korea("-h") == korea("--help")


def test_the_help_lists_every_command(korea: Korea) -> None:
    shown = korea().out
    more = shown.partition("\nMore commands: ")[2].partition(".\n")[0].split(", ")
    assert [name for name in commands.names() if f"\n  {name} " not in shown and name not in more] == []


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_one_line(flag: str, korea: Korea) -> None:
    run = korea(flag)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("korea ")
    assert run.out.count("\n") == 1


def test_both_names_are_the_same_program(korea: Korea) -> None:
    assert korea.shell("korea-cli timeline thaad") == korea("timeline", "thaad")
    assert korea.shell("python -m korea_cli timeline thaad") == korea("timeline", "thaad")


def test_the_overview_groups_the_commands_and_names_three_to_try_first(korea: Korea) -> None:
    shown = korea().out
    headings = [line.rstrip(":") for line in shown.splitlines() if line.endswith(":")]
    assert headings == ["Try first", "Query", "Record", "Files"]
    first = shown.partition("Try first:\n")[2].partition("\n\n")[0].splitlines()
    assert len(first) == 3
    assert [korea.shell(line).code for line in first[:2]] == [0, 0]


@pytest.mark.parametrize("page", ["", *PAGES])
def test_help_fits_a_screen(page: str, korea: Korea) -> None:
    assert korea(*page.split(), "--help").out.count("\n") <= 45


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.type)
def test_help_of_a_record_explains_the_common_options_and_names_the_others(record: type[Record], korea: Korea) -> None:
    shown = korea("add", record.type, "--help").out
    explained = re.findall(r"^  (--\S+) ", shown.partition("\nKeys:\n")[2].partition("\n\n")[0], re.MULTILINE)
    named = shown.partition("\nMore keys (korea help KEYS): ")[2].partition("\n\n")[0]
    options = {option_name(record, written): key for written, key in file_keys(record).items()}
    assert explained == [option for option, key in options.items() if not key.seldom]
    assert named.replace("\n", " ") == ", ".join(option for option, key in options.items() if key.seldom)


@pytest.mark.parametrize("command", ["add", "edit", "fmt", "import", "remove", "rename", "set"])
def test_the_help_of_a_command_that_writes_names_no_data_that_it_cannot_change(command: str, korea: Korea) -> None:
    shown = korea(command, "--help").out
    assert "Data file to change" in shown
    assert "builtin" not in shown


@pytest.mark.parametrize("command", ["timeline", "add event", "import"])
def test_help_of_a_command_is_the_same_by_name_and_by_option(command: str, korea: Korea) -> None:
    assert korea("help", *command.split()) == korea(*command.split(), "--help")
    assert korea("help", *command.upper().split()[:1], *command.split()[1:]) == korea(*command.split(), "-h")


@pytest.mark.parametrize(
    "words", [("thaad", "-h"), ("-qh",), ("--from", "2017", "--help"), ("--bogus", "-h"), ("--limit", "x", "-h")]
)
def test_help_is_printed_wherever_it_is_asked_for(words: tuple[str, ...], korea: Korea) -> None:
    assert korea("timeline", *words) == korea("timeline", "--help")


@pytest.mark.parametrize("words", [("--", "-h"), ("-a", "--help"), ("--actor=-h",)])
def test_what_only_looks_like_it_asks_for_no_help(words: tuple[str, ...], korea: Korea) -> None:
    assert "Usage: " not in korea("timeline", *words).out


@pytest.mark.parametrize("topic", topics.names())
def test_every_topic_explains_something(topic: str, korea: Korea) -> None:
    run = korea("help", topic)
    assert (run.code, run.err) == (0, "")
    assert run == korea("help", topic.casefold())
    assert max(map(len, run.out.splitlines())) <= 80
    assert topic in korea().out


def test_topics_are_read_off_the_code(korea: Korea) -> None:
    told = {topic: korea("help", topic).out for topic in topics.names()}
    assert [name for name in formats.names() if f"\n{name}" not in told["FORMATS"]] == []
    assert [
        option for option in ("--raw", "--excel", "--include-imprecise", "--group") if option not in told["FORMATS"]
    ] == []
    assert [name for name in FILTERS if f"\n  {name}:" not in told["QUERY"]] == []
    assert [status for status in (0, 1, 2, 3, 4, 70, 130, 141) if f"\n  {status} " not in told["EXIT"]] == []
    assert [name for name in keys_of(Event) if f"\n  {name} " not in told["JSON"]] == []
    assert [key for record in RECORDS for key in file_keys(record) if f"\n  {key}=" not in told["KEYS"]] == []
    assert [each for each in ("--limit", "--no-cache", "--color", "$KOREA_DATA") if each not in told["OPTIONS"]] == []


@each_command
def test_every_json_field_of_a_command_is_explained(command: str, korea: Korea) -> None:
    explained = {line.split()[0] for line in korea("help", "JSON").out.splitlines() if line.startswith("  ")}
    keys = {column for section in sections_of(commands.load(command)) for column in section.keys}
    assert keys - explained == set()


def test_an_unknown_topic_exits_2_and_suggests_a_near_one_or_lists_all(korea: Korea) -> None:
    run = korea("help", "timelin")
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith("'timelin'. Did you mean 'timeline'?\n")
    assert "Allowed values: QUERY, DATES" in korea("help", "nothing").err
    assert korea("help", "add", "evnt").err.startswith("korea: unknown type of record 'evnt'. Did you mean 'event'?")


def test_the_queries_of_the_topic_run_as_they_stand(korea: Korea) -> None:
    examples = korea("help", "query").out.partition("Examples:\n")[2].splitlines()
    assert len(examples) == 3
    assert [line for line in examples if not korea.shell(line).out.strip()] == []


@pytest.mark.parametrize(
    ("command", "fields"), [("timeline", "date_basis"), ("rename", "key, old, new"), ("cache", "size")]
)
def test_help_names_the_fields_of_json(command: str, fields: str, korea: Korea) -> None:
    shown = korea(command, "--help").out.partition("JSON fields (korea help JSON): ")[2].partition("\n\n")[0]
    assert fields in shown
    assert shown.count("\n") <= 1


@each_command
def test_every_command_prints_its_help_with_examples(command: str, korea: Korea) -> None:
    run = korea(command, "--help")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"Usage: korea {command} ")
    assert [example for example in commands.load(command).examples if f"\n  {example}\n" not in run.out] == []
    assert 2 <= len(commands.load(command).examples) <= 3
    assert run == korea(command, "-h")


@each_command
def test_help_asks_for_nothing_else(command: str, korea: Korea) -> None:
    about_data = "--data" in korea(command, "--help").out
    further = ("-d", "nowhere.toml") if about_data else ()
    run = korea(command, "--help", *further)
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize("page", ["", *PAGES])
def test_no_line_of_help_is_wider_than_80_columns(page: str, korea: Korea) -> None:
    wide = {"COLUMNS": "80"}
    lines = korea(*page.split(), "--help", env=wide).out.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    cut = [line for line in lines if line.endswith(("...", "…")) and not line.endswith("]...")]
    assert [line for line in cut if not line.startswith("Usage: ")] == []  # there it stands for further arguments


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory, korea: Korea) -> Path:
    """Give a folder with what the examples name: files of one's own, two versions of one, in git too."""
    folder = tmp_path_factory.mktemp("committed")
    files = {"mine.toml": MINE, "old.toml": MINE, "new.toml": MINE + 'kind = "test"\n', "sheet.csv": SHEET}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    assert korea.shell(COMMITTED, cwd=folder).code == 0
    return folder


@pytest.fixture
def desk(tmp_path: Path, committed: Path) -> Path:
    """Give a copy of that folder."""
    return shutil.copytree(committed, tmp_path / "desk")


@pytest.mark.parametrize(("command", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_runs_as_it_stands(command: str, example: str, korea: Korea, desk: Path) -> None:
    if "jq " in example and not shutil.which("jq"):
        pytest.skip("this example pipes to jq, which is not installed here")
    run = korea.shell(example if words_of(example) else f"set -e; {example}", cwd=desk)
    assert run.code == 0
    if command == "check" and not run.out:
        assert run.err == "korea: no problems in builtin\n"
    elif command == "cache" and not run.out:
        assert run.err == f"korea: no indexes in {korea.cache}\n"
    elif " -o " in example:
        assert run.err.startswith("Wrote ")
    elif example.startswith("git config "):
        assert run.out == run.err == ""
    else:
        assert run.out.strip()
        told = (
            r"columns: .*",
            r"normalised \d+ dates, .*",
            r"\d+ of \d+ .* only possible in the range .*",
            r"lost or changed when imported again: .*",
            r"\.github/workflows/korea\.yml installs what the variable KOREA_PACKAGE .*",
        )
        assert re.fullmatch(f"(korea: ({'|'.join(told)})\n)*", run.err)
