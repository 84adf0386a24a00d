"""Recognize records that exist already, so that importing the same sheet again adds only what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.building.matching import RecordMatcher, differing_keys, values_of
from korea_cli.ingest.names.registry import NAMED
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import RECORDS
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.ingest.names.declarations import Declarations
    from korea_cli.ingest.names.ids import Reference
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

_LISTED = 5  # keys


class NewRecord(NamedTuple):
    """A record built of a row: its values by key, the records that must exist, and the id as the row has it.

    identical: whether its row is the same as an earlier one, cell by cell.
    """

    record: type[Record]
    values: dict[str, object]
    references: tuple[Reference, ...] = ()
    given_id: str = ""
    identical: bool = False

    @property
    def id(self) -> str:
        """Its id, once it has one."""
        return str(self.values["id"])

    @property
    def is_identified(self) -> bool:
        """Whether its row says which record it is: by an id, or by a name that only one record may have."""
        return bool(self.given_id) or self.record.table in NAMED


class DifferingError(RowError):
    """A row whose record exists with other values, under some keys; it is not overwritten."""

    counted_as = "differing"

    def __init__(self, row: NewRecord, where: str, keys: Sequence[str]) -> None:
        super().__init__(f"{row.record.type} '{row.id}' {where} and differs in {', '.join(keys[:_LISTED])}")


class ExistingRecords:
    """The records of the files, and which rows of a sheet are among them."""

    def __init__(self, draft: Draft, declarations: Declarations) -> None:
        self._declarations = declarations
        self._entries: dict[str, dict[str, Record]] = {
            record.table: {
                entry.id: entry for entry, place in draft.entries(record.table) if place.table == record.table
            }
            for record in RECORDS
        }
        self._matchers = {
            record.table: RecordMatcher(record, self._entries[record.table])
            for record in RECORDS if record.table not in NAMED
        }  # fmt: skip

    def find(self, row: NewRecord) -> bool | None:
        """Return whether a record exists, None if that depends on later rows; set the id of one that does not.

        Raises DifferingError where it exists with other values, RowError where it cannot have an id.
        """
        table, values = row.record.table, row.values
        if not row.is_identified and (exists := self._matchers[table].match(values)) is not False:
            return exists
        values["id"] = self._identify(row)
        entry = self._entries[table].get(row.id)
        if entry is None:
            return False
        if keys := differing_keys(values_of(entry, values), values):
            raise DifferingError(row, "already exists", keys)
        if table in self._matchers:
            self._matchers[table].take(row.id)
        return True

    def find_last(self, row: NewRecord) -> bool:
        """Return whether a record exists after all, now that all rows are read; set the id of one that does not."""
        if self._matchers[row.record.table].match_last(row.values):
            return True
        row.values["id"] = self._identify(row)
        return False

    def _identify(self, row: NewRecord) -> str:
        """Return the id of a record: its own, that of the record with its name, or a new one made of its title."""
        values, table, names = row.values, row.record.table, self._declarations
        if row.given_id in self._entries[table]:
            return row.given_id
        if row.given_id:
            if id_ := names.id_of(row.record, row.given_id):
                return id_
            raise RowError(f"id '{row.given_id}' has no letter or digit that an id can have")
        title = str(values[title_key(row.record)])
        known = names.find(title, table) if table in NAMED else None
        return known or names.unused_id(table, title, str(values.get("date", "")))

    def add(self, row: NewRecord) -> None:
        """Remember a record that was accepted, for it may be an existing one that was changed."""
        if row.record.table in self._matchers:
            self._matchers[row.record.table].add(row.values, identified=row.is_identified)

    def lookalikes(self) -> list[tuple[str, str, str]]:
        """Return what new and existing records share that no row matches, and the ids of both."""
        return [
            (" and ".join(matcher.required), new, old)
            for matcher in self._matchers.values() for new, old in matcher.lookalikes()
        ]  # fmt: skip
