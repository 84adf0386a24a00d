"""The new records of a sheet: those that are written, and those that wait for records that later rows may have."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.building.dedup import DifferingError
from korea_cli.ingest.building.matching import differing_keys
from korea_cli.ingest.names.registry import NAMED, TABLES
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.ingest.building.dedup import NewRecord
    from korea_cli.ingest.building.spool import RecordSpool
    from korea_cli.ingest.names.declarations import Declarations
    from korea_cli.ingest.sheet import SheetRow


class SharedIdError(DifferingError):
    """A row with the id of an earlier one and other values."""

    counted_as = "sharing"


class JoinableError(SharedIdError):
    """A row that differs from an earlier one with its id in one list only."""

    counted_as = "joinable"


class WaitingRecord(NamedTuple):
    """A record to be decided on when all rows are read, and its rows: several, if they are joined."""

    rows: list[SheetRow]
    new: NewRecord


class SheetRecords:
    """The records that the rows of a sheet add to one file; `waiting` are those to be decided on, by table and id.

    join: whether rows that share an id and differ in one list are joined, for which every record has to wait.
    """

    def __init__(self, spool: RecordSpool, names: Declarations, *, join: bool) -> None:
        self.waiting: dict[tuple[str, str], WaitingRecord] = {}
        self._spool, self._names, self.join = spool, names, join
        self._numbers: dict[str, dict[str, int]] = {table: {} for table in TABLES}  # of those that rows identify
        self._given_ids = {table: array("q") for table in TABLES}  # the hash of each, by number

    def find(self, row: SheetRow, new: NewRecord) -> str:
        """Return whether an earlier row has a record: that it is "repeated", or now "joined" with it; "" if none has.

        Raises RowError where the record differs, or has another id.
        """
        table, id_ = new.record.table, new.id
        if (waiting := self.waiting.get((table, id_))) and waiting.new.is_identified:
            given, earlier = hash(waiting.new.given_id), waiting.new.values
        elif (number := self._numbers[table].get(id_)) is not None:
            given, earlier = self._given_ids[table][number], self._spool.read(table, number)
        elif table not in NAMED and self._names.has(table, id_):
            raise RowError(f"'{id_}' is already the id of an earlier row, which has none in the sheet")
        else:
            return ""
        if given and new.given_id and given != hash(new.given_id):
            raise RowError(f"'{new.given_id}' and the id of an earlier row both become '{id_}'")
        if not (keys := differing_keys(earlier, new.values)):
            return "repeated"
        joinable = len(keys) == 1 and isinstance(new.values[keys[0]], list)
        if not (waiting and self.join and joinable):
            raise (JoinableError if joinable else SharedIdError)(new, "is in the sheet twice", keys)
        self._join(waiting, row, new, keys[0])
        return "joined"

    def _join(self, waiting: WaitingRecord, row: SheetRow, new: NewRecord, key: str) -> None:
        self._names.require_own_names(new.record, new.values)
        self._names.add(new.record, new.values)
        self._names.accept()
        items, more = waiting.new.values.get(key, []), new.values[key]
        if isinstance(items, list) and isinstance(more, list):
            waiting.new.values[key] = [*items, *(each for each in more if each not in items)]
        whole = waiting.new._replace(references=(*waiting.new.references, *new.references))
        self.waiting[new.record.table, new.id] = WaitingRecord([*waiting.rows, row], whole)

    def add(self, new: NewRecord, values: Mapping[str, object]) -> str:
        """Write a record with all its values, and return it as written; only its id and numbers are kept."""
        table = new.record.table
        if new.is_identified:
            self._numbers[table][new.id] = len(self._given_ids[table])
        self._given_ids[table].append(hash(new.given_id))
        return self._spool.add(new.record, values)
