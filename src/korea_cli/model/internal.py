"""Which keys are for those who keep a record, and never published."""

from __future__ import annotations

from korea_cli.base.once import once
from korea_cli.model.records import RECORDS, Record, keys_of


@once
def internal_keys(record: type[Record]) -> tuple[str, ...]:
    """Return the keys of a type of record that are never published."""
    return tuple(name for name, key in keys_of(record).items() if key.internal)


INTERNAL = frozenset(keys_of(record)[name].shown_as or name for record in RECORDS for name in internal_keys(record))
