"""Parquet: a folder of files with the records listed and all that they refer to, which `-d parquet:FOLDER` reads.

The files hold the tables that queries read. They do not have the names of the data files; line numbers are those of the
data file that `-f toml` writes of the same records.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.model.internal import internal_keys
from korea_cli.model.records import RECORD_TYPES, RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from korea_cli.reading.draft import Draft
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".parquet",)
FOR_OTHERS = True
FOLDER = True
ALL_AT_ONCE = True
CARRIES = tuple(RECORD_TYPES)
_PIECE = 1 << 16


def render(report: Report, screen: Screen) -> Generator[tuple[str, bytes], None, Sequence[str]]:
    """Yield the files piece by piece, each with its path below the folder."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - needed only when something is written

    write = _writer()
    draft, notes = _draft_of(report, screen)
    with TemporaryDirectory(prefix="korea-") as name:
        folder = Path(name)
        write(folder, draft)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    yield path.relative_to(folder).as_posix(), piece
    return notes


def _draft_of(report: Report, screen: Screen) -> tuple[Draft, Sequence[str]]:
    """Return the records of a report and all that they refer to, as they are read from one data file; and notes."""
    from korea_cli.formats import toml  # noqa: PLC0415 - needed only when something is written
    from korea_cli.reading.records import read_records  # noqa: PLC0415 - as above
    from korea_cli.reading.toml import Document, parse_document  # noqa: PLC0415 - as above

    pieces, notes = _drained(toml.render(report, screen))
    document, _ = parse_document(Document(name="", path=None, text="".join(pieces)))
    draft = read_records((document,))
    for record in RECORDS:
        if keys := internal_keys(record):
            values = dict.fromkeys(keys, "")
            draft.records[record.table][:] = [replace(each, **values) for each in draft.records[record.table]]
    return draft, notes


def _drained(content: Generator[str, None, Sequence[str]]) -> tuple[list[str], Sequence[str]]:
    """Return all that is yielded, and what is returned at the end."""
    pieces = list[str]()
    try:
        while True:
            pieces.append(next(content))
    except StopIteration as end:
        return pieces, end.value


def _writer() -> Callable[[Path, Draft], None]:
    """Return what writes the files; raises UsageError when the library is not installed."""
    try:
        from korea_cli.store.parquet_writer import write_parquet  # noqa: PLC0415 - only this format needs it
    except ImportError:
        raise UsageError("'-f parquet' needs DuckDB: pip install 'korea-cli[duckdb]'") from None
    return write_parquet
