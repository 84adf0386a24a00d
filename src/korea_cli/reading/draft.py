"""All records as read from the documents, before they are checked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from korea_cli.model.internal import internal_keys
from korea_cli.model.records import RECORDS, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.header import Header
    from korea_cli.model.records import Record
    from korea_cli.reading.findings import Finding, RecordPlace

    Placed = tuple[Any, RecordPlace]  # a record of any type, and where it is
    Values = dict[str, Any]  # the values of a record, by attribute


def _by_table() -> dict[str, list[Any]]:
    return {record.table: [] for record in RECORDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All records as read, with the place of each, and what was found wrong.

    `records` and `places` run in parallel, by table. An invalid record is in `broken` instead, with what is known of
    it: its id counts, and what it refers to is checked, so that every error is reported, and only errors are.
    `extensions` are what files add to records of others, some keys None. Those records have been extended; `parts` has,
    by their place, each as its own file has it, then its extensions.
    """

    header: Header
    headers: list[tuple[Header, RecordPlace]] = field(default_factory=list)
    records: dict[str, list[Any]] = field(default_factory=_by_table)
    places: dict[str, list[RecordPlace]] = field(default_factory=_by_table)
    broken: dict[str, list[Placed]] = field(default_factory=_by_table)
    parts: dict[RecordPlace, list[Placed]] = field(default_factory=dict)
    extensions: dict[str, list[Placed]] = field(default_factory=_by_table)
    findings: list[Finding] = field(default_factory=list)

    def entries(self, table: str) -> Iterator[Placed]:
        """Return the valid records of one table, each with its place."""
        return zip(self.records[table], self.places[table], strict=True)

    def all_entries(self, table: str) -> Iterable[Placed]:
        """Return the records of one table, each with its place, broken ones too; some keys of those are None."""
        if not self.broken[table]:
            return self.entries(table)
        return sorted([*self.entries(table), *self.broken[table]], key=lambda entry: entry[1][:3])

    def as_written(self, table: str) -> Iterable[Placed]:
        """Return the records of one table as each file has them: one that is extended comes in parts."""
        if not self.extensions[table]:
            return self.all_entries(table)
        own = (self.parts.get(place, ((entry, place),))[0] for entry, place in self.all_entries(table))
        return chain(own, self.extensions[table])

    def without_references(self) -> Draft:
        """Return the valid records without what they refer to, as that may not exist; they can be found by name."""
        records: dict[str, list[Any]] = {}
        for record in RECORDS:
            names = [name for name, key in keys_of(record).items() if key.refers]
            entries = self.records[record.table]
            records[record.table] = [
                replace(entry, **{name: type(getattr(entry, name))() for name in names}) for entry in entries
            ]
        return Draft(header=self.header, records=records)

    def hideable(self) -> Iterator[Record | Header]:
        """Yield what can be hidden from others: the headers, and the records as each file has them."""
        yield from (header for header, _ in self.headers)
        for table in self.records:
            yield from (entry for entry, _ in self.as_written(table))

    @property
    def hides(self) -> bool:
        """Whether anything is private, or is or was under embargo, or has a key that is never published."""
        if any(each.private or each.embargo for each in self.hideable()):
            return True
        internal = ((record.table, name) for record in RECORDS for name in internal_keys(record))
        return any(getattr(entry, name) for table, name in internal for entry, _ in self.as_written(table))
