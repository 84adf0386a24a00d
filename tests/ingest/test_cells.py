"""A cell becomes a value of the form that its key has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from korea_cli.ingest.cells import CellReader
from korea_cli.ingest.values import fit_value
from korea_cli.model.records import Fact

if TYPE_CHECKING:
    from ingest.conftest import Mine
    from korea_cli.ingest.sheet import Counts


COUNTS: Counts = Counter()


@pytest.fixture
def cells() -> CellReader:
    COUNTS.clear()
    return CellReader(COUNTS, ";", slides=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((each, True) for each in ("true", "yes", "y", "x", "1", "TRUE")),
        *((each, False) for each in ("false", "no", "n", "0", "No")),
    ],
)
def test_yes_and_no_are_read_as_sheets_write_them(typed: str, meant: bool, mine: Mine) -> None:  # noqa: FBT001 - the value
    assert fit_value(Fact, "hedged", typed, mine.registry) is meant


def test_a_cell_that_held_a_control_character_is_counted_and_no_other_is(cells: CellReader) -> None:
    assert [cells.text(text) for text in ("plain", "café", "a\x1b[1mb", "한국\x07", "~")] == [
        "plain", "café", "a[1mb", "한국", "~",
    ]  # fmt: skip
    assert COUNTS["cleaned"] == 2
