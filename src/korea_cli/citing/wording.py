"""What the styles in English share: names, quotation marks, dates, places in a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import clean_line
from korea_cli.citing.names import as_written
from korea_cli.citing.sources import place_of
from korea_cli.dates.days import year_name
from korea_cli.dates.months import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.citing.item import Item
    from korea_cli.citing.names import Name

_MAX_NAMES = 2
_WITHIN = ("container-title", "authority", "publisher")
_LEFT, _RIGHT = "\u2018", "\u2019"  # single quotation marks; the right one is the apostrophe too
_PAIRS = ((_LEFT, _RIGHT), ("“", "”"))
_OPENING = rf"(?:(?<=[\s(\[“{_LEFT}—–/])|^)"
_STOPS = (".", "?", "!")
_PAGED = {"book", "report", "hearing"}  # of the types of CSL, those that are cited by their pages
# Before and after what is set in italics, and before and after an address; no text of an item has them.
_ITALIC = "\x02", "\x03"
_ADDRESS = "\x04", "\x05"
_MARKED = "([\x02\x04][^\x03\x05]+[\x03\x05])"


def words_of(item: Item, key: str) -> str:
    """Return a text of an item on one line."""
    return " ".join(clean_line(str(item.get(key, ""))).split())


def author_names(item: Item, word: Callable[[Name], str]) -> list[str]:
    """Word the names of the authors; where one is not split into family and given name, all as they are written."""
    authors = item.get("author", ())
    split = all("family" in name for name in authors)
    return [curl_quotes(word(name) if split else as_written(name)) for name in authors]


def et_al(names: Sequence[str], joint: str) -> str:
    """Join one or two names; of more, name the first."""
    return f"{names[0]} et al." if len(names) > _MAX_NAMES else joint.join(names)


def within(item: Item, who: str) -> str:
    """Return what an item appeared in and who published it, without repeating who wrote it.

    Papers are set in italics, without their publisher.
    """
    container, court, publisher = (curl_quotes(words_of(item, key)) for key in _WITHIN)
    if container and item["type"].startswith("article"):
        return italic(container) if container != who else ""
    return ", ".join(each for each in (container, court, publisher) if each and each != who)


def address(item: Item) -> str:
    """Return where an item can be read: its DOI lasts longer than its address."""
    doi = words_of(item, "DOI")
    return _link(f"https://doi.org/{doi}" if doi else words_of(item, "URL"))


def archive(item: Item) -> str:
    """Return where a copy of an item can be read."""
    return _link(words_of(item, "archive_location"))


def _link(url: str) -> str:
    return f"{_ADDRESS[0]}{url}{_ADDRESS[1]}" if url else ""


def italic(text: str) -> str:
    """Mark a text as one to be set in italics."""
    return f"{_ITALIC[0]}{text}{_ITALIC[1]}"


class StyledText(NamedTuple):
    """A text, and where each part of it in italics, and each address in it, begins and ends."""

    text: str
    italics: list[list[int]]
    links: list[list[int]]


def parse_marks(marked: str) -> StyledText:
    """Return a text without its marks, and the places that they marked."""
    text, italics, links = "", list[list[int]](), list[list[int]]()
    for piece in re.split(_MARKED, marked):
        words = piece.strip("".join((*_ITALIC, *_ADDRESS)))
        if piece != words:
            (italics if piece[0] in _ITALIC else links).append([len(text), len(text) + len(words)])
        text += words
    return StyledText(text, italics, links)


def curl_quotes(text: str) -> str:
    """Return a text with typographic quotation marks and apostrophes."""
    text = re.sub(_OPENING + '"', "“", text).replace('"', "”")
    return re.sub(_OPENING + r"'(?=\D)", _LEFT, text).replace("'", _RIGHT)


def quote(text: str, after: str = "") -> str:
    """Put a text in quotation marks, those within it made single; the mark `after` it goes inside them."""
    inner = curl_quotes(text).replace("“", _LEFT).replace("”", _RIGHT)
    return f"“{_before_closing(inner, after)}”"


def end_sentence(text: str) -> str:
    """End a sentence with a full stop, unless it has one; the stop goes inside quotation marks."""
    return _before_closing(text, ".")


def _before_closing(text: str, mark: str) -> str:
    """Put a mark at the end of a text, inside the quotation marks that close there, as is American usage.

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
    """Return a place in a source with the abbreviations of citations."""
    return place_of(clean_line(locator or ""), paged=item["type"] in _PAGED, words=("p.", "pp.", "para.", "paras."))


def date_words(date: Item, *, year_first: bool = False) -> str:
    """Return a date of CSL in words: `July 4, 2017`, or `2017, July 4`; a range by its two ends, without repetition."""
    if "date-parts" not in date:
        return clean_line(str(date["literal"]))
    first, last = date["date-parts"][0], date["date-parts"][-1]
    if first == last:
        words = _joined(_day(first), first[0], year_first=year_first)
    elif first[0] == last[0] and min(len(first), len(last)) > 1:
        same_month = first[1] == last[1] and len(first) == len(last)
        end = str(last[2]) if same_month else _day(last)
        words = _joined(f"{_day(first)}–{end}", first[0], year_first=year_first)
    else:
        words = "–".join(_joined(_day(end), end[0], year_first=year_first) for end in (first, last))
    return f"ca. {words}" if date.get("circa") else words


def _day(parts: list[int]) -> str:
    return " ".join((MONTH_NAMES[parts[1] - 1].title(), *map(str, parts[2:]))) if parts[1:] else ""


def _joined(day: str, counted: int, *, year_first: bool) -> str:
    year = year_name(counted + (counted < 0))  # CSL has no year 0
    if not day:
        return year
    if year_first:
        return f"{year}, {day}"
    return f"{day}, {year}" if day[-1].isdigit() else f"{day} {year}"
