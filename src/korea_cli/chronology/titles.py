"""The titles of records, the addresses of sources and the holders of facts: looked up for many references at once."""

from __future__ import annotations

import json
from _weakref import ref  # that of `weakref`, which takes longer to load
from collections import deque

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.once import once
from korea_cli.model.citation import ids_in
from korea_cli.model.records import Event, Fact, Record, keys_of
from korea_cli.model.row import BATCHES
from korea_cli.query.together import QueryPart
from korea_cli.store.sql import EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from korea_cli.query.conditions import Condition
    from korea_cli.store.database import Store

_TITLES = f"SELECT id, type, title FROM entry WHERE id IN ({EACH_TEXT})"  # noqa: S608 - values are bound
# Of all records: a chronology as known by a day has tables of these names without what came later.
_CAPTIONS = """SELECT entry.id AS id, entry.type AS type, entry.title AS title, source.url AS url,
    fact.holders AS holders
  FROM main.entry LEFT JOIN main.source ON source.seq = entry.seq LEFT JOIN main.fact ON fact.seq = entry.seq
  WHERE entry.id IN ({ids})"""
_IN_FULL = _CAPTIONS.format(ids=EACH_TEXT)
# The names of who holds what is in a dispute: they are shown wherever it is.
_WITH_HOLDERS = f"""{_IN_FULL} UNION ALL SELECT holder.id, holder.type, holder.title, NULL, NULL FROM entry AS holder
  WHERE holder.id NOT IN ({EACH_TEXT}) AND holder.id IN (
    SELECT link.target FROM link JOIN entry ON entry.seq = link.seq
    WHERE link.key = 'holders' AND entry.type = 'fact' AND entry.id IN ({EACH_TEXT}))"""  # noqa: S608 - as above
# The ids of some records, and of all that they show of others: what they refer to, what the claims about them refer to,
# and who holds what disputes them.
_SHOWN = """SELECT id FROM main.entry WHERE {own}
  UNION ALL SELECT target FROM main.link WHERE seq IN (SELECT seq FROM main.entry WHERE {own})
  UNION ALL SELECT target FROM main.link WHERE seq IN (
    SELECT fact FROM main.claim WHERE claim.seq IN (SELECT seq FROM main.entry WHERE {own}))
  UNION ALL SELECT held.target FROM main.link JOIN main.entry ON entry.type = 'fact' AND entry.id = link.target
    JOIN main.link AS held ON held.seq = entry.seq AND held.key = 'holders'
    WHERE link.key = 'disputed_by' AND link.seq IN (SELECT seq FROM main.entry WHERE {own})"""


class Caption(NamedTuple):
    """What a reference shows of a record: its title, the address of a source, the ids of the holders of a fact."""

    title: str
    address: str | None = None
    holders: str | None = None


class Titles:
    """The captions of records by type and id; one query looks up those of all references that are expected.

    A chronology has a single one, whenever its records were known: names do not depend on that.
    """

    def __init__(self, store: Store) -> None:
        """Look up in a store with all records."""
        self._store = store
        self._found: dict[str, dict[str, Caption]] = {}
        self._in_full: set[str] = set()
        self._ids: set[str] = set()
        self._records: deque[list[ref[Record]]] = deque(maxlen=BATCHES)  # a record may not be needed by then

    def expect(self, records: Collection[Record]) -> None:
        """Note records whose references may be shown next."""
        if records:
            self._records.append([*map(ref, records)])

    def expect_ids(self, ids: Iterable[str]) -> None:
        """Note ids of records of which the titles are shown next."""
        self._ids.update(ids)

    def caption(self, type_: str, id_: str, *, in_full: bool = False) -> Caption | None:
        """Return the caption of a record; None without such a record. in_full: with all that is not its title."""
        if id_ not in (self._in_full if in_full else self._found):
            self._read(id_, in_full=in_full)
        return self._found[id_].get(type_)

    def note(self, rows: Iterable[Sequence[Any]]) -> None:
        """Note the rows of a question for captions, so that they need not be looked up."""
        found: dict[str, dict[str, Caption]] = {}
        for each, type_, *caption in rows:
            found.setdefault(each, {})[type_] = Caption(*caption)
        self._found |= found
        self._in_full |= found.keys()

    def _read(self, id_: str, *, in_full: bool) -> None:
        """Look up an id, and all that are expected."""
        ids, self._ids = {id_, *self._ids}, set()
        disputing = {id_} if in_full else set[str]()
        while self._records:
            for record in [record for each in self._records.popleft() if (record := each()) is not None]:
                ids.update(references_of(record))
                if isinstance(record, Event | Fact):
                    in_full = True
                    disputing.update(record.disputed_by)
        ids -= self._in_full if in_full else self._found.keys()
        self._look_up(ids, disputing & ids, in_full=in_full)

    def _look_up(self, ids: set[str], disputing: set[str], *, in_full: bool) -> None:
        all_of_them = json.dumps([*ids])
        values = [all_of_them, *([all_of_them, json.dumps([*disputing])] if disputing else [])]
        found: dict[str, dict[str, Caption]] = {each: {} for each in ids}
        for each, type_, *caption in self._store.rows(
            _WITH_HOLDERS if disputing else _IN_FULL if in_full else _TITLES, values
        ):
            found.setdefault(each, {})[type_] = Caption(*caption)
        self._found |= {each: by_type for each, by_type in found.items() if each in ids or each not in self._found}
        self._in_full |= ids if in_full else set()


def caption_part(own: Condition) -> QueryPart:
    """Return the question for the captions of some records, and of all that they show of others."""
    columns = ("id", "type", "title", "url", "holders")
    sql = _CAPTIONS.format(ids=_SHOWN.format(own=own.sql))
    return QueryPart(sql, own.values * _SHOWN.count("{own}"), columns)


def references_of(record: Record) -> Iterator[str]:
    """Yield the ids that a record refers to; also its own, but for events, which may be millions."""
    if not isinstance(record, Event):
        yield record.id
    for name in _referring_keys(type(record)):
        if value := getattr(record, name):
            yield from ids_in(value)
    for claim in record.claims if isinstance(record, Event) else ():
        yield from (*claim.holders, *claim.reported_by, *ids_in(claim.sources))


@once
def _referring_keys(record: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, key in keys_of(record).items() if key.refers)
