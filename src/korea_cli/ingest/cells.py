"""Read the cells of a row under one key: texts made safe, lists taken apart, names turned into ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from korea_cli.base.sanitize import SURROGATES, clean
from korea_cli.ingest.rows import Rejected
from korea_cli.ingest.slides import plain

if TYPE_CHECKING:
    from korea_cli.ingest.dated import Dating
    from korea_cli.ingest.declaring import Declarations
    from korea_cli.model.field_spec import Key

_LISTED = re.compile(r"\s*[;|\n]\s*")
_LISTED_ADDRESSES = re.compile(r";\s+|\s+\|\s+|\s*\n\s*")  # an address may have a semicolon in it
_LONG_TEXTS = {"summary", "note", "quote", "about"}
_FLAGS = {
    "true": True,
    "yes": True,
    "y": True,
    "x": True,
    "1": True,
    "false": False,
    "no": False,
    "n": False,
    "0": False,
}
_NAMED = {("actors",), ("topics",)}  # what may be declared by being named
_REMEMBERED = 20_000  # cells

Refers = list[tuple[str, str, tuple[str, ...]]]


class Cells:
    """Reads the cells of one sheet.

    cleaned: how many had control characters in them. trimmed: how many had blanks at their ends.
    """

    def __init__(self, declarations: Declarations, dating: Dating, separator: str, *, slides: bool) -> None:
        self._declarations, self._dating, self._separator, self._slides = declarations, dating, separator, slides
        self._seen: dict[tuple[str, str], list[str]] = {}  # of names and sources, most come again and again
        self.cleaned = self.trimmed = 0

    def value(self, key: str, form: Key, cells: list[Any], refers: Refers) -> Any:  # noqa: ANN401 - of any form
        """Give the value of a key; what it refers to and must be there is added to `refers`. Raises Rejected."""
        if form.form in {"refs", "ref", "cites"}:
            ids = self._ids(key, form, cells, refers)
            return ids if form.form != "ref" else next(iter(ids), "")
        if form.form == "texts":
            return [self.text(str(cell)) for cell in self._listed(cells)]
        if form.form == "other_dates":
            return self._other_dates(key, cells[0])
        if key in _LONG_TEXTS:
            return "\n".join(map(self._whole, cells))
        text = self.one(key, cells)
        if form.form == "date":
            return self._dating.plain(key, text)
        return _flag(key, text) if form.form == "flag" else _choice(text) if form.form == "choice" else text

    def one(self, key: str, cells: list[Any]) -> str:
        """Give the text of a key that holds one."""
        if cells and isinstance(cells[0], list | dict):
            raise Rejected(f"'{key}' holds one text, not several")
        text = self._whole(cells[0]) if cells else ""
        return " ".join(text.split()) if self._slides else text  # as HTML runs blanks together

    def text(self, text: str) -> str:
        """Return a text without what drives a terminal and without the blanks at its ends."""
        if self._slides:
            text = plain(text)
        if not (text.isascii() and text.isprintable()):
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            safe = re.sub(SURROGATES, "", clean(text))
            self.cleaned += safe != text
            text = safe
        return text.strip()

    def _whole(self, cell: Any) -> str:  # noqa: ANN401 - what a cell holds
        """Return the text of a cell that is one text."""
        text = str(cell)
        self.trimmed += text != text.strip()
        return self.text(text)

    def _ids(self, key: str, form: Key, cells: list[Any], refers: Refers) -> list[str]:
        known = (key, cells[0]) if len(cells) == 1 and isinstance(cells[0], str) else None
        if known in self._seen:
            return self._seen[known]
        items, given = self._listed(cells), len(refers)
        ids = [self._cited(item) if form.form == "cites" else self._referred(key, form, item, refers) for item in items]
        found = list(dict.fromkeys(id_ for id_ in ids if id_))
        if known and not self._declarations.pending and len(refers) == given and len(self._seen) < _REMEMBERED:
            self._seen[known] = found
        return found

    def _listed(self, cells: list[Any]) -> list[Any]:
        """Take lists apart that stand in one cell."""
        items: list[Any] = []
        for cell in cells:
            if isinstance(cell, list):
                items += cell
            elif isinstance(cell, dict):
                items.append(cell)
            else:
                items += self._split(self.text(str(cell)))
        return [item for item in items if item not in (None, "")]

    def _split(self, text: str) -> list[str]:
        if self._separator:
            return [part.strip() for part in text.split(self._separator)]
        return (_LISTED_ADDRESSES if "://" in text else _LISTED).split(text)

    def _referred(self, key: str, form: Key, item: Any, refers: Refers) -> str:  # noqa: ANN401 - a name, or an object of JSON
        told = item if isinstance(item, dict) else {}
        named = str(told.get("name") or told.get("label") or told.get("title") or told.get("id") or item)
        name = " ".join(self.text(named).split())  # names are compared so
        id_ = self.text(str(told.get("id") or ""))
        if form.refers in _NAMED and form.form == "refs":
            return self._declarations.refer(*form.refers, name, id_)
        refers.append((key, id_ or name, form.refers))
        return id_ or name

    def _cited(self, item: Any) -> str:  # noqa: ANN401 - as above
        if isinstance(item, dict):
            return self._declarations.cite_object(item)
        return self._declarations.cite(self.text(str(item)))

    def _other_dates(self, key: str, told: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as above
        """Give other dates as a file has them, of those that our JSON tells."""
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            raise Rejected(
                f"'{key}' holds more than a cell can say, and is read from JSON; --map '{key}=' leaves it out"
            )
        made = []
        for each in told:
            cited = [self._cited(source) for source in each.get("sources") or ()]
            values = {"date": each.get("date"), "sources": cited, "note": self.text(str(each.get("note") or ""))}
            made.append({name: value for name, value in values.items() if value})
        return made


def _flag(key: str, text: str) -> bool:
    if text.casefold() not in _FLAGS:
        raise Rejected(f"{key} '{text}' is neither yes nor no")
    return _FLAGS[text.casefold()]


def _choice(text: str) -> str:
    return "-".join(text.casefold().split())
