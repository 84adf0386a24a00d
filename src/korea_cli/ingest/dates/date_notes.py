"""Count the dates of a sheet that are stored in another form than they were written, or may mean less than they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.dates.days import YEAR
from korea_cli.ingest.sheet import counts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.dates.clocks import SheetDate
    from korea_cli.ingest.sheet import Counts

_PLAIN = re.compile(r"[-+]?\d[\d\s./:,TZ+\u2212~?%-]*", re.ASCII | re.IGNORECASE)
_SINGLE = re.compile(r"(?<!\d)(?=\d(?!\d))")
_PART_OF_YEAR = re.compile(r"-?\d{4}-(?:2[1-9]|3\d|4[01])(?!\d)", re.ASCII)
_DAY = re.compile(rf"{YEAR}-\d\d-\d\d", re.ASCII)
_NEW_YEAR, _FIRST = "-01-01", "first"
_FEWEST = 2  # first days of a year that are no accident, if they are also more than so many in a hundred days
_SHARE = 5
_TITLES = 10_000  # that are compared: no calendar has more


def is_digital(text: str, stored: str) -> bool:
    """Whether a text is a date in digits, year first, that says no other date than the stored one."""
    if text == stored:
        return True
    if not _PLAIN.fullmatch(text) or _PART_OF_YEAR.match(text):
        return False
    return _digits(text).startswith(_digits(stored))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", _SINGLE.sub("0", text))


class DateNotes:
    """Counts the dates of the rows of one sheet.

    counts: of those that are `normalised`, by key, "" where they are kept as written; of those whose time is left out
    (`timed`), by key; and of `days`, by whether they are the first of a year.
    """

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._examples: dict[str, str] = {}
        self._first_titles: Counter[int] = Counter()  # the hashes of the titles of 1 January
        self._other_titles: set[int] = set()

    def add(self, written: str, stored: str) -> None:
        """Count the date of a record, and the text that is kept of it, if any."""
        days = _days_in(stored)
        first = sum(day.endswith(_NEW_YEAR) for day in days)
        self._counts["days", _FIRST] += first
        self._counts["days", ""] += len(days) - first
        if written:
            self._count("", written, stored)

    def add_title(self, title: str, stored: str) -> None:
        """Compare the title of a record with those of others, by whether its date is the first day of a year."""
        first = _NEW_YEAR in stored and any(day.endswith(_NEW_YEAR) for day in _days_in(stored))
        if first and title:
            self._first_titles[hash(title)] += 1
        elif len(self._other_titles) <= _TITLES:
            self._other_titles.add(hash(title))

    @property
    def _holidays(self) -> int:
        """How many days are 1 January as each has the same title, which no other day has: `New Year's Day`."""
        titles = self._first_titles.items() if len(self._other_titles) <= _TITLES else ()
        return sum(count for title, count in titles if count >= _FEWEST and title not in self._other_titles)

    def add_other(self, key: str, written: str, date: SheetDate) -> None:
        """Count the date of another key, of which no text is kept."""
        self._counts["timed", key] += bool(date.time or date.partial)
        if not is_digital(written, date.text):
            self._count(key, written, date.text)

    def _count(self, key: str, written: str, stored: str) -> None:
        self._counts["normalised", key] += 1
        self._examples.setdefault(key, f"'{written}' to {stored}")

    def sentences(self, counts: Counts) -> Iterator[str]:
        """Yield what is to report of the rows that have some counts."""
        for key, count in sorted(counts_of(counts, "normalised").items()):
            which = f"{count:,} {'date' if count == 1 else 'dates'}{f' of {key!r}' if key else ''}"
            yield f"normalised {which}, such as {self._examples[key]}" + (
                "" if key else ": kept as written in date_text"
            )
        for key, count in sorted(counts_of(counts, "timed").items()):
            if count:
                yield f"left out the time of {count:,} {'date' if count == 1 else 'dates'} of '{key}'"
        days = counts["days", _FIRST] + counts["days", ""]
        first = counts["days", _FIRST] - self._holidays
        if first >= _FEWEST and first * 100 > days * _SHARE:
            advice = "Import a column with their precision as 'precision', or the years alone as 'year'."
            yield f"{first:,} of {days:,} days are 1 January: they are probably years. {advice}"


def _days_in(stored: str) -> list[str]:
    return [*filter(_DAY.fullmatch, stored.split("/"))]
