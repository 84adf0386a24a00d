"""Spellings of dates that people and programs use beside the usual ones, timestamps too, and their equal in those."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.ingest.dates.japanese_eras import with_common_years

if TYPE_CHECKING:
    from collections.abc import Callable

_HAN = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0}
_TEN = "十"
_WORD = re.compile(r"[^\W\d_]")
_YEAR, _MONTH = r"(\d{4}) ?[년年] ?", r"(\d{1,2}) ?[월月] ?"
_DAY = rf"{_YEAR}{_MONTH}(\d{{1,2}}) ?[일日号號]?"
_TO = r" ?(?:부터|から)? ?[-~\u301c\uff5e\u2013\u2014至到] ?"
_FROM = r"(?:(?:vom|von|du|del|dal|\u0441|van|de) )"
_FIRST_JUCHE = 1911  # the year before the first
_LETTER = r"[^\W\d_]"
_Spellings = tuple[tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"], ...]
_CLOCK = r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?)"
_OFFSET = r"[+-]\d{4}"
# `Tue Jul 4 09:10:00 2017`, `Tue Jul 04 09:10:00 +0900 2017`, `Tue Jul 4 09:10:00 2017 +0900`
_YEAR_LAST = re.compile(
    rf"(?P<day>(?:\w{{3}},? )?\w{{3,9}} \d{{1,2}}) {_CLOCK}(?: (?P<zone>[A-Z]{{3,4}}|{_OFFSET}))? (?P<year>\d{{4}})"
    rf"(?: (?P<offset>{_OFFSET}))?"
)
# `09:10, 4 July 2017 (UTC)`
_CLOCK_FIRST = re.compile(rf"{_CLOCK},? (?P<day>\D*\d.*?\d{{4}})(?: \(?(?P<zone>UTC|GMT)\)?)?")
_DIGITS = re.compile(r"(?P<day>\d{8})(?P<clock>[0-2]\d[0-5]\d(?:[0-5]\d)?)", re.ASCII)
_MAIL = re.compile(r"(?P<before>[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} [\d:]+) (?P<zone>[A-Z]{2,3})", re.ASCII)
_ZONES_OF_MAIL = {  # the only ones that RFC 822 defines
    "UT": "UTC", "EDT": "-0400", "EST": "-0500", "CDT": "-0500", "CST": "-0600", "MDT": "-0600", "MST": "-0700",
    "PDT": "-0700", "PST": "-0800",
}  # fmt: skip


def usual_spelling(text: str) -> str:
    """Return a date in the usual spelling, any other text as it is; raises RowError."""
    for form, replacement in _IN_WORDS if _WORD.search(text) else _IN_NUMBERS:
        text = form.sub(replacement, text)
    return text


def _number(match: re.Match[str]) -> str:
    """Return a number in Chinese characters: digit by digit, or with tens."""
    word = match[0]
    if _TEN not in word:
        return "".join(str(_HAN[letter]) for letter in word)
    tens, _, ones = word.partition(_TEN)
    return str(10 * _HAN.get(tens, 1) + _HAN.get(ones, 0))


def _unknown(match: re.Match[str]) -> str:
    """Return digits that are not known as EDTF writes them: `1950-??`."""
    return match[0].replace("?", "X")


def _juche(match: re.Match[str]) -> str:
    """Return the year of `Juche 106 (2017)`, if both are the same."""
    return match[2] if int(match[2]) - _FIRST_JUCHE == int(match[1]) else match[0]


def _east_asian(match: re.Match[str]) -> str:
    """Return a range of days or months of East Asia as a range of ISO 8601, each end with what the other one has."""
    year, month, day, end_year, end_month, end_day = match.groups()
    start = [year, month, day]
    end = [end_year or year, end_month or month, end_day]
    return "/".join("-".join(f"{part:0>2}" for part in each if part) for each in (start, end))


_IN_NUMBERS: _Spellings = (
    (re.compile(r"(?<=^\d\d)\?\?$|(?<=^\d{3})\?$|(?<=^\d{4}-)\?\?(?=-\?\?$|$)|(?<=^\d{4}-..-)\?\?$"), _unknown),
    (re.compile(r"^(\d{4})\.0$"), r"\1"),  # a year as a number with a fraction
    (re.compile(r"^(\d{4})_(\d\d)(?:_(\d\d))?$"), lambda match: "-".join(filter(None, match.groups()))),
    (re.compile(r"^(\d{1,2})[-/.](\d{4})$"), r"\2-\1"),
    (re.compile(r"^(\d{4}-\d\d-\d\d) ?[\u2013\u2014~\uff5e] ?(\d{4}-\d\d-\d\d)$"), r"\1/\2"),
    (re.compile(r"(?<=\d|\)|\.)(?: ?\[\d{1,3}\])+$"), ""),
)


_IN_WORDS: _Spellings = (
    (re.compile(r"(?<=\w|\)|\.)(?: ?\[(?:\d{1,3}|[a-z]|(?:note|nb) \d{1,2})\])+$"), ""),  # notes of Wikipedia
    (re.compile(r"(?:juche|주체) ?(\d{1,3}) ?\((\d{4})\)", re.IGNORECASE), _juche),
    (re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])"), _number),
    (re.compile(r"^.*[和正治成\u32ff\u337b-\u337e].*$"), lambda match: with_common_years(match[0])),
    (re.compile(rf"^{_DAY}{_TO}(?:(?:{_YEAR})?{_MONTH})?(\d{{1,2}}) ?[일日号號]$"), _east_asian),
    (re.compile(rf"^{_YEAR}{_MONTH}(){_TO}(?:{_YEAR})?{_MONTH}()$"), _east_asian),
    (re.compile(r"^(.*[\d년年월月일日]) ?(?:경|頃|ごろ|左右)$"), r"c. \1"),
    (re.compile(r"^(?:um|vers|hacia|около|ок\.|약|约|約) ?(?=\S*\d)", re.IGNORECASE), "c. "),
    (re.compile(rf"^{_FROM}?(\d{{1,2}}\.?(?: .+)?) (?:bis(?: zum)?|au|al|по|tot(?: en met)?|t/m) (?=\d)"), r"\1 - "),
    (re.compile(rf"^(\d{{1,2}})({_LETTER}{{3}})(\d{{4}})$"), r"\1 \2 \3"),  # 30APR2017
    (re.compile(rf"(?<={_LETTER}{_LETTER}{_LETTER})\.(?=\d)"), ". "),
    (re.compile(r" ?, ?(?=\d{4}$)"), ", "),
    (re.compile(rf"^(\d{{4}}), (?={_LETTER}{{3,10}}\.?(?: \d{{1,2}})?$)"), r"\1 "),
    (re.compile(rf"^(\d{{1,2}})/(\d{{1,2}})(?= {_LETTER}{{3,10}}\.?,? \d{{4}}$)"), r"\1 or \2"),  # a night, or in doubt
    (re.compile(rf"^({_LETTER}{{3,10}})/({_LETTER}{{3,10}} \d{{4}})$"), r"\1 or \2"),
    (re.compile(r"^(?:first|1st) half of (?=\d{4}$)", re.IGNORECASE), "H1 "),
    (re.compile(r"^(?:second|2nd) half of (?=\d{4}$)", re.IGNORECASE), "H2 "),
    (re.compile(r"^pre-(?=\d{4}$)", re.IGNORECASE), "before "),
    (re.compile(r"^post-(?=\d{4}$)", re.IGNORECASE), "after "),
    (re.compile(r"^up to ", re.IGNORECASE), "until "),
    (re.compile(r"^(\d{4})(?: ?[-\u2013] ?| to )(?:now|today)$", re.IGNORECASE), r"\1-present"),
    (re.compile(r"^(.*\d) onwards?$", re.IGNORECASE), r"since \1"),
)


def reordered(text: str) -> str:
    """Return a timestamp as day, time and zone; any other text as it is."""
    if match := _DIGITS.fullmatch(text):
        return f"{match['day']}T{match['clock']}"
    if ":" not in text:
        return text
    if match := _MAIL.fullmatch(text):
        return f"{match['before']} {_ZONES_OF_MAIL.get(match['zone'], match['zone'])}"
    if match := _YEAR_LAST.fullmatch(text):
        zone = match["zone"] or match["offset"] or ""
        return f"{match['day']} {match['year']} {match['clock']} {zone}".rstrip()
    if match := _CLOCK_FIRST.fullmatch(text):
        return f"{match['day']} {match['clock']} {match['zone'] or ''}".rstrip()
    return text
