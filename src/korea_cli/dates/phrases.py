"""What people type, made plain and taken apart into the dates in it."""

from __future__ import annotations

import re
from unicodedata import normalize

from korea_cli.dates.spans import Refusal

LONGEST = 60

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
# A span has no qualifier and qualifiers move no bounds, so "c." and "?" say nothing here that can be asked for.
_FILLERS = re.compile(r"\b(?:c\.|ca\.|(?:c|ca|circa|about|of|the)(?= )) ?|(?<=\w)[~?%](?!\w)")
# "may 25, 2017" and "may, 2017", but not "7 jul 2017 or later, 2015 or 2016".
_COMMA_BEFORE_YEAR = re.compile(r"((?<!late)[a-z]\.?(?: \d{1,2}(?:st|nd|rd|th)?)?), ?(?=\d{4}\b)", re.ASCII)

_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_RANGES = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<start>.*?) ?\.\. ?(?P<end>.*)",
        r"between (?P<start>.+?) and (?P<end>.+)",
        r"(?:from |since )?(?P<start>.+?) (?:to|until|through|-) (?P<end>.+)",
        r"(?P<start>\d{4}-[\d-]+)/(?P<end>\d[\d-]*)",  # 2017-07-07/08
        r"(?P<start>\d{4})-(?P<end>\d{4})",
        rf"(?P<start>{_ORDINAL})-(?P<end>{_ORDINAL} [a-z].*)",  # 7-8 jul 2017
        rf"(?P<start>[a-z]{{3,9}}\.? {_ORDINAL})-(?P<end>{_ORDINAL}(?:,? \d{{4}})?)",  # jul 7-8 2017
        r"(?!early-|mid-|late-)(?P<start>[a-z]\w*\.?)-(?P<end>[a-z]\w*\.?(?: \d{4})?)",  # may-june 2017, q1-q2
    )
)
_LIST = re.compile(r" or (?!later\b)")
_ITEMS = re.compile(r", | or (?!later\b)")
_ONE_SIDED = re.compile(r"(?P<side>since|from|after|until|to|through|by|before) (?P<date>.+)")

_BARE_DAY = re.compile(_ORDINAL, re.ASCII)
_DAY_AND_REST = re.compile(rf"{_ORDINAL}(?P<rest> [a-z].*)", re.ASCII)
_MONTH_AND_DAY = re.compile(rf"(?P<month>[a-z]{{3,9}}\.? ){_ORDINAL}", re.ASCII)
_DAY_AND_YEAR = re.compile(rf"{_ORDINAL}(?:,? \d{{4}})?", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?", re.ASCII)
_END_OF_ISO = re.compile(r"\d\d(?:-\d\d)?", re.ASCII)
_LAST_YEAR = re.compile(r" \d{4}$", re.ASCII)
_ANY_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


def normalised(text: str) -> str:
    """Fold case, blanks, dashes and letter forms; raises Refusal for what is too long, empty or not plain text."""
    if len(text) > LONGEST:
        raise Refusal(f"it is longer than {LONGEST} characters")
    if _CONTROL.search(text):
        raise Refusal("it contains a control character")
    plain = " ".join(normalize("NFKC", text).casefold().translate(_DASHES).split()).replace("...", "..")
    if not plain:
        raise Refusal("it is empty")
    return plain


def without_fillers(text: str) -> str:
    """Drop what changes no span: qualifiers, "of" and "the", the comma before a year."""
    return _COMMA_BEFORE_YEAR.sub(r"\1 ", _FILLERS.sub("", text)).strip()


def one_sided(text: str) -> tuple[str, str] | None:
    """Take `since 2016` apart into its side and its date, also in the words that stored dates are shown in."""
    if text.endswith((", end unknown", ", start unknown")):
        text = text.rpartition(",")[0]
    if text.endswith(" or later"):
        return "since", text.removesuffix(" or later")
    match = _ONE_SIDED.fullmatch(text)
    return (match["side"], match["date"]) if match else None


def alternatives(text: str) -> list[str] | None:
    """Take `3, 4 or 5 jul 2017` apart into whole dates."""
    if not _LIST.search(text):
        return None
    *others, last = _ITEMS.split(text)
    year = _LAST_YEAR.search(last)
    whole = [completed(other, last)[0] for other in others]
    return [f"{item}{year[0]}" if year and not _ANY_YEAR.search(item) else item for item in whole] + [last]


def two_ends(text: str) -> tuple[str, str] | None:
    """Take a range apart into its ends; an open one is empty."""
    for form in _RANGES:
        if match := form.fullmatch(text):
            return completed(match["start"], match["end"])
    return None


def completed(start: str, end: str) -> tuple[str, str]:
    """Give each end the month, or the beginning of an ISO date, that only the other one says."""
    if _BARE_DAY.fullmatch(start) and (match := _DAY_AND_REST.fullmatch(end)):
        return start + match["rest"], end
    if (match := _MONTH_AND_DAY.fullmatch(start)) and _DAY_AND_YEAR.fullmatch(end):
        return start, match["month"] + end
    if _ISO_DATE.fullmatch(start) and _END_OF_ISO.fullmatch(end) and len(end) + len("2017-") <= len(start):
        return start, start[: -len(end)] + end
    return start, end
