"""The keys under which records have a role."""

from __future__ import annotations

from korea_cli.model.records import RECORDS, keys_of
from korea_cli.model.roles import RoleKey


def role_keys() -> tuple[RoleKey, ...]:
    """Return the keys of all records under which others have a role, in the order they are shown."""
    keys = ((record.type, name, key) for record in RECORDS for name, key in keys_of(record).items() if key.role)
    named = ((type_, name, key, name.replace("_", " ")) for type_, name, key in keys)
    return tuple(RoleKey(type_, name, key.role, key.label or own, key.verb or own) for type_, name, key, own in named)
