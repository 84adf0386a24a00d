"""What holds for every date: the bounds, the order, the way there and back, and errors that are always our own."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from korea_cli.base.errors import DateError
from korea_cli.dates.parse import parse_stored, parse_typed, to_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.ingest.dates import DateRules, read_date
from windows import is_certain, is_possible

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate

TODAY = dt.date(2017, 11, 29)
MANY = settings(max_examples=2000)
SOME = settings(max_examples=700)

Days = tuple[int, ...]


class Known(NamedTuple):
    """A stored date as the test makes it: its text, and every day on which it may start and end."""

    text: str
    starts: Days
    ends: Days
    single: bool

    def __repr__(self) -> str:
        return f"Known({self.text})"


def _days(first: dt.date, last: dt.date) -> Days:
    return tuple(range(first.toordinal(), last.toordinal() + 1))


def _months(year: int, first: int, last: int) -> Days:
    return _days(dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1]))


ANYWHERE = _days(dt.date(2010, 1, 1), dt.date(2022, 12, 31))  # stands for all days where an end is unknown


@st.composite
def parts(draw: st.DrawFn, first_year: int = 2015, last_year: int = 2018) -> tuple[str, Days]:
    """Make one date of any precision, with the days that it may be."""
    year = draw(st.integers(first_year, last_year))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, monthrange(year, month)[1]))
    number = draw(st.integers(0, 3))
    kinds: dict[str, tuple[str, Days]] = {
        "day": (f"{year:04}-{month:02}-{day:02}", _days(dt.date(year, month, day), dt.date(year, month, day))),
        "month": (f"{year:04}-{month:02}", _months(year, month, month)),
        "some day": (f"{year:04}-{month:02}-XX", _months(year, month, month)),
        "year": (f"{year:04}", _months(year, 1, 12)),
        "some month": (f"{year:04}-XX", _months(year, 1, 12)),
        "quarter": (f"{year:04}-{33 + number}", _months(year, 3 * number + 1, 3 * number + 3)),
        "third": (f"{year:04}-{37 + number % 3}", _months(year, 4 * (number % 3) + 1, 4 * (number % 3) + 4)),
        "half": (f"{year:04}-{40 + number % 2}", _months(year, 6 * (number % 2) + 1, 6 * (number % 2) + 6)),
    }
    text, days = kinds[draw(st.sampled_from(sorted(kinds)))]
    return text + draw(st.sampled_from(("", "", "", "~", "?", "%"))), days


@st.composite
def intervals(draw: st.DrawFn) -> Known:
    """Make a duration, with the days on which it may have begun and ended."""
    (left, starts), (right, ends) = draw(parts()), draw(parts())
    if ends[-1] < starts[0]:
        (left, starts), (right, ends) = (right, ends), (left, starts)
    shape = draw(st.sampled_from(("both", "both", "both", "going", "ended", "no start", "began")))
    made = {
        "both": Known(f"{left}/{right}", starts, ends, single=False),
        "going": Known(f"{left}/..", starts, (OPEN_END,), single=False),
        "ended": Known(f"{left}/", starts, (*ANYWHERE, OPEN_END), single=False),
        "no start": Known(f"../{right}", (OPEN_START,), ends, single=False),
        "began": Known(f"/{right}", (OPEN_START, *ANYWHERE), ends, single=False),
    }
    return made[shape]


@st.composite
def choices(draw: st.DrawFn) -> Known:
    """Make one day among several dates and stretches of dates: any day from the first to the last of them."""
    texts, days = [], set[int]()
    shapes = st.sampled_from(("one", "one", "within", draw(st.sampled_from(("one", "by", "later")))))
    for _ in range(draw(st.integers(1, 3))):
        (left, firsts), (right, lasts) = draw(parts()), draw(parts())
        if lasts[-1] < firsts[0]:
            (left, firsts), (right, lasts) = (right, lasts), (left, firsts)
        made = {
            "one": (left, firsts),
            "within": (f"{left}..{right}", (firsts[0], lasts[-1])),
            "by": (f"..{right}", (OPEN_START, ANYWHERE[0], lasts[-1])),
            "later": (f"{left}..", (firsts[0], ANYWHERE[-1], OPEN_END)),
        }
        text, touched = made[draw(shapes)]
        texts.append(text)
        days |= set(touched)
    inner = days - {OPEN_START, OPEN_END}
    hull = tuple(sorted(days | set(range(min(inner), max(inner) + 1))))
    return Known(f"[{','.join(texts)}]", hull, hull, single=True)


def _alone(part: tuple[str, Days]) -> Known:
    text, days = part
    return Known(text, days, days, single=True)


single_dates = parts(1, 9999).map(_alone)
stored_dates = st.one_of(single_dates, intervals(), choices())


def _realisations(known: Known) -> list[tuple[int, int]]:
    """Give (start, end) pairs that the date allows: of long stretches every 30th day, and the days at their ends."""
    if known.single:
        return [(day, day) for day in known.starts]
    starts, ends = _thinned(known.starts, known.ends), _thinned(known.ends, known.starts)
    return [(start, end) for start in starts for end in ends if start <= end]


def _thinned(days: Days, others: Days) -> set[int]:
    near = {others[0], others[-1]} & set(days)
    return {*days[:: 1 if len(days) < 32 else 30], days[-1], *near}


@MANY
@given(stored_dates)
@example(Known("2016-04/", _months(2016, 4, 4), (*_months(2016, 4, 12), OPEN_END), single=False))
def test_the_four_bounds_are_those_of_all_that_the_date_may_be(known: Known) -> None:
    date = parse_stored(known.text)
    starts, ends = zip(*_realisations(known), strict=True)
    assert date[1:5] == (min(starts), max(starts), min(ends), max(ends))


@MANY
@given(stored_dates, st.data())
def test_a_match_is_possible_if_one_realisation_touches_the_window_and_certain_if_all_do(
    known: Known, data: st.DataObject
) -> None:
    date = parse_stored(known.text)
    pairs = _realisations(known)
    near = [day + step for day in date[1:5] if day not in (OPEN_START, OPEN_END) for step in (-1, 0, 1)]
    first, last = sorted(data.draw(st.tuples(st.sampled_from(near), st.sampled_from(near))))
    touching = [start <= last and end >= first for start, end in pairs]
    qualified = any(mark in known.text for mark in "~?%")
    assert is_possible(date, first, last) is any(touching)
    assert is_certain(date, first, last) is (all(touching) and not qualified)


@MANY
@given(parts(), st.data())
def test_what_is_ongoing_is_certain_if_it_touches_the_window_whenever_it_began(
    began: tuple[str, Days], data: st.DataObject
) -> None:
    text, starts = began
    near = [day + step for day in (starts[0], starts[len(starts) // 2], starts[-1]) for step in (-40, -1, 0, 1, 40)]
    known_until, *window = data.draw(st.tuples(*[st.sampled_from(near)] * 3))
    first, last = sorted(window)
    touching = [start <= last and max(known_until, start) >= first for start in starts]  # at the earliest of its ends
    date = parse_stored(f"{text}/..")
    assert is_certain(date, first, last, known_until) is (all(touching) and not date.qualified)


@SOME
@given(stored_dates)
def test_what_is_shown_can_be_typed_and_gives_the_same_days(known: Known) -> None:
    date = parse_stored(known.text)
    if len(date.show()) <= 60:
        assert _typed(date.show()) == _span(date)


@SOME
@given(stored_dates)
def test_what_is_stored_can_be_typed_and_gives_the_same_days(known: Known) -> None:
    if len(known.text) <= 60:
        assert _typed(known.text) == _typed(known.text.lower()) == _span(parse_stored(known.text))


@SOME
@given(st.lists(stored_dates, min_size=2, max_size=5))
def test_the_order_is_by_first_possible_day_then_last_and_by_last_where_the_start_is_open(dates: list[Known]) -> None:
    ordered = sorted(dates, key=lambda known: parse_stored(known.text).order)
    keys = [(known.ends[-1] if known.starts[0] == OPEN_START else known.starts[0], known.ends[-1]) for known in ordered]
    assert keys == sorted(keys)


WORDS = (
    "2017", "2016-02-29", "2017-02-30", "2017-13-01", "01/02/2017", "13/02/2017", "2017Q2", "q5", "2017-W53", "may",
    "sept.", "setpember", "feb 30", "31 june 2017", "7-8 jul", "today", "last", "next", "week", "month", "3", "days",
    "ago", "99999d", "since", "after", "before", "until", "to", "by", "..", "-", "/", "[", "]", "{", "}", ",", "c.",
    "?", "~", "%", "XX", "or", "later", "between", "and", "from", ", end unknown", "early", "mid-", "late", "2017-33",
    "2017-21", "summer", "friday", "09:10", "T09:10", "KST", "3pm", "17", "'17", "0000", "10000", "20170525",
    "9999-12-31", "0001-01-01", "4th of", "\u2013",
)  # fmt: skip
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).flatmap(
    lambda words: st.sampled_from((" ", "", ".." if len(words) < 3 else " ")).map(lambda joint: joint.join(words))
)
numbers = st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}([-/. ][0-9]{1,4})?", fullmatch=True)
alphabet = st.sampled_from("0123456789-/.[]{},~?%XTZ :QHWmayjul\u2013")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Spoil a valid date by one character."""
    known = draw(stored_dates)
    text = draw(st.sampled_from((known.text, parse_stored(known.text).show())))
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.one_of(alphabet, st.just(""))) + text[place + draw(st.integers(0, 2)) :]


texts = st.one_of(st.text(max_size=70), st.text(alphabet, max_size=20), phrases, numbers, mutated())


@MANY
@given(texts, st.dates())
@example("may", dt.date.min)
@example("feb 29", dt.date.min)
@example("next year", dt.date.max)
@example("this week", dt.date.max)
@example("dec..jan", dt.date.max)
@example("\ud800", TODAY)
def test_typed_text_gives_days_in_order_or_our_own_error_whose_suggestion_is_read(text: str, today: dt.date) -> None:
    try:
        first, last, _ = parse_typed(text, today)
    except DateError as error:
        _check_sentence(error)
        if error.suggestion is not None:
            parse_typed(error.suggestion, today)
    else:
        assert first is not None or last is not None
        assert first is None or last is None or first <= last
        assert all(dt.date.fromordinal(day) for day in (first, last) if day is not None)


@MANY
@given(texts)
def test_stored_text_gives_a_date_or_our_own_error_whose_suggestion_is_stored(text: str) -> None:
    try:
        date = parse_stored(text)
    except DateError as error:
        _check_sentence(error)
        if error.suggestion is not None:
            parse_stored(error.suggestion)
    else:
        assert date.start_min <= date.start_max <= date.end_max
        assert date.start_min <= date.end_min <= date.end_max
        assert date.show()


@SOME
@given(texts)
@example("2010-12")
@example("before June 2020")
@example("since early may 2017")
def test_what_is_stored_is_what_is_asked_for_and_what_is_imported(text: str) -> None:
    try:
        stored = to_stored(text, TODAY)
    except DateError as error:
        text = stored = error.suggestion or "2017"
    assert to_stored(text, TODAY) == read_date(text, DateRules()).text == stored
    assert _typed(text) == _span(parse_stored(stored))


def _check_sentence(error: DateError) -> None:
    assert error.reason
    assert str(error).isprintable()
    assert len(error.text) <= len("\\U0010ffff") * 60 + len("...")
    for reading in re.findall(r"it could be (\S+) or (\S+);", error.reason):
        for iso in reading:
            assert parse_stored(iso)


def _typed(text: str) -> tuple[int | None, int | None]:
    first, last, assumed = parse_typed(text, TODAY)
    assert not assumed
    return first, last


def _span(date: StoredDate) -> tuple[int | None, int | None]:
    return None if date.start_min == OPEN_START else date.start_min, None if date.end_max == OPEN_END else date.end_max
