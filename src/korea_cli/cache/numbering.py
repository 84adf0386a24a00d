"""Which numbers the records of an edited part of a file have: those of before, and new ones between these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.store.decode_rows import columns_of, decode
from korea_cli.store.encode_rows import APART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from korea_cli.model.records import Record
    from korea_cli.store.database import SqlRow

    Query = Callable[..., Iterable[SqlRow]]  # SQL, and values to bind
    Where = tuple[bytes, int, int]  # a file, the first line of a part of it as the index has it, and the line after


_WITHIN = "file = ? AND line >= ? AND line < ?"


class Numbered(NamedTuple):
    """A record with its number: how it was, and how it is; None where it was not there, or is gone."""

    seq: int
    old: Any
    new: Any


def numbered(record: type[Record], new: Sequence[Any], where: Where, query: Query) -> list[Numbered] | None:
    """Pair the records of a type that a part of a file has with those that it had, and number those that are new.

    Returns None where they are in another order than before, or no numbers are left between their neighbours.
    """
    within = "file = ? AND line >= ? AND line < ? ORDER BY line"
    old = {entry.id: (seq, entry) for seq, entry in stored(record, within, where, query)}
    after = {entry.id: entry for entry in new}
    if len(after) < len(new) or [id_ for id_ in old if id_ in after] != [id_ for id_ in after if id_ in old]:
        return None
    known = [old.get(id_, (None, None)) for id_ in after]
    numbers = _numbers([seq for seq, _ in known], record, where, query)
    if numbers is None:
        return None
    gone = [Numbered(seq, entry, None) for id_, (seq, entry) in old.items() if id_ not in after]
    kept = zip(numbers, known, after.values(), strict=True)
    return gone + [Numbered(seq, before, entry) for seq, (_, before), entry in kept]


def stored(record: type[Record], where: str, values: Iterable[object], query: Query) -> list[tuple[int, Any]]:
    """Return records of a type with their numbers, without what is found about them."""
    columns = ", ".join(f'"{name}"' for name in columns_of(record))
    rows = query(f"SELECT seq, {columns} FROM {record.type} WHERE {where}", tuple(values))  # noqa: S608 - names of columns
    return [(seq, decode(record, row)) for seq, *row in rows]


def _numbers(known: Sequence[int | None], record: type[Record], where: Where, query: Query) -> list[int] | None:
    """Return numbers in ascending order, those that are known as they are; None where there is no room for others."""
    if None not in known:
        return [seq for seq in known if seq is not None]
    around = _neighbours(record, where, query)
    if around is None:
        return None
    before, last = around
    found: list[int] = []
    waiting = 0
    for seq in (*known, last):
        if seq is None:
            waiting += 1
            continue
        step = min(APART, (seq - before) // (waiting + 1))
        if waiting and not step:
            return None
        found += [before + step * place for place in range(1, waiting + 1)]
        found.append(seq)
        before, waiting = seq, 0
    return found[:-1]


def _neighbours(record: type[Record], where: Where, query: Query) -> tuple[int, int] | None:
    """Return the numbers between which those of a part lie; None if the file had no such record at all."""
    own, (file, start, end) = f"FROM {record.type} WHERE file = ?", where
    ((before,),) = query(f"SELECT MAX(seq) {own} AND line < ?", (file, start))
    ((after,),) = query(f"SELECT MIN(seq) {own} AND line >= ?", (file, end))
    ((first, last),) = query(f"SELECT MIN(seq), MAX(seq) {own}", (file,))
    if first is None:
        return None
    if before is None:
        ((before,),) = query("SELECT COALESCE(MAX(seq), 0) FROM entry WHERE seq < ?", (first,))
    if after is None:
        ((after,),) = query("SELECT MIN(seq) FROM entry WHERE seq > ?", (last,))
    return before, last + (1 << 30) if after is None else after
