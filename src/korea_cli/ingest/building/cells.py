"""Read the cells of a row: lists taken apart, texts without control characters and HTML."""

from __future__ import annotations

import re
from ast import literal_eval
from itertools import chain
from json import loads
from typing import TYPE_CHECKING

from korea_cli.base.sanitize import SURROGATES, clean
from korea_cli.ingest.building.own_cells import read_other_dates, read_reference
from korea_cli.ingest.html import plain_text
from korea_cli.ingest.names.addresses import split_links
from korea_cli.ingest.sheet import RowError
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import Actor

if TYPE_CHECKING:
    from korea_cli.ingest.names.actor_names import ActorNames
    from korea_cli.ingest.sheet import Counts
    from korea_cli.model.field_spec import Key

_SEPARATORS = re.compile(r"\s*[;|\n\uff1b\uff5c]\s*")
_ONLY_ADDRESSES = re.compile(r"[,;|\s]+(?=https?://)", re.IGNORECASE)
_BETWEEN_ADDRESSES = re.compile(r";\s+|\s+\|\s+|\s*\n\s*")  # an address may have a semicolon in it
_WEB = re.compile(r"https?://", re.IGNORECASE)
_LONG_TEXTS = {"summary", "note", "quote", "about"}


class CellReader:
    """Reads the cells of one sheet; `counts` are of those that were `cleaned` of control characters or `trimmed`.

    exact: whether the texts of the current row are as a record has them, so that none is changed. own: whether korea
    wrote its cells.
    """

    def __init__(self, counts: Counts, separator: str = "", *, slides: bool, actors: ActorNames | None = None) -> None:
        self._counts, self._separator, self._slides, self._actors = counts, separator, slides, actors
        self.exact = self.own = False

    def value(self, key: str, spec: Key, cells: list[object]) -> object:
        """Return the value of a key, as it could be typed: what is left to do is to read it. Raises RowError."""
        if spec.form == "text" and not self._slides and len(cells) == 1 and isinstance(cells[0], str):
            return self._whole_text(cells[0])
        if spec.form == "other_dates":
            return list(chain(*map(self._other_dates, cells)))
        if spec.form == "ref" and len(items := self._split_all(cells)) > 1:
            raise RowError(f"'{key}' is one {spec.refers[0].removesuffix('s')}, not {len(items)}")
        if spec.form in LISTS or spec.form == "ref":
            items = self._split_all(cells)
            if self.own and spec.form in {"ref", "refs"}:
                items = [read_reference(each, spec.refers) if isinstance(each, str) else each for each in items]
            if self._actors and spec.refers == (Actor.table,):
                items = list(chain(*(self._actors.read(each) if isinstance(each, str) else [each] for each in items)))
            return items if spec.form in LISTS else next(iter(items), "")
        if key in _LONG_TEXTS:
            texts = (each for cell in cells for each in (cell if isinstance(cell, list) else [cell]))
            return "\n".join(map(self._whole_text, texts))
        text = self.single(key, cells)
        return "-".join(text.casefold().split()) if spec.form == "choice" and not self.exact else text

    def _other_dates(self, cell: object) -> list[object]:
        """Return the dates in a cell: those of JSON as they are, and texts apart."""
        if isinstance(cell, str):
            dates = read_other_dates(cell) if self.own else None
            return [{"date": each} for each in self._split_all([cell])] if dates is None else [*dates]
        return self._split_all([cell])

    def single(self, key: str, cells: list[object]) -> str:
        """Return the text of a key that has a single one; raises RowError for several."""
        cell = cells[0] if cells else ""
        if isinstance(cell, list) and len(cell) == 1:
            cell = cell[0]
        if isinstance(cell, list | dict):
            raise RowError(f"'{key}' must be a single text")
        text = self._whole_text(cell)
        return " ".join(text.split()) if self._slides else text  # as HTML collapses blanks

    def text(self, text: str) -> str:
        """Return a text without control characters, stripped."""
        if self.exact:
            return text
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
        if not self.exact and text != text.strip():
            self._counts["trimmed"] += 1
        return self.text(text)

    def _split_all(self, cells: list[object]) -> list[object]:
        """Return the items of lists, of which some are written in one cell."""
        items: list[object] = []
        for cell in cells:
            if isinstance(cell, list):
                items += map(self._cleaned, cell)
            else:
                items += [self._cleaned(cell)] if isinstance(cell, dict) else self._split(str(cell))
        return [item for item in items if item not in (None, "")]

    def _split(self, cell: str) -> list[str]:
        text = self.text(cell)
        if text.startswith(("[", "(")) and (items := _listed(text)) is not None:
            return items if self.own else [self.text(each) for each in items]
        if self._separator.isalnum():  # a word
            return re.split(rf"\s+{re.escape(self._separator)}\s+", text)
        if self._separator:
            return [part.strip() for part in text.split(self._separator)]
        if "://" not in text:
            return _SEPARATORS.split(text)
        addresses = _ONLY_ADDRESSES.split(text)
        only = all(_WEB.match(each) and not re.search(r"\s", each) for each in addresses)
        return addresses if only else list(chain(*map(split_links, _BETWEEN_ADDRESSES.split(text))))

    def _cleaned(self, value: object) -> object:
        """Return what JSON has in a list, with clean texts: a text, an object, or anything else as text."""
        if isinstance(value, dict):
            return {key: self.text(each) if isinstance(each, str) else each for key, each in value.items()}
        return "" if value is None else self.text(str(value))


def _listed(text: str) -> list[str] | None:
    """Return the items of a list as JSON or Python writes one; None where it is neither."""
    for read in (loads, literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | tuple) and all(isinstance(each, str | int | float | None) for each in found):
            return [str(each) for each in found if each is not None]
    return None
