"""A table in Parquet, asked by its mapping, has the events that an import of the same rows as CSV has."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import KoreaError, Selection, open_chronology, open_table
from korea_cli.dates.days import Day
from law.comparing import drawn
from law.foreign_rows import TABLES, rows_of, write

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from conftest import Korea
    from korea_cli import Chronology
    from law.foreign_rows import ForeignTable

pytest.importorskip("duckdb", reason="needs duckdb")

SEED = int(os.environ.get("KOREA_SEED") or 1)
ROUNDS, ROWS, QUESTIONS = 1, 60, 12
TODAY = Day(2018, 3, 1)
TERMS = (
    "korea", "lodz", "김정은", "u.s.", "army", "not:police", "shots", "by:north-korea", "to:south-korea", "place:seoul",
    "kind:statement", "kind:protest", "topic:conflict-in-words", "precision:day", "has:place", "no:kind", "has:note",
    "actor:police-seoul", "actor:united-nations", "by:united-states", "country:prk",
    "note:tone", "summary:fired", "text:met", "precision:interval", "title:front", "kind:battles",
)  # fmt: skip


def asked(dice: Random) -> Selection:
    terms = tuple(dice.sample(TERMS, dice.choice((0, 1, 1, 2))))
    period = dice.choice((None, None, "2015", "2016-05", "2016..2017", "may 2016"))
    certain = bool(period) and dice.random() < 0.3
    known = dice.choice((None, None, None, "2016-06"))
    return Selection(terms=terms, period=period, certain=certain, known_by=known, reverse=dice.random() < 0.2)


def answer(chronology: Chronology, selection: Selection) -> Any:  # noqa: ANN401 - events, or an error
    """Return the events of a selection as far as both must have them, in their order."""
    try:
        return [_event(each.to_dict()) for each in chronology.events(selection)]
    except KoreaError as error:
        return type(error).__name__


def _event(event: dict[str, Any]) -> dict[str, Any]:
    names = {
        key: [each.get("name") or each.get("label") for each in event[key]]
        for key in ("actors", "recipients", "topics")
    }
    kept = (
        "title",
        "date",
        "earliest",
        "latest",
        "precision",
        "date_text",
        "date_basis",
        "kind",
        "place",
        "note",
        "summary",
        "match",
    )
    return names | {key: event[key] for key in kept}


@pytest.mark.random
@pytest.mark.parametrize("number", range(ROUNDS))
@pytest.mark.parametrize("table", TABLES, ids=[each.mapping for each in TABLES])
def test_a_table_answers_as_its_import_does(table: ForeignTable, number: int, korea: Korea, tmp_path: Path) -> None:
    sheet, parquet = write(tmp_path, table, rows_of(table, drawn(SEED, number), ROWS))
    imported = tmp_path / "imported.toml"
    imported.touch()
    run = korea("import", sheet, "-d", imported, "--mapping", table.mapping, "--new-kinds", "--yes", "--json")
    assert run.code in {0, 1}, run.err  # some rows are rejected
    with (
        open_chronology(imported, today=TODAY, cache=False) as ours,
        open_table(parquet, table.mapping, today=TODAY) as theirs,
    ):
        for place in range(QUESTIONS):
            selection = asked(drawn(SEED, number, place))
            assert answer(theirs, selection) == answer(ours, selection), (place, selection)
        counts = [{(each.name, each.event_count) for each in one.actors()} for one in (theirs, ours)]
        assert counts[0] == counts[1]
