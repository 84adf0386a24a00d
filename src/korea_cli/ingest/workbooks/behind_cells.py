"""Read what is behind the cells of a sheet: the addresses of links, and comments."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from korea_cli.ingest.workbooks.cell_extras import CellExtras
from korea_cli.ingest.workbooks.excel_parts import BOOK, read_excel
from korea_cli.ingest.workbooks.ods_parts import CONTENT, read_ods
from korea_cli.ingest.workbooks.safe_xml import XmlError

if TYPE_CHECKING:
    from collections.abc import Iterable

_BINARY = "xl/workbook.bin"
_DAMAGE = (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, KeyError, XmlError, zlib.error)


def behind_cells(stream: BinaryIO, sheet: str) -> CellExtras:
    """Return the links and comments of a sheet, and what of them cannot be read; nothing for one that is no zip."""
    try:
        with ZipFile(stream) as archive:
            names = archive.namelist()
            if BOOK in names:
                return read_excel(archive, sheet)
            return read_ods(archive, sheet) if CONTENT in names else _unread(names)
    except BadZipFile:
        return CellExtras()
    except _DAMAGE:
        found = CellExtras()
        found.left_out["links and comments behind cells, which cannot be read"] += 1
        return found


def _unread(names: Iterable[str]) -> CellExtras:
    """Count what may have links and comments in a binary workbook."""
    found = CellExtras()
    if _BINARY in (listed := [*names]):
        marks = ("xl/comments", "xl/worksheets/_rels/")
        found.left_out["parts with links or comments"] += sum(each.startswith(marks) for each in listed)
    return found
