"""Merge the tables of two versions without their texts, to prove that a merged text has the right ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.reading.toml import HEADER
from korea_cli.versioning.parts import UnmergeableError
from korea_cli.versioning.record_merge import key_of
from korea_cli.versioning.three_way import BothChangedError, chosen, merged_value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from korea_cli.versioning.parts import PartName, Parts, Tables

    Records = dict[PartName, Tables]
    Conflicts = Collection[tuple[PartName, str]]  # records and keys; key "" for a whole record


def require_merged(versions: Sequence[Parts], side: int, conflicts: Conflicts, merged: Parts) -> None:
    """Raise UnmergeableError where a merged file has other tables than a merge of the three versions' tables.

    side: how its conflicts are solved.
    """
    records = [_records(parts) for parts in versions]
    found = _records(merged)
    keys: dict[PartName, set[str]] = defaultdict(set)
    for name, key in conflicts:
        keys[name].add(key)
    for name in {name for each in records for name in each}:
        values = [each.get(name) for each in records]
        try:
            expected = values[side] if "" in keys[name] else _merged(name, values, side, keys[name])
        except BothChangedError:
            raise UnmergeableError(f"{' '.join(name)} has a conflict that its text does not have") from None
        if found.pop(name, None) != expected:
            raise UnmergeableError(f"{' '.join(name)} would not be what both sides made of it")
    if found:
        raise UnmergeableError("there would be records that no side has")


def _records(parts: Parts) -> Records:
    return {name: part.values for name, part in parts.items() if part.values is not None}


def _merged(name: PartName, values: list[Tables | None], side: int, conflicts: set[str]) -> Tables | None:
    """Return the merged values of a record, those in conflict as on one side; None where it is removed."""
    base, ours, theirs = values
    if not conflicts and (theirs in (base, ours) or ours == base):
        return chosen(base, ours, theirs)
    if ours is None or theirs is None or (base is None and name[0] != HEADER):
        raise BothChangedError
    merged: Tables = {}
    for key in {**ours, **theirs}:
        each = [(version or {}).get(key) for version in values]
        value = each[side] if key in conflicts else merged_value(key_of(name[0], key), *each)
        if value is not None:
            merged[key] = value
    return merged
