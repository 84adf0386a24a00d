"""All records as read from the documents, before they are checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from korea_cli.model.records import RECORDS, Header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.reading.findings import Finding, RecordPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All records as read, with the place of each, and what was found wrong on the way.

    `records` and `places` run side by side, by table. A record of which something is wrong is not in them but in
    `broken`, with what is known of it: its id counts, and what it refers to is checked, so that nothing is reported
    that is not wrong, and all that is. `extensions` is what files add to records of others, some keys None; those
    records have it, and `parts` has, by their place, how their own file has them, then each extension.
    """

    header: Header
    headers: list[tuple[Header, RecordPlace]] = field(default_factory=list)
    records: dict[str, list[Any]] = field(default_factory=lambda: {record.table: [] for record in RECORDS})
    places: dict[str, list[RecordPlace]] = field(default_factory=lambda: {record.table: [] for record in RECORDS})
    broken: dict[str, list[tuple[Any, RecordPlace]]] = field(
        default_factory=lambda: {record.table: [] for record in RECORDS}
    )
    parts: dict[RecordPlace, list[tuple[Any, RecordPlace]]] = field(default_factory=dict)
    extensions: dict[str, list[tuple[Any, RecordPlace]]] = field(
        default_factory=lambda: {record.table: [] for record in RECORDS}
    )
    findings: list[Finding] = field(default_factory=list)

    def entries(self, table: str) -> Iterator[tuple[Any, RecordPlace]]:
        """Give the sound records of one table, each with its place."""
        return zip(self.records[table], self.places[table], strict=True)

    def all_entries(self, table: str) -> Iterable[tuple[Any, RecordPlace]]:
        """Give the records of one table, broken ones among them, each with its place; some keys of those are None."""
        if not self.broken[table]:
            return self.entries(table)
        return sorted([*self.entries(table), *self.broken[table]], key=lambda entry: entry[1][:3])

    def as_written(self, table: str) -> Iterable[tuple[Any, RecordPlace]]:
        """Give what each file says of the records of one table: one that is extended comes in parts."""
        if not self.extensions[table]:
            return self.all_entries(table)
        own = (self.parts.get(place, ((entry, place),))[0] for entry, place in self.all_entries(table))
        return chain(own, self.extensions[table])
