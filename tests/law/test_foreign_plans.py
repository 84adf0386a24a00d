"""What is asked of a foreign table is asked of its rows, in the forms that queries have, and finds the same."""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Selection
from korea_cli.analysis.gaps import find_gaps
from korea_cli.analysis.histogram import charted
from korea_cli.analysis.pairs import count_pairs
from korea_cli.analysis.totals import count_all
from korea_cli.base.errors import UnknownNameError
from korea_cli.dates.days import Day
from korea_cli.ingest.foreign.opening import open_table
from korea_cli.model.records import Event
from korea_cli.query import results
from law.comparing import drawn
from law.foreign_rows import TABLES, rows_of, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli import Chronology
    from korea_cli.model.records import Record
    from law.foreign_rows import ForeignTable

pytest.importorskip("duckdb", reason="needs duckdb")

from korea_cli.store.duck import DuckEngine
from korea_cli.store.foreign import alike
from korea_cli.store.foreign import engine as foreign_engine
from korea_cli.store.foreign.tables import ForeignTables
from korea_cli.store.tallies import TALLIES

TODAY = Day(2018, 3, 1)
BY = ("kind", "year", "topic", "source", "sources", "precision", "actor")
QUESTIONS = (
    Selection(),
    Selection(terms=("kind:statement",), period="2015..2016"),
    Selection(terms=("by:north-korea",), period="2010..2017", certain=True),
    Selection(terms=("not:by:north-korea",)),
    Selection(terms=("actor:north-korea", "topic:conflict-in-words"), reverse=True),
    Selection(terms=("source:gdelt",), period="2016"),
)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("rows"), TABLES[0], rows_of(TABLES[0], drawn(3), 80))[1]


def answers(chronology: Chronology, selection: Selection) -> list[Any]:
    query = chronology.query(selection, "event")
    found = chronology.events(selection)
    chart = charted(chronology, query, "year", None, None)
    return [
        [each.to_dict() for each in found], found.matched, found.possible, list(chart or ()),
        count_pairs(chronology, query, (), roll_up=True, least=1), find_gaps(chronology, query),
        count_all(chronology, query, BY),
    ]  # fmt: skip


def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which each query is added as it is put to DuckDB."""
    found, execute = [], DuckEngine.execute

    def listed(self: DuckEngine, sql: str, values: Sequence[str | int]) -> Any:  # noqa: ANN401 - a cursor
        found.append(sql)
        return execute(self, sql, values)

    monkeypatch.setattr(DuckEngine, "execute", listed)
    return found


@pytest.mark.parametrize("selection", QUESTIONS, ids=[" ".join(each.terms) or "all" for each in QUESTIONS])
def test_questions_of_rows_find_what_those_of_all_tables_find(
    selection: Selection, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_table(table, "gdelt", today=TODAY) as chronology:
        queries = asked(monkeypatch)
        found = answers(chronology, selection)
        assert found[1], "there is something to find"
        others = [each for each in queries if re.search(r"(?:IN|EXISTS) \(SELECT \w+ FROM (?:event|span|link)\b", each)]
        assert not others, "no query looks for numbers of events among other tables"
        monkeypatch.setattr(alike, "MOST", 0)
        assert answers(chronology, selection) == found
        monkeypatch.setattr(foreign_engine, "on_rows", lambda sql, values, _: (sql, values))
        assert answers(chronology, selection) == found


@pytest.mark.parametrize("table", TABLES, ids=[each.mapping for each in TABLES])
def test_all_events_are_sorted_by_ranks_of_their_dates(
    table: ForeignTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, parquet = write(tmp_path, table, rows_of(table, drawn(5), 80))
    with open_table(parquet, table.mapping, today=TODAY) as chronology:
        queries = asked(monkeypatch)
        found = [ids(list(chronology.events(Selection(limit=limit)))) for limit in (None, 10)]
        assert sum("entry.of_span_within" in each for each in queries) == 2
        monkeypatch.setattr(foreign_engine, "on_rows", lambda sql, values, _: (sql, values))
        assert [ids(list(chronology.events(Selection(limit=limit)))) for limit in (None, 10)] == found
        assert len(found[0]) > len(found[1]) == 10


def events_in_memory() -> int:
    return sum(isinstance(each, Event) for each in gc.get_objects())


def test_events_that_were_described_are_not_kept(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DuckEngine, "at_once", 5)
    monkeypatch.setattr(results, "_AT_FIRST", 5)
    with open_table(table, "gdelt", today=TODAY) as chronology:
        assert all(each.to_dict() for each in chronology.events()), "all titles are known by now"
        gc.collect()
        before, most = events_in_memory(), 0
        for event in chronology.events():
            assert event.to_dict()
            most = max(most, events_in_memory() - before)
    assert 5 <= most <= 10


def counts_cells(table: Path, selection: Selection, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Return whether a chart of what is selected counts rows with the same cells before it looks these up."""
    found, make = list[str](), alike.counted_cells

    def counted(*given: Any) -> str:  # noqa: ANN401 - as it is called
        found.append(make(*given))
        return found[-1]

    with open_table(table, "gdelt", today=TODAY) as chronology, monkeypatch.context() as patch:
        patch.setattr(alike, "counted_cells", counted)
        assert charted(chronology, chronology.query(selection, "event"), "year", None, None)
    return bool(found)


def test_rows_with_the_same_cells_are_counted_first_unless_a_condition_leaves_few(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for term in ("kind:statement", "by:north-korea", "topic:conflict-in-words"):
        assert counts_cells(table, Selection(terms=(term,)), monkeypatch)
    for selection in (Selection(period="2016"), Selection(terms=("place:seoul",))):
        assert not counts_cells(table, selection, monkeypatch)
    monkeypatch.setattr(alike, "MOST", 1)
    assert not counts_cells(table, Selection(), monkeypatch)


@pytest.mark.parametrize("table", TABLES, ids=[each.mapping for each in TABLES])
def test_what_is_counted_of_all_cells_is_what_is_counted_of_all_events(table: ForeignTable, tmp_path: Path) -> None:
    _, parquet = write(tmp_path, table, rows_of(table, drawn(4), 80))
    with open_table(parquet, table.mapping, today=TODAY) as chronology:
        for name, counted in TALLIES.items():
            kept = sorted(chronology.store.rows(f"SELECT * FROM {name}"), key=repr)  # noqa: S608 - no values
            assert kept == sorted(counted.rows(chronology.store.rows), key=repr)
            assert len(kept) > 10


def ids(records: Sequence[str | Record]) -> list[str]:
    return [each.id for each in records if not isinstance(each, str)]


def test_what_events_refer_to_is_looked_up_without_reading_events(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_table(table, "gdelt", today=TODAY) as chronology:
        event = next(iter(chronology.events()))
        wanted = {"actor": event.actors, "topic": event.topics, "source": [each.id for each in event.sources]}
        counted = ids(chronology.records_by_id(wanted, wholes=True))
        assert len(counted) > 2
        monkeypatch.delattr(ForeignTables, "events_in")  # any view that has events needs it
        assert ids(chronology.records_by_id(wanted, wholes=True, counted=False)) == counted


WORDS = ("korea", "lodz", "김정은", "u.s.", "north korea", "place:seoul", "1", "zzyzx", "army OR not:korea")


def ids_or_error(chronology: Chronology, selection: Selection) -> list[str] | str:
    try:
        return ids(list(chronology.events(selection)))
    except UnknownNameError as error:  # some tables have no places
        return str(error)


@pytest.mark.parametrize("table", TABLES[::2], ids=[each.mapping for each in TABLES[::2]])
def test_rows_that_lack_the_letters_of_a_word_lack_the_word(
    table: ForeignTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, parquet = write(tmp_path, table, rows_of(table, drawn(6), 80))
    selections = [Selection(terms=(each,)) for each in WORDS]
    with open_table(parquet, table.mapping, today=TODAY) as chronology:
        filtered, conditions = list[str](), ForeignTables._may_have  # noqa: SLF001 - whether it was used

        def listed(*given: Any) -> str:  # noqa: ANN401 - as it is called
            filtered.append(conditions(*given))
            return filtered[-1]

        monkeypatch.setattr(ForeignTables, "_may_have", listed)
        found = [ids_or_error(chronology, each) for each in selections]
        assert sum("ILIKE" in each for each in filtered) > len(WORDS) // 2
        monkeypatch.setattr(foreign_engine, "_phrases_in", lambda *_: [])
        assert [ids_or_error(chronology, each) for each in selections] == found
    assert sum(isinstance(each, list) and bool(each) for each in found) > 3
