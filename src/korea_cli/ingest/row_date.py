"""Read the date of a row, from whichever columns it is in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import clean_line
from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.clocks import read_clock
from korea_cli.ingest.dates import SheetDate, read_date, short_kind
from korea_cli.ingest.joining import between, coarsen, from_parts, with_clock
from korea_cli.ingest.rows import RowError

if TYPE_CHECKING:
    from collections import Counter

    from korea_cli.ingest.clocks import Clock
    from korea_cli.ingest.dates import DateRules
    from korea_cli.ingest.rows import CellsByKey

    Columns = dict[str, str]

_PARTS = ("year", "month", "day")
DATE_KEYS = frozenset({"date", "end_date", "precision", "time", *_PARTS, *(f"end_{part}" for part in _PARTS)})
_LONGEST = 60
_MIDNIGHT = "00:00:00"


class DateReader:
    """Reads the dates of one sheet.

    `counts` are of those whose century was `inferred`, and those with more of the time than is stored (`partial`).
    """

    def __init__(self, rules: DateRules, counts: Counter[str]) -> None:
        self._rules, self._counts = rules, counts
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)

    @property
    def mixed(self) -> bool:
        """Whether a column has spans of years, and months that may be such spans too, and no option decides."""
        return not self._rules.short and any(len(kinds - {""}) > 1 for kinds in self._kinds.values())

    def read(self, key: str, text: str) -> SheetDate:
        """Read a date that has one column; raises RowError."""
        self._kinds[key].add(short_kind(text))
        return read_date(text, self._rules)

    def take(self, cells: CellsByKey) -> dict[str, str]:
        """Remove the columns of the date from a row, and return the keys of a record of them; raises RowError."""
        columns = {key: clean_line(str(cells.pop(key)[0])).strip() for key in DATE_KEYS & cells.keys()}
        words, zone = (clean_line(str(cells.get(key, [""])[0])).strip() for key in ("date_text", "timezone"))
        clock = read_clock(columns.get("time", ""))
        date = self._combine(columns, clock, zone, words)
        values = {"date": date.text, "date_text": self._as_written(date, columns, clock, words)}
        self._counts["inferred"] += date.inferred
        if date.inferred and "date_basis" not in cells:
            values["date_basis"] = "year-inferred"
        values["time"] = clock.time or date.time
        values["timezone"] = "" if zone else date.zone
        return {key: value for key, value in values.items() if value}

    def _as_written(self, date: SheetDate, columns: Columns, clock: Clock, words: str) -> str:
        """Return the text of the columns, where it is kept; raises RowError where `words` leave no room for it."""
        if date.partial:
            start, end = (_text_of(columns, before, whole) for before, whole in (("", "date"), ("end_", "end_date")))
            if clock.zone or clock.partial or ":" not in start:
                start = f"{start} {columns.get('time', '')}".strip()
            text = " \u2013 ".join(filter(None, (start, end)))
            if words:
                raise RowError(f"date '{text}' has more of the time than can be stored, and 'date_text' is not empty")
            self._counts["partial"] += 1
            return text
        text = " \u2013 ".join(columns[key] for key in ("date", "end_date") if columns.get(key))
        plain = "end_date" in columns or text.startswith(date.text) or words or len(text) > _LONGEST
        return "" if plain else text

    def _combine(self, columns: Columns, clock: Clock, zone: str, words: str) -> SheetDate:
        start = self._end_of(columns, "", "date")
        end = self._end_of(columns, "end_", "end_date")
        if start is None and end is not None:
            raise RowError("it has an end but no start")
        if "precision" in columns:
            start, end = (each and coarsen(each, columns["precision"]) for each in (start, end))
        date = with_clock(start or SheetDate(""), clock, zone)
        if end:
            if date.time and end.text != date.text and _MIDNIGHT in columns.get("end_date", ""):
                end = end._replace(time=end.time or _MIDNIGHT)
            date = between(date, end._replace(zone=end.zone or zone))
        return self._as_vague(date, words) if words and "year" in columns else date

    def _end_of(self, columns: Columns, before: str, whole: str) -> SheetDate | None:
        if columns.get(whole):
            return self.read(whole, columns[whole])
        year, month, day = (columns.get(before + part, "") for part in _PARTS)
        if not year and (month or day):
            raise RowError("it has a month or day but no year")
        return from_parts(year, month, day, self._rules) if year else None

    def _as_vague(self, date: SheetDate, words: str) -> SheetDate:
        """Prefer the date in words where it is vaguer than the columns of numbers, which cannot be vague."""
        try:
            other = parse_stored(read_date(words, self._rules).text)
        except RowError:
            return date
        own = parse_stored(date.text)
        covers = other.start_min <= own.start_min and own.end_max <= other.end_max
        differs = (other.start_min, other.end_max) != (own.start_min, own.end_max)
        return date._replace(text=other.text, time="") if covers and (differs or other.qualified) else date


def _text_of(columns: Columns, before: str, whole: str) -> str:
    """Return an end of a date as its columns have it."""
    return columns.get(whole) or "-".join(filter(None, (columns.get(before + part) for part in _PARTS)))
