"""The columns of records: each key of the model with its value as JSON has it, and what refers to the record."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from korea_cli.base.hints import TYPE_CHECKING, Any, Protocol
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import iso_day
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import ids_in
from korea_cli.model.records import DISPUTING, Record, keys_of
from korea_cli.model.row import Named
from korea_cli.rows.column import Column, Json, plain_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.model.citation import Citation, Claim, OtherDate
    from korea_cli.model.field_spec import Key

RARE = {"slug", "text", "found", "claims"}  # forms whose values rarely occur twice
_ACTOR = ("actor",)
_SHOWN_BY: dict[tuple[str, ...], str] = {("actor",): "name", ("topic",): "label"}  # in a reference; else "title"


class Names(Protocol):
    """What has the titles of records: a chronology, or a draft."""

    def title(self, type_: str, id_: str, /) -> str | None:
        """Return the title, name or text of a record; None when there is no such record."""

    def address(self, source: str, /) -> str | None:
        """Return the address of a source; None when it has none."""

    def holders(self, fact: str, /) -> Sequence[str]:
        """Return the ids of those who hold a fact."""


class Referrers(Names, Protocol):
    """What also has the references between records: a chronology."""

    def referring(self, id_: str, key: str, /) -> Iterable[Named]:
        """Return the records that refer to an id under a key."""


def columns_for(record: type[Record], names: Names) -> tuple[Column, ...]:
    """Return the columns of a record type, in the order of the model."""
    columns = [Column("type", attrgetter("type"), help=f'"{record.type}"', recurs=True)]
    for name, key in keys_of(record).items():
        get = attrgetter(name)
        columns.append(Column(key.shown_as or name, get, _reader(key, names), key.help, key.form not in RARE))
        if key.dated:
            columns += _bounds_of(get)
    return tuple(columns)


def _reader(key: Key, names: Names) -> Callable[[Any], Json]:
    types = tuple(table.removesuffix("s") for table in key.refers)
    readers: dict[str, Callable[[Any], Json]] = {
        "texts": list,
        "refs": partial(_opponents if key.refers == DISPUTING else _references, names, types),
        "ref": lambda id_: next(iter(_references(names, types, ids_in(id_))), None),
        "cites": partial(_citations, names),
        "other_dates": lambda dates: [_other_date(names, each) for each in dates],
        "claims": lambda claims: [_claim(names, each) for each in claims],
    }
    return readers.get(key.form, plain_value)


class _Relation(NamedTuple):
    """How records refer to one: the key it is shown under, the key they refer by, and its meaning.

    by: the types that refer so; if empty, any. among: the types that an id under that key may mean, in this order.
    """

    key: str
    referring_key: str
    help: str
    by: tuple[str, ...] = ()
    among: tuple[str, ...] = ()


_OPPONENTS = tuple(table.removesuffix("s") for table in DISPUTING)
_DISPUTES = _Relation("disputes", "disputed_by", "records that it disputes", among=_OPPONENTS)
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
    """Return the key under which a reference to a record of one of some types has its title."""
    return _SHOWN_BY.get(types, "title")


def relations_of(names: Referrers, type_: str) -> tuple[Column, ...]:
    """Return the columns with what refers to a record, for a record in full."""
    return tuple(
        Column(relation.key, partial(_referring, names, relation), help=relation.help) for relation in REFERRING[type_]
    )


def _referring(names: Referrers, relation: _Relation, row: Record | Named) -> Json:
    """Return references to what refers to a record, unless the id it refers by means a record of another type."""
    if relation.among and _resolved(names, relation.among, row.id).type != row.type:
        return []
    found = names.referring(row.id, relation.referring_key)
    return [_reference(each, relation.by) for each in found if each.type in (relation.by or (each.type,))]


def _references(names: Names, types: tuple[str, ...], ids: Iterable[str]) -> list[Json]:
    """Return references to the records with some ids, each of the first of some types that has it."""
    return [_reference(_resolved(names, types, id_), types) for id_ in ids]


def _opponents(names: Names, types: tuple[str, ...], ids: Iterable[str]) -> list[Json]:
    """Return references to what disputes a record, with those who hold it where it is a fact."""
    found = [_resolved(names, types, id_) for id_ in ids]
    holders = (names.holders(each.id) if each.type == "fact" else () for each in found)
    return [
        {**each._asdict(), "holders": _references(names, _ACTOR, some)}
        for each, some in zip(found, holders, strict=True)
    ]


def _resolved(names: Names, types: Iterable[str], id_: str) -> Named:
    titles = ((type_, names.title(type_, id_)) for type_ in types)
    return next(Named(type_, id_, title) for type_, title in titles if title is not None)  # checked to exist


def _reference(named: Named, types: tuple[str, ...]) -> Json:
    """Return a reference as JSON has it: an actor's name and a topic's label where it can be of no other type."""
    shown = shown_by(types)
    return {"id": named.id, shown: named.title} if shown != "title" else named._asdict()


def _citations(names: Names, citations: Iterable[Citation]) -> list[Json]:
    return [
        {"id": id_, "locator": locator, "title": names.title("source", id_), "url": names.address(id_)}
        for id_, locator in citations
    ]


def _other_date(names: Names, other: OtherDate) -> Json:
    return {
        "date": other.date.text,
        "earliest": _earliest(other.date),
        "latest": _latest(other.date),
        "sources": _citations(names, other.sources),
        "note": other.note or None,
    }


def _claim(names: Names, claim: Claim) -> Json:
    return {
        "id": claim.id,
        "text": claim.text,
        "holders": _references(names, _ACTOR, claim.holders),
        "reported_by": _references(names, _ACTOR, claim.reported_by),
        "status": claim.status or None,
        "sources": _citations(names, claim.sources),
    }


def _bounds_of(get: Callable[[Any], object]) -> list[Column]:
    return [
        Column("earliest", get, lambda date: date and _earliest(date), "first possible day; null if open", recurs=True),
        Column("latest", get, lambda date: date and _latest(date), "last possible day; null if open", recurs=True),
        Column("precision", get, lambda date: date and date.precision, "precision of the date", recurs=True),
    ]


def _earliest(date: StoredDate) -> str | None:
    return None if date.start_min == OPEN_START else iso_day(date.start_min)


def _latest(date: StoredDate) -> str | None:
    return None if date.end_max == OPEN_END else iso_day(date.end_max)
