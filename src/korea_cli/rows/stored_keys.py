"""The keys of a record that is stored as JSON text, in their order, with how no value is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.once import once
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import DISPUTING, keys_of
from korea_cli.rows.columns import RARE, shown_by

if TYPE_CHECKING:
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_CITED = frozenset({"id", "locator", "title", "url"})
_WITHIN = {
    "cites": _CITED,
    "other_dates": _CITED | {"date", "earliest", "latest", "sources", "note"},
    "claims": _CITED | {"text", "holders", "name", "reported_by", "status", "sources"},
}


class StoredKey(NamedTuple):
    """A key of a record as JSON text.

    empty: the JSON of no value. within: the keys of the objects in its value. recurs: whether the same values occur
    often.
    """

    key: str
    empty: str = "null"
    within: frozenset[str] = frozenset()
    recurs: bool = True


@once
def stored_keys(record: type[Record]) -> tuple[StoredKey, ...]:
    """Return the keys of the JSON of a record type, in the order of its columns."""
    found = [StoredKey("type")]
    for name, key in keys_of(record).items():
        empty = "[]" if key.form in {*LISTS, "claims"} else "false" if key.form == "flag" else "null"
        found.append(StoredKey(key.shown_as or name, empty, _within(key), key.form not in RARE))
        found += [StoredKey(bound) for bound in ("earliest", "latest", "precision") if key.dated]
    return tuple(found)


def _within(key: Key) -> frozenset[str]:
    if key.form not in {"ref", "refs"}:
        return _WITHIN.get(key.form, frozenset())
    shown = shown_by(tuple(table.removesuffix("s") for table in key.refers))
    named = {"id", shown, *(("type",) if shown == "title" else ())}
    return frozenset({*named, "holders", "name"} if key.refers == DISPUTING else named)
