"""Columns for what is behind the cells of a sheet: `Title (link)` and `Title (comment)`, where any cell has one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from korea_cli.ingest.columns.headings import behind, guess_key
from korea_cli.ingest.names.addresses import named_link
from korea_cli.ingest.sheet_headings import distinct

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.ingest.sheet import ReaderOptions, SheetRow
    from korea_cli.ingest.workbooks.behind_cells import CellExtras

_CITING = "sources"


class ExtraColumns:
    """Adds to the rows below the headings what is behind their cells; a source gets its address in its own cell.

    headings: those of all columns. left_out: what no row has, complete when all rows are read.
    """

    def __init__(
        self, extras: CellExtras, headings: Sequence[str], options: ReaderOptions, *, rows: range, left: int
    ) -> None:
        """Name the columns. rows: the numbers of those below the headings, from 0; left: that of the first column."""
        self._extras, self._rows, self._left = extras, rows, left
        self._width = len(headings)
        self.left_out: Counter[str] = extras.left_out
        keys = [options.keys.get(each, guess_key(each, options.record)) for each in headings]
        self._citing = {number for number, key in enumerate(keys) if key == _CITING}
        self._links = [column for column in self._columns(extras.links) if column not in self._citing]
        self._comments = self._columns(extras.comments)
        added = [behind(headings[column], "link") for column in self._links]
        added += [behind(headings[column], "comment") for column in self._comments]
        self.headings = distinct([*headings, *added]) if added else tuple(headings)

    def _columns(self, places: Iterable[tuple[int, int]]) -> list[int]:
        """Return the columns of the sheet that have something in a row below the headings."""
        columns = {column - self._left for row, column in places if row in self._rows}
        return sorted(each for each in columns if 0 <= each < self._width)

    def rows(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """Yield the rows with the values of the added columns."""
        for row in rows:
            yield self._complete(row) if isinstance(row.cells, list) else row
        for name, places in (("links", self._extras.links), ("comments", self._extras.comments)):
            if places:
                self.left_out[f"{name} of cells outside the rows"] += len(places)

    def _complete(self, row: SheetRow) -> SheetRow:
        cells = [str(each) for each in row.cells]
        if any(cells[self._width :]):
            return row  # it is rejected
        cells = [*cells[: self._width], *[""] * (self._width - len(cells))]
        for column in self._citing:
            if addresses := self._links_at(row, column, cells[column]):
                cells[column] = named_link(cells[column], addresses)
        added = ["; ".join(self._links_at(row, column, cells[column])) for column in self._links]
        added += [self._extras.comments.pop((row.line - 1, column + self._left), "") for column in self._comments]
        return row._replace(cells=[*cells, *added])

    def _links_at(self, row: SheetRow, column: int, text: str) -> list[str]:
        """Return the addresses behind a cell that are not in its text, however their signs are encoded."""
        addresses = self._extras.links.pop((row.line - 1, column + self._left), [])
        return [each for each in addresses if unquote(each).rstrip("/") not in unquote(text)]
