"""Write records to temporary files as they come, and verify by a checksum that the whole file has just them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from contextlib import suppress
from hashlib import blake2b
from io import SEEK_END
from marshal import dumps
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

from korea_cli.base.errors import OutputError, system_reason
from korea_cli.editing.edits import insert_blocks
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import tables_in
from korea_cli.editing.toml import ordered_record
from korea_cli.model.records import RECORDS, written_keys
from korea_cli.reading.pieces import parse
from korea_cli.reading.toml import HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record

_COMPARABLE = 2  # the last version of `marshal` that writes equal values alike, whether or not they are one object
_IN_MEMORY = 1024 * 1024  # letters that are kept there before they go to a temporary file
_SCANNED = 4_000_000  # letters; in a longer file records go to the end, for finding a better place takes seconds


class RecordSpool:
    """The records to be added to one file, by table: in temporary files, so that they take no memory."""

    def __init__(self, tables: Mapping[str, object]) -> None:
        """Start from the tables that the file has now."""
        self._before = dict(tables)
        self._checksums: defaultdict[str, blake2b] = defaultdict(blake2b)  # of the records that are added
        self._files: dict[str, SpooledTemporaryFile[bytes]] = {}
        self._ends: dict[str, array[int]] = {}
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            with suppress(OSError):  # a full disk was reported when it was written to
                file.close()

    def add(self, record: type[Record], values: Mapping[str, object]) -> str:
        """Add a record after those of its table, and return it as written; raises OutputError."""
        table, written = record.table, {key: value for key in written_keys(record) if (value := values.get(key))}
        block = ordered_record(record, written)
        self._checksums[table].update(dumps(written, _COMPARABLE))
        if table not in self._files:
            self._files[table] = _temporary_file()
            self._ends[table] = array("Q", [0])
        try:
            size = self._files[table].write((f"\n{block}" if self.counts.get(table) else block).encode())
        except OSError as error:
            raise OutputError("a temporary file", system_reason(error)) from error
        self._ends[table].append(self._ends[table][-1] + size)
        self.counts[table] = self.counts.get(table, 0) + 1
        return block

    def rebase(self, tables: Mapping[str, object]) -> None:
        """Start from other tables, which the file has now."""
        self._before = dict(tables)

    def set_header(self, header: Mapping[str, object]) -> None:
        """Expect another header in the file."""
        if header:
            self._before[HEADER] = header

    def read(self, table: str, number: int) -> dict[str, object]:
        """Return the values of one of the records added to a table, counted from 0."""
        file, (start, end) = self._files[table], self._ends[table][number : number + 2]
        file.seek(start)
        block = file.read(end - start).decode()
        file.seek(0, SEEK_END)
        records = parse(block)[table]
        return dict(records[0]) if isinstance(records, list) and isinstance(records[0], dict) else {}

    def insert_into(self, before: str) -> str:
        """Return the text of the file with the records, those of a table after the last that it has."""
        spans = tables_in(before) if len(before) <= _SCANNED and self.counts else []
        ends = {span.table: span.end for span in spans}
        text = before
        order = [record.table for record in RECORDS if record.table in self._files]
        for table in sorted(order, key=lambda table: (ends.get(table, -1), -order.index(table)), reverse=True):
            if table in ends:
                text = insert_blocks(text, ends[table], [self._block(table)])
        for table in order:
            if table not in ends:
                text = insert_blocks(text, len(text), [self._block(table)])
        return text

    def _block(self, table: str) -> str:
        with self._files.pop(table) as file:
            file.seek(0)
            return file.read().decode()

    def verify(self, tables: Mapping[str, object]) -> None:
        """Check that a file has what it had before and what was added, and no more; raises UnsafeChangeError."""
        if not self._before.keys() <= tables.keys() or any(not self._is_right(*each) for each in tables.items()):
            raise UnsafeChangeError("the file is written in an unusual way")

    def _is_right(self, table: str, records: object) -> bool:
        """Whether a table has what it had, and then just the records that were added to it."""
        before = self._before.get(table, [])
        if not (isinstance(records, list) and isinstance(before, list)):
            return records == before
        checksum = blake2b()
        try:
            for values in records[len(before) :]:
                checksum.update(dumps(values, _COMPARABLE))
        except ValueError:  # a date or time of TOML, which no record is written with
            return False
        return records[: len(before)] == before and checksum.digest() == self._checksums[table].digest()


def _temporary_file() -> SpooledTemporaryFile[bytes]:
    return SpooledTemporaryFile(_IN_MEMORY)


def temporary_text() -> SpooledTemporaryFile[str]:
    """Return a file for text that is gone when it is closed; a small one never leaves memory."""
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")
