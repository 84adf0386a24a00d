"""Exports: which records are in which file, in what order, and that DuckDB reads these files and nothing else."""

from __future__ import annotations

import gc
import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Selection, UsageError, formats, open_chronology
from korea_cli.base.errors import DataError
from korea_cli.checks.load import load_valid
from korea_cli.commands.stats import stats
from korea_cli.commands.timeline import timeline
from korea_cli.query import results

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from korea_cli.chronology import Chronology

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
parquet_writer = pytest.importorskip("korea_cli.store.parquet_writer", reason="needs duckdb", exc_type=ImportError)
duck = pytest.importorskip("korea_cli.store.duck", reason="needs duckdb", exc_type=ImportError)

DATES = (
    "2017-05",
    "1950-06-25",
    "2017-01-01/2018",
    "/1999",
    "-0043-03-15",
    "2016",
    "1953",
    "[..2001]",
    "2016-12-31/..",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write records of several years as data file and export."""
    events = (f'[[events]]\nid = "e{n}"\ntitle = "Event {n}"\ndate = "{date}"\n' for n, date in enumerate(DATES))
    facts = '[[facts]]\nid = "f"\ntext = "Undated"\nholders = ["a"]\n[[actors]]\nid = "a"\nname = "A"\n'
    (tmp_path / "years.toml").write_text("".join(events) + facts, "utf-8")
    (tmp_path / "export").mkdir()
    return tmp_path


def export(folder: Path) -> Path:
    parquet_writer.write_parquet(folder / "export", load_valid([str(folder / "years.toml")]).draft)
    return folder / "export"


@pytest.fixture(scope="module")
def builtin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronology]:
    """Open an export of the built-in record."""
    folder = tmp_path_factory.mktemp("builtin")
    parquet_writer.write_parquet(folder, load_valid(["builtin"]).draft)
    with open_chronology(f"parquet:{folder}") as chronology:
        yield chronology


def ids(path: Path) -> list[str]:
    return [id_ for (id_,) in duckdb.sql(f"SELECT id FROM '{path}'").fetchall()]  # noqa: S608 - of the test


def test_records_are_in_files_by_the_year_in_which_they_begin_at_the_earliest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_writer, "_ENOUGH", 2)
    entry = export(folder) / "entry"
    assert {path.stem: ids(path) for path in entry.iterdir()} == {
        "open": ["e3", "e7"], "-43..1950": ["e4", "e1"], "1953..2016": ["e6", "e5", "e8"], "2017": ["e2", "e0"],
        "undated": ["a", "f"],
    }  # fmt: skip
    assert [path.stem for path in (folder / "export" / "fact").iterdir()] == ["undated"]
    assert [path.stem for path in (folder / "export" / "source").iterdir()] == ["all"]  # none, with its columns


def test_every_row_is_in_one_file_of_those_that_the_manifest_lists(folder: Path) -> None:
    with open_chronology(folder / "years.toml", cache=False) as plain:
        tables = json.loads((export(folder) / "manifest.json").read_text("utf-8"))["tables"]
        for name, files in tables.items():
            assert {path for path, *_ in files} == {
                str(path.relative_to(folder / "export")) for path in (folder / "export" / name).iterdir()
            }
            if name not in {"words", "phrase", "header"}:  # which are stored otherwise, or not at all
                assert sum(rows for *_, rows in files) == plain.store.value(f"SELECT COUNT(*) FROM {name}"), name  # noqa: S608 - names


@pytest.mark.parametrize("reverse", [False, True])
def test_records_are_read_by_the_days_that_files_are_sorted_by(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, reverse: bool
) -> None:
    selection = Selection(reverse=reverse)
    with open_chronology(folder / "years.toml", cache=False) as own:
        expected = [event.id for event in own.events(selection)]
    monkeypatch.setattr(duck.DuckEngine, "at_once", 2)
    monkeypatch.setattr(results, "_AT_FIRST", 2)
    days: list[tuple[int, int]] = []
    with open_chronology(f"parquet:{export(folder)}") as chronology:
        rows = chronology.store.rows

        def noted(sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
            days.extend([(values[0], values[1])] if "orders BETWEEN ? AND ?" in sql else [])
            return rows(sql, values)

        monkeypatch.setattr(chronology.store, "rows", noted)
        texts = chronology.events(selection).stored_json()
        assert [json.loads(str(text))["id"] for text in texts or ()] == expected
    assert len(days) == len(DATES) // 2 + 1
    assert [day for pair in days for day in pair[:: -1 if reverse else 1]] == sorted(
        (day for pair in days for day in pair), reverse=reverse
    )


def test_an_export_that_is_replaced_while_it_is_read_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_AT_FIRST", 2)
    path = export(folder)
    with open_chronology(f"parquet:{path}") as chronology:
        events = iter(chronology.events())
        next(events)
        path.rename(folder / "old")
        path.mkdir()
        export(folder)  # of the same records, so that nothing else would tell
        with pytest.raises(DataError, match="another export has replaced it; run the command again"):
            list(events)
    with open_chronology(f"parquet:{path}") as chronology:
        assert len(list(chronology.events())) == len(DATES)


def test_nothing_but_the_export_is_ever_read(folder: Path) -> None:
    engine = duck.DuckEngine("parquet:x", export(folder))
    (folder / "other.csv").write_text("a\n1\n", "utf-8")
    for sql in (
        f"FROM read_csv('{folder}/other.csv')", f"FROM '{folder}/other.csv'", "FROM read_text('/etc/hosts')",
        f"COPY (SELECT 1) TO '{folder}/new.csv'", f"ATTACH '{folder}/new.db'", "INSTALL httpfs", "LOAD httpfs",
        "FROM read_parquet('https://example.org/x.parquet')", "SET enable_external_access = true",
        "SET allowed_directories = ['/']", "SET lock_configuration = false",
    ):  # fmt: skip
        with pytest.raises((DataError, duckdb.Error)):
            engine.execute(sql, ()).fetchmany(1)
    assert sorted(path.name for path in folder.iterdir()) == ["export", "other.csv", "years.toml"]
    engine.close()
    engine.close()


def test_answers_may_be_read_at_the_same_time_and_by_several_threads(builtin: Chronology) -> None:
    events, facts = iter(builtin.events()), iter(builtin.facts())
    together = [(next(events).id, next(facts).id) for _ in range(20)]
    assert (
        together
        == list(zip([each.id for each in builtin.events()], [each.id for each in builtin.facts()], strict=False))[:20]
    )
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda word: [each.id for each in builtin.search(Selection(terms=(word,)))], ["icbm"] * 8)
        )
    assert found[0]
    assert found == [found[0]] * 8


def test_a_signal_ends_a_query(builtin: Chronology) -> None:
    rows = builtin.store.rows("SELECT COUNT(*) FROM range(100000000000) AS numbers(n) WHERE n % 7 = 3")
    timer = Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        next(rows)
    assert builtin.store.value("SELECT COUNT(*) FROM event") == 86


@pytest.mark.parametrize("form", ["html", "ics", "timelinejs", "markdown", "table", "toml", "xlsx", "parquet"])
def test_a_format_that_holds_all_records_is_only_for_some_of_an_export(
    form: str, builtin: Chronology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MOST", 10)
    few, many = (timeline(builtin, Selection(limit=limit)) for limit in (10, 11))
    formats.require_few(formats.load(form), few)
    with pytest.raises(
        UsageError, match=rf"^11 records are too many for '-f {form}' \(at most 10 from Parquet files\)"
    ):
        formats.require_few(formats.load(form), many)
    with open_chronology("builtin") as plain:
        formats.require_few(formats.load(form), timeline(plain, Selection()))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "plain", "bibtex"])
def test_other_formats_are_for_any_number(form: str, builtin: Chronology, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST", 10)
    formats.require_few(formats.load(form), timeline(builtin, Selection()))


def test_counts_of_many_records_are_few_rows(builtin: Chronology, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST", 80)
    formats.require_few(formats.load("table"), stats(builtin, Selection(), by="kind"))


def test_what_is_not_closed_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    exported = export(folder)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    chronology = open_chronology(f"parquet:{exported}")
    assert len(list(chronology.events())) == len(DATES)
    assert len(list((tmp_path / "temporary").iterdir())) == 1
    del chronology
    gc.collect()
    assert list((tmp_path / "temporary").iterdir()) == []
