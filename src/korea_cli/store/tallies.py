"""What is counted of all events and facts that were not withdrawn, so that answers about everything need not count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.store.database import Table
from korea_cli.store.tally_sql import BOUNDS, tally_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.store.database import SqlRow
    from korea_cli.store.engine import Read

_STANDING = f"COALESCE(entry.status, '') <> '{WITHDRAWN}'"
_DATED = f"FROM entry WHERE type IN ('event', 'fact') AND {_STANDING}"
# What each event and fact has one of, by what `stats` counts it: in time, and the rest, of which few values differ.
ONCE = (
    {"year": "year", "month": "month"},
    {
        "kind": "kind", "status": "status", "basis": "basis", "precision": "precision", "sources": "source_count",
        "voices": "voice_count",
    },
)  # fmt: skip
_UNBOUNDED = (None, None, None, None)
SEVERAL = ("topic", "source")  # what each may have several of


def tally_rows(read: Read) -> Iterator[SqlRow]:
    """Yield what is counted for each actor, topic and source that has anything."""
    for type_, roles in ROLES_BY_TYPE.items():
        yield from read(tally_of(type_, ", ".join(f"'{role}'" for role in roles), standing=_STANDING))


def total_rows(read: Read) -> Iterator[SqlRow]:
    """Yield how many records there are of each type, with the bounds of events and facts, and how many have each value.

    The values are those that `stats` counts by, "" for none; the first rows have no dimension.
    """
    dated = read(f"SELECT type, COUNT(*), {BOUNDS} {_DATED} GROUP BY type")
    others = read("SELECT type, COUNT(*) FROM entry WHERE type NOT IN ('event', 'fact') GROUP BY type")
    yield from (("", type_, "", *numbers) for type_, *numbers in dated)
    yield from (("", type_, "", number, *_UNBOUNDED) for type_, number in others)
    counts = _of_each(read) + _of_several(read)
    yield from ((*key, number, *_UNBOUNDED) for key, number in counts.items())


def _of_each(read: Read) -> Counter[tuple[str, str, str]]:
    """Count events and facts by what each has one of."""
    found = Counter[tuple[str, str, str]]()
    for columns in ONCE:
        keys = ", ".join(columns.values())
        for type_, *cells, number in read(f"SELECT type, {keys}, COUNT(*) {_DATED} GROUP BY type, {keys}"):
            for name, cell in zip(columns, cells, strict=True):
                found[name, type_, "" if cell is None else str(cell)] += number
    return found


def _of_several(read: Read) -> Counter[tuple[str, str, str]]:
    """Count events and facts by what each may have several of."""
    found = Counter[tuple[str, str, str]]()
    for name in SEVERAL:
        without = f"AND seq NOT IN (SELECT seq FROM link WHERE role = '{name}')"  # noqa: S608 - a name
        for type_, number in read(f"SELECT type, COUNT(*) {_DATED} {without} GROUP BY type"):
            found[name, type_, ""] = number
        tallied = read(f"SELECT id, event_count, fact_count FROM entry JOIN tally USING (seq) WHERE type = '{name}'")  # noqa: S608 - as above
        for id_, events, facts in tallied:
            found += Counter(
                {(name, "event", id_): events, (name, "fact", id_): facts}
            )  # without what there is none of
    return found


_BOUNDS = "first_min INTEGER, first_max INTEGER, last_min INTEGER, last_max INTEGER"
# tally: what is counted for actors, topics and sources, by number. total: how many events and facts there are, by what
# `stats` counts.
TALLIES = {
    "tally": Table(
        f"seq INTEGER PRIMARY KEY, event_count INTEGER, fact_count INTEGER, {_BOUNDS}, alone INTEGER", tally_rows,
        derived=True,
    ),
    "total": Table(f"dimension TEXT, type TEXT, value TEXT, number INTEGER, {_BOUNDS}", total_rows, derived=True),
}  # fmt: skip
