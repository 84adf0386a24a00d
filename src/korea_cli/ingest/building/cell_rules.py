"""What the cells of a sheet mean: nothing, where a word says that a value is missing, or what a codebook says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.records import file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.ingest.sheet import Counts
    from korea_cli.model.records import Record

    Book = Mapping[str, str]

MISSING = ("NA", "N/A", "NaN", "NULL", "None", "-", "-9", "-99", "0000-00-00", "[]")
_NO_PART = ("0", "00", "99")  # what stands for a day or month that is not known
_NO_NAME = ("Unknown",)
_PARTS = {"day", "month", "end_day", "end_month"}
_PROSE = {"summary", "note", "quote", "outcome", "date_text", "media_caption"}  # a word may be all that they say


class ColumnRule(NamedTuple):
    """How the cells of a column are read: the words for a missing value, and the codes with what they stand for.

    heading: that of the column, or the path of a value of JSON. key: the key that it is for. again: whether its cells
    are also read for a key, so that they are counted there.
    """

    heading: str
    key: str
    missing: frozenset[str] = frozenset()
    book: Book = {}  # noqa: RUF012 - never changed
    again: bool = False


class CellRules:
    """The rules for the cells of one sheet.

    missing: the words for a missing value, instead of the usual ones. books: the codes of columns. counts: of cells
    that were taken for `missing`, by heading, and of those without a code in a codebook (`uncoded`), by both.
    """

    def __init__(self, missing: tuple[str, ...] | None, books: Mapping[str, Book], counts: Counts) -> None:
        self._missing, self._books, self._counts = missing, books, counts

    def column(
        self, heading: str, key: str, record: type[Record], *, own: bool = False, labelled: bool = False
    ) -> ColumnRule:
        """Return how the cells of a column are read.

        own: korea wrote them, so that each word is meant. labelled: the column is one of several for a text, so no
        prose.
        """
        words = () if own and self._missing is None else self._words("" if labelled else key, record)
        numbers = (f"{word}.0" for word in words if word.removeprefix("-").isdecimal())  # as programs write them
        return ColumnRule(heading, key, frozenset((*words, *numbers)), self._books.get(heading, {}))

    def _words(self, key: str, record: type[Record]) -> tuple[str, ...]:
        if key == title_key(record) or key in _PROSE:
            return ()
        if self._missing is not None:
            return self._missing
        spec = file_keys(record).get(key)
        more = _NO_PART if key in _PARTS else _NO_NAME if spec and spec.refers else ()
        words = (*MISSING, *more)
        return (*words, *(word.lower() for word in words), *(word.upper() for word in words))

    def read(self, column: ColumnRule, cell: object) -> object:
        """Return what a cell means: "" for a missing value."""
        if isinstance(cell, list):
            return [self.read(column, each) for each in cell]
        if cell is None or isinstance(cell, bool | dict) or not (column.missing or column.book):
            return cell
        text = str(cell).strip()
        if not text:
            return ""
        known = column.book.get(text, column.book.get(text.removesuffix(".0")))
        if known is not None:
            cell = text = known
        missing = text in column.missing
        if not column.again and missing:
            self._counts["missing", column.heading] += 1
        elif not column.again and known is None and column.book:
            self._counts["uncoded", f"{column.heading} {text}"] += 1
        return "" if missing else cell
