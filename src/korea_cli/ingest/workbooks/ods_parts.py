"""Read the links and comments of a sheet from the content of an OpenDocument spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.ingest.workbooks.cell_extras import CellExtras
from korea_cli.ingest.workbooks.safe_xml import elements, marks_in

if TYPE_CHECKING:
    from zipfile import ZipFile

    from korea_cli.ingest.workbooks.safe_xml import Element

CONTENT = "content.xml"
_CELLS = {"table-cell", "covered-table-cell"}
_LONGEST = 7  # digits of a number of rows


def read_ods(archive: ZipFile, sheet: str) -> CellExtras:
    """Return the links and comments of a sheet; raises XmlError."""
    reader = _ContentReader(sheet)
    with archive.open(CONTENT) as stream:
        marked = marks_in(stream, (b":a ", b"annotation"))
    with archive.open(CONTENT) as stream:
        opening = {"table", "table-row", "annotation", *_CELLS}
        for each in elements(stream, {"a", "annotation", "creator", "p"}, opening) if marked else ():
            reader.read(each)
    return reader.found


class _ContentReader:
    """Follows the cells of one sheet."""

    def __init__(self, sheet: str) -> None:
        self.found = CellExtras()
        self._sheet, self._own = sheet, False
        self._row = self._column = -1
        self._rows = self._columns = 1  # that the last row and cell stand for
        self._comment: dict[str, list[str]] | None = None

    def read(self, element: Element) -> None:
        """Read the next element."""
        if element.opens:
            self._open(element)
        elif self._comment is not None and element.name in self._comment:
            self._comment[element.name].append(element.text.strip())
        elif self._own and element.name == "a" and self._comment is None:
            self.found.link([(self._row, self._column)], element.attributes.get("href", ""))
        elif element.name == "annotation" and self._comment is not None:
            author, texts = " ".join(self._comment["creator"]), "\n".join(self._comment["p"])
            self.found.comment([(self._row, self._column)] if self._own else (), texts, author)
            self._comment = None

    def _open(self, element: Element) -> None:
        if element.name == "table":
            self._own, self._row, self._rows = element.attributes.get("name") == self._sheet, -1, 1
        elif element.name == "table-row":
            self._row, self._column, self._columns = self._row + self._rows, -1, 1
            self._rows = _number(element, "number-rows-repeated")
        elif element.name in _CELLS:
            self._column += self._columns
            self._columns = _number(element, "number-columns-repeated")
        else:
            self._comment = {"creator": [], "p": []}


def _number(element: Element, name: str) -> int:
    number = element.attributes.get(name, "1")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST else 1
