"""The last day that a chronology knows of, after an edit: until then, what is ongoing has lasted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.cache.numbering import Numbered, stored
from korea_cli.dates.spans import OPEN_END
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.records import Event, Fact, Source
from korea_cli.store.encode_days import last_known
from korea_cli.store.sql import EACH_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.cache.numbering import Query
    from korea_cli.store.header import StoredHeader

_LAST = f"CASE WHEN end_max = {OPEN_END} THEN start_min ELSE end_max END"
_ONGOING = f"SELECT seq FROM span WHERE end_max = {OPEN_END} UNION SELECT seq FROM moment WHERE end_max = {OPEN_END}"  # noqa: S608 - numbers


class LastDay(NamedTuple):
    """The header after an edit, the last day as a number, and the records that have lasted until another day so far."""

    header: StoredHeader
    day: int
    ongoing: list[Numbered]


def last_day_of(changed: Sequence[Numbered], header: StoredHeader, query: Query) -> LastDay | None:
    """Return the last day after an edit; None where there is none, or another type of record than these is ongoing."""
    numbers = json.dumps([each.seq for each in changed])
    others = f"FROM entry WHERE seq NOT IN ({EACH_NUMBER}) AND type"
    ((last,),) = query(f"SELECT MAX({_LAST}) {others} = 'event'", (numbers,))
    ((reach,),) = query(f"SELECT MAX({_LAST}) {others} IN ('event', 'fact')", (numbers,))
    ((before,),) = query(f"SELECT MAX({_LAST}) FROM entry WHERE type IN ('event', 'fact')")  # noqa: S608 - numbers
    still = f"SELECT EXISTS (SELECT 1 {others} IN ('event', 'fact') AND status = '{WITHDRAWN}')"
    ((withdrawn,),) = query(still, (numbers,))
    new = [each.new for each in changed if isinstance(each.new, Event | Fact)]
    days = [(type(entry), last_known(entry.date)) for entry in new if entry.date]
    last = _latest(last, *(day for record, day in days if record is Event))
    reach = _latest(reach, *(day for _, day in days))
    status = bool(withdrawn) or any(entry.status == WITHDRAWN for entry in new)
    header = header._replace(last=last, withdrawn=status)
    if header.closed is not None:
        return LastDay(header, header.closed, [])
    ongoing = [] if reach == before else _ongoing(numbers, query)
    return None if reach is None or ongoing is None else LastDay(header, reach, ongoing)


def _latest(*days: int | None) -> int | None:
    return max((day for day in days if day is not None), default=None)


def _ongoing(but: str, query: Query) -> list[Numbered] | None:
    """Return records with an ongoing date, other than some: the end of that is the last day. None if one is no such."""
    numbers = [seq for (seq,) in query(f"SELECT seq FROM ({_ONGOING}) WHERE seq NOT IN ({EACH_NUMBER})", (but,))]  # noqa: S608 - a list that is bound
    found = [
        Numbered(seq, entry, entry)
        for record in (Source, Event, Fact)
        for seq, entry in stored(record, f"seq IN ({EACH_NUMBER})", (json.dumps(numbers),), query)
    ]
    return found if len(found) == len(numbers) else None
