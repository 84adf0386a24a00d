"""Read the cells of a row for one key: clean texts, split lists, resolve names to ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import SURROGATES, clean
from korea_cli.ingest.sheet import RowError
from korea_cli.ingest.slides import plain_text

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    from korea_cli.ingest.declarations import Declarations
    from korea_cli.ingest.row_date import DateReader
    from korea_cli.model.field_spec import Key

_SEPARATORS = re.compile(r"\s*[;|\n]\s*")
_BETWEEN_ADDRESSES = re.compile(r";\s+|\s+\|\s+|\s*\n\s*")  # an address may have a semicolon in it
_LONG_TEXTS = {"summary", "note", "quote", "about"}
_FLAGS = {**dict.fromkeys(("true", "yes", "y", "x", "1"), True), **dict.fromkeys(("false", "no", "n", "0"), False)}
_DECLARED_BY_NAME = {("actors",), ("topics",)}
_REMEMBERED = 20_000  # cells


class Reference(NamedTuple):
    """A record that must exist: the key that refers to it, its id, the tables that may have it."""

    key: str
    id: str
    tables: tuple[str, ...]


class CellReader:
    """Reads the cells of one sheet; `counts` are of those that were `cleaned` of control characters or `trimmed`."""

    def __init__(
        self, declarations: Declarations, dates: DateReader, counts: Counter[str], separator: str = "", *, slides: bool
    ) -> None:
        self._declarations, self._dates, self._counts = declarations, dates, counts
        self._separator, self._slides = separator, slides
        self._ids_of: dict[tuple[str, str], list[str]] = {}  # most names and sources come again and again

    def value(self, key: str, spec: Key, cells: list[object], references: list[Reference]) -> object:
        """Return the value of a key; adds what it refers to and must exist to `references`. Raises RowError."""
        if spec.form in {"refs", "ref", "cites"}:
            ids = self._ids(key, spec, cells, references)
            return ids if spec.form != "ref" else next(iter(ids), "")
        if spec.form == "texts":
            return [self.text(str(cell)) for cell in self._split_all(cells)]
        if spec.form == "other_dates":
            return self._other_dates(key, cells[0])
        if key in _LONG_TEXTS:
            return "\n".join(map(self._whole_text, cells))
        text = self.single(key, cells)
        if spec.form == "date":
            return self._dates.read(key, text).text
        if spec.form == "flag" and text.casefold() not in _FLAGS:
            raise RowError(f"{key} '{text}' is neither yes nor no")
        return _FLAGS[text.casefold()] if spec.form == "flag" else _hyphenated(text) if spec.form == "choice" else text

    def single(self, key: str, cells: list[object]) -> str:
        """Return the text of a key that has a single one."""
        if cells and isinstance(cells[0], list | dict):
            raise RowError(f"'{key}' must be a single text")
        text = self._whole_text(cells[0]) if cells else ""
        return " ".join(text.split()) if self._slides else text  # as HTML collapses blanks

    def text(self, text: str) -> str:
        """Return a text without control characters, stripped."""
        if self._slides:
            text = plain_text(text)
        if not (text.isascii() and text.isprintable()):
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            safe = re.sub(SURROGATES, "", clean(text))
            self._counts["cleaned"] += safe != text
            text = safe
        return text.strip()

    def _whole_text(self, cell: object) -> str:
        text = str(cell)
        self._counts["trimmed"] += text != text.strip()
        return self.text(text)

    def _ids(self, key: str, spec: Key, cells: list[object], references: list[Reference]) -> list[str]:
        cell = (key, cells[0]) if len(cells) == 1 and isinstance(cells[0], str) else None
        if cell in self._ids_of:
            return self._ids_of[cell]
        before = len(references)
        items = self._split_all(cells)
        ids = [self._cite(each) if spec.form == "cites" else self._refer(key, spec, each, references) for each in items]
        found = list(dict.fromkeys(id_ for id_ in ids if id_))
        if cell and not self._declarations.pending and len(references) == before and len(self._ids_of) < _REMEMBERED:
            self._ids_of[cell] = found
        return found

    def _split_all(self, cells: Iterable[object]) -> list[object]:
        """Return the items of lists, of which some are written in one cell."""
        items: list[object] = []
        for cell in cells:
            split = cell if isinstance(cell, list) else [cell] if isinstance(cell, dict) else self._split(str(cell))
            items += split
        return [item for item in items if item not in (None, "")]

    def _split(self, cell: str) -> list[str]:
        text = self.text(cell)
        if self._separator:
            return [part.strip() for part in text.split(self._separator)]
        return (_BETWEEN_ADDRESSES if "://" in text else _SEPARATORS).split(text)

    def _refer(self, key: str, spec: Key, item: object, references: list[Reference]) -> str:
        values = item if isinstance(item, dict) else {}
        names = (values.get(each) for each in ("name", "label", "title", "id"))
        name = " ".join(self.text(str(next(filter(None, names), item))).split())
        id_ = self.text(str(values.get("id") or ""))
        if spec.refers in _DECLARED_BY_NAME and spec.form == "refs":
            return self._declarations.refer(*spec.refers, name, id_)
        references.append(Reference(key, id_ or name, spec.refers))
        return id_ or name

    def _cite(self, item: object) -> str:
        if isinstance(item, dict):
            return self._declarations.cite_object(item)
        return self._declarations.cite(self.text(str(item)))

    def _other_dates(self, key: str, dates: object) -> list[Mapping[str, object]]:
        """Return other dates as a file has them, of those in the JSON of korea."""
        if not isinstance(dates, list) or not all(isinstance(each, dict) for each in dates):
            raise RowError(f"'{key}' can only be imported from JSON. Use --map '{key}=' to leave it out.")
        found: list[Mapping[str, object]] = []
        for each in dates:
            cited = [self._cite(source) for source in each.get("sources") or ()]
            values = {"date": each.get("date"), "sources": cited, "note": self.text(str(each.get("note") or ""))}
            found.append({name: value for name, value in values.items() if value})
        return found


def _hyphenated(text: str) -> str:
    return "-".join(text.casefold().split())
