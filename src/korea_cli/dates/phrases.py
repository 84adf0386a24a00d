"""Typed text, normalised and split into the dates in it."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from korea_cli.base.sanitize import clean_line
from korea_cli.dates.months import LETTERS
from korea_cli.dates.spans import DateParseError

LONGEST = 60

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
# A printed dash never joins a year and its month: 2004–05 means 2004/05.
_DASHED_YEARS = re.compile(r"(?<!\d)(\d{4})[\u2013\u2014](\d{1,2})(?![\w-]| [a-z])", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[년年](?: ?(\d{1,2}) ?[월月](?: ?(\d{1,2}) ?[일日号號])?)?")
_KOREAN_DOTS = re.compile(r"(\d{4})\. ?(\d{1,2})\.(?: ?(\d{1,2})\.)?(?!\d)", re.ASCII)
_YEAR_IN_RUSSIAN = re.compile(r"(?<=\d{4}) ?(?:года?|г\.?)(?!\w)")
_FILLERS = re.compile(r"\b(?:of|the|le) ")
# "may 25, 2017" and "may, 2017", but not "7 jul 2017 or later, 2015 or 2016".
_COMMA_BEFORE_YEAR = re.compile(rf"((?<!late){LETTERS}\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?), ?(?=\d{{4}}\b)", re.ASCII)

_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
_MONTH = rf"{LETTERS}{{3,9}}\.?"
_RANGES = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<start>.*?) ?\.\. ?(?P<end>.*)",
        r"(?:from |since )?(?P<start>.+?) (?:to|until|through|-) (?P<end>.+)",
        r"(?P<start>\d{4}-[\d-]+)/(?P<end>\d[\d-]*)",  # 2017-07-07/08
        r"(?P<start>\d{4})-(?P<end>\d{4})",
        rf"(?P<start>{_ORDINAL})-(?P<end>{_ORDINAL} {LETTERS}.*)",  # 7-8 jul 2017
        rf"(?P<start>{_MONTH} {_ORDINAL})-(?P<end>{_ORDINAL}(?:,? \d{{4}})?)",  # jul 7-8 2017
        rf"(?!early-|mid-|late-)(?P<start>{LETTERS}[a-z0-9а-я]*\.?)-(?P<end>{LETTERS}[a-z0-9а-я]*\.?(?: \d{{4}})?)",
    )
)
_BETWEEN = re.compile(r"between (?P<start>.+?) and (?P<end>.+)")
_LIST = re.compile(r" or (?!later\b|earlier\b)")
_ITEMS = re.compile(r", (?!ongoing|end unknown|start unknown)| or (?!later\b|earlier\b)")
_DATES = re.compile(", | or | and ")  # each of which is short
_ONE_SIDED = re.compile(r"(?P<side>since|from|after|until|to|through|by|before) (?P<date>.+)")
_ENDINGS = {  # what follows a date, as the word before a date that means the same
    ", ongoing": "since", ", end unknown": "ended", ", start unknown": "began", " or later": "later",
    " or earlier": "by", " to present": "since", " until present": "since", " - present": "since",
    "-present": "since", " to date": "since",
}  # fmt: skip

_BARE_DAY = re.compile(_ORDINAL, re.ASCII)
_DAY_AND_REST = re.compile(rf"{_ORDINAL}(?P<rest> {LETTERS}.*)", re.ASCII)
_MONTH_AND_DAY = re.compile(rf"(?P<month>{_MONTH} ){_ORDINAL}", re.ASCII)
_DAY_AND_YEAR = re.compile(rf"{_ORDINAL}(?:,? \d{{4}})?", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?", re.ASCII)
_END_OF_ISO = re.compile(r"\d\d(?:-\d\d)?", re.ASCII)
_LAST_YEAR = re.compile(r" \d{4}$", re.ASCII)
_ANY_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


def normalise(text: str) -> str:
    """Fold case, blanks, dashes, accents and letter forms; raises DateParseError unless it is a short text."""
    if any(len(item) > LONGEST for item in _DATES.split(text)):
        raise DateParseError(f"it is longer than {LONGEST} characters")
    if clean_line(text) != text:
        raise DateParseError("it contains a control character")
    if not text.isascii():
        text = normalize("NFC", "".join(each for each in normalize("NFKD", text) if not combining(each)))
        text = _EAST_ASIAN.sub(_iso, _DASHED_YEARS.sub(r"\1/\2", text)).translate(_DASHES)
    plain = _KOREAN_DOTS.sub(_iso, " ".join(text.casefold().split()).replace("...", ".."))
    if not plain:
        raise DateParseError("it is empty")
    return _YEAR_IN_RUSSIAN.sub("", plain)


def _iso(match: re.Match[str]) -> str:
    return "-".join(f"{part:0>2}" for part in match.groups() if part)


def without_fillers(text: str) -> str:
    """Drop "of", "the" and the comma before a year."""
    return _COMMA_BEFORE_YEAR.sub(r"\1 ", _FILLERS.sub("", text)).strip()


def split_ending(text: str) -> tuple[str, str] | None:
    """Split `2016 or later`, `from 2016, end unknown` into its side and its date."""
    for ending, side in _ENDINGS.items():
        if text.endswith(ending):
            _, date = split_side(text.removesuffix(ending)) or ("", text.removesuffix(ending))
            return side, date
    return None


def split_side(text: str) -> tuple[str, str] | None:
    """Split `since 2016` into its side and its date."""
    match = _ONE_SIDED.fullmatch(text)
    return (match["side"], match["date"]) if match else None


def split_list(text: str) -> list[str] | None:
    """Split `3, 4 or 5 jul 2017` into whole dates."""
    if not _LIST.search(text):
        return None
    *others, last = _ITEMS.split(text)
    year = _LAST_YEAR.search(last)
    whole = [_complete_ends(other, last)[0] for other in others]
    return [f"{item}{year[0]}" if year and not _ANY_YEAR.search(item) else item for item in whole] + [last]


def split_between(text: str) -> tuple[str, str] | None:
    """Split `between 1 and 5 may 2017` into its two dates."""
    match = _BETWEEN.fullmatch(text)
    return _complete_ends(match["start"], match["end"]) if match else None


def split_range(text: str) -> tuple[str, str] | None:
    """Split a range into its ends; an open one is empty."""
    for form in _RANGES:
        if match := form.fullmatch(text):
            return _complete_ends(match["start"], match["end"])
    return None


def _complete_ends(start: str, end: str) -> tuple[str, str]:
    """Complete each end with the month, or the start of an ISO date, that only the other one has."""
    if _BARE_DAY.fullmatch(start) and (match := _DAY_AND_REST.fullmatch(end)):
        return start + match["rest"], end
    if (match := _MONTH_AND_DAY.fullmatch(start)) and _DAY_AND_YEAR.fullmatch(end):
        return start, match["month"] + end
    if _ISO_DATE.fullmatch(start) and _END_OF_ISO.fullmatch(end) and len(end) + len("2017-") <= len(start):
        return start, start[: -len(end)] + end
    return start, end
