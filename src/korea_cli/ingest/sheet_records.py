"""The new records of a sheet: those that are written, and those that wait for records that later rows may have."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from korea_cli.ingest.dedup import require_same
from korea_cli.ingest.registry import NAMED, TABLES
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.ingest.declarations import Declarations
    from korea_cli.ingest.dedup import NewRecord
    from korea_cli.ingest.sheet import SheetRow
    from korea_cli.ingest.spool import RecordSpool

    Built = tuple[SheetRow, NewRecord]


class SheetRecords:
    """The records that the rows of a sheet add to one file; `waiting` are those to be decided on, by table and id."""

    def __init__(self, spool: RecordSpool, names: Declarations) -> None:
        self.waiting: dict[tuple[str, str], Built] = {}
        self._spool, self._names = spool, names
        self._numbers: dict[str, dict[str, int]] = {table: {} for table in TABLES}  # of those that rows identify
        self._given_ids = {table: array("q") for table in TABLES}  # the hash of each, by number

    def __contains__(self, new: NewRecord) -> bool:
        """Whether an earlier row has a record; raises RowError where it differs, or has another id."""
        table, id_ = new.record.table, new.id
        if waiting := self.waiting.get((table, id_)):
            given, earlier = hash(waiting[1].given_id), waiting[1].values
        elif (number := self._numbers[table].get(id_)) is not None:
            given, earlier = self._given_ids[table][number], self._spool.read(table, number)
        elif table not in NAMED and self._names.has(table, id_):
            raise RowError(f"'{id_}' is already the id of an earlier row, which has none in the sheet")
        else:
            return False
        if given and new.given_id and given != hash(new.given_id):
            raise RowError(f"'{new.given_id}' and the id of an earlier row both become '{id_}'")
        require_same(new, earlier, "is in the sheet twice")
        return True

    def add(self, new: NewRecord, values: Mapping[str, object]) -> str:
        """Write a record with all its values, and return it as written; only its id and numbers are kept."""
        table = new.record.table
        if new.is_identified:
            self._numbers[table][new.id] = len(self._given_ids[table])
        self._given_ids[table].append(hash(new.given_id))
        return self._spool.add(new.record, values)
