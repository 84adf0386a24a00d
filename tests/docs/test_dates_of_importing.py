"""The dates in "Importing files" are read as its table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.dates.dates import DateRules, read_date

PAGE = Path(__file__).parents[2] / "docs" / "importing.md"
SECTION = PAGE.read_text("utf-8").partition("\n## Dates\n")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (`.+) \| `(.+)` \|$", SECTION, re.MULTILINE)


@pytest.mark.parametrize(
    ("written", "stored"), [(each, stored) for cell, stored in ROWS for each in re.findall("`([^`]+)`", cell)]
)
def test_a_date_of_the_table_is_stored_as_it_says(written: str, stored: str) -> None:
    assert read_date(written, DateRules(latest=2026)).text == stored
    parse_stored(stored)


def test_the_table_is_found() -> None:
    assert len(ROWS) > 10
