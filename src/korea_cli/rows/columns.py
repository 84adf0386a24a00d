"""The columns of a report: each key of the model with its value as JSON has it; texts are made from that value."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from korea_cli.model.named import Named
from korea_cli.model.records import Record, ids_in, keys_of
from korea_cli.rows.column import Column, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Citation, OtherDate

_ONCE_ONLY = {"slug", "text", "found"}  # forms whose values rarely come twice
_SHOWN_BY: dict[tuple[str, ...], str] = {("actor",): "name", ("topic",): "label"}  # in a reference; else "title"


class Names(Protocol):
    """What knows how records are called: a chronology, or the draft of one."""

    def title(self, type_: str, id_: str, /) -> str | None:
        """Give the words that a record is shown by; None when there is no such record."""

    def address(self, source: str, /) -> str | None:
        """Give the address of a source; None when it has none."""


class Referrers(Names, Protocol):
    """What also knows which records refer to one: a chronology."""

    def referring(self, id_: str, role: str, /) -> Iterable[Named]:
        """Return the records that refer to an id under a key."""


def columns_for(record: type[Record], names: Names) -> tuple[Column, ...]:
    """Give the columns of a record type, in the order of the model."""
    columns = [Column("type", attrgetter("type"), help=f'"{record.type}"', recurs=True)]
    for name, key in keys_of(record).items():
        read, get = partial(_READERS.get(key.form, _text), key, names), attrgetter(name)
        columns.append(Column(key.shown_as or name, get, read, key.help, key.form not in _ONCE_ONLY))
        if key.dated:
            columns += _bounds_of(get)
    return tuple(columns)


class _Relation(NamedTuple):
    """How records refer to one: the key it is shown under, the key they refer by, and its meaning.

    by: the types that refer so; none: any. among: the types that an id under that key may mean, first come first.
    """

    key: str
    role: str
    help: str
    by: tuple[str, ...] = ()
    among: tuple[str, ...] = ()


_DISPUTES = _Relation("disputes", "disputed_by", "records that it disputes", among=("fact", "actor", "source"))
REFERRING = {
    "event": (
        _Relation("answered_by", "responds_to", "events that respond to it", by=("event",)),
        _Relation("facts", "events", "facts about it", by=("fact",)),
    ),
    "fact": (_DISPUTES,),
    "actor": (_Relation("members", "part_of", "actors that belong to it", by=("actor",)), _DISPUTES),
    "topic": (_Relation("narrower", "broader", "narrower topics", by=("topic",)),),
    "source": (_DISPUTES,),
}


def shown_by(types: tuple[str, ...]) -> str:
    """Return the key under which a reference has the words for its target, which is of one of some types."""
    return _SHOWN_BY.get(types, "title")


def relations_of(names: Referrers, type_: str) -> tuple[Column, ...]:
    """Give the columns that say what refers to a record, shown where one is shown in full."""
    return tuple(
        Column(relation.key, partial(_referring, names, relation), help=relation.help) for relation in REFERRING[type_]
    )


def _referring(names: Referrers, relation: _Relation, row: Any) -> Json:  # noqa: ANN401 - a record
    """Name what refers to a row, unless the id it refers by means a record of another type."""
    if relation.among and _resolved(names, relation.among, row.id).type != row.type:
        return []
    found = [each for each in names.referring(row.id, relation.role) if each.type in (relation.by or (each.type,))]
    return [_reference(each, relation.by) for each in found]


def names_of(names: Names, tables: tuple[str, ...], ids: Iterable[str]) -> list[Json]:
    """Name the records behind some ids, each with what it is shown by; tables say where to look, in order."""
    types = tuple(table.removesuffix("s") for table in tables)
    return [_reference(_resolved(names, types, id_), types) for id_ in ids]


def _resolved(names: Names, types: Iterable[str], id_: str) -> Named:
    titles = ((type_, names.title(type_, id_)) for type_ in types)
    return next(Named(type_, id_, title) for type_, title in titles if title is not None)  # reading saw that it exists


def _reference(named: Named, types: tuple[str, ...]) -> Json:
    """Return a reference as JSON has it: an actor's name and a topic's label where it can be of no other type."""
    shown = shown_by(types)
    return {"id": named.id, shown: named.title} if shown != "title" else named._asdict()


def citations_of(names: Names, citations: Iterable[Citation]) -> list[Json]:
    """Spell out citations: id, locator, title and address of each source."""
    return [
        {"id": id_, "locator": locator, "title": names.title("source", id_), "url": names.address(id_)}
        for id_, locator in citations
    ]


def _bounds_of(get: Callable[[Any], StoredDate | None]) -> list[Column]:
    return [
        Column("earliest", get, _earliest, "first possible day; null if open", recurs=True),
        Column("latest", get, _latest, "last possible day; null if open", recurs=True),
        Column("precision", get, lambda date: date and date.precision, "precision of the date", recurs=True),
    ]


def _earliest(date: StoredDate | None) -> Json:
    day = date.earliest if date else None
    return day.isoformat() if day else None


def _latest(date: StoredDate | None) -> Json:
    day = date.latest if date else None
    return day.isoformat() if day else None


def _text(_key: Key, _names: Names, value: str) -> Json:
    return value or None


def _texts(_key: Key, _names: Names, value: tuple[str, ...]) -> Json:
    return list(value)


def _found(_key: Key, _names: Names, value: Any) -> Json:  # noqa: ANN401 - a date is told as stored
    told: Json = value.text if hasattr(value, "precision") else value
    return told


def _references(key: Key, names: Names, value: tuple[str, ...]) -> Json:
    return names_of(names, key.refers, value)


def _one_reference(key: Key, names: Names, value: str) -> Json:
    return next(iter(names_of(names, key.refers, ids_in(value))), None)


def _citations(_key: Key, names: Names, value: tuple[Citation, ...]) -> Json:
    return citations_of(names, value)


def _other_dates(_key: Key, names: Names, value: tuple[OtherDate, ...]) -> Json:
    return [_other_date(names, other) for other in value]


def _other_date(names: Names, other: OtherDate) -> Json:
    return {
        "date": other.date.text,
        "earliest": _earliest(other.date),
        "latest": _latest(other.date),
        "sources": citations_of(names, other.sources),
        "note": other.note or None,
    }


_READERS: dict[str, Callable[[Key, Names, Any], Json]] = {
    "texts": _texts,
    "refs": _references,
    "ref": _one_reference,
    "cites": _citations,
    "other_dates": _other_dates,
    "date": _found,
    "flag": _found,
    "whole": _found,
    "found": _found,
}
