"""What the styles of English share: quotation marks, dates, places in a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.sanitize import clean_line

if TYPE_CHECKING:
    from korea_cli.citing.item import Item

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LEFT, _RIGHT = "\u2018", "\u2019"  # single quotation marks; the right one is the apostrophe too
_PAIRS = ((_LEFT, _RIGHT), ("“", "”"))
_OPENING = rf"(?:(?<=[\s(\[“{_LEFT}—–/])|^)"
_STOPS = (".", "?", "!")
_PLACE = re.compile(r"p(\d+)(?:[-–]p?(\d+))?", re.ASCII)
_PAGED = {"book", "report", "hearing"}  # of the types of CSL, those that are cited by their pages
# Before and after what is set in italics, and before and after an address; no text of an item has them.
_ITALIC = "\x02", "\x03"
_ADDRESS = "\x04", "\x05"
_MARKED = "([\x02\x04][^\x03\x05]+[\x03\x05])"


def words_of(item: Item, key: str) -> str:
    """Give a text of an item on one line."""
    return " ".join(clean_line(str(item.get(key, ""))).split())


def within(item: Item, who: str) -> str:
    """Return what an item appeared in and who published it, but not who wrote it once more.

    Papers are set in italics, and known without their publisher.
    """
    container, court, publisher = (curled(words_of(item, key)) for key in ("container-title", "authority", "publisher"))
    if container and item["type"].startswith("article"):
        return italic(container) if container != who else ""
    return ", ".join(each for each in (container, court, publisher) if each and each != who)


def address(item: Item) -> str:
    """Return where an item can be read: its DOI is more lasting than its address."""
    doi = words_of(item, "DOI")
    return _linked(f"https://doi.org/{doi}" if doi else words_of(item, "URL"))


def archive(item: Item) -> str:
    """Return where a copy of an item can be read."""
    return _linked(words_of(item, "archive_location"))


def _linked(address: str) -> str:
    return f"{_ADDRESS[0]}{address}{_ADDRESS[1]}" if address else ""


def italic(text: str) -> str:
    """Mark a text as one to be set in italics."""
    return f"{_ITALIC[0]}{text}{_ITALIC[1]}"


class Worded(NamedTuple):
    """A citation in words, and where each part of it in italics, and each address in it, begins and ends."""

    text: str
    italics: list[list[int]]
    links: list[list[int]]


def unmarked(marked: str) -> Worded:
    """Return a text without its marks, and the places that they marked."""
    worded = Worded("", [], [])
    for piece in re.split(_MARKED, marked):
        words = piece.strip("".join((*_ITALIC, *_ADDRESS)))
        start = len(worded.text)
        if piece != words:
            (worded.italics if piece[0] in _ITALIC else worded.links).append([start, start + len(words)])
        worded = worded._replace(text=worded.text + words)
    return worded


def curled(text: str) -> str:
    """Give a text with the quotation marks and apostrophes of print."""
    text = re.sub(_OPENING + '"', "“", text).replace('"', "”")
    return re.sub(_OPENING + r"'(?=\D)", _LEFT, text).replace("'", _RIGHT)


def quoted(text: str, after: str = "") -> str:
    """Put a text between quotation marks, those within it made single; what comes `after` it goes within them all."""
    inner = curled(text).replace("“", _LEFT).replace("”", _RIGHT)
    return f"“{_before_closing(inner, after)}”"


def ended(text: str) -> str:
    """End a sentence, unless its last word does; the stop goes within its quotation marks."""
    return _before_closing(text, ".")


def _before_closing(text: str, mark: str) -> str:
    """Put a mark at the end of a text, within the quotation marks that close there, as Americans do.

    An address stays as it is, with the mark behind it.
    """
    if text.endswith(_ADDRESS[1]):
        return text if mark == "." and text[:-1].endswith(_STOPS) else f"{text}{mark}"
    after = _ITALIC[1] if text.endswith(_ITALIC[1]) else ""
    text = text.removesuffix(after)
    closing = next((right for left, right in _PAIRS if text.endswith(right) and left in text), "")
    inner = text.removesuffix(closing)
    return f"{inner}{'' if mark == '.' and inner.endswith(_STOPS) else mark}{closing}{after}"


def place(item: Item, locator: str | None) -> str:
    """Say a place in a source: `p6` is a page of what has pages, and a paragraph of all else; other words stay."""
    said = clean_line(locator or "")
    found = _PLACE.fullmatch(said)
    if found is None:
        return said
    one, several = ("p.", "pp.") if item["type"] in _PAGED else ("para.", "paras.")
    return f"{several} {found[1]}–{found[2]}" if found[2] else f"{one} {found[1]}"


def date_words(date: dict[str, Any], *, year_first: bool = False) -> str:
    """Say a date of CSL: `July 4, 2017`, or `2017, July 4`; a span by both its ends, without saying anything twice."""
    if "date-parts" not in date:
        return clean_line(str(date["literal"]))
    first, last = date["date-parts"][0], date["date-parts"][-1]
    if first == last:
        said = _joined(_day(first), first[0], year_first=year_first)
    elif first[0] == last[0] and min(len(first), len(last)) > 1:
        same_month = first[1] == last[1] and len(first) == len(last)
        end = str(last[2]) if same_month else _day(last)
        said = _joined(f"{_day(first)}–{end}", first[0], year_first=year_first)
    else:
        said = "–".join(_joined(_day(end), end[0], year_first=year_first) for end in (first, last))
    return f"ca. {said}" if date.get("circa") else said


def _day(parts: list[int]) -> str:
    return " ".join((_MONTHS[parts[1] - 1], *map(str, parts[2:]))) if parts[1:] else ""


def _joined(day: str, year: int, *, year_first: bool) -> str:
    if not day:
        return str(year)
    if year_first:
        return f"{year}, {day}"
    return f"{day}, {year}" if day[-1].isdigit() else f"{day} {year}"
