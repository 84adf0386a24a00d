"""A field for every key of the model without one of its own, by its form: words, choices, dates, references."""

from __future__ import annotations

from functools import partial

from korea_cli.base.errors import NotInListError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.nearest import COMPARED
from korea_cli.model.field_spec import CODES, LISTS, WORDED
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.query.conditions import Condition, among, any_of
from korea_cli.query.field import DATED, Filter, QueryContext, read_days
from korea_cli.query.filters import allowed_word, linked
from korea_cli.query.resolve_names import find

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from korea_cli.model.field_spec import Key
    from korea_cli.store.database import Store

    Rows = tuple[str, tuple[str | int, ...]]  # what follows FROM, and the values to bind
    Find = Callable[[QueryContext, str, str], Rows]  # of one type of record

_YES_OR_NO = {"true": 1, "yes": 1, "false": 0, "no": 0}
_SOURCE = "source"


def key_filters(named: Container[str]) -> dict[str, Filter]:
    """Return the fields of the keys whose names are not among `named`, in the order of the model."""
    types: dict[str, list[str]] = {}
    keys: dict[str, tuple[str, Key]] = {}
    for record in sorted(RECORDS, key=lambda record: record.type not in DATED):
        for name, key in keys_of(record).items():
            shown = key.shown_as or name
            own = shown in named or shown.replace("_", "-") in named
            if not own and key.form in _FINDERS and key.role in {"", "whole"} and not key.dated:
                types.setdefault(shown, []).append(record.type)
                keys.setdefault(shown, (name, key))
    return {shown: _filter(*keys[shown], tuple(owners)) for shown, owners in types.items()}


def _filter(name: str, key: Key, owners: tuple[str, ...]) -> Filter:
    """Return the field of a key; a key that only sources have also finds the events and facts that cite them."""
    cited = owners == (_SOURCE,)
    find_rows = partial(_FINDERS[key.form], name, key)
    help_text = f"{key.help}; of a source" if cited else key.help
    types = (*DATED, _SOURCE) if cited else owners
    values = partial(_texts_held, name, owners) if key.form in _INDEXED - LISTS else None
    matching, timed = partial(_matching, find_rows, owners), key.form == "date"
    return Filter(help_text, types, matching, choices=key.choices, timed=timed, values=values)


def _texts_held(name: str, owners: tuple[str, ...], store: Store, _: str) -> list[str]:
    """Return the texts that records have under a key."""
    rows = " UNION ".join(f'SELECT "{name}" AS text FROM {type_} WHERE "{name}" <> \'\'' for type_ in owners)  # noqa: S608 - names of tables and columns
    sql = f"SELECT DISTINCT text FROM ({rows}) LIMIT ?"  # noqa: S608 - as above
    return [text for (text,) in store.rows(sql, (COMPARED,))]


def _matching(find_rows: Find, owners: tuple[str, ...], context: QueryContext, value: str) -> Condition:
    conditions = [
        among(rows, *values)
        for type_ in owners if type_ in context.types
        for rows, values in (find_rows(context, type_, value),)
    ]  # fmt: skip
    if owners == (_SOURCE,) and not set(DATED).isdisjoint(context.types):
        rows, values = find_rows(context, _SOURCE, value)
        cited = f"SELECT id FROM source WHERE seq IN (SELECT seq FROM {rows})"  # noqa: S608 - values are bound
        conditions.append(linked((_SOURCE,), Condition(cited, values)))
    return any_of(conditions)


def _choice(name: str, key: Key, context: QueryContext, type_: str, value: str) -> Rows:
    words = (*key.choices, *(context.own_words.get(type_, ()) if key.more_in else ()))
    return f'{type_} WHERE "{name}" = ?', (allowed_word(name.replace("_", " "), value, words),)


def _flag(name: str, _key: Key, _: QueryContext, type_: str, value: str) -> Rows:
    if value.casefold() not in _YES_OR_NO:
        raise NotInListError(f"value of '{name}'", value, tuple(_YES_OR_NO))
    return f'{type_} WHERE COALESCE("{name}", 0) = ?', (_YES_OR_NO[value.casefold()],)


def _text(name: str, key: Key, context: QueryContext, type_: str, value: str) -> Rows:
    indexed = key.searched and key.form in _INDEXED
    return context.store.words.rows_with(type_, name, value, listed=key.form == "texts", indexed=indexed)


def _moment(name: str, _key: Key, context: QueryContext, type_: str, value: str) -> Rows:
    first, last = read_days(value, context.today).ends
    within = "sharp = 1 AND start_max <= ? AND end_min >= ?" if context.certain else "start_min <= ? AND end_max >= ?"
    rows = f"SELECT seq FROM moment WHERE key = ? AND {within}"  # noqa: S608 - values are bound
    return f"{type_} WHERE seq IN ({rows})", (name, last, first)


def _reference(name: str, key: Key, context: QueryContext, type_: str, value: str) -> Rows:
    types = tuple(table.removesuffix("s") for table in key.refers)
    rows = "SELECT seq FROM link WHERE key = ? AND target = ?"
    return f"{type_} WHERE seq IN ({rows})", (name, find(context.store, value, *types).id)


_INDEXED = {"text", "texts", *CODES}  # the forms that the index of all words reads
_FINDERS: dict[str, Callable[[str, Key, QueryContext, str, str], Rows]] = {
    "choice": _choice,
    "flag": _flag,
    **dict.fromkeys(WORDED, _text),
    "date": _moment,
    "ref": _reference,
    "refs": _reference,
}
