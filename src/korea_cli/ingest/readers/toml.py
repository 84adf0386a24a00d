"""TOML: the data file of another chronology, with its records of every type."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError
from korea_cli.editing.files import looks_like_chronology
from korea_cli.ingest.sheet import Sheet, SheetRow, unreadable
from korea_cli.model.records import RECORDS
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import HEADER, Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.data_files.file_records import FileRecords
    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".toml",)
_SURE = 3
_TABLES = {HEADER, *(record.table for record in RECORDS)}


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return _SURE * looks_like_chronology(start)


def read(source: InputFile) -> Sheet:
    """Read a file as a whole; raises DataError where it is no TOML, or no chronology."""
    from korea_cli.ingest.data_files.file_records import FileRecords  # noqa: PLC0415 - every import loads every reader

    path = None if source.name == STDIN else Path(source.name)
    document, problem = parse_document(Document(name=source.name, path=path, text="".join(source.lines(newline=""))))
    if problem:
        raise DataError((problem,))
    if not _TABLES & document.tables.keys():
        raise unreadable(source.name, _other_file(source.name, document))
    records = FileRecords(document)
    return Sheet(
        _rows(records), notes=_about_includes(source.name, records), left_out=records.left_out, header=records.header
    )


def _rows(records: FileRecords) -> Iterator[SheetRow]:
    for _, row in records:
        yield row._replace(error=f"{row.error}. {_TOGETHER}") if row.error else row


_TOGETHER = "To import both together: korea export -d ONE -d OTHER | korea import -"


def _about_includes(name: str, records: FileRecords) -> tuple[str, ...]:
    if not records.includes:
        return ()
    whole = f"korea export -d {shlex.quote(name)} | korea import -"
    return (f"the files that it includes are not imported: {', '.join(records.includes)}. To import all: {whole}",)


def _other_file(name: str, document: Document) -> str:
    """Return why a file cannot be imported that has no records."""
    if "columns" in document.tables:
        return f"this TOML file is no chronology but a mapping. Name it with --mapping {shlex.quote(name)}"
    return "this TOML file is no chronology: it has no [[events]], [[facts]], [[actors]], [[topics]] or [[sources]]"
