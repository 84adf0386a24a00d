"""Sources from bibliographies: the fields of an entry become cells by key, and what has no key keeps its own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.citing.languages import language_code
from korea_cli.dates.days import YEAR
from korea_cli.ingest.columns.headings import guess_key
from korea_cli.ingest.dates.date_parts import from_parts
from korea_cli.ingest.dates.dates import DateRules, read_date
from korea_cli.ingest.dates.numeric import AmbiguousOrderError
from korea_cli.ingest.names.addresses import URL
from korea_cli.ingest.names.ids import record_id
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import Source
from korea_cli.reading.codes.forms import code_meant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_NOUNS = {"doi": "DOI", "isbn": "ISBN", "language": "code"}
_WORDS = 5  # of a title, in an id
_SHORT_YEAR = re.compile(r"\d{1,2}", re.ASCII)  # its century is for other rules
_RULES = DateRules()


class SourceFields:
    """The fields of one entry, of which each is taken for a key of a source, or left.

    mapped: the names of fields that the user maps to keys; these are left as they are. cells: the values by key.
    """

    def __init__(self, fields: Mapping[str, object], mapped: Collection[str] = ()) -> None:
        self._left = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
        self._mapped = mapped
        self.cells: dict[str, object] = {}

    def peek(self, name: str) -> str:
        """Return the text of a field that is not taken yet; "" for none."""
        value = self._left.get(name)
        return str(value).strip() if isinstance(value, str | int) and name not in self._mapped else ""

    def drop(self, *names: str) -> None:
        """Leave out fields whose values are in others."""
        for name in names:
            if name not in self._mapped:
                self._left.pop(name, None)

    def refuse(self, name: str, reason: str) -> None:
        """Leave a field as one that cannot be read, so that it is counted as such."""
        if name in self._left and name not in self._mapped:
            self._left[f"{name} ({reason})"] = self._left.pop(name)

    def add(self, fields: Mapping[str, object]) -> None:
        """Leave further values."""
        self._left |= fields

    def take(self, key: str, *names: str) -> None:
        """Store the first of some fields for a key; those that repeat its value are not needed."""
        for name in names:
            if not (text := self.peek(name)):
                continue
            fit, reason = _fitted(key, text)
            if reason:
                self.refuse(name, reason)
            elif self.cells.setdefault(key, fit) == fit:
                self.drop(name)

    def put(self, key: str, value: object, *names: str) -> None:
        """Store a value for a key that is made of some fields."""
        if value not in ("", []):
            self.cells[key] = value
            self.drop(*names)

    def take_date(self, key: str, date: str = "date", parts: Sequence[str] = ()) -> None:
        """Store a date that has a field, and parts of it that have others: year, month, day."""
        texts = [self.peek(each) for each in parts]
        text = self.peek(date)
        if text and (found := readable(text)):
            self.put(key, text, date)
            if parts and _agrees(found, texts):
                self.drop(*parts)
            return
        self.refuse(date, "not a date")
        for number in range(len(parts), 0, -1):
            if all(texts[:number]) and (found := _composed(*texts[:number])):
                self.put(key, found, *parts[:number])
                break
        for name in parts:
            self.refuse(name, "not a date")

    def all(self) -> dict[str, object]:
        """Return the cells by key, and after them what is left, under names that no key could be guessed from."""
        if "id" not in self.cells and (id_ := _suggested_id(self.cells)):
            self.cells["id"] = id_
        own = {name for name in self._left if name not in self._mapped and guess_key(name, Source)}
        return {**self.cells, **{f"field {name}" if name in own else name: each for name, each in self._left.items()}}


def _suggested_id(cells: Mapping[str, object]) -> str:
    """Return an id of the first author, the year and the title, as titles alone are shared; "" if one is missing."""
    authors, issued, title = cells.get("authors"), cells.get("issued"), cells.get("title")
    year = re.search(YEAR, readable(issued), re.ASCII) if isinstance(issued, str) else None
    if not (isinstance(authors, list) and authors and year and title):
        return ""
    family = str(authors[0]).partition(",")[0]
    return record_id(Source, f"{family} {year[0]} {' '.join(str(title).split()[:_WORDS])}")


def readable(text: str) -> str:
    """Return a date as it is stored, or as it is written where other dates or options decide; "" for none."""
    try:
        return read_date(text, _RULES).text
    except AmbiguousOrderError:
        return text
    except RowError:
        return ""


def _agrees(date: str, parts: Sequence[str]) -> bool:
    """Whether a date has a year, and the month and day beside it."""
    texts = [each for each in parts if each]
    return not texts or date.startswith(_composed(*parts[: len(texts)]) or "?")


def _composed(year: str, month: str = "", day: str = "") -> str:
    """Return the date of a year, of a month or its name, and of a day; "" if they are none."""
    if _SHORT_YEAR.fullmatch(year):
        return ""
    try:
        return from_parts(year, month, day, _RULES).text
    except RowError:
        return ""


def _fitted(key: str, text: str) -> tuple[str, str]:
    """Return a text as a key has it, and why it cannot have it."""
    if key in {"url", "archive_url"}:
        return text, "" if URL.fullmatch(text) else "no web address"
    if key in _NOUNS:
        code = language_code(text) if key == "language" else code_meant(key, text)
        return code, "" if code else f"no {_NOUNS[key]}"
    return (text if key == "note" else " ".join(text.split())), ""
