"""What a chronology knows of the records that others refer to: their titles, and what refers to them."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from functools import cache
from operator import itemgetter

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.model.roles import RoleKey
from korea_cli.model.row import BATCHES, Named
from korea_cli.query.together import QueryPart
from korea_cli.store.sql import EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from korea_cli.chronology.titles import Caption, Titles
    from korea_cli.model.records import Record
    from korea_cli.query.conditions import Condition
    from korea_cli.store.database import Store

ROLE_KEYS = QueryPart("SELECT type, key, role, label, verb FROM role_key", (), RoleKey._fields)
# Not by the keys that give a part in something: an actor may have one in very many events.
_REFERRING = """SELECT link.key AS key, link.target AS target,
    entry.type AS type, entry.id AS id, entry.title AS title, entry.seq AS seq
  FROM link JOIN entry ON entry.seq = link.seq WHERE link.target IN ({ids}) AND link.role IN ('', 'whole')"""
_COLUMNS = ("key", "target", "type", "id", "title"), ("seq",)
_REFERRING_TO = _REFERRING.format(ids=EACH_TEXT)

_REFERRING_BY = "SELECT type, id, title FROM entry JOIN link USING (seq) WHERE key = ? AND target = ? ORDER BY seq"


class References:
    """The base of a chronology: it looks up what records refer to, and what refers to them, for many at once.

    whole: the chronology with all records, whose titles this one shares; itself unless it is as known by a day.
    """

    def __init__(self, store: Store) -> None:
        """Look up in a store."""
        self.store, self.whole = store, self
        self._titles: Titles | None = None
        self._role_keys: tuple[RoleKey, ...] = ()
        self._referring: dict[str, defaultdict[str, list[Named]]] = {}
        self._ids: deque[list[str]] = deque(maxlen=BATCHES)  # records may be many, and each takes a kilobyte

    @property
    def titles(self) -> Titles:
        """The titles of all records, whenever they were known."""
        if self.whole is not self:
            return self.whole.titles
        if self._titles is None:
            from korea_cli.chronology.titles import Titles  # noqa: PLC0415 - JSON from the index needs none

            self._titles = Titles(self.store)
        return self._titles

    def expect(self, records: Collection[Record]) -> None:
        """Note records that were read together: what they refer to, or what refers to them, is looked up at once."""
        if records:
            self._ids.append([record.id for record in records])
            self.titles.expect(records)

    def role_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys under which records of a type name others, each with their role and the words for it."""
        if not self._role_keys:
            self.note_role_keys(self.store.rows(ROLE_KEYS.sql))
        return tuple(each for each in self._role_keys if each.type == type_)

    def referring(self, id_: str, key: str) -> list[Named]:
        """Return the records that refer to one under a key, such as `responds_to`, in file order."""
        self.store.require_open()
        if key in _keys_of_parts():
            return [Named(*row) for row in self.store.rows(_REFERRING_BY, (key, id_))]
        if id_ not in self._referring:
            self.read_referring((id_, *(each for ids in self._ids for each in ids)))
            self._ids.clear()
        return self._referring[id_][key]

    def read_referring(self, ids: Iterable[str]) -> None:
        """Look up what refers to records, which `referring` returns."""
        if new := [id_ for id_ in ids if id_ not in self._referring]:
            self._note_referring(new, self.store.rows(_REFERRING_TO, (json.dumps(new),)))

    def parts_shown(self, own: Condition) -> list[QueryPart]:
        """Return the questions for what refers to some records, and for the titles of all that these show of others."""
        from korea_cli.chronology.titles import caption_part  # noqa: PLC0415 - JSON from the index needs none

        ids = f"SELECT id FROM entry WHERE {own.sql}"  # noqa: S608 - values are bound
        return [QueryPart(_REFERRING.format(ids=ids), own.values, *_COLUMNS), caption_part(own)]

    def note_shown(
        self, ids: Sequence[str], referring: Iterable[Sequence[Any]], captions: Iterable[Sequence[Any]]
    ) -> None:
        """Note the rows of these questions, so that they need not be put again."""
        self._note_referring(ids, referring)
        self.titles.note(captions)

    def parts_about(self, ids: Sequence[str]) -> list[QueryPart]:
        """Return the questions for the roles of records and for what refers to some, to be put with others."""
        return [ROLE_KEYS, QueryPart(_REFERRING_TO, (json.dumps(ids),), *_COLUMNS)]

    def note_about(
        self, ids: Sequence[str], role_keys: Iterable[Sequence[Any]], referring: Iterable[Sequence[Any]]
    ) -> None:
        """Note the rows of these questions, so that they need not be put again."""
        self.note_role_keys(role_keys)
        self._note_referring(ids, referring)

    @property
    def knows_roles(self) -> bool:
        """Whether it has the keys under which records name others."""
        return bool(self._role_keys)

    def note_role_keys(self, rows: Iterable[Sequence[Any]]) -> None:
        """Note the rows of the question for the roles of records."""
        self._role_keys = tuple(RoleKey(*row) for row in rows)

    def _note_referring(self, ids: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
        new = {id_: defaultdict[str, list[Named]](list) for id_ in ids}
        for key, target, *named, _ in sorted(rows, key=itemgetter(5)):
            new[target][key].append(Named(*named))
        self._referring |= new
        self.titles.expect_ids(new)

    def title(self, type_: str, id_: str) -> str | None:
        """Return the title, name or text of a record; None if there is no such record."""
        caption = self._caption(type_, id_)
        return caption.title if caption else None

    def address(self, source: str) -> str | None:
        """Return the address of a source; None if it has none."""
        caption = self._caption("source", source, in_full=True)
        return (caption and caption.address) or None

    def holders(self, fact: str) -> list[str]:
        """Return the ids of those who hold a fact."""
        caption = self._caption("fact", fact, in_full=True)
        return ((caption and caption.holders) or "").split()

    def _caption(self, type_: str, id_: str, *, in_full: bool = False) -> Caption | None:
        self.store.require_open()
        return self.titles.caption(type_, id_, in_full=in_full)


@cache
def _keys_of_parts() -> frozenset[str]:
    """Return the keys under which records have a part in others."""
    from korea_cli.model.role_keys import role_keys  # noqa: PLC0415 - as above

    return frozenset(each.key for each in role_keys() if each.role != "whole")
