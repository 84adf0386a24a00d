"""Typed text, normalised and split into the dates in it."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, normalize

from korea_cli.base.sanitize import clean_line
from korea_cli.dates.days import YEAR, iso_year
from korea_cli.dates.months import LETTERS
from korea_cli.dates.spans import DateParseError

LONGEST = 60

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
# A printed dash never joins a year and its month: 2004–05 means 2004/05.
_DASHED_YEARS = re.compile(r"(?<!\d)(\d{4})[\u2013\u2014](\d{1,2})(?![\w-]| [a-z])", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[년年](?: ?(\d{1,2}) ?[월月](?: ?(\d{1,2}) ?[일日号號])?)?")
_EAST_ASIAN_ERA = re.compile(r"(?:(기원전|紀元前|公元前)|서기|西暦|公元) ?([1-9]\d{0,3})(?= ?[년年])")
_KOREAN_DOTS = re.compile(r"(\d{4})\. ?(\d{1,2})\.(?: ?(\d{1,2})\.)?(?!\d)", re.ASCII)
# What may be an era: `44 bc`, `79 c.e.`, `ad 79`, `44 v. chr.`, `44 av. j.-c.`, `44 до н. э.`
_ERA = re.compile(r"[\ds] ?(?:[bc]\.? ?[ce]|a\.? ?d|[vnad]\. ?c|a(?:v|pr?)\. ?j|[гдн])|a\.? ?d\.? ?\d")
_YEAR_IN_RUSSIAN = re.compile(r"(?<=\d{4}) ?(?:года?|г\.?)(?!\w)")
_OPEN_START = re.compile(r"\s*[\u2012-\u2015]\s*\d")  # "–1953" is no year before Christ
_ORDINAL_SIGN = re.compile(r"(?<=\d)\.?[\u00ba\u00b0]")  # `1.º de maio`, `1° maggio`
_FILLERS = re.compile(r"\b(?:of|the|le|den|el|il|del?) ")
# "may 25, 2017" and "may, 2017", but not "7 jul 2017 or later, 2015 or 2016".
_COMMA_BEFORE_YEAR = re.compile(rf"((?<!late){LETTERS}\.?(?: \d{{1,2}}(?:st|nd|rd|th|d)?)?), ?(?={YEAR}\b)", re.ASCII)

_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|er|(?<=[23])d|\.)?"  # also `June 3d`
_MONTH = rf"{LETTERS}{{3,10}}\.?"
_NAME = rf"{LETTERS}[a-z0-9а-я]*\.?"
_AFTER_A_SIDE = r"(?:(?:since|from|after|until|to|through|by|before) )?"
AFTER, BEFORE, BOTH = "after {}", "before {}", "{} and {}"
_RANGES = (
    (r"between (?P<start>.+?) and (?P<end>.+)", "[{}..{}]"),
    (rf"{_AFTER_A_SIDE}(?P<start>.+)(?:, ongoing| (?:to|until|-) present|-present| to date)", "{}/.."),
    (rf"{_AFTER_A_SIDE}(?P<start>.+), end unknown", "{}/"),
    (rf"{_AFTER_A_SIDE}(?P<end>.+), start unknown", "/{}"),
    (rf"{_AFTER_A_SIDE}(?P<start>.+) or later", "[{}..]"),
    (rf"{_AFTER_A_SIDE}(?P<end>.+) or earlier", "[..{}]"),
    (r"(?P<start>.*?) ?\.\. ?(?P<end>.*)", "{}/{}"),
    (r"(?:from |since )?(?P<start>.+?) (?:to|until|through|-) (?P<end>.+)", "{}/{}"),
    (rf"(?P<start>{YEAR}-[\d-]+)/(?P<end>-?\d[\d-]*)", "{}/{}"),  # 2017-07-07/08
    (rf"(?P<start>{YEAR})-(?P<end>{YEAR})", "{}/{}"),
    (rf"(?P<start>{_ORDINAL})-(?P<end>{_ORDINAL} {LETTERS}.*)", "{}/{}"),  # 7-8 jul 2017
    (rf"(?P<start>{_MONTH} {_ORDINAL})-(?P<end>{_ORDINAL}(?:,? {YEAR})?)", "{}/{}"),  # jul 7-8 2017
    (rf"(?P<start>{_MONTH} {_ORDINAL})-(?P<end>{_MONTH} {_ORDINAL}(?:,? {YEAR})?)", "{}/{}"),  # jul 31-aug 2 2017
    (rf"(?P<start>{_ORDINAL} {_MONTH})-(?P<end>{_ORDINAL} {_MONTH}(?:,? {YEAR})?)", "{}/{}"),
    (rf"(?P<start>{_MONTH} {_ORDINAL}) (?:and|&) (?P<end>{_ORDINAL}(?:,? {YEAR})?)", BOTH),
    (rf"(?P<start>{_ORDINAL}) (?:and|&) (?P<end>{_ORDINAL} {LETTERS}.*)", BOTH),
    (rf"(?!early-|mid-|late-)(?P<start>{_NAME})-(?P<end>{_NAME}(?: {YEAR})?)", "{}/{}"),
    (r"(?:since|from) (?P<start>.+)", "{}/.."),
    (r"(?:until|to|through) (?P<end>.+)", "../{}"),
    (r"by (?P<end>.+)", "[..{}]"),
    (r"after (?P<start>.+)", AFTER),
    (r"before (?P<end>.+)", BEFORE),
)
_LIST = re.compile(r" or (?!later\b|earlier\b)")
_ITEMS = re.compile(r", (?!ongoing|end unknown|start unknown)| or (?!later\b|earlier\b)")
_DATES = re.compile(", | or | and ")  # each of which is short
_BARE_DAY = _ORDINAL
_DAY_AND_REST = rf"{_ORDINAL}(?P<rest> {LETTERS}.*)"
_MONTH_AND_DAY = rf"(?P<month>{_MONTH} ){_ORDINAL}"
_DAY_AND_YEAR = rf"{_ORDINAL}(?:,? {YEAR})?"
_ISO_DATE = rf"{YEAR}-\d\d(?:-\d\d)?"
_ISO_END = r"\d\d(?:-\d\d)?"
_LAST_YEAR = rf" {YEAR}$"
_ANY_YEAR = r"(?<!\d)\d{4}(?!\d)"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when a text is first compared with it: most dates are compared with few."""
    return re.compile(pattern, re.ASCII)


def normalise(text: str) -> str:
    """Fold case, blanks, dashes, accents, letter forms and eras; raises DateParseError unless it is a short text."""
    if any(len(item) > LONGEST for item in _DATES.split(text)):
        raise DateParseError(f"it is longer than {LONGEST} characters")
    if clean_line(text) != text:
        raise DateParseError("it contains a control character")
    if _OPEN_START.match(text):
        raise DateParseError("it begins with a dash; write 'until' for an open start, or a minus sign for a year BC")
    if not text.isascii():
        text = _ORDINAL_SIGN.sub("", text)
        text = normalize("NFC", "".join(each for each in normalize("NFKD", text) if not combining(each)))
        text = _EAST_ASIAN_ERA.sub(_counted_year, text)
        text = _EAST_ASIAN.sub(_iso, _DASHED_YEARS.sub(r"\1/\2", text)).translate(_DASHES)
    plain = _KOREAN_DOTS.sub(_iso, " ".join(text.casefold().split()).replace("...", ".."))
    if not plain:
        raise DateParseError("it is empty")
    if _ERA.search(plain):
        from korea_cli.dates.eras import with_stored_years  # noqa: PLC0415 - few dates have an era

        plain = with_stored_years(plain)
    return _YEAR_IN_RUSSIAN.sub("", plain)


def _counted_year(match: re.Match[str]) -> str:
    return iso_year(1 - int(match[2]) if match[1] else int(match[2]))


def _iso(match: re.Match[str]) -> str:
    return "-".join(f"{part:0>2}" for part in match.groups() if part)


def without_fillers(text: str) -> str:
    """Drop "of", "the", such words of other languages, and the comma before a year."""
    return _COMMA_BEFORE_YEAR.sub(r"\1 ", _FILLERS.sub("", text)).strip()


def split_list(text: str) -> list[str] | None:
    """Split `3, 4 or 5 jul 2017` into whole dates."""
    if not _LIST.search(text):
        return None
    *others, last = _ITEMS.split(text)
    year = compiled(_LAST_YEAR).search(last)
    whole = [_complete_ends(other, last)[0] for other in others]
    return [f"{item}{year[0]}" if year and not compiled(_ANY_YEAR).search(item) else item for item in whole] + [last]


def split_range(text: str) -> tuple[str, str, str] | None:
    """Split a range into its form as a stored date, or AFTER, BEFORE or BOTH, and its ends; an open one is empty."""
    for pattern, form in _RANGES:
        if match := compiled(pattern).fullmatch(text):
            ends = match.groupdict()
            return form, *_complete_ends(ends.get("start", ""), ends.get("end", ""))
    return None


def _complete_ends(start: str, end: str) -> tuple[str, str]:
    """Complete each end with the month, or the start of an ISO date, that only the other one has."""
    if compiled(_BARE_DAY).fullmatch(start) and (match := compiled(_DAY_AND_REST).fullmatch(end)):
        return start + match["rest"], end
    if (match := compiled(_MONTH_AND_DAY).fullmatch(start)) and compiled(_DAY_AND_YEAR).fullmatch(end):
        return start, match["month"] + end
    if (
        compiled(_ISO_DATE).fullmatch(start)
        and compiled(_ISO_END).fullmatch(end)
        and len(end) + len("2017-") <= len(start)
    ):
        return start, start[: -len(end)] + end
    return start, end
