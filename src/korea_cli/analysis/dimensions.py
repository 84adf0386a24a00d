"""What events and facts have in common: the dimensions of `stats` and the lanes of `chart`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import NotInListError
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.format import show_stored
from korea_cli.dates.spans import OPEN_END
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.query.filters import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.store.sql import certain_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition

UNKNOWN = "not known"


class Dimension(NamedTuple):
    """One thing that events and facts have in common.

    types: the types of record that have it. value: the SQL of its value; NULL for none. joins: what that needs beside
    `entry`; a record has a row there for each of several values. Both have `{n}` in the names of tables. words: for
    it, where its name says too little. each: what an event of several values is counted for. named: the type of record
    whose titles are shown for the values. in_time: whether these are in order of time.
    """

    types: tuple[str, ...]
    value: str
    joins: str = ""
    words: str = ""
    each: str = ""
    named: str = ""
    in_time: bool = False


def _own(*types: str, key: str, words: str = "") -> Dimension:
    """Return a dimension of single keys of some types of record."""
    cases = (f"WHEN '{type_}' THEN (SELECT {key} FROM {type_} WHERE seq = entry.seq)" for type_ in types)  # noqa: S608 - from the code
    return Dimension(types, f"NULLIF(CASE entry.type {' '.join(cases)} END, '')", words=words)


def _linked(type_: str, *roles: str, types: tuple[str, ...] = DATED, words: str = "", each: str) -> Dimension:
    """Return a dimension of the records that others refer to in some roles, and of all that these belong to."""
    joins = (
        f"{_links(roles)} LEFT JOIN belongs AS whole{{n}} ON whole{{n}}.type = '{type_}'"
        " AND whole{n}.id = link{n}.target"
    )
    named = type_ if type_ != "source" else ""  # sources are shown by their ids, as where they are cited
    return Dimension(types, "whole{n}.whole", joins, words, each, named)


def _of_referred(type_: str, key: str, *roles: str, each: str) -> Dimension:
    """Return a dimension of a key of the records that others refer to in some roles."""
    having = f"+link{{n}}.target IN (SELECT id FROM {type_} WHERE {key} <> '')"  # noqa: S608 - from the code
    joins = (
        f"{_links(roles)} AND {having} LEFT JOIN entry AS named{{n}} ON named{{n}}.type = '{type_}'"
        f" AND named{{n}}.id = link{{n}}.target LEFT JOIN {type_} AS other{{n}} ON other{{n}}.seq = named{{n}}.seq"
    )
    return Dimension(DATED, f"other{{n}}.{key}", joins, each=each)


def _links(roles: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{role}'" for role in roles)
    return f"LEFT JOIN link AS link{{n}} ON link{{n}}.seq = entry.seq AND link{{n}}.role IN ({listed})"


def _in_time(unit: str) -> Dimension:
    """Return the dimension of the year or month in which events and facts certainly begin, else of the year."""
    return Dimension(DATED, certain_part(unit), in_time=True)


def _number(column: str, words: str) -> Dimension:
    return Dimension(DATED, f"CAST(entry.{column} AS TEXT)", words=words)


_PLACE = "COALESCE((SELECT main FROM main_place WHERE main_place.place = event.place), place)"
_WHOLES = ", and of what they belong to"
DIMENSIONS: dict[str, Dimension] = {
    "year": _in_time("year"),
    "month": _in_time("month"),
    "actor": _linked("actor", *ACTOR_ROLES, each=f"everyone who has a part in it{_WHOLES}"),
    "by": _linked("actor", "agent", "holder", words="who acted", each=f"everyone who acted{_WHOLES}"),
    "to": _linked(
        "actor", "recipient", types=("event",), words="who was addressed", each=f"everyone who was addressed{_WHOLES}"
    ),
    "holder": _linked("actor", "holder", types=("fact",), each=f"everyone who holds it{_WHOLES}"),
    "topic": _linked("topic", "topic", each="each of its topics, and of what these belong to"),
    "kind": _own(*DATED, key="kind"),
    "status": _own(*DATED, key="status"),
    "place": _own("event", key=_PLACE),
    "country": _of_referred("actor", "country", *ACTOR_ROLES, each="the country of everyone who has a part in it"),
    "source": _linked("source", "source", each="each of its sources"),
    "voice": _of_referred("source", "voice", "source", each="the voice of each of its sources"),
    "sources": _number("source_count", "number of sources"),
    "voices": _number("voice_count", "number of voices"),
    "basis": _own("event", key="date_basis", words="basis of the date"),
    "precision": Dimension(DATED, "entry.precision", words="precision of the date"),
}
CATEGORIES = tuple(name for name, each in DIMENSIONS.items() if not each.in_time)


SECTIONS = {  # of `stats`, with what each counts by, if that is one dimension
    "overview": "", "years": "year", "months": "month", "kinds": "kind", "topics": "topic", "statuses": "status",
    "sources": "source", "corroboration": "", "bases": "basis", "precisions": "precision",
}  # fmt: skip


def named(name: str) -> str:
    """Return the name of a dimension in lower case; raises NotInListError."""
    if name.casefold() not in DIMENSIONS:
        raise NotInListError("value to count by", name, tuple(DIMENSIONS))
    return name.casefold()


def words_for(name: str) -> str:
    """Return the words for a dimension, as in `by month`."""
    return DIMENSIONS[name].words or name


def charted_type(lanes: str | None) -> str:
    """Return the type of record that a chart over time draws: events; facts in lanes of what only they have."""
    types = DIMENSIONS[lanes.casefold()].types if lanes and lanes.casefold() in CATEGORIES else DATED
    return "event" if "event" in types else types[0]


def values_of(chronology: Chronology, own: Condition, type_: str, lanes: str) -> Iterator[tuple[int, str]]:
    """Yield the number of every record of a type that meets a condition, once for each of its values; "" for none."""
    rows, values = _rows(own, (type_,), lanes)
    return chronology.store.rows(f"SELECT DISTINCT entry.seq, {_value(lanes)} {rows}", values)


def count_values(
    chronology: Chronology, own: Condition, types: Sequence[str], *names: str
) -> dict[tuple[str, ...], Counter[str]]:
    """Count the records of some types that meet a condition, by type, for the values they have of some dimensions."""
    rows, values = _rows(own, types, *names)
    columns = ", ".join(_value(name, place) for place, name in enumerate(names))
    order = ", ".join(str(place + 1) for place in range(len(names) + 1))
    sql = f"SELECT {columns}, entry.type, COUNT(DISTINCT entry.seq) {rows} GROUP BY {order}"
    found: dict[tuple[str, ...], Counter[str]] = {}
    for *key, type_, number in chronology.store.rows(sql, values):
        found.setdefault(tuple(key), Counter())[type_] = number
    return found


def _value(name: str, place: int = 0) -> str:
    return f"COALESCE({DIMENSIONS[name].value.format(n=place)}, '')"


def _rows(own: Condition, types: Sequence[str], *names: str) -> tuple[str, tuple[str | int, ...]]:
    """Return the SQL from `FROM` on for records with their values of some dimensions, and what to bind."""
    joins = " ".join(DIMENSIONS[name].joins.format(n=place) for place, name in enumerate(names))
    return f"FROM entry {joins} WHERE entry.type IN ({placeholders(types)}) AND {own.sql}", (*types, *own.values)


def ordered(chronology: Chronology, name: str, numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return values with their labels, in order of time or the most frequent first; what is not known comes last."""
    if DIMENSIONS[name].in_time:
        order = sorted(numbers, key=_in_order)
    else:
        order = sorted(numbers, key=lambda value: (not value, -numbers[value], value))
    return [(value, _label(chronology, name, value)) for value in order]


def _label(chronology: Chronology, name: str, value: str) -> str:
    of = DIMENSIONS[name].named
    if not DIMENSIONS[name].in_time:
        return (of and chronology.title(of, value)) or value or "none"
    if not value:
        return UNKNOWN
    shown = show_stored(value)
    return f"{shown}, month {UNKNOWN}" if name == "month" and value.rfind("-") <= 0 else shown


def _in_order(value: str) -> tuple[int, int]:
    """Return the sort key of a year or month: a year of unknown month comes after its months, what is unknown last."""
    date = read_stored(value) if value else None
    return (date.end_max, -date.start_min) if date else (OPEN_END, 0)
