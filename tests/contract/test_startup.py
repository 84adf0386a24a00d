"""What a start must not cost: each answer imports only what it needs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

LISTING = """
import sys
before = set(sys.modules)
from korea_cli.cli.main import main
assert main(sys.argv[1:]) == 0
print(*sys.modules.keys() - before, file=sys.stderr)
"""
WEB = {"asyncio", "email", "http", "socket", "ssl", "urllib.request", "xml", "multiprocessing"}
HEAVY = WEB | {
    "typer", "rich", "dateutil.parser", "pydantic", "click", "tomllib", "tomlkit", "anyascii", "zoneinfo", "tempfile",
    "duckdb", "pyspark", "grpc", "sqlglot",
}  # fmt: skip
DATA = {"tomli", "sqlite3", "dateutil"}
SLOW = {"dataclasses", "inspect", "pathlib", "threading", "typing"}  # of Python itself: 0.5 to 3 ms each


COMPILING = """
import builtins, sys
compiled, really = [], compile
builtins.compile = lambda text, name, *others, **more: compiled.append(name) or really(text, name, *others, **more)
from korea_cli.cli.main import main
assert main(sys.argv[1:]) == 0
print(*compiled, file=sys.stderr)
"""


def imported(korea: Korea, *arguments: str) -> set[str]:
    """Run the program in a fresh process and give the modules it imports."""
    run = korea.unmeasured()("-c", LISTING, *arguments, program=sys.executable)
    assert run.code == 0
    return set(run.err.split())


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_needs_next_to_nothing(flag: str, korea: Korea) -> None:
    modules = imported(korea, flag)
    assert "korea_cli.cli.main" in modules
    assert modules & (HEAVY | DATA | {"json", "datetime", "korea_cli.cli.options"}) == set()


@pytest.mark.parametrize("arguments", [("--help",), (), ("rename", "-h"), ("timeline", "--help")])
def test_help_needs_neither_typer_nor_what_reads_data(arguments: tuple[str, ...], korea: Korea) -> None:
    modules = imported(korea, *arguments)
    assert modules & HEAVY == set()
    assert not modules & (DATA | {"korea_cli.chronology"}) or "timeline" in arguments  # whose report lists its fields


@pytest.mark.parametrize("form", ["plain", "json", "jsonl", "csv"])
def test_answers_for_programs_do_not_bring_what_draws_for_people(
    form: str, asked: tuple[str, ...], korea: Korea
) -> None:
    korea(*asked)  # the index is made
    modules = imported(korea, *asked, "-f", form)
    assert modules & (HEAVY - ({"anyascii", "zoneinfo", "tempfile"} if asked[0] == "check" else set())) == set()
    assert {name for name in modules if name.startswith(("korea_cli.drawing", "korea_cli.cli.completion."))} == set()
    loaded = {name.removeprefix("korea_cli.formats.") for name in modules if name.startswith("korea_cli.formats.")}
    assert {name for name in loaded if not name.startswith("_")} == {form}


@pytest.mark.parametrize(
    "terms", [("by:putin",), ("thaad", "not:place:moscow"), ("(by:putin OR by:lavrov)", "AND", "topic:thaad")]
)
def test_common_fields_of_a_query_are_read_without_the_model(terms: tuple[str, ...], korea: Korea) -> None:
    korea("timeline", *terms)  # the index is made
    modules = imported(korea, "timeline", *terms, "--json")
    assert (
        modules & {"korea_cli.model.records", "korea_cli.query.key_filters", "korea_cli.query.relation_filters"}
        == set()
    )


@pytest.mark.parametrize(
    "words",
    [("timeline", "thaad"), ("show", "hwasong-14-launch"), ("search", "putin"), ("actor", "putin"), ("topics",)],
)
def test_an_answer_does_without_what_is_slow_to_load(words: tuple[str, ...], korea: Korea) -> None:
    korea(*words)  # the index is made
    assert imported(korea, *words) & SLOW == set()


def test_no_annotation_is_compiled_at_a_start(korea: Korea) -> None:
    """The first text that Python compiles costs as much as the definition of twenty named tuples."""
    korea("timeline")  # the index is made
    run = korea.unmeasured()("-c", COMPILING, "timeline", "--json", program=sys.executable)
    assert run.code == 0
    assert "<string>" not in run.err.split()


def test_a_table_brings_rich_but_nothing_of_the_web(korea: Korea) -> None:
    modules = imported(korea, "timeline", "-f", "table")
    assert "rich.console" in modules
    assert modules & (WEB | {"rich.markdown", "rich.syntax", "pygments", "dateutil.parser"}) == set()


@pytest.mark.parametrize("date", ["2017-05", "2017Q2", "2017-05-24..2017-06"])
def test_a_date_as_machines_write_it_needs_no_guessing(date: str, korea: Korea) -> None:
    assert "dateutil.parser" not in imported(korea, "timeline", "--on", date)


@pytest.mark.parametrize("words", [("-n", "5"), ("-1qn5", "--", "thaad"), ("--limit=5", "--no-oneline")])
def test_a_well_formed_line_is_read_without_typer(words: tuple[str, ...], korea: Korea) -> None:
    assert "typer" not in imported(korea, "topics", *words)


def test_a_line_in_an_unusual_form_is_read_by_typer(korea: Korea) -> None:
    assert "typer" in imported(korea, "topics", "-n", "+5")


def test_only_the_command_that_was_named_is_loaded(korea: Korea) -> None:
    modules = imported(korea, "topics", "-f", "plain")
    assert {name for name in modules if name.startswith("korea_cli.commands.")} == {"korea_cli.commands.topics"}


def test_an_import_brings_neither_what_asks_nor_what_changes_records(korea: Korea, tmp_path: Path) -> None:
    sheet, file = tmp_path / "sheet.csv", tmp_path / "mine.toml"
    sheet.write_text("Date,Title\n2031-05-01,Talks\n", "utf-8")
    file.write_text("[chronology]\n", "utf-8")
    modules = imported(korea, "import", str(sheet), "-d", str(file))
    unused = (
        "korea_cli.ingest.dialogue.",
        "korea_cli.ingest.updating.",
        "korea_cli.comparing.report",
        "korea_cli.ingest.workbooks.",
    )
    assert sorted(name for name in modules if name.startswith(unused)) == []
