"""The columns of a report: each key of the model with its value as JSON has it; texts are made from that value."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.model import Record, ids_in, keys_of
from korea_cli.names import Named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from korea_cli.chronology import Chronology
    from korea_cli.model import Citation, Key, OtherDate

Json = str | int | bool | None | list[Any] | dict[str, Any]
_SHOWN_BY = {"actor": "name", "topic": "label"}  # how a reference names its target; other records have a title


class Column(NamedTuple):
    """One key of a row: its name, its value as JSON has it, and what it means."""

    key: str
    value: Callable[[Any], Json]
    help: str = ""


def in_words(value: Json) -> str:
    """Say a value on one line: references by name, citations as `id#locator`, several with semicolons between."""
    if isinstance(value, list):
        return "; ".join(map(in_words, value))
    if isinstance(value, dict):
        return _named(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def columns_for(record: type[Record], chronology: Chronology) -> tuple[Column, ...]:
    """Give the columns of a record type, in the order of the model."""
    columns = [Column("type", lambda row: row.type, f'"{record.type}"')]
    for name, key in keys_of(record).items():
        columns.append(Column(key.shown_as or name, _value_of(name, key, chronology), key.help))
        if key.dated:
            columns += _bounds_of(name)
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
_RELATIONS = {
    "event": (
        _Relation("answered_by", "responds_to", "events that answer it", by=("event",)),
        _Relation("facts", "events", "facts that bear on it", by=("fact",)),
    ),
    "fact": (_DISPUTES,),
    "actor": (_Relation("members", "part_of", "actors that belong to it", by=("actor",)), _DISPUTES),
    "topic": (_Relation("narrower", "broader", "topics that belong to it", by=("topic",)),),
    "source": (_DISPUTES,),
}


def relations_of(type_: str, chronology: Chronology) -> tuple[Column, ...]:
    """Give the columns that say what refers to a record, shown where one is shown in full."""
    return tuple(
        Column(relation.key, partial(_referring, chronology, relation), relation.help) for relation in _RELATIONS[type_]
    )


def _referring(chronology: Chronology, relation: _Relation, row: Any) -> Json:  # noqa: ANN401 - a record
    """Name what refers to a row, unless the id it refers by means a record of another type."""
    if relation.among and _resolved(chronology, relation.among, row.id).type != row.type:
        return []
    found = [each for each in chronology.referring(row.id, relation.role) if each.type in (relation.by or (each.type,))]
    return [_reference(each, certain=bool(relation.by)) for each in found]


def columns_of_fields(keys: Iterable[str]) -> tuple[Column, ...]:
    """Give columns that show plain fields of their rows."""
    return tuple(Column(key, _field(key)) for key in keys)


def _field(key: str) -> Callable[[Any], Json]:
    get = attrgetter(key)
    return lambda row: None if get(row) == "" else _stored(get(row))


def names_of(chronology: Chronology, tables: tuple[str, ...], ids: Iterable[str]) -> list[Json]:
    """Name the records behind some ids, each with what it is shown by; tables say where to look, in order."""
    types = [table.removesuffix("s") for table in tables]
    return [_reference(_resolved(chronology, types, id_), certain=len(types) == 1) for id_ in ids]


def _resolved(chronology: Chronology, types: Iterable[str], id_: str) -> Named:
    titles = ((type_, chronology.title(type_, id_)) for type_ in types)
    return next(Named(type_, id_, title) for type_, title in titles if title is not None)  # reading saw that it exists


def _reference(named: Named, *, certain: bool) -> Json:
    """Give a reference as JSON has it: an actor's name and a topic's label where nothing else can stand there."""
    if certain and named.type in _SHOWN_BY:
        return {"id": named.id, _SHOWN_BY[named.type]: named.title}
    return {"type": named.type, "id": named.id, "title": named.title}


def citations_of(chronology: Chronology, citations: Iterable[Citation]) -> list[Json]:
    """Spell out citations: id, locator, title and address of each source."""
    return [
        {"id": id_, "locator": locator, "title": chronology.title("source", id_), "url": chronology.address(id_)}
        for id_, locator in citations
    ]


def _named(value: dict[str, Any]) -> str:
    if "locator" in value:
        return f"{value['id']}#{value['locator']}" if value["locator"] else str(value["id"])
    return next(in_words(value[key]) for key in ("name", "label", "title", "date", "id") if value.get(key) is not None)


def _bounds_of(name: str) -> list[Column]:
    get = attrgetter(name)
    return [
        Column("earliest", lambda row: _day(get(row) and get(row).earliest), "first day it can touch; null when open"),
        Column("latest", lambda row: _day(get(row) and get(row).latest), "last day it can touch; null when open"),
        Column("precision", lambda row: get(row) and get(row).precision, "how precisely it is known"),
    ]


def _value_of(name: str, key: Key, chronology: Chronology) -> Callable[[Any], Json]:
    """Give the function that reads a key's value from a row as JSON has it."""
    get, read = attrgetter(name), _READERS.get(key.form, _text)
    return lambda row: read(get(row), key, chronology)


def _text(value: str, key: Key, chronology: Chronology) -> Json:  # noqa: ARG001 - readers are called alike
    return value or None


def _texts(value: tuple[str, ...], key: Key, chronology: Chronology) -> Json:  # noqa: ARG001
    return list(value)


def _found(value: Any, key: Key, chronology: Chronology) -> Json:  # noqa: ANN401, ARG001
    return _stored(value)


def _references(value: tuple[str, ...], key: Key, chronology: Chronology) -> Json:
    return names_of(chronology, key.refers, value)


def _one_reference(value: str, key: Key, chronology: Chronology) -> Json:
    return next(iter(names_of(chronology, key.refers, ids_in(value))), None)


def _citations(value: tuple[Citation, ...], key: Key, chronology: Chronology) -> Json:  # noqa: ARG001
    return citations_of(chronology, value)


def _other_dates(value: tuple[OtherDate, ...], key: Key, chronology: Chronology) -> Json:  # noqa: ARG001
    return [_other_date(chronology, other) for other in value]


_READERS: dict[str, Callable[[Any, Key, Chronology], Json]] = {
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


def _other_date(chronology: Chronology, other: OtherDate) -> Json:
    return {
        "date": other.date.text,
        "earliest": _day(other.date.earliest),
        "latest": _day(other.date.latest),
        "sources": citations_of(chronology, other.sources),
        "note": other.note or None,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _stored(value: Any) -> Json:  # noqa: ANN401 - a date is told as stored, anything else as it is
    told: Json = value.text if hasattr(value, "precision") else value
    return told
