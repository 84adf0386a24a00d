"""The common fields of a query: what each means, which records have it, and its condition in SQL."""

from __future__ import annotations

from functools import partial
from itertools import chain

from korea_cli.base.errors import NotInListError, UnknownNameError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.tokenize import name_key, words_of
from korea_cli.model import choices
from korea_cli.model.roles import ACTOR_ROLES, ROLES_BY_TYPE
from korea_cli.query.conditions import Condition, all_of, among, any_of, disputed_by, having_words, ids_named, in_window
from korea_cli.query.field import ALL, DATED, Filter, QueryContext, read_days
from korea_cli.query.named_sources import cited_place, places_cited, places_in, source_ids
from korea_cli.query.resolve_names import AFTER, find, nearest_names, placeholders
from korea_cli.store.words import ALL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.model.row import Named
    from korea_cli.store.database import Store

_STATUSES = {"event": choices.EVENT_STATUSES, "fact": choices.FACT_STATUSES}
_KINDS = {
    "event": choices.EVENT_KINDS,
    "fact": choices.FACT_KINDS,
    "actor": choices.ACTOR_KINDS,
    "source": choices.SOURCE_TYPES + choices.VOICES,
}


def linked(roles: tuple[str, ...], ids: Condition) -> Condition:
    """Match records that refer to one of some ids in one of some roles."""
    return among(f"link WHERE role IN ({placeholders(roles)}) AND target IN ({ids.sql})", *roles, *ids.values)


def _with_opponents(context: QueryContext, type_: str, ids: Condition, own: Condition) -> Condition:
    """Match what a condition does and, where opponents count, what some actors or sources dispute."""
    return any_of([own, disputed_by(type_, ids)]) if context.opposed and type_ != "topic" else own


def _or_itself(context: QueryContext, type_: str, ids: Condition, referring: Condition) -> Condition:
    """Match what refers to a record, and the record itself if the query is for its type."""
    if type_ not in context.types:
        return referring
    return any_of([referring, among(f"entry WHERE type = ? AND id IN ({ids.sql})", type_, *ids.values)])


def _belonging(type_: str, context: QueryContext, value: str) -> Condition:
    """Return the ids of a named record and all that belongs to it; with `=`, of the record alone."""
    return with_parts(find(context.store, value.removeprefix("="), type_), alone=value.startswith("="))


def with_parts(named: Named, *, alone: bool) -> Condition:
    """Return the ids of a record and all that belongs to it, or its own alone."""
    if alone:
        return Condition("?", (named.id,))
    return Condition("SELECT id FROM belongs WHERE type = ? AND whole = ?", (named.type, named.id))


def _actor(roles: tuple[str, ...], context: QueryContext, value: str) -> Condition:
    ids = _belonging("actor", context, value)
    own = linked(roles, ids)
    return _with_opponents(context, "actor", ids, own) if "agent" in roles else own


def _in_any_role(type_: str, context: QueryContext, value: str) -> Condition:
    ids = source_ids(context.store, value) if type_ == "source" else _belonging(type_, context, value)
    referring = _with_opponents(context, type_, ids, linked(ROLES_BY_TYPE[type_], ids))
    return _or_itself(context, type_, ids, referring)


def _source(context: QueryContext, value: str) -> Condition:
    """Match a source and what cites it; after `#`, what cites one place in it, or the sources that are cited there."""
    name, mark, locator = cited_place(context.store, value)
    if not mark:
        return _in_any_role("source", context, value)
    ids, place = source_ids(context.store, name), name_key(locator)
    citing = f"link WHERE role = 'source' AND locator = ? AND target IN ({ids.sql})"
    if context.types == ("source",):
        citing = f"source WHERE id IN (SELECT target FROM {citing})"  # noqa: S608 - values are bound
    return among(citing, place, *ids.values)


def _locator(_: QueryContext, value: str) -> Condition:
    return among("link WHERE role = 'source' AND locator = ?", name_key(value))


def _country(context: QueryContext, value: str) -> Condition:
    code = _resolve_word("country", value, _countries(context.store))
    ids = Condition("SELECT id FROM actor WHERE country = ?", (code,))
    referring = _with_opponents(context, "actor", ids, linked(ACTOR_ROLES, ids))
    acting = _or_itself(context, "actor", ids, referring)
    return any_of([acting, among("source WHERE country = ?", code)]) if "source" in context.types else acting


def _countries(store: Store) -> dict[str, str]:
    """Return the code of each country by that code and by every name of the actor that is that state."""
    codes = store.rows("SELECT country FROM actor UNION SELECT country FROM source")
    states = store.rows(
        "SELECT name.name, actor.country FROM actor JOIN name ON name.seq = actor.seq WHERE actor.kind = 'state'"
    )
    known = {name: code for name, code in states if code}
    slugs = {"-".join(words_of(name)): code for name, code in known.items()}
    return slugs | known | {name_key(code): code for (code,) in codes if code}


def _place(context: QueryContext, value: str) -> Condition:
    rows, words = context.store.words.rows("place", value)
    if not next(context.store.rows(f"SELECT seq FROM {rows}", words), None):  # noqa: S608 - values are bound
        named = list(context.store.rows("SELECT place, name FROM place_name"))
        _resolve_word("place", value, {name_key(name): name for _, name in named}, {place for place, _ in named})
    return among(rows, *words)


def _kind(context: QueryContext, value: str) -> Condition:
    types = [type_ for type_ in context.types if type_ in _KINDS]
    known = {kind: kind for type_ in types for kind in _KINDS[type_]}
    known |= {name_key(word): word for type_ in types for word in context.own_words.get(type_, ())}
    kind = _resolve_word("kind of " + " or ".join(types), value, known)
    keys = [(type_, key) for type_ in types for key in (("medium", "voice") if type_ == "source" else ("kind",))]
    return any_of(among(f"{type_} WHERE {key} = ?", kind) for type_, key in keys)


def _status(context: QueryContext, value: str) -> Condition:
    types = [type_ for type_ in context.types if type_ in _STATUSES]
    status = allowed_word("status", value, dict.fromkeys(word for type_ in types for word in _STATUSES[type_]))
    return any_of(among(f"{type_} WHERE status = ?", status) for type_ in types)


def _basis(_: QueryContext, value: str) -> Condition:
    return among("event WHERE date_basis = ?", allowed_word("basis", value, choices.DATE_BASES))


def _resolve_word(what: str, value: str, known: dict[str, str], listed: Iterable[str] = ()) -> str:
    """Return what a word is known for; raises UnknownNameError with what is similar, else with all that is listed."""
    key = name_key(value.removeprefix("="))
    if key in known:
        return known[key]
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    near = dict.fromkeys(known[close] for close in get_close_matches(key, known, cutoff=0.65))
    raise UnknownNameError(what, value, [(word, word) for word in near], sorted(listed or set(known.values())))


def allowed_word(what: str, value: str, allowed: Iterable[str]) -> str:
    """Return a word as it is stored; raises NotInListError."""
    known = {name_key(word): word for word in allowed}
    if name_key(value) not in known:
        raise NotInListError(what, value, tuple(known.values()))
    return known[name_key(value)]


def _id(context: QueryContext, value: str) -> Condition:
    """Match an exact id, else the beginning of ids."""
    key = name_key(value.removeprefix("="))
    exact = Condition("entry.id = ?", (key,))
    beginning = Condition("(entry.id >= ? AND entry.id < ?)", (key, key + AFTER))
    for condition in (exact,) if value.startswith("=") else (exact, beginning):
        known = f"SELECT id FROM entry WHERE type IN ({placeholders(context.types)}) AND {condition.sql}"  # noqa: S608 - values are bound
        if next(context.store.rows(known, (*context.types, *condition.values)), None):
            return condition
    raise UnknownNameError("id", value, nearest_names(context.store, key, context.types))


def _text(context: QueryContext, value: str) -> Condition:
    words = context.store.words
    if context.known_by is None:
        own = having_words(words, ALL_WORDS, value)
    else:
        outcome = all_of([having_words(words, "outcome", value), among("fact WHERE outcome IS NOT NULL")])
        own = any_of([having_words(words, "text", value), outcome])
    for type_ in ("actor", "source"):
        own = _with_opponents(context, type_, ids_named(words, type_, value), own)
    return own


def _date(context: QueryContext, value: str) -> Condition:
    return in_window(read_days(value, context.today), certain=context.certain)


FILTERS: dict[str, Filter] = {
    "text": Filter("words in any text; same as a word without a field", ALL, _text, every=True),
    "actor": Filter("actor in any role", ("event", "fact", "actor"), partial(_in_any_role, "actor")),
    "by": Filter("actor who acted, or who made the statement", DATED, partial(_actor, ("agent", "holder"))),
    "to": Filter("actor who was addressed", ("event",), partial(_actor, ("recipient",))),
    "holder": Filter("actor who made the statement", ("fact",), partial(_actor, ("holder",))),
    "about": Filter("actor that a fact is about", ("fact",), partial(_actor, ("subject",))),
    "via": Filter("actor who relayed or reported it", DATED, partial(_actor, ("relay",))),
    "topic": Filter("topic, including narrower topics", ("event", "fact", "topic"), partial(_in_any_role, "topic")),
    "kind": Filter("kind", tuple(_KINDS), _kind, choices=tuple(dict.fromkeys(chain.from_iterable(_KINDS.values())))),
    "place": Filter("place, by any of its names", ("event",), _place),
    "country": Filter("country of an actor in any role, such as RUS or Russia", (*DATED, "actor", "source"), _country),
    "source": Filter(
        "source, by id, id#locator, container, publisher or voice",
        ("event", "fact", "source"),
        _source,
        values=places_in,
    ),
    "locator": Filter("place in a source, such as p6", DATED, _locator, values=places_cited),
    "status": Filter(
        "reliability, such as confirmed or disputed",
        DATED,
        _status,
        choices=(*choices.EVENT_STATUSES, *choices.FACT_STATUSES),
    ),
    "basis": Filter(
        "how the date is known, such as stated or estimate", ("event",), _basis, choices=choices.DATE_BASES
    ),
    "date": Filter("date or range it may fall in", DATED, _date, timed=True),
    "id": Filter("id, or the beginning of one", ALL, _id),
}
