"""Read dates that no stored date says, as the widest span they can mean: seasons, centuries, days and months of 0."""

from __future__ import annotations

import re

from korea_cli.dates.days import FIRST_YEAR, LAST_YEAR, YEAR, iso_year
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.phrases import normalise, without_fillers
from korea_cli.dates.spans import DateParseError
from korea_cli.dates.typed import stored_form

_PART = r"(?:(?:very )?(?:early|mid|middle|late|beginning|start|end|(?:first|second|1st|2nd) half)[ -](?:in )?)?"
_SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
_SEASON = re.compile(
    rf"(?:in )?{_PART}(?P<season>{'|'.join(_SEASONS)}),? (?P<year>{YEAR})(?:[-/](?P<end>\d{{4}}|\d\d))?", re.ASCII
)
_YEAR_FIRST = re.compile(rf"(?P<year>{YEAR}),? (?P<season>{'|'.join(_SEASONS)})(?P<end>)", re.ASCII)
_CODE = re.compile(rf"(?P<year>{YEAR})-(?P<code>2[1-9]|3[0-2])", re.ASCII)  # a season of EDTF
_MONTHS = ("{year}-03..{year}-06", "{year}-06..{year}-09", "{year}-09..{year}-12", "{before}-12..{after}-03")
_ACROSS = "{year}-12..{after}-03"  # a winter in the north, or a summer in the south, of two years
_OF_ONE_YEAR = (0, 2)  # the seasons that lie in one year anywhere
_SUMMER, _WINTER = 1, 3

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty-first"),
)
_ROMAN = {"x": 10, "v": 5, "i": 1}
_COUNT = rf"(?P<number>\d{{1,2}}|[ivx]{{1,5}}|{'|'.join(_ORDINALS)})"
_AGES = {
    100: "century|cent|(?<=(?:st|nd|rd|th) )c|(?<=st|nd|rd|th)c|jahrhundert|jh|siecle|secolo|eeuw|век|в|世紀|世纪|세기",
    1000: "millennium|jahrtausend|millenaire",
}
_AGE = re.compile(
    rf"(?:in )?{_PART}{_COUNT}(?:st|nd|rd|th|eme|e|\.)?[ -]?(?:(?P<century>{_AGES[100]})|{_AGES[1000]})\.?"
    r"(?: (?P<bc>b\.?c\.?(?:e\.?)?|v\. ?chr\.)| (?:a\.?d\.?|c\.?e\.?|n\. ?chr\.))?"
)
_AGES_TOGETHER = re.compile(
    rf"{_COUNT}(?:st|nd|rd|th)?(?: ?- ?| to | and |/){_COUNT.replace('number', 'last')}(?:st|nd|rd|th)? centur(?:y|ies)"
)
_PART_OF = re.compile(r"(?:(?:in|at|by|towards) )?(?:beginning|start|middle|end)(?: of)? (?P<whole>.+)")
_AGE_FIRST = re.compile(rf"(?P<century>siglo|seculo|secolo) {_COUNT}(?P<bc> a\. ?c\.)?")
_YEAR_FIRST_ZEROS = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(00)", re.ASCII)
_YEAR_LAST_ZEROS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)


def widest_span(text: str) -> str:
    """Return the stored date that a text surely lies in; "" for any other text."""
    plain = plain_words(text)
    return _season_in(plain) or _age_in(plain) or _part_in(plain) or _without_zeros(plain)


def plain_words(text: str) -> str:
    """Return a date as dates are compared: in small letters, without accents and fillers; "" for an invalid one."""
    try:
        return without_fillers(normalise(text))
    except DateParseError:
        return ""


def _season_in(text: str) -> str:
    if match := _SEASON.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _season(_SEASONS[match["season"]], int(match["year"]), match["end"])
    match = _CODE.fullmatch(text)
    return _season_of_code(int(match["code"]), int(match["year"])) if match else ""


def _age_in(text: str) -> str:
    if match := _AGE.fullmatch(text) or _AGE_FIRST.fullmatch(text):
        return _age(_number(match["number"]), 100 if match["century"] else 1000, before=bool(match["bc"]))
    if (match := _AGES_TOGETHER.fullmatch(text)) and _number(match["number"]) < _number(match["last"]):
        return age_span(max((_number(match["number"]) - 1) * 100, 1), _number(match["last"]) * 100)
    return ""


def _part_in(text: str) -> str:
    """Return the month or year of which a text names a part."""
    match = _PART_OF.fullmatch(text)
    try:
        date = read_stored(stored_form(match["whole"] if match else ""))
    except DateParseError:
        return ""
    return date.text if date.precision in {"month", "year"} else ""


def age_span(first: int, last: int) -> str:
    """Return the stored date of one day in some years, by the years that EDTF counts; "" for years out of its range."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return ""
    return f"[{iso_year(first)}..{iso_year(last)}]" if first < last else iso_year(first)


def _season(season: int, year: int, end: str) -> str:
    if end:
        following = (year + 1) % 10 ** len(end) == int(end)
        return _in_months(_ACROSS, year) if following and season in (_SUMMER, _WINTER) else ""
    # Summer is in winter on the other side of the world, and a winter is of the year it begins or ends in.
    return iso_year(year) if season in _OF_ONE_YEAR else _in_months(_MONTHS[_WINTER], year)


def _season_of_code(code: int, year: int) -> str:
    """Return the span of a season as EDTF numbers them: anywhere, in the north, in the south."""
    where, season = divmod(code - 21, 4)
    if where == 0:
        return _season(season, year, "")
    return _in_months(_MONTHS[season if where == 1 else (season + 2) % 4], year)


def _in_months(form: str, year: int) -> str:
    names = {"before": iso_year(year - 1), "year": iso_year(year), "after": iso_year(year + 1)}
    return f"[{form.format(**names)}]" if FIRST_YEAR < year < LAST_YEAR else ""


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    values = [_ROMAN[letter] for letter in word]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _age(number: int, length: int, *, before: bool) -> str:
    """Return the span of a century or millennium: some count from 1801, some from 1800."""
    if number < 1:
        return ""
    first, last = (number - 1) * length, number * length
    return age_span(1 - last, 1 - max(first, 1)) if before else age_span(max(first, 1), last)


def _without_zeros(text: str) -> str:
    """Return the month or year of a date whose day, or day and month, is 0."""
    if match := _YEAR_FIRST_ZEROS.fullmatch(text):
        year, month = match[1], match[3]
    elif (match := _YEAR_LAST_ZEROS.fullmatch(text)) and 0 in (int(match[1]), int(match[3])):
        year, month = match[4], max(match[1], match[3], key=int)
    else:
        return ""
    return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else "" if int(month) else year  # noqa: PLR2004 - months
