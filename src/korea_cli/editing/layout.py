"""Find each record and key in a text, so that one can be changed and the rest left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.reading.record_lines import record_headers
from korea_cli.reading.statements import statements_in
from korea_cli.reading.toml import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.statements import Statement


class RecordRef(NamedTuple):
    """A record of a text: its table, its number there (from 0), and how many records that has, where it is known."""

    table: str
    number: int
    total: int = 0


class TableSpan(NamedTuple):
    """A table of a text: its name, where it begins, with the comments right above its header, and ends.

    statements: its header and all within it, in order.
    """

    table: str
    start: int
    end: int
    statements: list[Statement]


def tables_in(text: str, start: int = 0) -> Iterator[TableSpan]:
    """Yield every table of a text from a place on, which is not within a statement. The text must be valid TOML."""
    span = None
    for each in statements_in(text, start):
        if each.key is None:
            if span:
                yield span
            span = TableSpan(each.table, _first_line(text, each.start), 0, [])
        elif not span or each[:2] != span.statements[0][:2]:
            continue  # before all tables, or in one that is apart from its record
        span.statements.append(each)
        span = span._replace(end=end_of_line(text, each.end))
    if span:
        yield span


def find_record(text: str, ref: RecordRef) -> TableSpan:
    """Find a record; raises UnsafeChangeError where it has no header of its own.

    Where there are as many headers as records, none is inside a string, and the rest of the text is not scanned.
    """
    if ref.total:
        headers = offsets_of(text, ref.table)
        if len(headers) == ref.total:
            return next(tables_in(text, headers[ref.number]))
    for span in tables_in(text):
        if span.statements[0][:2] == ref[:2]:
            return span
    raise UnsafeChangeError(
        f"the record is not written as {'[chronology]' if ref.table == HEADER else f'[[{ref.table}]]'}"
    )


def offsets_of(text: str, table: str) -> list[int]:
    """Return the offset of each line that looks like a header of records of a table."""
    return [start for _, start in record_headers(text, table)]


def end_of_line(text: str, offset: int) -> int:
    """Return where the line after that of an offset begins."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def start_of_line(text: str, offset: int) -> int:
    """Return where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def newline_of(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r" in text and "\r\n" in text else "\n"  # one letter is found in a twentieth of the time


def _first_line(text: str, header: int) -> int:
    """Return where the comments right above a header begin, or the header's own line."""
    start = start_of_line(text, header)
    while start and text[(above := start_of_line(text, start - 1)) : start].lstrip().startswith("#"):
        start = above
    return start
