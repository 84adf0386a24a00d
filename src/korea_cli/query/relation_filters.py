"""Fields on how records relate to others, on numbers of sources and uses, and on which keys a record has."""

from __future__ import annotations

import re
from functools import partial

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.dates.spans import PRECISIONS
from korea_cli.model.field_spec import DERIVED
from korea_cli.model.records import DISPUTING, RECORD_TYPES, keys_of
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.model.support import all_supporting_keys
from korea_cli.query.conditions import ALWAYS, Condition, all_of, among, any_of, none_of, possibly_outside
from korea_cli.query.field import ALL, DATED, Filter, QueryContext, is_list, read_days
from korea_cli.query.filters import allowed_word, with_parts
from korea_cli.query.named_sources import source_ids
from korea_cli.query.resolve_names import find, placeholders
from korea_cli.query.tally import counting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record

_DISPUTING = tuple(table.removesuffix("s") for table in DISPUTING)
_ARTICLE_TYPES = tuple(ROLES_BY_TYPE)
_SUPPORTING = all_supporting_keys()
_OF_DATED = Condition(f"entry.type IN ({placeholders(DATED)})", DATED)
_COMPARISON = r"(<=|>=|<|>|=)?\s*(\d{1,9})"


def _referring(key: str, types: tuple[str, ...], context: QueryContext, value: str) -> Condition:
    """Match what refers to a record under a key."""
    return among("link WHERE key = ? AND target = ?", key, find(context.store, value, *types).id)


def _disputed_by(context: QueryContext, value: str) -> Condition:
    """Match what a fact, actor or source disputes; an actor disputes what it is named for, and what its facts do."""
    named = find(context.store, value.removeprefix("="), *_DISPUTING)
    ids = with_parts(named, alone=named.type != "actor" or value.startswith("="))
    unlike = _meaning(named.type, "target")
    disputed = among(f"link WHERE key = 'disputed_by' AND target IN ({ids.sql}) AND {unlike}", *ids.values)
    if named.type != "actor":
        return disputed
    facts = f"SELECT id FROM fact WHERE seq IN (SELECT seq FROM link WHERE role = 'holder' AND target IN ({ids.sql}))"  # noqa: S608 - values are bound
    return any_of([disputed, among(f"link WHERE key = 'disputed_by' AND target IN ({facts})", *ids.values)])


def _meaning(type_: str, column: str) -> str:
    """Return the SQL of whether an id under `disputed_by` means a type: of several with that id, the first may."""
    earlier = ", ".join(f"'{each}'" for each in _DISPUTING[: _DISPUTING.index(type_)])
    if not earlier:
        return ALWAYS.sql
    return f"NOT EXISTS (SELECT 1 FROM entry AS other WHERE other.id = {column} AND other.type IN ({earlier}))"  # noqa: S608 - names of types


def _referred(
    key: str, types: tuple[str, ...], targets: tuple[str, ...], context: QueryContext, value: str
) -> Condition:
    """Match what a record of some types refers to under a key, which are records of the types `targets`."""
    named = find(context.store, value, *types)
    of_type = Condition(f"entry.type IN ({placeholders(targets)})", targets)
    ids = "SELECT target FROM link WHERE key = ? AND seq = (SELECT seq FROM entry WHERE type = ? AND id = ?)"
    return all_of([of_type, Condition(f"entry.id IN ({ids})", (key, named.type, named.id))])


def _disputing(context: QueryContext, value: str) -> Condition:
    """Match what disputes a record, and who: the actors that it names, and those that hold a fact that it names."""
    named = find(context.store, value, *DATED)
    ids = (
        "SELECT target FROM link WHERE key = 'disputed_by' AND seq = (SELECT seq FROM entry WHERE type = ? AND id = ?)"
    )
    own = [Condition(f"entry.type = '{type_}' AND {_meaning(type_, 'entry.id')}") for type_ in _DISPUTING]
    disputing = Condition(f"entry.id IN ({ids})", (named.type, named.id))
    holders = f"SELECT target FROM link WHERE role = 'holder' AND seq IN (SELECT seq FROM fact WHERE id IN ({ids}))"  # noqa: S608 - values are bound
    holding = Condition(f"(entry.type = 'actor' AND entry.id IN ({holders}))", (named.type, named.id))
    return any_of([all_of([any_of(own), disputing]), holding])


def _only(context: QueryContext, value: str) -> Condition:
    """Match what rests on sources of one kind alone."""
    ids = source_ids(context.store, value)
    cited = f"link WHERE key IN ({placeholders(_SUPPORTING)}) AND target"
    values = (*_SUPPORTING, *ids.values)
    return all_of([
        among(f"{cited} IN ({ids.sql})", *values), none_of(among(f"{cited} NOT IN ({ids.sql})", *values))
    ])  # fmt: skip


def _comparison(value: str) -> tuple[str, int]:
    """Return the sign and the number of a comparison: `2`, `<2`, `>=5`."""
    found = re.fullmatch(_COMPARISON, value)
    if not found:
        raise UsageError(f"'{value}' is not a number to compare with: write 2, <2, <=2, >2 or >=2")
    return found[1] or "=", int(found[2])


def _counted(counted: str, context: QueryContext, value: str) -> Condition:
    """Compare how many events or facts are counted: in a list those of the query, elsewhere all that there are."""
    sign, number = _comparison(value)
    if is_list(context.types):
        return Condition(f"COALESCE(tally.{counted}_count, 0) {sign} ?", (number,))
    types = (type_ for type_ in context.types if type_ in ROLES_BY_TYPE)
    return any_of(counting(type_, counted, sign, number, context.standing) for type_ in types)


def _support(column: str, _: QueryContext, value: str) -> Condition:
    """Compare a number that only events and facts have."""
    sign, number = _comparison(value)
    return all_of([_OF_DATED, Condition(f"entry.{column} {sign} ?", (number,))])


def _has(context: QueryContext, value: str) -> Condition:
    """Match records that have a value under a key."""
    columns = _columns(value, context.types)
    return any_of(among(f"{type_} WHERE {_has_value(type_, name)}") for type_, name in columns)


def _has_value(type_: str, name: str) -> str:
    nothing = "0" if keys_of(RECORD_TYPES[type_])[name].form == "flag" else "''"
    return f'COALESCE("{name}", {nothing}) <> {nothing}'


def _has_no(context: QueryContext, value: str) -> Condition:
    """Match records that could have a value under a key, and have none."""
    types = [type_ for type_, _ in _columns(value, context.types)]
    could = Condition(f"entry.type IN ({placeholders(types)})", tuple(types))
    return all_of([could, none_of(_has(context, value))])


def _columns(value: str, types: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the type and name of each key that a word means: `source` and `sources`, `other-dates`, `type`."""
    word = value.casefold().replace("-", "_")
    keys = {type_: _keys_by_name(RECORD_TYPES[type_]) for type_ in types}
    for each in (word, f"{word}s"):
        found = [(type_, names[each]) for type_, names in keys.items() if each in names]
        if found:
            return found
    raise NotInListError("key", value, tuple(dict.fromkeys(name for names in keys.values() for name in names)))


def _keys_by_name(record: type[Record]) -> dict[str, str]:
    """Return the keys that a file may write, by each name they have: in the file, in JSON, and as attributes."""
    written = {name: key for name, key in keys_of(record).items() if key.form not in DERIVED}
    return {each: name for name, key in written.items() for each in (key.written_as, key.shown_as, name) if each}


def _precision(_: QueryContext, value: str) -> Condition:
    return Condition("entry.precision = ?", (allowed_word("precision", value, PRECISIONS),))


def _bound(earliest: str, latest: str, context: QueryContext, value: str) -> Condition:
    span = read_days(value, context.today)
    first, last = span.ends
    within = among(f"span WHERE {earliest} <= ? AND {latest} >= ?", last, first)
    return all_of([within, none_of(possibly_outside(span, latest, earliest))]) if context.certain else within


def _known(context: QueryContext, value: str) -> Condition:
    first, last = read_days(value, context.today).ends
    starts, ends = ("known_max", "known_min") if context.certain else ("known_min", "known_max")
    return all_of([_OF_DATED, Condition(f"(entry.{starts} <= ? AND entry.{ends} >= ?)", (last, first))])


_FACTS = ("fact",)
_EVENTS = ("event",)
RELATION_FILTERS: Mapping[str, Filter] = {
    "answers": Filter("events that respond to an event", _EVENTS, partial(_referring, "responds_to", _EVENTS)),
    "answered-by": Filter(
        "events that an event responds to", _EVENTS, partial(_referred, "responds_to", _EVENTS, _EVENTS)
    ),
    "about-event": Filter("facts about an event", _FACTS, partial(_referring, "events", _EVENTS)),
    "disputes": Filter("what disputes an event or fact", _DISPUTING, _disputing),
    "disputed-by": Filter(
        "what a fact, actor or source disputes", DATED, _disputed_by
    ),
    "only": Filter("what rests on one source or voice alone", DATED, _only),
    "sources": Filter(
        "number of sources it rests on, such as 1, <2 or >=3", DATED, partial(_support, "source_count"), number=True
    ),
    "voices": Filter(
        "number of voices it rests on, such as 1 or >=3", DATED, partial(_support, "voice_count"), number=True
    ),
    "events": Filter(
        "number of events counted, such as 0 or >=5", _ARTICLE_TYPES,
        partial(_counted, "event"), of_tally=True, number=True,
    ),
    "facts": Filter(
        "number of facts counted, such as 0 or >=5", _ARTICLE_TYPES,
        partial(_counted, "fact"), of_tally=True, number=True,
    ),
    "has": Filter("records with a value under a key, such as quote", ALL, _has, every=True),
    "no": Filter("records without a value under a key, such as place", ALL, _has_no, every=True),
    "precision": Filter("how precise the date is, such as day or month", DATED, _precision, choices=PRECISIONS),
    "begins": Filter("date or range it may begin in", DATED, partial(_bound, "start_min", "start_max"), timed=True),
    "ends": Filter("date or range it may end in", DATED, partial(_bound, "end_min", "end_max"), timed=True),
    "known-since": Filter("date or range in which it may have become known", DATED, _known, timed=True),
}  # fmt: skip
