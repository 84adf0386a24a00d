"""What statistics and charts count, counted by looking at each event and fact in turn."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.edtf import one_day_in
from korea_cli.dates.spans import OPEN_END, OPEN_START, Span
from korea_cli.model.records import title_of
from law.known import ids_of, voices
from law.oracle import DATED, ROLES, dates_of, references
from years import iso_of, number_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from law.oracle import Oracle
    from law.questions import Question

Row = dict[str, Any]
PARTS = {
    "actors": "acted", "recipients": "was addressed", "via": "relayed",
    "holders": "holds", "reported_by": "reports", "about": "is the subject of",
}  # fmt: skip
DEALINGS = {
    ("actors", "recipients"): "addressed", ("actors", "actors"): "acted with",
    ("recipients", "actors"): "was addressed by", ("recipients", "recipients"): "was addressed with",
    ("actors", "via"): "spoke through", ("via", "actors"): "relayed for", ("recipients", "via"): "heard through",
    ("via", "recipients"): "relayed to", ("via", "via"): "relayed with",
}  # fmt: skip
OWN_KEYS = {"kind": "kind", "status": "status", "place": "place", "basis": "date_basis"}
OF_REFERRED = {"country": "actor", "voice": "source"}
DIMENSIONS = {  # what statistics count by, and the types of record that have it
    **dict.fromkeys(("year", "month", "actor", "by", "topic", "kind", "status", "country", "source", "voice"), DATED),
    **dict.fromkeys(("sources", "voices", "precision"), DATED),
    **dict.fromkeys(("to", "place", "basis"), ("event",)), "holder": ("fact",),
}  # fmt: skip
LANES = ("actor", "by", "to", "holder", "topic", "source", "precision", *OWN_KEYS, *OF_REFERRED)
UNITS = ("day", "week", "month", "quarter", "year", "decade", "century")
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
FITTING, MOST = 40, 10_000
FIRST, AFTER_ALL = number_of(-9999, 1, 1), number_of(10_000, 1, 1)


class _Placed(NamedTuple):
    """An event in a chart: the one period it is wholly in for sure, whether its dates are precise, and their bounds."""

    home: tuple[int, int] | None
    known: bool
    bounds: list[tuple[int, int, int, int]]


class Counting:
    """Counts some events and facts of a chronology."""

    def __init__(self, oracle: Oracle, records: Iterable[Any]) -> None:
        """Take the events and facts to count."""
        self.oracle, found = oracle, list(records)
        self.events = [each for each in found if each.type == "event"]
        self.facts = [each for each in found if each.type == "fact"]

    def statistics(self) -> dict[str, list[Row]]:
        """Return the sections of `stats`."""
        return {
            "overview": [self._overview()],
            "years": self.by_start("year"),
            "months": self.by_start("month"),
            "kinds": self._by("kind", lambda each: {each.kind}),
            "topics": self.by_topic(),
            "statuses": self._by("status", lambda each: {each.status}),
            "sources": self._by("source", lambda each: references(each, ROLES["source"])),
            "corroboration": self._corroboration(),
            "bases": self._by("basis", lambda each: {each.date_basis}, facts=False),
            "precisions": self._by("precision", lambda each: {each.date.precision if each.date else ""}),
        }

    def _corroboration(self) -> list[Row]:
        """Count by how many sources and voices each rests on."""
        labels = {
            "sources": {"0": "no source", "1": "1 source", "2": "2 sources", ">=3": "3 or more sources"},
            "voices": {"1": "1 voice", "2": "2 voices", ">=3": "3 or more voices"},
        }
        return [
            _row(by, value, label, *(
                sum(_fits(getattr(each, key), value) for each in records) for records in (self.events, self.facts)
            ))
            for (by, all_), key in zip(labels.items(), ("source_count", "voice_count"), strict=True)
            for value, label in all_.items()
        ] if self.events or self.facts else []  # fmt: skip

    def _overview(self) -> Row:
        header, dates = self.oracle.header, [event.date for event in self.events]
        counts = {f"{type_}_count": len(self.oracle.of[type_]) for type_ in ("actor", "topic", "source")}
        first = bounded([date.start_min for date in dates], [date.start_max for date in dates], min)
        last = bounded([date.end_min for date in dates], [date.end_max for date in dates], max)
        return {
            "title": header.title or None, "as_of": header.as_of.text if header.as_of else None,
            "first": first and one_day_in(*first).text, "last": last and one_day_in(*last).text,
            "event_count": len(self.events), "fact_count": len(self.facts), **counts,
        }  # fmt: skip

    def _by(
        self, by: str, values: Callable[[Any], set[str]], labels: dict[str, str] | None = None, *, facts: bool = True
    ) -> list[Row]:
        """Count by what each has; the most frequent first, what has none last."""
        events, others = (
            Counter(value for each in found for value in values(each) or {""})
            for found in (self.events, self.facts if facts else [])
        )
        found = sorted((events + others).items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))
        return [
            _row(by, value, (labels or {}).get(value) or value or "none", events[value], others[value])
            for value, _ in found
        ]

    def by_topic(self) -> list[Row]:
        """Count by topic, and by all that this belongs to."""
        labels = {topic.id: topic.label for topic in self.oracle.of["topic"]}
        return self._by("topic", lambda each: self._wholes("topic", each.topics), labels)

    def _wholes(self, type_: str, ids: Iterable[str]) -> set[str]:
        return {whole for id_ in ids for whole in self.oracle.wholes(type_, id_)}

    def by_start(self, by: str) -> list[Row]:
        """Count by the month or year that each surely begins in, else as not known."""
        events, facts = (Counter(_start(each.date, by) for each in found) for found in (self.events, self.facts))
        order = sorted(events | facts, key=_in_time)
        return [_row(by, name, _start_label(name, by), events[name], facts[name]) for name in order]

    # ------------------------------------------------------------ one thing, or two

    def by_one(self, by: str) -> list[Row]:
        """Count by one thing that events and facts have."""
        found = self._having(DIMENSIONS[by], by)
        totals = Counter(value for (value,), each in found)
        return [
            _row(by, value, self._label(by, value), *_numbers(each for own, each in found if own == (value,)))
            for value in self._ordered(by, totals)
        ]

    def by_two(self, by: str, lanes: str) -> list[list[Row]]:
        """Count by two things; a list for each value of the first."""
        found = self._having([each for each in DIMENSIONS[by] if each in DIMENSIONS[lanes]], by, lanes)
        rows, columns = (self._ordered(name, self._totals(found, n)) for n, name in enumerate((by, lanes)))
        return [
            [
                {"by": by, "value": value or None, "label": self._label(by, value)}
                | {"lanes": lanes, "lane": lane or None, "lane_label": self._label(lanes, lane)}
                | dict(zip(("event_count", "fact_count"), _numbers(having), strict=True))
                for lane in columns
                if (having := [each for own, each in found if own == (value, lane)])
            ] for value in rows
        ]  # fmt: skip

    def _having(self, types: Iterable[str], *names: str) -> list[tuple[tuple[str, ...], Any]]:
        """Return the events and facts of some types, once for each value, or pair of values, that they have."""
        records = [each for each in (*self.events, *self.facts) if each.type in types]
        return [
            (key, each) for each in records for key in product(*(self._values(each, name) or {""} for name in names))
        ]

    @staticmethod
    def _totals(found: list[tuple[tuple[str, ...], Any]], place: int) -> Counter[str]:
        """Count each event and fact once for each value that it has."""
        return Counter(value for value, *_ in {(key[place], each.type, each.id) for key, each in found})

    def _values(self, record: Any, name: str) -> set[str]:  # noqa: ANN401 - an event or fact
        """Return the values that an event or fact has of one thing."""
        if name in {"year", "month"}:
            return {_start(record.date, name)}
        if name in {"sources", "voices"}:
            ids = ids_of(record)
            return {str(len(ids) if name == "sources" else voices(self.oracle.whole, ids))}
        if name == "precision":
            return {record.date.precision} if record.date else set()
        return self._lanes_of(record, name, "actor" if name in {"by", "to", "holder"} else name)

    def _ordered(self, name: str, totals: Counter[str]) -> list[str]:
        """Return values in order of time, or the most frequent first; what is not known comes last."""
        if name in {"year", "month"}:
            return sorted(totals, key=_in_time)
        return sorted(totals, key=lambda value: (not value, -totals[value], value))

    def _label(self, name: str, value: str) -> str:
        if name in {"year", "month"}:
            return _start_label(value, name)
        type_ = "actor" if name in {"actor", "by", "to", "holder"} else name
        titled = self.oracle.of[type_] if type_ in {"actor", "topic"} else []
        return next((title_of(each) for each in titled if each.id == value), value) or "none"

    # ------------------------------------------------------------ an actor

    def by_part(self, ids: set[str]) -> list[Row]:
        """Count the parts that some actors have in events and facts."""
        found = Counter(
            (each.type, list(PARTS).index(role), each.kind)
            for each in (*self.events, *self.facts)
            for role in PARTS
            if references(each, [role]) & ids
        )
        order = sorted(found.items(), key=lambda pair: (*pair[0][:2], -pair[1], pair[0][2]))
        return [
            _row(list(PARTS.values())[role], kind, kind or type_, *((count, 0) if type_ == "event" else (0, count)))
            for (type_, role, kind), count in order
        ]

    def by_counterpart(self, ids: set[str]) -> list[Row]:
        """Count the events that some actors share with others, by who did what to whom."""
        names = {actor.id: actor.name for actor in self.oracle.of["actor"]}
        found = Counter(
            (place, other)
            for event in self.events
            for place, (role, opposite) in enumerate(DEALINGS)
            if references(event, [role]) & ids
            for other in references(event, [opposite]) - ids
        )
        order = sorted(found.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1]))
        return [_row(list(DEALINGS.values())[place], other, names[other], n, 0) for (place, other), n in order]

    # ------------------------------------------------------------ a chart

    def chart(self, question: Question, window: Span | None) -> list[Row] | None:
        """Count events, or facts by their holders, by period; None where there are too many periods."""
        if not self.charted(question):
            return []
        first, last = self._reach(self.charted(question), window)
        unit = question.by.casefold() if question.by else None
        unit = unit or next((each for each in UNITS if _number(first, last, each) <= FITTING), UNITS[-1])
        if _number(first, last, unit) > MOST:
            return None
        within = window or Span(None, None, year_assumed=False)
        periods = [
            (max(start, within.first or start), min(end, within.last or end))
            for start, end in periods_of(first, last, unit)
        ]
        rows: list[Row] = []
        for lane, name, events in self._lanes(self.charted(question), question.lanes)[: question.top]:
            placed = [_placed(self.oracle, event, periods) for event in events]
            counted = [_counts(placed, period) for period in periods]
            rows += [
                {"by": unit, "lane": lane, "lane_name": name, "from": _iso(start), "to": _iso(end)}
                | {"event_count": 0, "fact_count": 0}
                | dict(zip((self.number_of(question), "lasting", "possible"), counts, strict=True))
                for (start, end), counts in zip(periods, counted, strict=True)
            ]
        return rows

    def charted(self, question: Question) -> list[Any]:
        """Return what a chart counts: events, or the facts with a date where it has lanes by holder."""
        return [each for each in self.facts if each.date] if question.charts_facts else self.events

    @staticmethod
    def number_of(question: Question) -> str:
        """Return the key of what a chart counts."""
        return "fact_count" if question.charts_facts else "event_count"

    @staticmethod
    def _reach(records: list[Any], window: Span | None) -> tuple[int, int]:
        dates = [date for each in records for date in dates_of(each)]
        first = min(
            next((day for day in (date.start_min, date.end_min) if day > OPEN_START), date.end_max) for date in dates
        )
        last = max(
            next((day for day in (date.end_max, date.start_max) if day < OPEN_END), date.start_min) for date in dates
        )
        if window and window.first is not None:
            first, last = window.first, max(window.first, last)
        if window and window.last is not None:
            first, last = min(first, window.last), window.last
        return first, last

    def _lanes(self, records: list[Any], lanes: str | None) -> list[tuple[str | None, str, list[Any]]]:
        """Return the id, the name and the records of each lane; the fullest first, what is in no lane last."""
        if lanes is None:
            return [(None, "all events", records)]
        of = "actor" if lanes in {"by", "to", "holder"} else lanes
        found: dict[str | None, list[Any]] = {}
        for event in records:
            for id_ in self._lanes_of(event, lanes, of) or (None,):
                found.setdefault(id_, []).append(event)
        names = {
            each.id: getattr(each, "name", "") or each.label for each in self.oracle.of.get(of, ()) if of != "source"
        }
        rows = [(id_, names.get(id_, id_) if id_ else "none", events) for id_, events in found.items()]
        return sorted(rows, key=lambda row: (row[0] is None, -len(row[2]), row[0]))

    def _lanes_of(self, event: Any, lanes: str, of: str) -> set[str]:  # noqa: ANN401
        if lanes == "place":
            return {self.oracle.main_place(getattr(event, "place", ""))} - {""}
        if lanes in OWN_KEYS:
            return {getattr(event, OWN_KEYS[lanes], "")} - {""}
        if lanes == "precision":
            return {event.date.precision}
        if lanes in OF_REFERRED:
            type_ = OF_REFERRED[lanes]
            ids = references(event, ROLES[type_])
            return {getattr(each, lanes) for each in self.oracle.of[type_] if each.id in ids} - {""}
        ids = references(event, ROLES[lanes])
        return ids if of == "source" else self._wholes(of, ids)


def bounded(earliest: list[int], latest: list[int], pick: Callable[[list[int]], int]) -> tuple[int, int] | None:
    """Return the first and the last day that some end may be; None where there is none, or none yet."""
    if not earliest or pick(earliest) == OPEN_END or pick(latest) == OPEN_START:
        return None
    return pick(earliest), pick(latest)


def _row(by: str, value: str, label: str, events: int, facts: int) -> Row:
    return {"by": by, "value": value or None, "label": label, "event_count": events, "fact_count": facts}


def _fits(number: int, value: str) -> bool:
    return number >= 3 if value == ">=3" else number == int(value)


def _in_time(name: str) -> tuple[int, int]:
    """Return where a year or month comes: a year of unknown month after its months, what is not known last."""
    return _year_and_month(name) if name else (10_000, 0)


def _year_and_month(name: str) -> tuple[int, int]:
    """Return the year and month of `-0043-03`; a thirteenth month for `-0043`."""
    year, dash, month = name.rpartition("-")
    return (int(year), int(month)) if dash and year else (int(name), 13)


def _numbers(records: Iterable[Any]) -> tuple[int, int]:
    types = Counter(each.type for each in records)
    return types["event"], types["fact"]


def _start(date: Any, by: str) -> str:  # noqa: ANN401 - a stored date
    """Return the month that a date surely begins in, else the year, else nothing."""
    if date is None or date.start_min == OPEN_START:
        return ""
    first, last = iso_of(date.start_min), iso_of(min(date.start_max, AFTER_ALL - 1))
    if by == "month" and first[:-3] == last[:-3]:
        return first[:-3]
    return first[:-6] if first[:-6] == last[:-6] else ""


def _start_label(name: str, by: str) -> str:
    if not name:
        return "not known"
    year, month = _year_and_month(name)
    words = str(year) if year >= 1000 else f"{year} AD" if year > 0 else f"{1 - year} BC"
    if month <= 12:
        return f"{dt.date(2000, month, 1):%b} {words}"
    return words if by == "year" else f"{words}, month not known"


def _iso(day: int) -> str:
    return iso_of(day)


def _number(first: int, last: int, unit: str) -> int:
    """Count the periods of a unit that two days and those between lie in."""
    if unit == "day":
        return last - first + 1
    if unit == "week":
        return (last - 1) // 7 - (first - 1) // 7 + 1  # day 1 was a Monday
    return _index(last, unit) - _index(first, unit) + 1


def _index(day: int, unit: str) -> int:
    """Return a number that is one more for the next period; those of years are worked out from their first years."""
    year, month, _ = parts_of(day)
    if unit in LENGTHS:
        return (year * 12 + month - 1) // LENGTHS[unit]
    return sum(1 for first in _first_years(unit) if first <= year)


@cache
def _first_years(unit: str) -> list[int]:
    """Return the first years of all decades or centuries: 49 BC, 39 BC … 9 BC, 1 AD, 10 AD; 200 BC, 100 BC, 1 AD."""
    if unit == "century":
        return [*range(1 - 10_000, 1, 100), *range(1, 10_000, 100)]
    return [*range(1 - 10_009, 1, 10), 1, *range(10, 10_000, 10)]


def periods_of(first: int, last: int, unit: str) -> list[tuple[int, int]]:
    """Return the first and last day of each period that two days and those between lie in."""
    periods = []
    start = _start_of(first, unit)
    while start <= last:
        following = _start_after(start, unit)
        periods.append((start, following - 1))
        start = following
    return periods


def _start_of(day: int, unit: str) -> int:
    year, month, _ = parts_of(day)
    if unit in LENGTHS:
        return number_of(year, month - (month - 1) % LENGTHS[unit], 1)
    if unit in {"decade", "century"}:
        return max(number_of(max(first for first in _first_years(unit) if first <= year), 1, 1), FIRST)
    return day if unit == "day" else max(day - (day - 1) % 7, FIRST)


def _start_after(start: int, unit: str) -> int:
    """Return the first day of the next period; that after the last there is, where there is none."""
    if unit in {"decade", "century"}:
        year = parts_of(start)[0]
        return number_of(next((first for first in _first_years(unit) if first > year), 10_000), 1, 1)
    if unit not in LENGTHS:
        return min(start + (1 if unit == "day" else 7 - (start - 1) % 7), AFTER_ALL)
    year, month, _ = parts_of(start)
    year, month = divmod(year * 12 + month - 1 + LENGTHS[unit], 12)
    return min(number_of(year, month + 1, 1), AFTER_ALL)


def _counts(events: list[_Placed], period: tuple[int, int]) -> tuple[int, int, int]:
    """Count the events that are wholly within a period, that surely last in it, and that may touch it."""
    within = lasting = possible = 0
    first, last = period
    for home, known, bounds in events:
        if home:
            within += home == period
        elif known and all(b <= last and c >= first for _, b, c, _ in bounds):
            lasting += 1
        else:
            possible += any(a <= last and d >= first for a, _, _, d in bounds)
    return within, lasting, possible


def _placed(oracle: Oracle, event: Any, periods: list[tuple[int, int]]) -> _Placed:  # noqa: ANN401
    dates = dates_of(event)
    known = not any(date.approximate or date.uncertain for date in dates)
    first, last = min(date.start_min for date in dates), max(date.end_max for date in dates)
    home = next((period for period in periods if known and period[0] <= first and last <= period[1]), None)
    return _Placed(
        home, known, [(date.start_min, date.start_max, oracle.surely_until(date), date.end_max) for date in dates]
    )
