"""Write records as they come, keep a seal of what they say, and prove by it what the whole file then says."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Self

from korea_cli.base.errors import OutputError
from korea_cli.editing.change import insert_blocks
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import tables_in
from korea_cli.editing.toml import toml_record
from korea_cli.model.records import RECORDS, written_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record

_IN_MEMORY = 1024 * 1024  # letters that are kept there before they go to a temporary file
_SCANNED = 4_000_000  # letters; in a longer file records are put at the end, for finding a better place takes seconds


class Draft:
    """The records to be added to one file, by table: written to temporary files, so that they take no memory."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """Take the tables that the file has now."""
        self._seals: dict[str, blake2b] = {}
        self._spools: dict[str, SpooledTemporaryFile[str]] = {}
        self.counts: dict[str, int] = {}
        for table, records in tables.items():
            for values in records if isinstance(records, list) else [records]:
                self._seal(table, values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._spools.values():
            with suppress(OSError):  # a full disk was reported when it was written to
                file.close()

    def _seal(self, table: str, values: Any) -> None:  # noqa: ANN401 - what stands in a table
        self._seals.setdefault(table, blake2b()).update(repr(values).encode())

    def add(self, record: type[Record], values: Mapping[str, Any]) -> str:
        """Write a record behind those before it; give it as it is written. Raises OutputError."""
        block, table = toml_record(record, values), record.table
        self._seal(table, {key: values[key] for key in written_keys(record) if values.get(key)})
        if table not in self._spools:
            self._spools[table] = spool()
        try:
            self._spools[table].write(f"\n{block}" if self.counts.get(table) else block)
        except OSError as error:
            raise OutputError("a temporary file", (error.strerror or str(error)).lower()) from error
        self.counts[table] = self.counts.get(table, 0) + 1
        return block

    def text(self, before: str) -> str:
        """Give the text of the file with the records in it, those of a table behind the last that it has of it."""
        entries = tables_in(before) if len(before) <= _SCANNED and self.counts else []
        spots = {entry.table: entry.end for entry in entries}
        text = before
        order = [record.table for record in RECORDS if record.table in self._spools]
        for table in sorted(order, key=lambda table: (spots.get(table, -1), -order.index(table)), reverse=True):
            if table in spots:
                text = insert_blocks(text, spots[table], [self._block(table)])
        for table in order:
            if table not in spots:
                text = insert_blocks(text, len(text), [self._block(table)])
        return text

    def _block(self, table: str) -> str:
        spool = self._spools.pop(table)
        with spool:
            spool.seek(0)
            return spool.read()

    def prove(self, tables: Mapping[str, Any]) -> None:
        """Make sure that a file says what it said before and what was added, and no more; raises UnsafeChangeError."""
        found = {}
        for table, records in tables.items():
            found[table] = blake2b()
            for values in records if isinstance(records, list) else [records]:
                found[table].update(repr(values).encode())
        digests = [{table: seal.digest() for table, seal in seals.items()} for seals in (found, self._seals)]
        if digests[0] != digests[1]:
            raise UnsafeChangeError("the file is written in an unusual way")


def spool() -> SpooledTemporaryFile[str]:
    """Give a file for text that is gone when it is closed; a small one never leaves memory."""
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")
