"""What may be published of a draft: all of it without what is private or under embargo, and what only exists for that.

Nothing of what is left out remains in the draft: what reads that, such as the index, has nothing to pass on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import OtherDate, ids_in
from korea_cli.model.header import Header
from korea_cli.model.internal import internal_keys
from korea_cli.model.records import Event, Fact, keys_of
from korea_cli.model.roles import DISTINCT_FROM, ROLES_BY_TYPE
from korea_cli.model.view import View
from korea_cli.model.vocabulary import WORD_LISTS
from korea_cli.reading.complete import joined
from korea_cli.reading.draft import Draft
from korea_cli.reading.place_names import names_of_places
from korea_cli.reading.records import merged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Placed, Values
    from korea_cli.reading.findings import RecordPlace

    RecordId = tuple[str, str]  # the table of a record, and its id

_ONLY_NAMED = {f"{type_}s" for type_ in ROLES_BY_TYPE}  # the tables of what is there for others to name


class Publication(NamedTuple):
    """A draft as it may be published, on which days, and the numbers of the documents that others may not see."""

    draft: Draft
    view: View
    hidden: frozenset[int]


def published(draft: Draft, day: int) -> Publication:
    """Return a draft as it may be published on a day, which is the first on which an embargo until then has ended.

    Left out is what is private or under embargo; what makes no sense without it, such as a fact whose only holder is;
    the actors, topics and sources that only this names; every reference to it, and a quotation that may be of a source
    that is left out. Of a record that a private file adds to, only the addition is.
    """
    remains = _Remains(day=day)
    for table in draft.records:
        for entry, place in draft.entries(table):
            remains.add(table, entry, [part for part, _ in draft.parts.get(place, ((entry, place),))])
    remains.drop_dependent()
    headers = [(header, place) for header, place in draft.headers if not _is_hidden(header, day)]
    hidden = {place.document for _, place in draft.headers} - {place.document for _, place in headers}
    ends = [each.embargo.end_max for each in draft.hideable() if each.embargo]
    since = max((end for end in ends if end <= day), default=OPEN_START)
    until = min((end for end in ends if end > day), default=OPEN_END)
    view = View(since, until, len(remains.secret))
    return Publication(remains.draft(draft, headers), view, frozenset(hidden))


def _is_hidden(entry: Record | Header, day: int) -> bool:
    return entry.private or bool(entry.embargo and day < entry.embargo.end_max)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remains:
    """The records that remain on a day, by table and id, and those that are secret.

    all_ids: those of every record, by which an id is known to mean what it names in the whole draft.
    """

    day: int
    records: dict[RecordId, Record] = field(default_factory=dict)
    secret: list[Record] = field(default_factory=list)
    all_ids: set[RecordId] = field(default_factory=set)

    def add(self, table: str, whole: Record, parts: Sequence[Record]) -> None:
        """Add a record; `parts` are that as its own file has it, and what other files add to it."""
        id_ = table, parts[0].id
        self.all_ids.add(id_)
        hidden = [part for part in parts if _is_hidden(part, self.day)]
        if hidden[:1] == parts[:1]:
            self.secret.append(joined(parts))
            return
        self.secret.extend(hidden)
        self.records[id_] = joined([part for part in parts if part not in hidden]) if hidden else whole

    def drop_dependent(self) -> None:
        """Drop what makes no sense without what is secret, and what only secrets name."""
        while gone := [id_ for id_, entry in self.records.items() if self._is_senseless(entry)]:
            self.secret.extend(map(self.records.pop, gone))
        named = self._named_by(self.secret)
        others = (entry for id_, entry in self.records.items() if id_ not in named)
        self.secret.extend(map(self.records.pop, sorted(named - self._named_by(others))))

    def _is_senseless(self, entry: Record) -> bool:
        """Return whether all that a vital key of a record names is secret."""
        return any(
            (ids := self._ids(name, entry)) and self.records.keys().isdisjoint(ids)
            for name, key in keys_of(type(entry)).items() if key.vital
        )  # fmt: skip

    def _ids(self, name: str, entry: Record) -> list[RecordId]:
        """Return the records that one names under a key."""
        tables = keys_of(type(entry))[name].refers
        return [found for id_ in ids_in(getattr(entry, name)) if (found := self._meant(id_, tables))]

    def _all_ids(self, entry: Record) -> Iterator[RecordId]:
        """Yield the actors, topics and sources that a record names, unless as others than itself."""
        for name, key in keys_of(type(entry)).items():
            if name != DISTINCT_FROM and not _ONLY_NAMED.isdisjoint(key.refers):
                yield from (id_ for id_ in self._ids(name, entry) if id_[0] in _ONLY_NAMED)

    def _meant(self, id_: str, tables: Iterable[str]) -> RecordId | None:
        return next(((table, id_) for table in tables if (table, id_) in self.all_ids), None)

    def _named_by(self, entries: Iterable[Record]) -> set[RecordId]:
        """Return the actors, topics and sources that some records name, and that these name in turn."""
        found: set[RecordId] = set()
        waiting = list(entries)
        while waiting:
            new = {id_ for id_ in self._all_ids(waiting.pop()) if id_ in self.records} - found
            found |= new
            waiting += [self.records[id_] for id_ in new]
        return found

    def draft(self, whole: Draft, headers: list[tuple[Header, RecordPlace]]) -> Draft:
        """Return what remains as a draft, in the order of the whole one."""
        draft = Draft(header=self._header([header for header, _ in headers], whole.header), headers=headers)
        named = self._first_named(whole)
        for table in whole.records:
            for entry, place in whole.entries(table):
                if left := self.records.get((table, entry.id)):
                    by, own = named.get((table, entry.id), (entry, place))
                    left = left if own is place else replace(left, file=by.file, line=by.line)
                    draft.records[table].append(self._without_secrets(left))
                    draft.places[table].append(own)
        return draft

    def _first_named(self, whole: Draft) -> dict[RecordId, Placed]:
        """Return what is first to name each record that is only declared by being named, and where, for others."""
        named = {
            (table, entry.id)
            for table in whole.records for entry, place in whole.entries(table) if place.table != table
        }  # fmt: skip
        found: dict[RecordId, Placed] = {}
        for referring in (Event, Fact) if named else ():
            for entry, place in whole.as_written(referring.table):
                if (referring.table, entry.id) in self.records and not _is_hidden(entry, self.day):
                    for id_ in named.intersection(self._all_ids(entry)):
                        found.setdefault(id_, (entry, place._replace(id=id_[1])))
        return found

    def _without_secrets(self, entry: Record) -> Record:
        """Return a record without what it names that is secret, and without the words of sources of which one is."""
        keys = keys_of(type(entry))
        hidden = [name for name in internal_keys(type(entry)) if getattr(entry, name)]
        changes: Values = {"embargo": None, **dict.fromkeys(hidden, "")}
        for name in [name for name, key in keys.items() if key.refers]:
            value = getattr(entry, name)
            left = self._left(value, keys[name].refers)
            if left != value:
                changes[name] = left
                changes |= dict.fromkeys((text for text, key in keys.items() if key.words_of == name), "")
        return replace(entry, **changes) if len(changes) > 1 or entry.embargo else entry

    def _left(self, value: Any, tables: Collection[str]) -> Any:  # noqa: ANN401 - whatever a reference key holds
        """Return what is left of the value of a key that refers."""
        if isinstance(value, str):
            return value if not value or self._meant(value, tables) in self.records else ""
        left = []
        for item in value:
            if isinstance(item, OtherDate):
                sources = self._left(item.sources, tables)
                left += [item._replace(sources=sources)] if sources or not item.sources else []
            elif self._meant(item if isinstance(item, str) else item.id, tables) in self.records:
                left.append(item)
        return tuple(left)

    def _header(self, headers: Sequence[Header], whole: Header) -> Header:
        """Return headers as one, without the words and the names of places that only secret records use.

        The words that others see in use are also in it where only a private file allows them.
        """
        header = merged(headers) if headers else Header()
        secret, shown = (_words_used(whole, some) for some in (self.secret, self.records.values()))
        changes: Values = {
            name: tuple(
                word for word in getattr(whole, name)
                if word in shown[name] or (word in getattr(header, name) and word not in secret[name])
            )
            for name in secret
        }  # fmt: skip
        lists = header.place_names
        secret_names, names = (_names_used(lists, some) for some in (self.secret, self.records.values()))
        changes["place_names"] = tuple(each for each in lists if each[0] not in secret_names - names)
        return replace(header, **changes)


def _words_used(header: Header, entries: Iterable[Record]) -> dict[str, set[str]]:
    """Return the words of records for which a header has lists, by the name of the list."""
    used: dict[str, set[str]] = {name: set() for name in WORD_LISTS.values() if getattr(header, name)}
    for entry in entries if used else ():
        for name, key in keys_of(type(entry)).items():
            if key.more_in in used:
                used[key.more_in].add(getattr(entry, name))
    return used


def _names_used(lists: Sequence[tuple[str, ...]], entries: Iterable[Record]) -> set[str]:
    """Return the names of the places of events, of those that are in lists."""
    places = names_of_places(lists, (each.place for each in entries if isinstance(each, Event)))
    return set(chain.from_iterable(places.values()))
