"""Find the records that only have another id: what is gone and what has come say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.keys import LISTS
from korea_cli.model import RECORDS, Citation, OtherDate, Record, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from korea_cli.keys import Key
    from korea_cli.reading.records import Draft

    Ids = Callable[[str], str]

_ROUNDS = 8  # so many renamed records may refer to one another in a row
ORDERED = {"authors", "reported_by"}  # lists that say something by their order: who comes first, who is nearest


class Renames:
    """Which ids became which, by table; a reference to an id means the first of its tables that has it."""

    def __init__(self, old: Draft) -> None:
        """Begin with none; `old` is what ids meant before."""
        self.ways: dict[str, dict[str, str]] = {record.table: {} for record in RECORDS}
        self._known = {table: {entry.id for entry in entries} for table, entries in old.records.items()}

    def followed(self, key: Key, value: Any) -> Any:  # noqa: ANN401 - of any key
        """Give a value with the ids that it refers to as they are now."""
        if not value or not any(self.ways.values()):
            return value
        follow = _FOLLOWING.get(key.form)
        return follow(value, lambda id_: self._now(key.refers or ("sources",), id_)) if follow else value

    def _now(self, tables: tuple[str, ...], id_: str) -> str:
        table = next((table for table in tables if id_ in self._known[table]), None)
        return self.ways[table].get(id_, id_) if table else id_


def _citations(value: tuple[Citation, ...], now: Ids) -> tuple[Citation, ...]:
    return tuple(Citation(now(id_), locator) for id_, locator in value)


def _other_dates(value: tuple[OtherDate, ...], now: Ids) -> tuple[OtherDate, ...]:
    return tuple(other._replace(sources=_citations(other.sources, now)) for other in value)


_FOLLOWING: dict[str, Callable[[Any, Ids], Any]] = {
    "ref": lambda value, now: now(value),
    "refs": lambda value, now: tuple(map(now, value)),
    "cites": _citations,
    "other_dates": _other_dates,
}


def renames_between(old: Draft, new: Draft) -> Renames:
    """Find what was renamed; each round follows what the one before it found."""
    renames = Renames(old)
    gone = {table: _missing(old, new, table) for table in old.records}
    come = {table: _missing(new, old, table) for table in old.records}
    for _ in range(_ROUNDS):
        found = [_matched(gone[table], come[table], renames) for table in gone]
        for table, ways in zip(gone, found, strict=True):
            renames.ways[table].update(ways)
            for before, after in ways.items():
                del gone[table][before], come[table][after]
        if not any(found):
            break
    return renames


def _missing(here: Draft, there: Draft, table: str) -> dict[str, Record]:
    known = {entry.id for entry in there.records[table]}
    return {entry.id: entry for entry in here.records[table] if entry.id not in known}


def _matched(gone: Mapping[str, Record], come: Mapping[str, Record], renames: Renames) -> dict[str, str]:
    """Match what is gone with what has come that says the same, in order."""
    if not (gone and come):
        return {}
    saying: dict[tuple[Any, ...], list[str]] = {}
    for id_, entry in reversed(list(come.items())):
        saying.setdefault(_content(entry, None), []).append(id_)
    said = ((id_, saying.get(_content(entry, renames))) for id_, entry in gone.items())
    return {id_: same.pop() for id_, same in said if same}


def _content(entry: Record, renames: Renames | None) -> tuple[Any, ...]:
    """Give what a record says beside its id, in a form that is equal where that says the same."""
    content = []
    for name, key in keys_of(type(entry)).items():
        if key.form not in {"found", "slug"}:
            value = getattr(entry, name)
            value = renames.followed(key, value) if renames else value
            content.append(frozenset(value) if key.form in LISTS and name not in ORDERED else value)
    return tuple(content)
