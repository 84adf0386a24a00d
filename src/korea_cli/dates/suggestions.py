"""Mistakes that people make in dates: how each is recognised, its reason, and how the text reads without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.days import MONTH_RANGE, YEAR, iso_year, month_length, year_name
from korea_cli.dates.months import LETTERS, MONTH_NAMES, SHORTEST, month_number
from korea_cli.dates.phrases import compiled
from korea_cli.dates.relative import WORDS
from korea_cli.dates.spans import NO_MONTH, NO_SUCH_DAY, SEASON, YEAR_RANGE
from korea_cli.dates.typed_day import THIRDS, short_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.dates.days import Day

SET = "a set means several dates; use a range"
VAGUE = "it is too vague"
TIME = "a date has no time of day"
ZONE = "a date has no time zone"
WEEKDAY = "days of the week are not supported"
FOUR_DIGITS = "a year has four digits"
YEAR_FIRST = "write the year first"
NO_DATE = "if it is unknown, give the widest range you can, such as [..2020]"

_ANY_YEAR = 2000  # has every day that any year has
_SEASONS = {  # the quarters that each may mean, and its months in the north
    "spring": ("{year}Q1 or {year}Q2", "{year}-03..{year}-05"),
    "summer": ("{year}Q2 or {year}Q3", "{year}-06..{year}-08"),
    "autumn": ("{year}Q3 or {year}Q4", "{year}-09..{year}-11"),
    "fall": ("{year}Q3 or {year}Q4", "{year}-09..{year}-11"),
    "winter": ("{year}Q1 or {year}Q4", "{before}-12..{year}-02 or {year}-12..{after}-02"),
}
_OF_TWO_YEARS = dict.fromkeys(("winter", "summer"), ("{year}Q4 or {after}Q1", "{year}-12..{after}-02"))  # north, south
_JOINTS = "since from after until to through by before between and or later earlier present ongoing"
_ABOUT = "circa about around ca approx approximately roughly"
_OTHERS = "th st nd rd er of the le in some xx end start unknown"
_WORDS = {*f"{_JOINTS} {_ABOUT} {_OTHERS}".split(), *WORDS, *THIRDS, *_SEASONS, *"acdhmqswxy"}
_ZONES = "utc|gmt|kst|jst|cst|est|edt|cdt|mst|mdt|pst|pdt|cet|cest|bst|msk"


class Mistake(NamedTuple):
    """The reason why a text is refused, and how it reads without the mistake; None if that would take a guess."""

    reason: str
    repaired: str | None


def mistakes_in(text: str, today: Day | None) -> Iterator[Mistake]:
    """Yield the mistakes in normalised text, each to correct before the next; `today` completes two-digit years."""
    if ends := _SET.search(text):
        yield Mistake(SET, "..".join(filter(None, ends.groups())))
    for form, reason, replacement in _FIXED:
        if form.search(text):
            repaired = None if replacement is None else " ".join(form.sub(replacement, text).split()).strip(" ,.")
            yield Mistake(reason, repaired or None)
    yield from _unknown_words(text)
    for form, judge in _JUDGED:
        for match in form.finditer(text):
            if mistake := judge(match):
                repaired = mistake.repaired and text[: match.start()] + mistake.repaired + text[match.end() :]
                yield Mistake(mistake.reason, repaired)
    if short := _SHORT_YEAR.search(text):
        yield Mistake(FOUR_DIGITS, f"{text[: short.start()]}{_full_year(short[1], today)}" if today else None)
    yield from (Mistake("", form.sub(replacement, text)) for form, replacement in _LOOSE if form.search(text))


def _unknown_words(text: str) -> Iterator[Mistake]:
    for word in re.findall(r"[^\W\d_]+", text):
        if word in _WORDS or month_number(word):
            continue
        if len(word) < SHORTEST and any(name.startswith(word) for name in MONTH_NAMES):
            yield Mistake("a month name needs three letters", None)
        from difflib import get_close_matches  # noqa: PLC0415 - only when a word is misspelt

        near = get_close_matches(word, (*MONTH_NAMES, *sorted(_WORDS)), n=1, cutoff=0.7)
        yield Mistake(f"unknown word '{word}'", text.replace(word, near[0], 1) if near else None)


def _no_such_day(match: re.Match[str]) -> Mistake | None:
    """Correct a day past the end of its month, a day or month 0, and a day in the month's place."""
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if month not in MONTH_RANGE:
        swapped = day in MONTH_RANGE and 0 < month <= month_length(year, day)
        return Mistake(
            NO_MONTH.format(month), f"{match[1]}-{day:02}-{month:02}" if swapped else None if month else match[1]
        )
    length = month_length(year, month)
    if 0 < day <= length:
        return None
    return Mistake(NO_SUCH_DAY, f"{match[1]}-{month:02}" + (f"-{length}" if day else ""))


def _no_such_day_named(match: re.Match[str]) -> Mistake | None:
    month, day, year = month_number(match["m1"] or match["m2"]), int(match["d1"] or match["d2"]), match["year"]
    if month is None:
        return None
    length = month_length(int(year or _ANY_YEAR), month)
    if 0 < day <= length:
        return None
    words = (str(length) if day else "", MONTH_NAMES[month - 1], year or "")
    return Mistake(NO_SUCH_DAY, " ".join(filter(None, words)))


def _orders(match: re.Match[str], year: int) -> list[tuple[int, int]]:
    """Return the readings of two numbers as month and day that exist in a year."""
    one, other = int(match[1]), int(match[3])
    orders = dict.fromkeys(((one, other), (other, one)))
    return [(month, day) for month, day in orders if month in MONTH_RANGE and 0 < day <= month_length(year, month)]


def _year_last(match: re.Match[str]) -> Mistake:
    year = int(match[4])
    readings = [f"{match[4]}-{month:02}-{day:02}" for month, day in _orders(match, year)]
    if len(readings) > 1:
        return Mistake(f"it could be {' or '.join(readings)}; {YEAR_FIRST}", None)
    return Mistake(YEAR_FIRST, readings[0] if readings else None)


def _day_and_month(match: re.Match[str]) -> Mistake:
    days = [f"{day} {MONTH_NAMES[month - 1].title()}" for month, day in reversed(_orders(match, _ANY_YEAR))]
    if not days:
        return Mistake(NO_SUCH_DAY, None)
    return Mistake(f"it could be {' or '.join(days)}; name the month", days[0] if len(days) == 1 else None)


def _month_and_year(match: re.Match[str]) -> Mistake:
    return Mistake(YEAR_FIRST, f"{match[2]}-{int(match[1]):02}" if int(match[1]) in MONTH_RANGE else None)


def _six_digits(match: re.Match[str]) -> Mistake | None:
    if int(match[2]) not in MONTH_RANGE:
        return None
    return Mistake("a year and month need a dash between them", f"{match[1]}-{match[2]}")


def _years_in_short(match: re.Match[str]) -> Mistake | None:
    """Write both years in full, as a range, so that "c." or "?" applies to both."""
    short = short_years(match[0])
    if short is None or short.month or not short.years:
        return None
    return Mistake(NO_MONTH.format(int(match[1])), short.years.replace("/", " - "))


def _short_before_christ(match: re.Match[str]) -> Mistake:
    """Name both readings of `-44`: some count 1 BC as the year 0, others as -1."""
    readings = [f"{iso_year(year)} ({year_name(year)})" for year in (-int(match[1]), 1 - int(match[1]))]
    return Mistake(f"it could be {' or '.join(readings)}; write one of them", None)


def _season(match: re.Match[str]) -> Mistake:
    """Name the quarters and months that a season of a known year, or across two years, may be."""
    years = _SEASON_YEARS.search(match.string)
    year, end = (int(years[1]), years[2]) if years else (0, None)
    following = end and (year + 1) % 10 ** len(end) == int(end)
    forms = _SEASONS[match[0]] if not end else _OF_TWO_YEARS.get(match[0]) if following else None
    if years is None or forms is None:
        return Mistake(SEASON, None)
    numbers = {name: iso_year(number) for name, number in (("before", year - 1), ("year", year), ("after", year + 1))}
    quarters, months = (each.format(**numbers) for each in forms)
    reason = f"seasons differ from place to place; name the quarter ({quarters}) or the months ({months})"
    return Mistake(f"{reason}; date_text can keep the words", None)


def _full_year(digits: str, today: Day) -> str:
    """Complete a two-digit year to the latest one that has begun."""
    return f"{today.year - (today.year - int(digits)) % 100:04}"


_MONTH_DAY = rf"(?P<m1>{LETTERS}{{3,10}})\.?[ -](?P<d1>\d{{1,2}})"
_DAY_MONTH = rf"(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of)?[ -](?P<m2>{LETTERS}{{3,10}})\.?"
_VAGUE_WORDS = (
    r"(?:more |most )?recent(?:ly)?|lately|nowadays|these days|the other day|not long ago"
    r"|(?:a while|some time|(?:a few|several) (?:days|weeks|months|years)) ago"
)
_ZONE_OFFSET = r"(?:z|[+-]\d\d(?::?\d\d)?)"
_FIXED = tuple(
    (compiled(form), reason, replacement)
    for form, reason, replacement in (
        (r"^(?:n\.? ?d\.?|[so]\. ?[adj]\.|undated|no date|(?:date )?(?:unknown|not known))$", NO_DATE, None),
        (r"(?<!\d)'?\d0'?s\b", FOUR_DIGITS, None),
        (rf"^(?:{_VAGUE_WORDS})$", VAGUE, "last 2 weeks"),
        (rf"(?<=\d)t\d\d(?::?\d\d)*(?:[.,]\d+)?{_ZONE_OFFSET}?", TIME, ""),
        (rf"(?: at|,)? ?\b\d{{1,2}}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[ap]\.?m\b\.?)?{_ZONE_OFFSET}?", TIME, ""),
        (r"(?: at)? ?\b(?:\d{1,2} ?[ap]\.?m\b\.?|(?:noon|midnight|morning|afternoon|evening|night|dawn)\b)", TIME, ""),
        (r"\b\d+ (?:hours?|minutes?|seconds?)\b", TIME, None),
        (r"\bnow\b", TIME, "today"),
        (rf" ?\b(?:{_ZONES})(?:[+-]\d\d?(?::?\d\d)?)?(?!\w)| ?\b[a-z]+/[a-z_]{{3,}}\b|(?<=\d)z\b", ZONE, ""),
        (r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?", WEEKDAY, ""),
        (r"(?<!\d)0+ (?:bc|ad)\b", "there is no year 0 between 1 BC and 1 AD", None),
        (r"\b(?:bc|ad)\b", YEAR_RANGE, None),
    )
)
_JUDGED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Mistake | None]], ...] = (
    (compiled(rf"\b(?:{'|'.join(_SEASONS)})\b"), _season),
    (compiled(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)"), _no_such_day),
    (compiled(r"(?<!\d)(\d{4})()(\d\d)(\d\d)(?!\d)"), _no_such_day),
    (
        compiled(rf"(?:{_MONTH_DAY}|{_DAY_MONTH})(?:st|nd|rd|th)?(?:,?[ -](?P<year>{YEAR}))?(?!\d)"),
        _no_such_day_named,
    ),
    (compiled(r"(?<![\d/.-])(\d{1,2})([-/ ]|\. ?)(\d{1,2})\2(-?\d{4})(?!\d)"), _year_last),
    (compiled(r"^(\d{1,2})([-/.]) ?(\d{1,2})\.?$"), _day_and_month),
    (compiled(r"(?<![\d/.a-z-])(?<![a-z] )(\d{1,2})[-/. ](\d{4})(?!\d)"), _month_and_year),
    (compiled(r"(?<![\d-])\d\d?([-/.])\d\d?\1\d\d?(?![\d-])"), lambda _: Mistake(FOUR_DIGITS, None)),
    (compiled(r"(?<!\d)(\d{4})(\d\d)(?!\d)"), _six_digits),
    (compiled(r"(?<![\d/-])\d{4}[-/](\d{1,2})(?![\d/-])"), _years_in_short),
    (compiled(r"^-(\d{1,3})(?!\d)"), _short_before_christ),
    (compiled(r"(?<!\d)\d{5,}(?!\d)"), lambda _: Mistake(YEAR_RANGE, None)),
    (compiled(r"^\d{3}$"), lambda match: Mistake(FOUR_DIGITS, f"0{match[0]}")),
)
_SET = compiled(r"\{([^{},]+)(?:,(?:.*,)?([^{},]+))?\}")
_SEASON_YEARS = compiled(rf"(?<!\d)({YEAR})(?: ?[-/\u2013] ?(\d{{4}}|\d\d?))?(?!\d)")
_SHORT_YEAR = compiled(r"(?:^|(?<=[\w.,] )|(?<=[a-z]-))'?(\d\d)$")
_LOOSE = (  # only the punctuation or spacing differs
    (compiled(r"(?<=[\[\],/.]) | (?=[\[\],/.])|(?<=\d) (?=- \d)|(?<=\d -) (?=\d)"), ""),
    (compiled(r"(?<=\w)-(?=[a-z])"), " - "),
    (compiled(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)"), " "),
)
