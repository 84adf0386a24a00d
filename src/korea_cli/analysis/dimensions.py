"""What events and facts have in common: the dimensions of `stats` and the lanes of `chart`."""

from __future__ import annotations

from collections import Counter, defaultdict

from korea_cli.base.errors import NotInListError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.format import show_stored
from korea_cli.dates.spans import OPEN_END
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.query.conditions import Condition
from korea_cli.query.field import DATED
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.together import QueryPart, rows_together
from korea_cli.store.sql import EACH_ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.store.sql import Counting

UNKNOWN = "not known"
NEVER, POSSIBLE = Condition("NULL"), "possible"


class Dimension(NamedTuple):
    """One thing that events and facts have in common.

    types: the types of record that have it. value: the SQL of its value, NULL for none; or of the ids that a record
    refers to, joined by blanks, where `of` finds the values of each id. words: for it, where its name says too little.
    each: what an event of several values is counted for. named: the type of record whose titles are shown for the
    values. in_time: whether these are in order of time.
    """

    types: tuple[str, ...]
    value: str
    of: str = ""
    words: str = ""
    each: str = ""
    named: str = ""
    in_time: bool = False

    @property
    def parts(self) -> list[QueryPart]:
        """The question for the values that ids stand for, if any does."""
        return [QueryPart(self.of, (), ("id", "value"))] if self.of else []


def _linked(type_: str, *roles: str, types: tuple[str, ...] = DATED, words: str = "", each: str) -> Dimension:
    """Return a dimension of the records that others refer to in some roles, and of all that these belong to."""
    named = type_ if type_ != "source" else ""  # sources are shown by their ids, as where they are cited
    wholes = f"SELECT id, whole AS value FROM belongs WHERE type = '{type_}'"  # noqa: S608 - from the code
    return Dimension(types, _ids(roles), wholes, words, each, named)


def _of_referred(type_: str, key: str, *roles: str, each: str) -> Dimension:
    """Return a dimension of a key of the records that others refer to in some roles."""
    return Dimension(DATED, _ids(roles), f"SELECT id, {key} AS value FROM {type_} WHERE {key} <> ''", each=each)  # noqa: S608 - from the code


def _ids(roles: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT GROUP_CONCAT(target, ' ') FROM link WHERE link.seq = entry.seq AND role IN ({listed}))"  # noqa: S608 - from the code


def _number(column: str, words: str) -> Dimension:
    return Dimension(DATED, f"CAST(entry.{column} AS TEXT)", words=words)


_PLACE = """(SELECT COALESCE((SELECT main FROM main_place WHERE main_place.place = event.place), place)
  FROM event WHERE event.seq = entry.seq)"""
_WHOLES = ", and of what they belong to"
DIMENSIONS: dict[str, Dimension] = {
    "year": Dimension(DATED, "entry.year", in_time=True),
    "month": Dimension(DATED, "entry.month", in_time=True),
    "actor": _linked("actor", *ACTOR_ROLES, each=f"everyone who has a part in it{_WHOLES}"),
    "by": _linked("actor", "agent", "holder", words="who acted", each=f"everyone who acted{_WHOLES}"),
    "to": _linked(
        "actor", "recipient", types=("event",), words="who was addressed", each=f"everyone who was addressed{_WHOLES}"
    ),
    "holder": _linked("actor", "holder", types=("fact",), each=f"everyone who holds it{_WHOLES}"),
    "topic": _linked("topic", "topic", each="each of its topics, and of what these belong to"),
    "kind": Dimension(DATED, "entry.kind"),
    "status": Dimension(DATED, "entry.status"),
    "place": Dimension(("event",), _PLACE),
    "country": _of_referred("actor", "country", *ACTOR_ROLES, each="the country of everyone who has a part in it"),
    "source": _linked("source", "source", each="each of its sources"),
    "voice": _of_referred("source", "voice", "source", each="the voice of each of its sources"),
    "sources": _number("source_count", "number of sources"),
    "voices": _number("voice_count", "number of voices"),
    "basis": Dimension(("event",), "entry.basis", words="basis of the date"),
    "precision": Dimension(DATED, "entry.precision", words="precision of the date"),
}
CATEGORIES = tuple(name for name, each in DIMENSIONS.items() if not each.in_time)


SECTIONS: dict[str, tuple[str, ...]] = {  # of `stats`, with what each counts by
    "overview": (), "years": ("year",), "months": ("month",), "kinds": ("kind",), "topics": ("topic",),
    "statuses": ("status",), "sources": ("source",), "corroboration": ("sources", "voices"), "bases": ("basis",),
    "precisions": ("precision",),
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
    rows, values = rows_to_count(own, (type_,), lanes)
    dimension, reader = DIMENSIONS[lanes], ValueReader(lanes)
    cells = QueryPart(f"SELECT {dimension.value} AS cell, entry.seq AS seq {rows}", values, ("cell",), ("seq",))
    for place, (cell, other) in rows_together(chronology.store, [*dimension.parts, cells]):
        if place < len(dimension.parts):
            reader.add(cell, other)
        else:
            yield from ((other, value) for value in reader.read(cell))


class ValueReader:
    """Reads the values of records from what SQL has for a dimension; "" for none."""

    def __init__(self, name: str) -> None:
        """Read values of a dimension; those that an id stands for are to be added first."""
        self._is_of_ids = bool(DIMENSIONS[name].of)
        self._values: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, id_: str, value: str) -> None:
        """Add a value that an id stands for."""
        self._values[id_].append(value)

    def read(self, cell: str | None) -> Collection[str]:
        """Return each value once; most records refer to one record only."""
        if not self._is_of_ids:
            return ("" if cell is None else str(cell),)
        if cell is not None and " " not in cell:
            return self._values.get(cell) or ("",)
        return {value for id_ in (cell or "").split() for value in self._values.get(id_, ())} or ("",)


def rows_to_count(
    own: Condition, types: Sequence[str], *names: str, counting: Counting = EACH_ROW
) -> tuple[str, tuple[str | int, ...]]:
    """Return the SQL from `FROM` on for records of some types that meet a condition, and what to bind.

    What records refer to is looked up fastest in the order of the records, by their numbers instead of their types, and
    only once where SQL has a limit, even none.
    """
    refers = any(DIMENSIONS[name].of for name in names) and not counting.each
    order, once = ("entry.seq > 0 AND +", " LIMIT -1") if refers else ("", "")
    sql = f"FROM {counting.table} WHERE {order}entry.type IN ({placeholders(types)}) AND {own.sql}{once}"
    return sql, (*types, *own.values)


def numbers(found: Counter[str]) -> tuple[int, int, int]:
    """Return how many events and facts were counted, and how many of these are only possible."""
    return found["event"], found["fact"], found[POSSIBLE]


def ordered(chronology: Chronology, name: str, numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return values with their labels, in order of time or the most frequent first; what is not known comes last."""
    if DIMENSIONS[name].in_time:
        order = sorted(numbers, key=_in_order)
    else:
        order = sorted(numbers, key=lambda value: (not value, -numbers[value], value))
        if DIMENSIONS[name].named:
            chronology.titles.expect_ids(filter(None, order))
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
