"""What events and facts have in common: the dimensions of `stats` and the lanes of `chart`."""

from __future__ import annotations

from collections import Counter, defaultdict

from korea_cli.base.errors import NotInListError
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.format import show_stored
from korea_cli.dates.spans import OPEN_END
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.query.conditions import Condition
from korea_cli.query.field import DATED
from korea_cli.query.resolve_names import placeholders

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology

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


def _linked(type_: str, *roles: str, types: tuple[str, ...] = DATED, words: str = "", each: str) -> Dimension:
    """Return a dimension of the records that others refer to in some roles, and of all that these belong to."""
    named = type_ if type_ != "source" else ""  # sources are shown by their ids, as where they are cited
    wholes = f"SELECT id, whole FROM belongs WHERE type = '{type_}'"  # noqa: S608 - from the code
    return Dimension(types, _ids(roles), wholes, words, each, named)


def _of_referred(type_: str, key: str, *roles: str, each: str) -> Dimension:
    """Return a dimension of a key of the records that others refer to in some roles."""
    return Dimension(DATED, _ids(roles), f"SELECT id, {key} FROM {type_} WHERE {key} <> ''", each=each)  # noqa: S608 - from the code


def _ids(roles: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT GROUP_CONCAT(target, ' ') FROM link WHERE link.seq = entry.seq AND role IN ({listed}))"  # noqa: S608 - from the code


def _number(column: str, words: str) -> Dimension:
    return Dimension(DATED, f"entry.{column}", words=words)


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
    rows, values = _rows(own, (type_,), lanes)
    read = _reader(chronology, lanes)
    for number, cell in chronology.store.rows(f"SELECT entry.seq, {DIMENSIONS[lanes].value} {rows}", values):
        yield from ((number, value) for value in read(cell))


def count_each(
    chronology: Chronology, own: Condition, names: Collection[str], possible: Condition = NEVER
) -> dict[str, dict[str, Counter[str]]]:
    """Count what meets a condition by each of some dimensions: by type, and what is only possible, for each value.

    Those that each record has one value of are counted together: few of their values differ.
    """
    at_once: defaultdict[object, list[str]] = defaultdict(list)
    for name in names:
        at_once[DIMENSIONS[name].of and name, DIMENSIONS[name].in_time].append(name)
    found: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in names}
    for some in at_once.values():
        types = [type_ for type_ in DATED if any(type_ in DIMENSIONS[name].types for name in some)]
        for counted, values in grouped(chronology, own, types, some, possible):
            for name, each in zip(some, values, strict=True):
                for value in each if counted.type in DIMENSIONS[name].types else ():
                    counted.add_to(found[name][value])
    return found


class Counted(NamedTuple):
    """How many records of a type have some values, and how many of these are only possible."""

    type: str
    number: int
    possible: int

    def add_to(self, counter: Counter[str]) -> None:
        """Add these numbers to those of a value."""
        counter[self.type] += self.number
        counter[POSSIBLE] += self.possible


def grouped(
    chronology: Chronology, own: Condition, types: Sequence[str], names: Sequence[str], possible: Condition
) -> Iterator[tuple[Counted, list[Collection[str]]]]:
    """Yield how many records meet a condition, and the values that these have of some dimensions.

    SQL counts those that refer to the same records; what these belong to is looked up for each such group.
    """
    rows, values = _rows(own, types, *names)
    columns = "".join(f", {DIMENSIONS[name].value} AS c{place}" for place, name in enumerate(names))
    keys = ", ".join(("type", *(f"c{place}" for place in range(len(names)))))
    sql = (
        f"SELECT {keys}, COUNT(*), COUNT(NULLIF(possible, 0)) FROM"  # noqa: S608 - values are bound
        f" (SELECT entry.type AS type, {possible.sql} AS possible{columns} {rows}) GROUP BY {keys}"
    )
    readers = [_reader(chronology, name) for name in names]
    for type_, *cells, number, doubtful in chronology.store.rows(sql, (*possible.values, *values)):
        yield Counted(type_, number, doubtful), [read(cell) for read, cell in zip(readers, cells, strict=True)]


def _reader(chronology: Chronology, name: str) -> Callable[[Any], Collection[str]]:
    """Return what reads the values of records from what SQL has for a dimension; "" for none."""
    if not DIMENSIONS[name].of:
        return lambda cell: ("" if cell is None else str(cell),)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, value in chronology.store.rows(DIMENSIONS[name].of):
        found[id_].append(value)

    def read(cell: str | None) -> Collection[str]:
        """Return each value once; most records refer to one record only."""
        if cell is not None and " " not in cell:
            return found.get(cell) or ("",)
        return {value for id_ in (cell or "").split() for value in found.get(id_, ())} or ("",)

    return read


def _rows(own: Condition, types: Sequence[str], *names: str) -> tuple[str, tuple[str | int, ...]]:
    """Return the SQL from `FROM` on for records of some types that meet a condition, and what to bind.

    What records refer to is looked up fastest in the order of the records, by their numbers instead of their types, and
    only once where SQL has a limit, even none.
    """
    order, once = ("entry.seq > 0 AND +", " LIMIT -1") if any(DIMENSIONS[name].of for name in names) else ("", "")
    sql = f"FROM entry WHERE {order}entry.type IN ({placeholders(types)}) AND {own.sql}{once}"
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
