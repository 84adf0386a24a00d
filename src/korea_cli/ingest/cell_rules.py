"""What the cells of a sheet mean: nothing, where a word says that a value is missing, or what a codebook says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.records import file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record

    Book = Mapping[str, str]

MISSING = ("NA", "N/A", "NaN", "NULL", "None", "-", "-9", "-99", "0000-00-00")
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

    missing: the words for a missing value, instead of the usual ones. books: the codes of columns. taken: how many
    cells were taken for missing, by heading; uncoded: how many have no code in a codebook, by heading and value. Both
    are of the rows that were kept: one that is rejected is saved as a whole.
    """

    def __init__(self, missing: tuple[str, ...] | None, books: Mapping[str, Book]) -> None:
        self._missing, self._books = missing, books
        self.taken: Counter[str] = Counter()
        self.uncoded: Counter[tuple[str, str]] = Counter()
        self._taken: list[str] = []  # of the current row, as is the next
        self._uncoded: list[tuple[str, str]] = []

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
            self._taken.append(column.heading)
        elif not column.again and known is None and column.book:
            self._uncoded.append((column.heading, text))
        return "" if missing else cell

    def begin(self) -> None:
        """Begin a row."""
        self._taken.clear()
        self._uncoded.clear()

    def keep(self) -> None:
        """Count what was found in the cells of a row that is kept."""
        if self._taken:
            self.taken.update(self._taken)
        if self._uncoded:
            self.uncoded.update(self._uncoded)
