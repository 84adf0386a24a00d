"""Calendar units as spans of days."""

from __future__ import annotations

from functools import lru_cache

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import (
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    MONTH_RANGE,
    Day,
    iso_day,
    iso_year,
    month_length,
    ordinal_of,
)

OPEN_START, OPEN_END = -4_000_000, 4_000_000  # before and after every day
YEAR_RANGE = "years range from -9999 (10000 BC) to 9999"
OPEN_BOTH = "at least one end must be known"
NO_SUCH_DAY = "there is no such day"
NO_MONTH = "there is no month {}"
SEASON = "seasons differ from place to place; name the quarter or the months"

Bounds = tuple[int, int]


class DateParseError(ValueError):
    """Why a text is not a date, on its way to a DateError; no reason if the form of the text was not recognised.

    `ends` are the two ends of a range whose only fault is their order.
    """

    def __init__(self, reason: str = "", ends: tuple[str, str] | None = None) -> None:
        super().__init__(reason, ends)
        self.reason, self.ends = reason, ends


class Span(NamedTuple):
    """The days of a query, first and last, both included; None is an open end."""

    first: int | None
    last: int | None
    year_assumed: bool

    @property
    def ends(self) -> Bounds:
        """The first and last day, OPEN_START or OPEN_END where open."""
        return OPEN_START if self.first is None else self.first, OPEN_END if self.last is None else self.last


# Parts of a year that are not months, by the names they have, as EDTF numbers them.
CODES = {"Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "early": 37, "mid": 38, "late": 39, "H1": 40, "H2": 41}
# The year (None) and its parts as EDTF numbers them: precision, first month, last month.
UNITS: dict[int | None, tuple[str, int, int]] = {
    None: ("year", 1, 12),
    **{month: ("month", month, month) for month in MONTH_RANGE},
    **{33 + quarter: ("quarter", 3 * quarter + 1, 3 * quarter + 3) for quarter in range(4)},
    **{37 + third: ("third", 4 * third + 1, 4 * third + 4) for third in range(3)},
    **{40 + half: ("half", 6 * half + 1, 6 * half + 6) for half in range(2)},
}
PRECISIONS = ("day", *dict.fromkeys(name for name, *_ in UNITS.values()), "interval", "one-of")
_SHORTEST = 28  # days of a month
_SEASONS = range(21, 33)  # 21-24 anywhere, 25-28 northern, 29-32 southern


def day_ordinal(year: int, month: int, day: int) -> int:
    """Return the number of a day; raises DateParseError if its year, month or day does not exist."""
    require_year(year)
    try:
        return ordinal_of(year, month, day)
    except ValueError:
        raise DateParseError(NO_SUCH_DAY if month in MONTH_RANGE else NO_MONTH.format(month)) from None


def unit_span(year: int, code: int | None = None) -> Bounds:
    """Return the span of a year, or of a month, quarter, third or half of it by its EDTF number."""
    require_year(year)
    if code not in UNITS:
        raise DateParseError(SEASON if code in _SEASONS else NO_MONTH.format(code))
    _, first, last = UNITS[code]
    return ordinal_of(year, first, 1), ordinal_of(year, last, month_length(year, last))


def require_year(year: int) -> None:
    """Raise DateParseError for a year that is too early or too late."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateParseError(YEAR_RANGE)


def backwards(start: str, end: str) -> DateParseError:
    """Return the error for an end that comes before its start."""
    return DateParseError(f"its end, {end}, comes before its start, {start}", (start, end))


def iso_name(first: int, last: int, joint: str = "..") -> str:
    """Return the shortest ISO 8601 name of a span: a day, month or year, or two of them joined; one may be open."""
    if first == last:
        return iso_day(first)
    if first == OPEN_START or last == OPEN_END:
        return joint.join("" if day in (OPEN_START, OPEN_END) else iso_day(day) for day in (first, last))
    spare = 0
    if last - first >= _SHORTEST - 1 and (start := Day.from_ordinal(first)).day == 1:
        end = Day.from_ordinal(last)
        if end.day == month_length(end.year, end.month):
            spare = len("-12-31") if (start.month, end.month) == (1, 12) else len("-31")
    names = [name[: len(name) - spare] for name in (iso_day(first), iso_day(last))]
    return names[0] if names[0] == names[1] else joint.join(names)


@lru_cache(maxsize=1 << 15)  # many records have the same date
def year_and_month(first: int, last: int) -> tuple[str | None, str | None]:
    """Return, as stored, the year that two days are in, and their month, else that year; None for different years."""
    if first == OPEN_START:
        return None, None
    one = Day.from_ordinal(first)
    other = one if last == first else Day.from_ordinal(min(last, LAST_DAY))
    if one.year != other.year:
        return None, None
    year = iso_year(one.year)
    return year, f"{year}-{one.month:02}" if one.month == other.month else year
