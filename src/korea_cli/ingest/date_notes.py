"""Count the dates of a sheet that are stored in another form than they were written, or may mean less than they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.dates.days import YEAR
from korea_cli.ingest.digital import is_digital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.clocks import SheetDate

_DAY = re.compile(rf"{YEAR}-\d\d-\d\d", re.ASCII)
_NEW_YEAR = "-01-01"
_FEWEST = 2  # first days of a year that are no accident, if they are also more than so many in a hundred days
_SHARE = 5


class DateNotes:
    """What is to report about the dates of one sheet."""

    def __init__(self) -> None:
        self._days: Counter[bool] = Counter()  # by whether they are the first of a year
        self._normalised: Counter[str] = Counter()  # by key; "" for those that are kept as written
        self._examples: dict[str, str] = {}
        self._timed: Counter[str] = Counter()

    def add(self, written: str, stored: str) -> None:
        """Count the date of a record, and the text that is kept of it, if any."""
        if _DAY.fullmatch(stored):
            self._days[stored.endswith(_NEW_YEAR)] += 1
        if written:
            self._count("", written, stored)

    def add_other(self, key: str, written: str, date: SheetDate) -> None:
        """Count the date of another key, of which no text is kept."""
        self._timed[key] += bool(date.time or date.partial)
        if not is_digital(written, date.text):
            self._count(key, written, date.text)

    def _count(self, key: str, written: str, stored: str) -> None:
        self._normalised[key] += 1
        self._examples.setdefault(key, f"'{written}' to {stored}")

    def sentences(self) -> Iterator[str]:
        """Yield what is to report."""
        for key, count in sorted(self._normalised.items()):
            which = f"{count:,} {'date' if count == 1 else 'dates'}{f' of {key!r}' if key else ''}"
            yield f"normalised {which}, such as {self._examples[key]}" + (
                "" if key else ": kept as written in date_text"
            )
        for key, count in sorted(self._timed.items()):
            if count:
                yield f"left out the time of {count:,} {'date' if count == 1 else 'dates'} of '{key}'"
        first, days = self._days[True], self._days.total()
        if first >= _FEWEST and first * 100 > days * _SHARE:
            advice = "Import a column with their precision as 'precision', or the years alone as 'year'."
            yield f"{first:,} of {days:,} days are 1 January: they are probably years. {advice}"
