"""The fields one can ask by, each declared once: what it means, which records have it, and its condition in SQL."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.edtf import OPEN_END, OPEN_START
from korea_cli.dates.typed import parse_typed
from korea_cli.errors import NotInListError, UnknownNameError, UsageError
from korea_cli.model import (
    ACTOR_KINDS, DATE_BASES, EVENT_KINDS, EVENT_STATUSES, FACT_KINDS, FACT_STATUSES, SOURCE_TYPES, VOICES,
)  # fmt: skip
from korea_cli.names import find, marks
from korea_cli.words import name_key, pattern_for, words_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from korea_cli.dates.typed import Span
    from korea_cli.store import Store

ACTOR_ROLES = ("actors", "recipients", "via", "holders", "reported_by", "about")
SOURCE_ROLES = ("sources", "other_dates")
DATED = ("event", "fact")
ALL = ("event", "fact", "actor", "topic", "source")
_STATUSES = {"event": EVENT_STATUSES, "fact": FACT_STATUSES}
_KINDS = {"event": EVENT_KINDS, "fact": FACT_KINDS, "actor": ACTOR_KINDS, "source": SOURCE_TYPES + VOICES}


class Condition(NamedTuple):
    """A condition on `entry` in SQL, and the values to bind to it."""

    sql: str
    values: tuple[str | int, ...] = ()


class Asked(NamedTuple):
    """What a value is read against: the store, the record types asked for, the day "today", the file's own kinds."""

    store: Store
    types: tuple[str, ...]
    today: dt.date
    kinds: tuple[str, ...] = ()


class Filter(NamedTuple):
    """A field one can ask by; several values of it are alternatives, unless `every` one must hold."""

    help: str
    types: tuple[str, ...]
    condition: Callable[[Asked, str], Condition]
    every: bool = False


def all_of(conditions: Iterable[Condition], joint: str = " AND ") -> Condition:
    """Join conditions; none at all is always true."""
    conditions = tuple(conditions)
    sql = joint.join(condition.sql for condition in conditions)
    return Condition(f"({sql})" if conditions else "1 = 1", tuple(v for each in conditions for v in each.values))


def in_window(span: Span) -> Condition:
    """Say that a record may fall in a span of days."""
    return Condition("entry.seq IN (SELECT seq FROM span WHERE a <= ? AND d >= ?)", _ends(span)[::-1])


def not_surely_in(span: Span) -> Condition:
    """Say that a record in a window may also lie outside it, by any of its dates."""
    return Condition("entry.seq IN (SELECT seq FROM span WHERE c < ? OR b > ? OR NOT sharp)", _ends(span))


def _ends(span: Span) -> tuple[int, int]:
    return OPEN_START if span.first is None else span.first, OPEN_END if span.last is None else span.last


def _linked(roles: tuple[str, ...], targets: Condition) -> Condition:
    """Say that a record refers to one of some ids in one of some roles."""
    sql = f"entry.seq IN (SELECT seq FROM link WHERE role IN ({marks(roles)}) AND target IN ({targets.sql}))"  # noqa: S608
    return Condition(sql, (*roles, *targets.values))


def _itself(type_: str, ids: Condition) -> Condition:
    return Condition(f"(entry.type = '{type_}' AND entry.id IN ({ids.sql}))", ids.values)


def _either(*conditions: Condition) -> Condition:
    return all_of(conditions, " OR ")


def _belonging(type_: str, asked: Asked, value: str) -> Condition:
    """Give the ids of a named thing and all that belongs to it; with `=`, of the thing alone."""
    alone = value.startswith("=")
    id_ = find(asked.store, value.removeprefix("="), type_).id
    return Condition("?", (id_,)) if alone else Condition("SELECT id FROM belongs WHERE type = ? AND whole = ?", (type_, id_))


def _actor(roles: tuple[str, ...], asked: Asked, value: str) -> Condition:
    return _linked(roles, _belonging("actor", asked, value))


def _any_actor(asked: Asked, value: str) -> Condition:
    ids = _belonging("actor", asked, value)
    return _either(_linked(ACTOR_ROLES, ids), _itself("actor", ids))


def _topic(asked: Asked, value: str) -> Condition:
    ids = _belonging("topic", asked, value)
    return _either(_linked(("topics",), ids), _itself("topic", ids))


def _source(asked: Asked, value: str) -> Condition:
    ids = _sources_meant(asked.store, value)
    return _either(_linked(SOURCE_ROLES, ids), _itself("source", ids))


def _sources_meant(store: Store, value: str) -> Condition:
    """Read a source by its id or title, by its voice, by its container, or by a unique beginning."""
    key = name_key(value)
    by_name = Condition("SELECT id FROM name WHERE type = 'source' AND name = ?", (key.removeprefix("="),))
    by_voice = Condition("SELECT id FROM source WHERE voice = ?", (key,))
    container = "SELECT id FROM source WHERE seq IN (SELECT seq FROM phrase WHERE role = 'container' AND words LIKE ?)"
    by_container = Condition(container, (pattern_for(value),))
    exact = value.startswith("=") or not words_of(value)
    for ids in (by_name,) if exact else (by_name, by_voice, by_container):
        if next(store.rows(*ids), None):
            return ids
    return Condition("?", (find(store, value.removeprefix("="), "source").id,))


def _country(asked: Asked, value: str) -> Condition:
    code = _country_code(asked.store, value)
    actors = Condition("SELECT id FROM actor WHERE country = ?", (code,))
    own = Condition("entry.seq IN (SELECT seq FROM source WHERE country = ?)", (code,))
    return _either(_linked(ACTOR_ROLES, actors), _itself("actor", actors), own)


def _country_code(store: Store, value: str) -> str:
    """Read a country by its code, or by the name of an actor that is that state."""
    codes = [row[0] for row in store.rows("SELECT country FROM actor UNION SELECT country FROM source") if row[0]]
    known = {code.casefold(): code for code in codes}
    states = "SELECT country FROM actor WHERE kind = 'state' AND id IN (SELECT id FROM name WHERE type = 'actor' AND name = ?)"
    known |= {name_key(value): row[0] for row in store.rows(states, (name_key(value),)) if row[0]}
    return _known_word("country", value, known)


def _place(asked: Asked, value: str) -> Condition:
    words = "SELECT seq FROM phrase WHERE role = 'place' AND words LIKE ?"
    pattern = pattern_for(value)
    if not next(asked.store.rows(words, (pattern,)), None):
        known = {name_key(row[0]): row[0] for row in asked.store.rows("SELECT DISTINCT place FROM event") if row[0]}
        _known_word("place", value, known)
    return Condition(f"entry.seq IN ({words})", (pattern,))


def _kind(asked: Asked, value: str) -> Condition:
    types = tuple(type_ for type_ in asked.types if type_ in _KINDS) or DATED
    known = {kind: kind for type_ in types for kind in _KINDS[type_]}
    known |= {name_key(kind): kind for kind in (asked.kinds if "event" in types else ())}
    kind = _known_word("kind of " + " or ".join(types), value, known)
    columns = [(type_, column) for type_ in types for column in (("medium", "voice") if type_ == "source" else ("kind",))]
    return _either(*(_column(type_, column, kind) for type_, column in columns))


def _status(asked: Asked, value: str) -> Condition:
    types = tuple(type_ for type_ in asked.types if type_ in _STATUSES) or DATED
    status = _listed_word("status", value, dict.fromkeys(word for type_ in types for word in _STATUSES[type_]))
    return _either(*(_column(type_, "status", status) for type_ in types))


def _basis(asked: Asked, value: str) -> Condition:  # noqa: ARG001 - every filter is asked alike
    return _column("event", "date_basis", _listed_word("basis", value, DATE_BASES))


def _column(type_: str, column: str, value: str) -> Condition:
    return Condition(f"entry.seq IN (SELECT seq FROM {type_} WHERE {column} = ?)", (value,))  # noqa: S608 - names of ours


def _known_word(what: str, value: str, known: dict[str, str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - as the line below: only when something is wrong

    if word := known.get(name_key(value)):
        return word
    near = get_close_matches(name_key(value), known, n=2)
    raise UnknownNameError(what, value, [(known[key], known[key]) for key in near])


def _listed_word(what: str, value: str, allowed: Iterable[str]) -> str:
    word, allowed = name_key(value), tuple(allowed)
    if word not in allowed:
        raise NotInListError(what, value, allowed)
    return word


def _date(asked: Asked, value: str) -> Condition:
    return in_window(parse_typed(value, asked.today))


def _id(asked: Asked, value: str) -> Condition:
    """Find by an exact id, else by the beginning of ids."""
    key = name_key(value.removeprefix("="))
    types = f"entry.type IN ({marks(asked.types)})"
    beginning = "entry.id >= ? AND entry.id < ?"
    for sql, values in (("entry.id = ?", (key,)), (beginning, (key, key + "\U0010ffff"))):
        if key and next(asked.store.rows(f"SELECT id FROM entry WHERE {types} AND {sql}", (*asked.types, *values)), None):  # noqa: S608
            return Condition(sql if " AND " not in sql else f"({sql})", values)
        if value.startswith("="):
            break
    find(asked.store, key, *asked.types)  # by its name, perhaps: else it says what comes nearest
    raise UnknownNameError("id", value, ())


def _text(asked: Asked, value: str) -> Condition:  # noqa: ARG001 - every filter is asked alike
    if not words_of(value):
        raise UsageError(f"'{value}' has no word in it to look for")
    return Condition("entry.words LIKE ?", (pattern_for(value),))


FILTERS: dict[str, Filter] = {
    "text": Filter("words anywhere in it; the same as the bare word", ALL, _text, every=True),
    "actor": Filter("an actor in any role", ("event", "fact", "actor"), _any_actor),
    "by": Filter("who acted, or holds the claim", DATED, partial(_actor, ("actors", "holders"))),
    "to": Filter("who was addressed", ("event",), partial(_actor, ("recipients",))),
    "about": Filter("whom a fact is about", ("fact",), partial(_actor, ("about",))),
    "via": Filter("who relayed or reported it", DATED, partial(_actor, ("via", "reported_by"))),
    "topic": Filter("a topic or a narrower one", ("event", "fact", "topic"), _topic),
    "kind": Filter("the kind", ("event", "fact", "actor", "source"), _kind),
    "place": Filter("where it happened", ("event",), _place),
    "country": Filter("country of an actor in any role, as RUS or Russia", ("event", "fact", "actor", "source"), _country),
    "source": Filter("a source by id, container or voice", ("event", "fact", "source"), _source),
    "status": Filter("how well it stands", DATED, _status),
    "basis": Filter("how the date is known", ("event",), _basis),
    "date": Filter("a date or range it may fall in", DATED, _date),
    "id": Filter("an id or the beginning of one", ALL, _id),
}
