"""Say what refers to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError
from korea_cli.model.records import RECORDS, Event, ids_in, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.editing.files import Located
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

_NAMED = 10  # so many are spelled out


class ReferredToError(KoreaError):
    """A record that others refer to: what it is called, and each that does, as `type 'id' (key)`."""

    def __init__(self, what: str, by: Sequence[str]) -> None:
        super().__init__(what, by)
        self.what, self.by = what, tuple(by)

    def _message(self) -> str:
        more = f", and {len(self.by) - _NAMED} more" if len(self.by) > _NAMED else ""
        return f"{self.what} cannot be removed, for it is referred to by {', '.join(self.by[:_NAMED])}{more}"


def require_unreferred(draft: Draft, located: Located) -> None:
    """Make sure that nothing refers to a record; raises ReferredToError."""
    by = [f"{entry.type} '{entry.id}' ({key})" for entry, key in referring(draft, located.record, located.id)]
    if by:
        raise ReferredToError(f"{located.record.type} '{located.id}'", by)


def referring(draft: Draft, record: type[Record], id_: str) -> Iterator[tuple[Record, str]]:
    """Give every record that refers to one, with the key by which it does."""
    for referrer in RECORDS:
        for name, key in keys_of(referrer).items():
            if not key.refers and key.form != "other_dates":
                continue
            for entry, _ in draft.all_entries(referrer.table):
                if id_ in _ids(entry, name) and _means(draft, key.refers, record, id_):
                    yield entry, key.written_as or name


def _ids(entry: Record, name: str) -> set[str]:
    value = getattr(entry, name)
    if isinstance(entry, Event) and name == "other_dates":
        return {citation.id for other in entry.other_dates for citation in other.sources}
    return set(ids_in(value))


def _means(draft: Draft, tables: Sequence[str], record: type[Record], id_: str) -> bool:
    """Say whether an id under a key of some tables means the record of one: the first table that has it counts."""
    for table in tables or ("sources",):
        if any(entry.id == id_ for entry, _ in draft.all_entries(table)):
            return table == record.table
    return False
