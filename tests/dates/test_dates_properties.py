"""What holds for every date: the bounds, the order, the way there and back, and errors that are always our own."""

from __future__ import annotations

import re
import string
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from korea_cli.base.errors import DateError
from korea_cli.dates.days import FIRST_DAY, LAST_DAY, Day
from korea_cli.dates.parse import parse_stored, parse_typed, to_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.ingest.dates.dates import DateRules, read_date
from windows import is_certain, is_possible
from years import iso_of, lengths, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from korea_cli.dates.edtf import StoredDate

TODAY = Day(2017, 11, 29)
MANY = 5000
SOME = settings(max_examples=700)

Days = tuple[int, ...]
Part = tuple[str, Days]


class Known(NamedTuple):
    """A stored date as the test makes it: its text, and every day on which it may start and end."""

    text: str
    starts: Days
    ends: Days
    single: bool

    def __repr__(self) -> str:
        return f"Known({self.text})"


def _months(year: int, first: int, last: int) -> Days:
    return tuple(range(number_of(year, first, 1), number_of(year, last, lengths(year)[last - 1]) + 1))


def _anywhere(year: int) -> Days:
    """Return days that stand for all days where an end is unknown."""
    return tuple(range(number_of(year - 5, 1, 1), number_of(year + 8, 1, 1)))


# Each with the next three: now, across the first years of three and of four digits, across the year 0, before it.
YEARS = (2015, 2015, 2015, 998, 98, -2, -46)
# How a date of each precision is written of its year, month, day and season, and how many months it has.
FORMS = (
    ("{}-{:02}-{:02}", 0), ("{}-{:02}", 1), ("{}-{:02}-XX", 1), ("{0}-{3}", 3), ("{0}-{3}", 4), ("{0}-{3}", 6),
    ("{}", 12), ("{}-XX", 12),
)  # fmt: skip
MARKS = ("", "", "", "~", "?", "%")


def _part(dice: Random, first_year: int, last_year: int | None = None) -> Part:
    """Make one date of any precision, with the days that it may be."""
    form, months = dice.choice(FORMS)
    year, month = dice.randint(first_year, first_year + 3 if last_year is None else last_year), dice.randint(1, 12)
    name = iso_of(number_of(year, 1, 1))[: -len("-01-01")]
    if not months:
        day = dice.randint(1, lengths(year)[month - 1])
        return form.format(name, month, day) + dice.choice(MARKS), (number_of(year, month, day),)
    number = (month - 1) // months
    season = {3: 33, 4: 37, 6: 40}.get(months, 0) + number
    days = _months(year, number * months + 1, number * months + months)
    return form.format(name, month, 0, season) + dice.choice(MARKS), days


def _pair(dice: Random, year: int) -> tuple[Part, Part]:
    """Make two dates of the years from one on, of which the first may come first."""
    one, other = _part(dice, year), _part(dice, year)
    return (other, one) if other[1][-1] < one[1][0] else (one, other)


def _interval(dice: Random) -> Known:
    """Make a duration, with the days on which it may have begun and ended."""
    year = dice.choice(YEARS)
    (left, starts), (right, ends) = _pair(dice, year)
    made = {
        "both": Known(f"{left}/{right}", starts, ends, single=False),
        "going": Known(f"{left}/..", starts, (OPEN_END,), single=False),
        "ended": Known(f"{left}/", starts, (*_anywhere(year), OPEN_END), single=False),
        "no start": Known(f"../{right}", (OPEN_START,), ends, single=False),
        "began": Known(f"/{right}", (OPEN_START, *_anywhere(year)), ends, single=False),
    }
    return made[dice.choice(("both", "both", *made))]


def _choice(dice: Random) -> Known:
    """Make one day among several dates and stretches of dates: any day from the first to the last of them."""
    year, texts, days = dice.choice(YEARS), [], set[int]()
    open_ended = dice.choice(("one", "by", "later"))
    for _ in range(dice.randint(1, 3)):
        (left, firsts), (right, lasts) = _pair(dice, year)
        made = {
            "one": (left, firsts),
            "within": (f"{left}..{right}", (firsts[0], lasts[-1])),
            "by": (f"..{right}", (OPEN_START, _anywhere(year)[0], lasts[-1])),
            "later": (f"{left}..", (firsts[0], _anywhere(year)[-1], OPEN_END)),
        }
        text, touched = made[dice.choice(("one", "one", "within", open_ended))]
        texts.append(text)
        days |= set(touched)
    inner = days - {OPEN_START, OPEN_END}
    hull = tuple(sorted(days | set(range(min(inner), max(inner) + 1))))
    return Known(f"[{','.join(texts)}]", hull, hull, single=True)


def _stored(dice: Random) -> Known:
    """Make a date of any form."""
    form = dice.randrange(3)
    return _alone(_part(dice, -9999, 9999)) if form == 0 else _interval(dice) if form == 1 else _choice(dice)


def _alone(part: Part) -> Known:
    text, days = part
    return Known(text, days, days, single=True)


def _realisations(known: Known) -> list[tuple[int, int]]:
    """Give (start, end) pairs that the date allows: of long stretches every 30th day, and the days at their ends."""
    if known.single:
        return [(day, day) for day in known.starts]
    starts, ends = _thinned(known.starts, known.ends), _thinned(known.ends, known.starts)
    return [(start, end) for start in starts for end in ends if start <= end]


def _thinned(days: Days, others: Days) -> set[int]:
    near = {others[0], others[-1]} & set(days)
    return {*days[:: 1 if len(days) < 32 else 30], days[-1], *near}


def test_the_four_bounds_are_those_of_all_that_the_date_may_be(dice: Random) -> None:
    ended = Known("2016-04/", _months(2016, 4, 4), (*_months(2016, 4, 12), OPEN_END), single=False)
    for known in (ended, *(_stored(dice) for _ in range(MANY))):
        starts, ends = zip(*_realisations(known), strict=True)
        assert parse_stored(known.text)[1:5] == (min(starts), max(starts), min(ends), max(ends)), known


def test_a_match_is_possible_if_one_realisation_touches_the_window_and_certain_if_all_do(dice: Random) -> None:
    for known in (_stored(dice) for _ in range(MANY)):
        date = parse_stored(known.text)
        near = [day + step for day in date[1:5] if day not in (OPEN_START, OPEN_END) for step in (-1, 0, 1)]
        first, last = sorted((dice.choice(near), dice.choice(near)))
        touching = [start <= last and end >= first for start, end in _realisations(known)]
        qualified = any(mark in known.text for mark in "~?%")
        assert is_possible(date, first, last) is any(touching), (known, first, last)
        assert is_certain(date, first, last) is (all(touching) and not qualified), (known, first, last)


def test_what_is_ongoing_is_certain_if_it_touches_the_window_whenever_it_began(dice: Random) -> None:
    for text, starts in (_part(dice, dice.choice(YEARS)) for _ in range(MANY)):
        near = [day + step for day in (starts[0], starts[len(starts) // 2], starts[-1]) for step in (-40, -1, 0, 1, 40)]
        known_until, *window = (dice.choice(near) for _ in range(3))
        first, last = sorted(window)
        ends = ((start, max(known_until, start)) for start in starts)  # at the earliest of its ends
        touching = [start <= last and end >= first for start, end in ends]
        date = parse_stored(f"{text}/..")
        expected = all(touching) and not date.qualified
        assert is_certain(date, first, last, known_until) is expected, (text, first, last, known_until)


def test_what_is_shown_can_be_typed_and_gives_the_same_days(dice: Random) -> None:
    for date in (parse_stored(_stored(dice).text) for _ in range(MANY)):
        if len(date.show()) <= 60:
            assert _typed(date.show()) == _span(date), date


def test_what_is_stored_can_be_typed_and_gives_the_same_days(dice: Random) -> None:
    for text in (_stored(dice).text for _ in range(MANY)):
        if len(text) <= 60:
            assert _typed(text) == _typed(text.lower()) == _span(parse_stored(text)), text


def test_the_order_is_by_first_possible_day_then_last_and_by_last_where_the_start_is_open(dice: Random) -> None:
    ordered = sorted((_stored(dice) for _ in range(MANY)), key=lambda known: parse_stored(known.text).order)
    for one, other in pairwise(ordered):
        assert _key(one) <= _key(other), (one, other)


def _key(known: Known) -> tuple[int, int]:
    last = known.ends[-1]
    return last if known.starts[0] == OPEN_START else known.starts[0], last


WORDS = (
    "2017", "2016-02-29", "2017-02-30", "2017-13-01", "01/02/2017", "13/02/2017", "2017Q2", "q5", "2017-W53", "may",
    "sept.", "setpember", "feb 30", "31 june 2017", "7-8 jul", "today", "last", "next", "week", "month", "3", "days",
    "ago", "99999d", "since", "after", "before", "until", "to", "by", "..", "-", "/", "[", "]", "{", "}", ",", "c.",
    "?", "~", "%", "XX", "or", "later", "between", "and", "from", ", end unknown", "early", "mid-", "late", "2017-33",
    "2017-21", "summer", "friday", "09:10", "T09:10", "KST", "3pm", "17", "'17", "0000", "10000", "20170525",
    "9999-12-31", "0001-01-01", "4th of", "\u2013", "44 BC", "b.c.e.", "AD", "-0043", "-9999-01-01", "40s",
)  # fmt: skip
ALPHABET = "0123456789-/.[]{},~?%XTZ :QHWmayjulBCAD\u2013"


def _phrase(dice: Random) -> str:
    """Join words that are written in dates."""
    words = dice.choices(WORDS, k=dice.randint(1, 6))
    return dice.choice((" ", "", ".." if len(words) < 3 else " ")).join(words)


def _number(dice: Random) -> str:
    """Write two or three numbers as in a date."""
    text = "".join(dice.choices(string.digits, k=dice.randint(1, 4)))
    for most in (2, 4)[: dice.randint(1, 2)]:
        text += dice.choice("-/. ") + "".join(dice.choices(string.digits, k=dice.randint(1, most)))
    return text


def _spoiled(dice: Random) -> str:
    """Spoil a valid date by one character."""
    text = _stored(dice).text
    text = dice.choice((text, parse_stored(text).show()))
    place = dice.randint(0, len(text))
    return text[:place] + dice.choice((dice.choice(ALPHABET), "")) + text[place + dice.randint(0, 2) :]


def _like_dates(dice: Random) -> Iterator[str]:
    """Make texts that are almost dates, and some that are."""
    for _ in range(MANY):
        yield dice.choice((_phrase, _number, _spoiled))(dice)


texts = st.text(max_size=70) | st.text(st.sampled_from(ALPHABET), max_size=20)


@SOME
@given(texts, st.integers(FIRST_DAY, LAST_DAY).map(Day.from_ordinal))
@example("may", Day(-9999, 1, 1))
@example("feb 29", Day(-9999, 1, 1))
@example("feb 29", Day(2, 1, 1))
@example("next year", Day(9999, 12, 31))
@example("this week", Day(9999, 12, 31))
@example("this week", Day(-9999, 1, 1))
@example("last year", Day(-9999, 1, 1))
@example("dec..jan", Day(9999, 12, 31))
@example("dec..jan -9999", TODAY)
@example("\ud800", TODAY)
def test_typed_text_gives_days_in_order_or_our_own_error_whose_suggestion_is_read(text: str, today: Day) -> None:
    _check_typed(text, today)


def test_typed_text_like_a_date_gives_days_in_order_or_our_own_error_whose_suggestion_is_read(dice: Random) -> None:
    for text in _like_dates(dice):
        _check_typed(text, Day.from_ordinal(dice.randint(FIRST_DAY, LAST_DAY)))


def _check_typed(text: str, today: Day) -> None:
    try:
        first, last, _ = parse_typed(text, today)
    except DateError as error:
        _check_sentence(error)
        if error.suggestion is not None:
            parse_typed(error.suggestion, today)
    else:
        assert first is not None or last is not None, text
        assert first is None or last is None or first <= last, text
        assert all(FIRST_DAY <= day <= LAST_DAY for day in (first, last) if day is not None), text


@SOME
@given(texts)
def test_stored_text_gives_a_date_or_our_own_error_whose_suggestion_is_stored(text: str) -> None:
    _check_stored(text)


def test_stored_text_like_a_date_gives_one_or_our_own_error_whose_suggestion_is_stored(dice: Random) -> None:
    for text in _like_dates(dice):
        _check_stored(text)


def _check_stored(text: str) -> None:
    try:
        date = parse_stored(text)
    except DateError as error:
        _check_sentence(error)
        if error.suggestion is not None:
            parse_stored(error.suggestion)
    else:
        assert date.start_min <= date.start_max <= date.end_max, text
        assert date.start_min <= date.end_min <= date.end_max, text
        assert date.show(), text


@given(texts)
@example("2010-12")
@example("before June 2020")
@example("since early may 2017")
def test_what_is_stored_is_what_is_asked_for_and_what_is_imported(text: str) -> None:
    _check_imported(text)


def test_what_is_stored_of_text_like_a_date_is_what_is_asked_for_and_what_is_imported(dice: Random) -> None:
    for text in _like_dates(dice):
        _check_imported(text)


def _check_imported(text: str) -> None:
    try:
        stored = to_stored(text, TODAY)
    except DateError as error:
        text = stored = error.suggestion or "2017"
    assert to_stored(text, TODAY) == read_date(text, DateRules()).text == stored, text
    assert _typed(text) == _span(parse_stored(stored)), text


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
