"""The rows that take the place of those of changed records in an index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.cache.numbering import stored
from korea_cli.cache.reach import known_otherwise
from korea_cli.dates.edtf import one_day_in
from korea_cli.model.citation import ids_in
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, Event, Fact, Record, Source, keys_of
from korea_cli.reading.draft import Draft
from korea_cli.store.encode_rows import source_belongings, tables_of
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.cache.last_day import LastDay
    from korea_cli.cache.numbering import Numbered, Query
    from korea_cli.store.database import SqlRow, Table
    from korea_cli.store.header import StoredHeader

_OWN = ("entry", "link", "span", "moment", "name", Source.type, Event.type, Fact.type)  # rows of each record alone
_CLOCK = 9  # the place of the clock in a row of `entry`: that depends on the other events of the day


class RecordChanges(NamedTuple):
    """What to change in an index: the header, rows by table instead of those with some numbers, and lines.

    numbers: those of changed records, and of records that are gone. rows: tables with all rows of the changed records.
    lines: the line of every record of the part, by type and number. places: names of places that are new, and those
    that may have gone. claimed: the ids of events about which other facts may be than before, or in another order.
    sources: the ids of changed sources. belongs: the rows of what these belong to.
    """

    header: StoredHeader
    numbers: tuple[int, ...]
    rows: Mapping[str, tuple[Table, list[SqlRow]]]
    lines: Mapping[str, Mapping[int, int | None]]
    places: tuple[frozenset[str], frozenset[str]]
    claimed: frozenset[str]
    sources: frozenset[str]
    belongs: list[SqlRow]


def rows_for(
    changed: Sequence[Numbered], lines: Mapping[str, Mapping[int, int | None]], last: LastDay, query: Query
) -> RecordChanges | None:
    """Return the rows of changed records; None where one of these names what is not there, or is known otherwise."""
    numbers = tuple(each.seq for each in changed)
    referred = _with_referenced(changed, query)
    if referred is None:
        return None
    draft = Draft(header=Header(as_of=one_day_in(last.day, last.day)), records=referred)
    own = {record: [(each.seq, each.new) for each in changed if type(each.new) is record] for record in RECORDS}
    tables = tables_of(draft, own)
    if any(known_otherwise(each, query) for each in changed):
        return None
    rows = {name: (tables[name], [*tables[name].rows()]) for name in _OWN}
    sql = f"SELECT seq, clock FROM entry WHERE seq IN ({EACH_NUMBER})"  # noqa: S608 - a list that is bound
    clocks: dict[int, int] = dict(query(sql, (json.dumps(numbers),)))
    rows["entry"][1][:] = [(*row[:_CLOCK], clocks.get(row[0], 0), *row[_CLOCK + 1 :]) for row in rows["entry"][1]]
    sources = frozenset(entry.id for each in changed for entry in each[1:] if isinstance(entry, Source))
    belongs = [row for row in source_belongings(referred[Source.table]) if row[1] in sources] if sources else []
    return RecordChanges(
        last.header, numbers, rows, lines, _places(changed), _claimed(changed, query), sources, belongs
    )


def _places(changed: Sequence[Numbered]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the places of changed events, and those that they had before and have no more."""
    new = frozenset(each.new.place for each in changed if isinstance(each.new, Event) and each.new.place)
    return new, frozenset(each.old.place for each in changed if isinstance(each.old, Event)) - new


def _claimed(changed: Sequence[Numbered], query: Query) -> frozenset[str]:
    """Return the ids of changed events, and of those that changed facts are or were about, or dispute."""
    events = [each.new.id for each in changed if isinstance(each.new, Event)]
    facts = [entry for each in changed for entry in each[1:] if isinstance(entry, Fact)]
    sql = f"SELECT entry.id FROM claim JOIN entry USING (seq) WHERE claim.fact IN ({EACH_NUMBER})"  # noqa: S608 - a list that is bound
    numbers = json.dumps([each.seq for each in changed])
    about = (id_ for fact in facts for id_ in fact.events)
    return frozenset((*events, *about, *(id_ for (id_,) in query(sql, (numbers,)))))


def _with_referenced(changed: Sequence[Numbered], query: Query) -> dict[str, list[Any]] | None:
    """Return changed records, all sources, and what the records refer to, by table; None if something is not there."""
    found: dict[str, list[Any]] = {}
    numbers = {each.seq for each in changed}
    new = [(each.seq, each.new) for each in changed if each.new]
    ids = json.dumps([*{id_ for _, entry in new for _, id_, _ in _references(entry)}])
    for record in RECORDS:
        named, values = ("1", ()) if record is Source else (f"id IN ({EACH_TEXT})", (ids,))
        kept = [(seq, entry) for seq, entry in stored(record, named, values, query) if seq not in numbers]
        own = [(seq, entry) for seq, entry in new if type(entry) is record]
        found[record.table] = [entry for _, entry in sorted(kept + own, key=lambda pair: pair[0])]
    known = {(table, entry.id) for table, records in found.items() for entry in records}
    for _, entry in new:
        if any(known.isdisjoint((table, id_) for table in tables) for tables, id_, _ in _references(entry)):
            return None
    return found


def _references(entry: Record) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each reference of a record: the tables that it may lead to, the id, and the key."""
    for name, key in keys_of(type(entry)).items():
        if key.refers:
            yield from ((key.refers, id_, name) for id_ in ids_in(getattr(entry, name)))
