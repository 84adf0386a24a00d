"""At any size a question goes from an index to the records it needs, and looks at no others."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Selection, open_chronology
from korea_cli.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli import Chronology

ROOT = Path(__file__).parents[1]
LARGE = ("entry", "event", "fact", "kept", "link", "span", "name", "record")


class Asked:
    """The questions that were put to a store, and how SQLite means to answer them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen to every store."""
        self.plans: list[str] = []
        rows = Store.rows

        def heard(store: Store, sql: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
            self.plans += [step for *_, step in rows(store, f"EXPLAIN QUERY PLAN {sql}", values)]
            return rows(store, sql, values)

        monkeypatch.setattr(Store, "rows", heard)

    def scanned(self) -> set[str]:
        """Give the large tables that are looked through from end to end."""
        steps = [step.split() for step in self.plans if step.startswith("SCAN ")]
        return {table for _, table, *_ in steps if table in LARGE}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronology]:
    """Open a chronology of 3,000 events by its index."""
    folder = tmp_path_factory.mktemp("large")
    generated = runpy.run_path(str(ROOT / "benchmarks" / "generate.py"))["chronology"](3000)
    (folder / "large.toml").write_text("".join(generated), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOREA_CACHE", str(folder / "cache"))
        with open_chronology(folder / "large.toml") as chronology:
            assert chronology.store.keeps
            yield chronology


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


@pytest.mark.parametrize("settings", [{}, {"reverse": True}, {"sort": "date"}])
def test_the_first_of_all_events_are_found_without_sorting(
    large: Chronology, asked: Asked, settings: dict[str, Any]
) -> None:
    found = list(large.events(Selection(limit=20, **settings)).kept() or ())
    assert len(found) == 20
    assert asked.scanned() == set()
    assert any("USING COVERING INDEX entry_by_day (type=?)" in step for step in asked.plans)
    assert not any("TEMP B-TREE" in step for step in asked.plans)


def test_all_events_are_counted_in_an_index(large: Chronology, asked: Asked) -> None:
    assert large.events().count == 3000
    (step,) = asked.plans
    assert step == "SEARCH entry USING COVERING INDEX entry_by_day (type=?)"


@pytest.mark.parametrize(
    "terms",
    [
        *(("actor:a3",), ("actor:=a3",), ("by:a120",), ("to:a7",), ("topic:t9",), ("source:s5",), ("country:RUS",)),
        *(
            ("kind:test",),
            ("status:disputed",),
            ("place:김",),
            ("radar",),
            ("radar reactor",),
            ("id:e77",),
            ("id:=e77",),
        ),
        *(
            ("date:1990-05",),
            ("date:1990-05-03..1990-05-09", "actor:a3"),
            ("actor:a3", "topic:t5"),
            ("actor:a3", "test"),
        ),
        *(("actor:a3", "not:topic:t5"), ("actor:a3", "actor:a5", "topic:t9", "kind:test")),
    ],
)
@pytest.mark.parametrize("period", [None, "1990..1995"])
def test_what_is_asked_for_is_looked_up(
    large: Chronology, asked: Asked, terms: tuple[str, ...], period: str | None
) -> None:
    answer = large.events(Selection(terms=terms, period=period))
    assert len(list(answer.kept() or ())) == answer.count
    assert asked.scanned() == set()


@pytest.mark.parametrize(("name", "type_"), [("e77", "event"), ("a7", "actor"), ("김 0", "actor"), ("t9", "topic")])
def test_a_record_is_found_by_its_name_in_an_index(large: Chronology, asked: Asked, name: str, type_: str) -> None:
    if name == "김 0":
        name = large.find("a0").name  # type: ignore[union-attr]
        asked.plans.clear()
    assert large.find(name).type == type_
    assert asked.scanned() == set()


def test_words_are_searched_in_an_index_whatever_the_type(large: Chronology, asked: Asked) -> None:
    assert large.search(Selection(terms=("radar", "2999"))).count > 0
    assert list(large.search(Selection(terms=("radar",), limit=5)))
    assert asked.scanned() == set()


@pytest.mark.parametrize("terms", [(), ("radar",), ("kind:test", "kind:meeting", "radar")])
def test_records_are_read_by_their_numbers(large: Chronology, asked: Asked, terms: tuple[str, ...]) -> None:
    assert len(list(large.events(Selection(terms=terms)))) > 200  # more than are read at once
    batches = [step for step in asked.plans if step == "SEARCH record USING INTEGER PRIMARY KEY (rowid=?)"]
    assert len(batches) > 1
    assert asked.scanned() == set()
