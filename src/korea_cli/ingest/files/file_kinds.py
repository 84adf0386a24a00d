"""Recognize kinds of files that cannot be imported as they are, by their first bytes, and advise what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

GZIP, ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_AS_CSV = "Save it as CSV to import it."
_UNPACK = "Unpack it first."
# What begins so: bytes that no text begins with, or a pattern of texts.
_BINARY = (
    (b"%PDF", "a PDF file", "Copy its table to a spreadsheet, and save that as CSV."),
    (b"SQLite format 3", "an SQLite database", "Export a table: sqlite3 -header -csv FILE 'SELECT * FROM TABLE'"),
    (b"BZh", "compressed with bzip2", _UNPACK), (b"\xfd7zXZ", "compressed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", _UNPACK), (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK), (b"PAR1", "a Parquet file", _AS_CSV), (b"Obj\x01", "an Avro file", _AS_CSV),
    (b"\x89HDF", "an HDF5 file", _AS_CSV), (b"{\\rtf", "an RTF document", _AS_CSV), (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""), (b"GIF8", "a picture", ""),
)  # fmt: skip
_MARKUP = (
    (rb"<!doctype html|<html\b", "a web page", "Download the data itself, or save its table as CSV."),
    (rb"<\?xml\b", "XML", "Export it as CSV or JSON to import it."),
    (rb"<[a-z!]", "XML", "Export it as CSV or JSON to import it."),
)
# Formats that are a zip inside: by a file that they have, and the reader that could read them.
_ZIPPED = (
    ("xl/", "an Excel workbook", "xlsx"), ("word/", "a Word document", ""), ("ppt/", "a PowerPoint file", ""),
    ("content.xml", "an OpenDocument file", "ods"), ("doc.kml", "a map of Google Earth", ""),
    ("META-INF/container.xml", "an e-book", ""),
)  # fmt: skip
_TAR = b"ustar"
_TAR_AT = 257  # where the header of the first file has this mark


_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


class FileKind(NamedTuple):
    """A kind of file: what it is, what to do, and the reader that reads it, if there is one."""

    name: str
    advice: str
    reader: str = ""

    def __str__(self) -> str:
        return f"this is {self.name}. {self.advice}".rstrip()


def kind_of(start: bytes, *, known: bool) -> FileKind | None:
    """Return the kind of a file that begins so; None for one that may be readable.

    known: whether its extension means a format that can be read; headings may be `<Date>`.
    """
    if start.startswith(_OLD_WORKBOOK):
        return FileKind("an Excel workbook", _AS_CSV, "xlsx")
    for mark, name, advice in _BINARY:
        if start.startswith(mark):
            return FileKind(name, advice)
    if start[_TAR_AT:].startswith(_TAR):
        return FileKind("a tar archive", _UNPACK)
    for pattern, name, advice in _MARKUP[: -1 if known else None]:
        if re.match(pattern, start, re.IGNORECASE):
            return FileKind(name, advice)
    return None


def kind_of_zip(names: list[str]) -> FileKind | None:
    """Return the kind of a file that is a zip with some files; None for a plain archive."""
    found = ((name, reader) for mark, name, reader in _ZIPPED if any(each.startswith(mark) for each in names))
    return next((FileKind(name, _AS_CSV, reader) for name, reader in found), None)
