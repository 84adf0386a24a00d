"""Read the date of a row from its columns: year, month and day, start and end, time, and how precise it is."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import clean_line
from korea_cli.dates.edtf import qualify
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.typed_day import split_qualifier
from korea_cli.ingest.dates.clocks import SheetDate, instant_of, is_clock, read_clock, with_clock, zone_in
from korea_cli.ingest.dates.column_forms import ASK
from korea_cli.ingest.dates.date_notes import DateNotes, is_digital
from korea_cli.ingest.dates.date_parts import YearColumns, from_parts, more_exact, year_in
from korea_cli.ingest.dates.dates import DateRules, checked, full_year, read_date, with_year
from korea_cli.ingest.dates.numeric import AmbiguousOrderError, day_orders, refusal
from korea_cli.ingest.dates.precision import as_one_day, as_precise_as
from korea_cli.ingest.dates.short_spans import short_spans
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import RECORD_TYPES, file_keys

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import CellsByKey, Counts

    Columns = dict[str, str]

_PARTS = ("year", "month", "day")
DATE_KEYS = frozenset({"date", "end_date", "precision", "time", *_PARTS, *(f"end_{part}" for part in _PARTS)})
_IN_ORDER = tuple(sorted(DATE_KEYS))
_FIELDS = (field for record in RECORD_TYPES.values() for field in file_keys(record).items())
DATED = {"end_date", *(key for key, spec in _FIELDS if spec.form == "date")}
# What a column of ends has instead of a date: as a stored date has it.
_OPEN_ENDS = dict.fromkeys(("..", "present", "ongoing", "now", "to date", "continuing"), "..") | {
    "unknown": "",
    "?": "",
}
_MONTH_WITHOUT_ZERO = re.compile(r"(\d{4})\.1", re.ASCII)
_MIDNIGHT, _MIDNIGHT_UTC = "00:00:00", "T00:00:00Z"
_REMEMBERED = 10_000  # dates


class _RowDate(NamedTuple):
    """What the columns of a date are read as: the keys of a record, and what is counted.

    ambiguous: the dates that their columns decide, each with its key and the year of another column.
    """

    values: Columns
    counts: tuple[tuple[str | tuple[str, str], int], ...]
    ambiguous: tuple[tuple[str, str, str], ...]


class DateReader:
    """Reads the dates of one sheet.

    `counts` are of those whose century was `inferred`, of those with more of the time than is stored (`partial`), of
    those with `midnight` in UTC instead of no time, of those with `hours` alone, and of those `coarsened` as their
    precision says.
    """

    def __init__(self, rules: DateRules, counts: Counts) -> None:
        self._rules, self._counts = rules, counts
        self.orders, self.spans = day_orders(rules.order, partial(full_year, rules=rules)), short_spans(rules.short)
        self._notes, self.years = DateNotes(counts), YearColumns()
        self._known: dict[tuple[object, ...], _RowDate] = {}  # the same dates come again and again
        self._ambiguous: list[tuple[str, str, str]] = []  # of the current row

    def notes(self, counts: Counts) -> tuple[str, ...]:
        """Return what was decided about dates, and how many of those counted are not stored as they were written."""
        return (*self.orders.notes(), *self.spans.notes(), *self._notes.sentences(counts))

    def text_of(self, key: str, text: str) -> str:
        """Return the date of a key that has neither time nor words; raises RowError."""
        date = self.read(key, text)
        self._notes.add_other(key, text, date)
        return date.text

    def read(self, key: str, text: str, year: str = "") -> SheetDate:
        """Read a date that has one column, or another one for its year; raises RowError."""
        if match := _MONTH_WITHOUT_ZERO.fullmatch(text.strip()):
            dropped = f"or {match[1]}-10 of which a spreadsheet dropped the zero"
            raise RowError(f"date '{text}' could be {match[1]}-01, {dropped}")
        if self.observe(key, text, year):
            self._ambiguous.append((key, text, year))
        try:
            return read_date(text, self._rules_of(key, year))
        except AmbiguousOrderError as error:
            raise refusal(self.orders.fixed.get(key, {}), error) from None

    def observe(self, key: str, text: str, year: str = "") -> bool:
        """Learn how the dates of a column are read from one of them; return whether the column has to decide it."""
        ordered = self.orders.observe(key, with_year(text, year))
        return self.spans.observe(key, text) or ordered

    def _rules_of(self, key: str, year: str = "") -> DateRules:
        order = "" if (known := self.orders.of(key)) == ASK else known
        rules = DateRules(order, self._rules.latest, self.spans.of(key), year)
        return self._rules if rules == self._rules else rules

    def take(self, cells: CellsByKey, *, exact: bool = True) -> dict[str, str]:
        """Remove the columns of the date from a row, and return the keys of a record of them; raises RowError.

        exact: whether what is no time of day is left as it is, to be refused; else it is kept in words.
        """
        written = tuple([(key, str(cells.pop(key)[0])) for key in _IN_ORDER if key in cells])
        words, zone = str(cells.get("date_text", ("",))[0]), zone_in(cells) if "timezone" in cells else ""
        place = *written, words, zone, exact
        if known := self._known.get(place):
            for each in known.ambiguous:
                self.observe(*each)
            for sort, count in known.counts:
                self._counts[sort] = self._counts.get(sort, 0) + count
        else:
            columns = self.years.complete({key: clean_line(text).strip() for key, text in written})
            known = self._take(columns, clean_line(words).strip(), zone, exact=exact)
            if len(self._known) < _REMEMBERED:
                self._known[place] = known
        values = {**known.values}
        self._notes.add_title(str(cells.get("title", "")), values.get("date", ""))
        if "date_basis" in cells:
            values.pop("date_basis", None)
        return values

    def _take(self, columns: Columns, words: str, zone: str, *, exact: bool) -> _RowDate:
        self._ambiguous.clear()
        before = {**self._counts}
        clock = read_clock(columns.get("time", ""))
        if not (exact or is_clock(clock.time)):
            clock = SheetDate(partial=True)
        date = self._combine(columns, clock, zone, words)
        values = {"date": date.text, "date_text": self._as_written(date, columns, clock, words)}
        self._notes.add("" if date.partial else values["date_text"], date.text)
        self._counts["inferred"] += date.inferred
        self._counts["coarsened"] += date.coarsened
        self._counts["midnight"] += not date.time and columns.get("date", "").endswith(_MIDNIGHT_UTC)
        if date.inferred:
            values["date_basis"] = "year-inferred"
        values["time"] = clock.time or date.time
        values["timezone"] = "" if zone else date.zone
        counts = tuple((sort, more) for sort, count in self._counts.items() if (more := count - before.get(sort, 0)))
        return _RowDate({key: value for key, value in values.items() if value}, counts, tuple(self._ambiguous))

    def _as_written(self, date: SheetDate, columns: Columns, clock: SheetDate, words: str) -> str:
        """Return the text of the columns, where it is stored; raises RowError where `words` leave no room for it."""
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
        if clock.whole and not words:
            self._counts["hours"] += 1
            return f"{text or date.text} {columns['time']}"
        spelled = date.text.strip("[]").replace("..", "/") if "precision" in columns else date.text
        start, _, end = spelled.partition("/") if "end_date" in columns else (date.text, "", "")
        ends = ("date", start), ("end_date", end or start)
        digital = all(is_digital(columns[key], stored) for key, stored in ends if columns.get(key))
        if words and not (digital or date.coarsened):
            self._notes.add_other("date", text, date)
        return "" if digital or date.coarsened or words else " ".join(text.split())

    def _combine(self, columns: Columns, clock: SheetDate, zone: str, words: str) -> SheetDate:
        start = self._end_of(columns, "", "date")
        open_end = _OPEN_ENDS.get(columns.get("end_date", "").casefold())
        end = self._end_of(columns, "end_", "end_date") if open_end is None else None
        if start is None and end is not None:
            raise RowError("it has an end but no start")
        if "precision" in columns:
            start = start and as_precise_as(columns, "date", start)
            end = end and as_precise_as(columns, "end_date", end)
        date = with_clock(start or SheetDate(), clock, zone)
        if open_end is not None and start:
            end = SheetDate(open_end)
        if end:
            if date.time and end.text != date.text and _MIDNIGHT in columns.get("end_date", ""):
                end = end._replace(time=end.time or _MIDNIGHT)
            date = as_one_day(columns.get("precision", ""), between(date, end._replace(zone=end.zone or zone)))
        return self._as_vague(date, words) if words and "year" in columns else date

    def _end_of(self, columns: Columns, before: str, whole: str) -> SheetDate | None:
        if columns.get(whole):
            return self._beside_year(columns, before, whole)
        year, month, day = (columns.get(before + part, "") for part in _PARTS)
        if not year and (month or day):
            raise RowError("it has a month or day but no year")
        return from_parts(year, month, day, self._rules) if year else None

    def _beside_year(self, columns: Columns, before: str, whole: str) -> SheetDate:
        """Return a date that may have its year in another column; raises RowError where that has another one."""
        text, own = columns[whole], columns.get(f"{before}year", "")
        if not (own or columns.get("year")):
            return self.read(whole, text)
        beside = year_in(own or columns["year"], self._rules)
        year, mark = split_qualifier(beside.text)
        dated = self.read(whole, text, year)
        if year and dated != self._read_alone(whole, text):
            columns[whole] = f"{text} {own or columns['year']}"  # as it is kept in words
            whole_text = qualify(parse_stored(dated.text), mark).text if mark else dated.text
            dated = dated._replace(text=whole_text, inferred=beside.inferred)
        if own:
            parts = [columns.get(before + part, "") for part in _PARTS]
            if exact := more_exact(text, dated, parts, self._rules):
                columns[whole], dated = exact, dated._replace(text=exact)
        return dated

    def _read_alone(self, key: str, text: str) -> SheetDate | None:
        try:
            return read_date(text, self._rules_of(key))
        except RowError:
            return None

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
    return columns.get(whole) or "-".join(filter(None, (columns.get(before + part) for part in _PARTS)))


def between(start: SheetDate, end: SheetDate) -> SheetDate:
    """Return the date from a start to an end; raises RowError."""
    begun, ended = instant_of(start), instant_of(end)
    ordered = begun is not None and ended is not None and (begun.tzinfo is None) == (ended.tzinfo is None)
    if begun and ended and ordered and ended < begun:
        raise RowError(f"its end '{end.text} {end.time}' comes before its start '{start.text} {start.time}'")
    if start.text == end.text or (ordered and end.text < start.text):  # where it ends, it is still the day before
        text = start.text
    elif any(mark in text for text in (start.text, end.text) for mark in "/["):
        raise RowError(f"'{start.text}' and '{end.text}' cannot be the start and the end of a date")
    else:
        text = checked(f"{start.text}/{end.text}")
    alike = (end.time, end.zone) == (start.time, start.zone) or (begun is not None and begun == ended)
    lost = end.partial or (end.time and not (alike and start.text == end.text))
    return start._replace(text=text, inferred=start.inferred or end.inferred, partial=start.partial or bool(lost))
