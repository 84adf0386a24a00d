"""What a change of some events and facts means for an index, where that is no more than rows of their own."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.checks.errors import distinct_from_others
from korea_cli.dates.edtf import one_day_in
from korea_cli.dates.spans import OPEN_END
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.citation import ids_in
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, Event, Fact, Record, Source, keys_of
from korea_cli.model.vocabulary import WORD_LISTS
from korea_cli.reading.draft import Draft
from korea_cli.reading.records import read_records
from korea_cli.reading.toml import HEADER, Document
from korea_cli.store.decode_rows import columns_of, decode
from korea_cli.store.encode_days import last_known
from korea_cli.store.encode_links import known_days
from korea_cli.store.encode_rows import tables_of
from korea_cli.store.sql import EACH_NUMBER, EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from korea_cli.cache.blocks import EditedBlocks
    from korea_cli.store.database import SqlRow, Table
    from korea_cli.store.header import StoredHeader

    Query = Callable[..., Iterable[SqlRow]]  # SQL, and values to bind

_MOST = 1000  # changed records; of more, all is read again
_OWN = ("entry", "link", "span", "moment", Event.type, Fact.type)  # tables with rows of each event or fact alone
_CLOCK = 9  # the place of the clock in a row of `entry`: that depends on the other events of the day
_LAST = f"CASE WHEN end_max = {OPEN_END} THEN start_min ELSE end_max END"


class Changed(NamedTuple):
    """A changed record: its number, how it was, and how it is."""

    seq: int
    old: Any
    new: Any


class RecordChanges(NamedTuple):
    """What to change in an index: the header, rows by table instead of those with their numbers, and lines.

    rows: tables with all rows of the changed records. lines: the line of every record of the part, by type and number.
    places: names of places that are new, and those that may have gone.
    """

    header: StoredHeader
    numbers: tuple[int, ...]
    rows: Mapping[str, tuple[Table, list[SqlRow]]]
    lines: Mapping[str, Mapping[int, int | None]]
    places: tuple[frozenset[str], frozenset[str]]


def changes_of(change: EditedBlocks, name: str, header: StoredHeader, query: Query) -> RecordChanges | None:
    """Read what has changed in a file; None unless the same records are there, and only their own rows change."""
    draft = _read(change, name, header)
    if draft is None:
        return None
    lines: dict[str, dict[int, int | None]] = {}
    changed: list[Changed] = []
    for record in (Event, Fact):
        new, within = draft.records[record.table], (os.fsencode(name), change.line, change.line + change.lines)
        old = _stored(record, "file = ? AND line >= ? AND line < ? ORDER BY line", within, query)
        if [entry.id for entry in new] != [entry.id for _, entry in old]:
            return None
        for entry in new:
            object.__setattr__(entry, "line", entry.line and entry.line + change.line - 1)
        lines[record.type] = {seq: entry.line for (seq, _), entry in zip(old, new, strict=True)}
        pairs = (Changed(seq, before, entry) for (seq, before), entry in zip(old, new, strict=True))
        changed += [each for each in pairs if _differs(each)]
    if len(changed) > _MOST or any(_reaches_others(each, header, query) for each in changed):
        return None
    return _with_rows(changed, lines, header, query)


def _read(change: EditedBlocks, name: str, header: StoredHeader) -> Draft | None:
    """Read the records of a part of a file; None where anything is wrong or private."""
    words = {key: list(getattr(header, key)) for key in WORD_LISTS.values()}
    tables = {HEADER: words, **change.parsed.tables()}
    parts = [*change.parsed.parts]
    draft = read_records((Document(name=name, path=None, text=change.parsed.text, tables=tables, pieces=parts),))  # type: ignore[arg-type]
    broken = draft.findings or any(draft.broken.values()) or any(draft.extensions.values())
    if broken or draft.hides or any(distinct_from_others(draft)):
        return None
    return draft


def _stored(record: type[Record], where: str, values: Iterable[object], query: Query) -> list[tuple[int, Any]]:
    """Return records of a type with their numbers, without what is found about them."""
    columns = ", ".join(f'"{name}"' for name in columns_of(record))
    rows = query(f"SELECT seq, {columns} FROM {record.type} WHERE {where}", tuple(values))  # noqa: S608 - names of columns
    return [(seq, decode(record, row)) for seq, *row in rows]


def _differs(each: Changed) -> bool:
    names = (name for name in columns_of(type(each.new)) if name != "line")
    return any(getattr(each.old, name) != getattr(each.new, name) for name in names)


def _reaches_others(each: Changed, header: StoredHeader, query: Query) -> bool:
    """Return whether rows of other records may change: the order of a day, disputes, claims, names of places."""
    old, new = each.old, each.new
    if isinstance(new, Event):
        named = header.place_names and old.place != new.place
        was, is_ = ((entry.time, entry.timezone, entry.date if entry.time else None) for entry in (old, new))
        return bool(was != is_ or named or old.disputed_by != new.disputed_by)
    claimed = old.date != new.date and any(query("SELECT 1 FROM claim WHERE fact = ?", (each.seq,)))
    return bool(claimed or old.disputed_by != new.disputed_by or old.events != new.events)


def _with_rows(
    changed: list[Changed], lines: Mapping[str, Mapping[int, int | None]], header: StoredHeader, query: Query
) -> RecordChanges | None:
    numbers = tuple(each.seq for each in changed)
    referred = _with_referenced(changed, query)
    if referred is None:
        return None
    later, reach = _ends(changed, numbers, header, query)
    if reach is None:
        return None
    draft = Draft(header=Header(as_of=one_day_in(reach, reach)), records=referred)
    own = {record: [(each.seq, each.new) for each in changed if type(each.new) is record] for record in RECORDS}
    tables = tables_of(draft, own)
    if any(_known_otherwise(each, query) for each in changed):
        return None
    rows = {name: (tables[name], [*tables[name].rows()]) for name in _OWN}
    sql = f"SELECT seq, clock FROM entry WHERE seq IN ({EACH_NUMBER})"  # noqa: S608 - a list that is bound
    clocks: dict[int, int] = dict(query(sql, (json.dumps(numbers),)))
    rows["entry"][1][:] = [(*row[:_CLOCK], clocks[row[0]], *row[_CLOCK + 1 :]) for row in rows["entry"][1]]
    events = [each for each in changed if isinstance(each.new, Event)]
    places = frozenset(each.new.place for each in events if each.new.place)
    gone = frozenset(each.old.place for each in events) - places
    return RecordChanges(later, numbers, rows, lines, (places, gone))


def _with_referenced(changed: list[Changed], query: Query) -> dict[str, list[Any]] | None:
    """Return changed records, all sources, and what the records refer to, by table; None if something is not there."""
    found: dict[str, list[Any]] = {}
    numbers = {each.seq for each in changed}
    ids = json.dumps([*{id_ for each in changed for _, id_, _ in _references(each.new)}])
    for record in RECORDS:
        named = "1" if record is Source else f"id IN ({EACH_TEXT})"
        stored = _stored(record, f"{named} ORDER BY seq", () if record is Source else (ids,), query)
        own = [each.new for each in changed if type(each.new) is record]
        found[record.table] = [*(entry for seq, entry in stored if seq not in numbers), *own]
    known = {(table, entry.id) for table, records in found.items() for entry in records}
    for each in changed:
        if any(known.isdisjoint((table, id_) for table in tables) for tables, id_, _ in _references(each.new)):
            return None
    return found


def _references(entry: Record) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each reference of a record: the tables that it may lead to, the id, and the key."""
    for name, key in keys_of(type(entry)).items():
        if key.refers:
            yield from ((key.refers, id_, name) for id_ in ids_in(getattr(entry, name)))


def _ends(
    changed: list[Changed], numbers: tuple[int, ...], header: StoredHeader, query: Query
) -> tuple[StoredHeader, int | None]:
    """Return the header, and the last day of the chronology; None for that if there is none, or ongoing dates."""
    others = f"FROM entry WHERE seq NOT IN ({EACH_NUMBER}) AND type"
    bound = (json.dumps(numbers),)
    ((last,),) = query(f"SELECT MAX({_LAST}) {others} = 'event'", bound)
    ((reach,),) = query(f"SELECT MAX({_LAST}) {others} IN ('event', 'fact')", bound)
    ((before,),) = query(f"SELECT MAX({_LAST}) FROM entry WHERE type IN ('event', 'fact')")  # noqa: S608 - numbers
    ((withdrawn,),) = query(f"SELECT EXISTS (SELECT 1 {others} IN ('event', 'fact') AND status = '{WITHDRAWN}')", bound)
    new = [each.new for each in changed]
    days = [(type(entry), last_known(entry.date)) for entry in new if entry.date]
    last = max(
        (day for day in (last, *(day for record, day in days if record is Event)) if day is not None), default=None
    )
    reach = max((day for day in (reach, *(day for _, day in days)) if day is not None), default=None)
    status = bool(withdrawn) or any(entry.status == WITHDRAWN for entry in new)
    header = header._replace(last=last, withdrawn=status)
    if header.closed is not None:
        return header, header.closed
    ongoing = f"SELECT 1 FROM span WHERE end_max = {OPEN_END} UNION ALL SELECT 1 FROM moment WHERE end_max = {OPEN_END}"  # noqa: S608 - numbers
    return header, None if reach != before and any(query(ongoing)) else reach


def _known_otherwise(each: Changed, query: Query) -> bool:
    """Return whether a record that others refer to became known on another day; links have that day too."""
    ((first, last),) = query("SELECT known_min, known_max FROM entry WHERE seq = ?", (each.seq,))
    if (first, last) == known_days(each.new):
        return False
    return any(query("SELECT 1 FROM link WHERE target = ?", (each.new.id,)))
