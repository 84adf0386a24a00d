"""A window finds dates that began long before it, however long they are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from korea_cli import Selection, open_chronology

if TYPE_CHECKING:
    from pathlib import Path

FIRST = dt.date(2010, 1, 1)


@pytest.mark.parametrize("days", [1, 2, 365, 798, 799, 800, 801, 802, 5000])
def test_a_window_of_a_day_finds_what_ends_on_it_and_nothing_that_ended_before(days: int, tmp_path: Path) -> None:
    path, last = tmp_path / "a.toml", FIRST + dt.timedelta(days - 1)
    date = f"{FIRST}/{last}" if days > 1 else f"{FIRST}"
    path.write_text(f'[[events]]\nid = "e"\ntitle = "E"\ndate = "{date}"\n', "utf-8")
    with open_chronology(path) as chronology:
        for day, found in ((FIRST - dt.timedelta(1), 0), (FIRST, 1), (last, 1), (last + dt.timedelta(1), 0)):
            assert chronology.events(Selection(period=day.isoformat())).count == found
