"""The law of dates: the words shown for a stored date are read as that date, through every entrance."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DateError
from korea_cli.dates.days import Day
from korea_cli.dates.parse import parse_stored, parse_typed, to_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.ingest.dates.clocks import SheetDate
from korea_cli.ingest.dates.dates import DateRules, read_date
from korea_cli.ingest.dates.row_date import DateReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.dates.edtf import StoredDate

TODAY = Day(2017, 11, 29)
POLICIES = [
    DateRules(order, 2026, short, year)
    for order, short, year in product(("", "day", "month"), ("", "month", "years", "ask"), ("", "1861", "-0043"))
]
PARTS = (
    "2016", "2017", "0592", "-0043", "0000", "2017-XX", "2017-XX-XX", "2016-04", "2017-12", "2017-07-XX", "2017-07-04",
    "2017-07-08", "2017-08-02", "-0043-03-15", "-0043-07", "2017-33", "2017-36", "2017-39", "2017-41",
)  # fmt: skip
MARKS = ("", "~", "?", "%")
PAIRS = (*zip(MARKS, MARKS, strict=True), ("~", ""), ("", "?"), ("~", "?"), ("%", "~"))


def _stored() -> Iterator[str]:
    """Make stored dates of every form: each part, with each mark, alone, open, and beside each other part."""
    for part in map("".join, product(PARTS, MARKS)):
        yield from (part, f"{part}/..", f"{part}/", f"../{part}", f"/{part}", f"[..{part}]", f"[{part}..]")
    for left, right, (mark, unlike) in product(PARTS, PARTS, PAIRS):
        one, other = left + mark, right + unlike
        yield from (f"{one}/{other}", f"[{one}..{other}]", f"[{one},{other}]")
    for one, other, third in product(PARTS[::3], repeat=3):
        yield from (f"[{one},{other},{third}]", f"[..{one},{other}~,{third}]", f"[{one}?,{other}?..{third}?]")
        yield from (f"[{one}..{other},{third}..]", f"[{one}%,{other},{third}..]", f"[..{one}~,{third}..{other}~]")


def _dates() -> Iterator[StoredDate]:
    for text in _stored():
        try:
            yield parse_stored(text)
        except DateError:  # its end comes before its start
            continue


def _plain(text: str) -> str:
    """Write a date that is two equal ends as the one date that it is."""
    one, slash, other = text.partition("/")
    return one if slash and one == other else text


@pytest.fixture(scope="module")
def dates() -> list[StoredDate]:
    found = list(_dates())
    assert len(found) > 4_000
    return found


def test_what_is_shown_is_stored_by_add_and_set_as_what_it_was(dates: list[StoredDate]) -> None:
    read = {date.text: to_stored(date.show(), TODAY) for date in dates}
    assert {text: back for text, back in read.items() if back != _plain(text)} == {}


def test_what_is_shown_is_imported_as_what_it_was_by_any_policy(dates: list[StoredDate]) -> None:
    for number, date in enumerate(dates):
        rules = POLICIES[number % len(POLICIES)]
        assert read_date(date.show(), rules) == SheetDate(_plain(date.text)), (date, rules)


def test_what_is_shown_is_the_date_of_a_row_whatever_the_other_rows_are(dates: list[StoredDate]) -> None:
    reader = DateReader(DateRules(latest=2026), Counter())
    reader.orders.fix([("date", {"day": "13/06/2020"})])
    for date in dates:
        row = reader.take({"date": [date.show()]})
        assert row["date"] == _plain(date.text), date
        assert row.get("date_text", row["date"]) in {date.show(), row["date"]}, date


def test_what_is_shown_asks_for_the_same_days(dates: list[StoredDate]) -> None:
    for date in dates:
        first, last = (
            None if date.start_min == OPEN_START else date.start_min,
            None if date.end_max == OPEN_END else date.end_max,
        )
        assert parse_typed(date.show(), TODAY) == (first, last, False), date


def test_different_dates_are_shown_in_different_words(dates: list[StoredDate]) -> None:
    words: dict[str, str] = {}
    for date in dates:
        assert words.setdefault(date.show(), _plain(date.text)) == _plain(date.text)
