"""Resolve what is typed to the one record that it names.

Queries are generous: the beginning of a name is enough. Where an id will be stored, a name must be whole
(`ingest/registry`): `add` and `set` refuse an unknown one, `import` declares it.
"""

from __future__ import annotations

from collections import Counter

from korea_cli.base.errors import AmbiguousNameError, UnknownNameError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.tokenize import name_key, words_of
from korea_cli.model.row import Named
from korea_cli.store.sql import names_of
from korea_cli.store.words import EVERY_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.store.database import Store

RIVAL_DATES = "#date"  # follows the id of an event in that of the dispute on its date
AFTER = "\U0010ffff"  # sorts after every name that continues a beginning
_NEAR = 3
_LIKE = 0.65  # two syllables of three
_LIKE_WORD = 0.8  # a word need not be a name at all
_LIKE_IN_SENTENCE = 0.76  # a title that is a sentence has a word similar to nearly any
_SHORT = 2  # shorter words are similar to everything


def find(store: Store, typed: str, *types: str, inside: bool = True) -> Named:
    """Find the one record of these types that `typed` names; `type:` in front of it specifies the type.

    Tried in this order: an id, a name or alias, the id of a dispute on the date of an event, the same words
    (`north-korea`), the unique beginning of a name, and, if `inside`, that of a word in one. Raises UnknownNameError or
    AmbiguousNameError with the candidates. The store keeps what was found.
    """
    key = typed, (*types, *([] if inside else [""]))
    if key not in store.named:
        store.named[key] = _find(store, typed, *types, inside=inside)
    named: Named = store.named[key]
    return named


def _find(store: Store, typed: str, *types: str, inside: bool) -> Named:
    type_, colon, rest = typed.partition(":")
    if colon and type_.strip().casefold() in types:
        return find(store, rest, type_.strip().casefold(), inside=inside)
    key = name_key(typed)
    steps = (_exact, _disputed, _same_words, _beginning, *((_with_word,) if inside else ()))
    for step in steps if key else ():
        if named := only_one(step(store, key, types), typed, types):
            return named
    known = [id_ for (id_,) in store.rows("SELECT id FROM topic ORDER BY seq")] if types == ("topic",) else []
    raise UnknownNameError(
        type_or_record(types), typed, nearest_names(store, key, types), known, type_of_id(store, key)
    )


def find_together(store: Store, typed: Sequence[str], types: tuple[str, ...]) -> None:
    """Find the records that some whole ids, names and aliases name, by one query, for `find` to return them."""
    keys = {name_key(each): each for each in typed}
    if len(keys) < 2:  # noqa: PLR2004 - `find` finds one
        return
    found: dict[str, list[Named]] = {key: [] for key in keys}
    sql = (
        f"SELECT name.name, entry.type, entry.id, entry.title FROM {names_of(types)} JOIN entry ON entry.seq = name.seq"  # noqa: S608 - values are bound
        f" WHERE name.name IN ({placeholders(keys)}) AND +entry.type IN ({placeholders(types)}) ORDER BY entry.seq"
    )
    for key, *named in store.rows(sql, (*keys, *types)):
        found[key].append(Named(*named))
    best = {key: [each for each in some if each.id == key] or some for key, some in found.items()}
    store.named |= {(keys[key], types): some[0] for key, some in best.items() if len(dict.fromkeys(some)) == 1}


def type_of_id(store: Store, key: str) -> str:
    """Return the type of the first record with an id; "" if there is none."""
    return next((type_ for (type_,) in store.rows("SELECT type FROM entry WHERE id = ? ORDER BY seq", (key,))), "")


def named_as(store: Store, typed: str, *types: str) -> Named | None:
    """Return the one record of these types that has a whole id, name or alias; None for none or several."""
    key = name_key(typed)
    for step in (_exact, _same_words) if key else ():
        if found := step(store, key, types):
            return found[0] if len(found) == 1 else None
    return None


def only_one(found: Sequence[Named], typed: str, types: Sequence[str]) -> Named | None:
    """Return the only record found; None for none. Raises AmbiguousNameError, with types where two have the same id."""
    if len(found) > 1:
        shared = {id_ for id_, times in Counter(each.id for each in found).items() if times > 1}
        meant = [(each.title, f"{each.type}:{each.id}" if each.id in shared else each.id) for each in found]
        raise AmbiguousNameError(type_or_record(types), typed, meant)
    return found[0] if found else None


def _exact(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    found = _named(store, types, f"{names_of(types)} WHERE name = ?", key)
    return [each for each in found if each.id == key] or found


def _disputed(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    id_ = key.removesuffix(RIVAL_DATES)
    found = _named(store, ("event",), "entry WHERE id = ?", id_) if id_ != key and "event" in types else []
    return [each for each in found if each.id == id_]


def _same_words(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    """Find by all words of a name, in any spelling, accents and joining of them."""
    words = words_of(key)
    if not words:
        return []
    rows, values = store.words.rows("head", key)
    sql = (
        f"SELECT entry.type, entry.id, entry.title, name.name FROM entry JOIN {names_of(types)} ON name.seq = entry.seq"  # noqa: S608 - values are bound
        f" WHERE entry.type IN ({placeholders(types)}) AND entry.seq IN (SELECT seq FROM {rows}) ORDER BY entry.seq"
    )
    found = store.rows(sql, (*types, *values))
    return list(dict.fromkeys(Named(*named) for *named, name in found if words_of(name) == words))


def _beginning(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    return _named(store, types, f"{names_of(types)} WHERE name >= ? AND name < ?", key, key + AFTER)


def _with_word(store: Store, key: str, types: tuple[str, ...]) -> list[Named]:
    if not words_of(key):
        return []
    rows, values = store.words.rows("head", key)
    return _named(store, types, rows, *values)


def _named(store: Store, types: tuple[str, ...], rows: str, *values: str) -> list[Named]:
    # The plus sign keeps SQLite from going through all records of the types: few have the name.
    sql = f"+type IN ({placeholders(types)}) AND seq IN (SELECT seq FROM {rows}) ORDER BY seq"  # noqa: S608 - values are bound
    return [Named(*row) for row in store.rows(f"SELECT type, id, title FROM entry WHERE {sql}", (*types, *values))]  # noqa: S608 - values are bound


def nearest_to_word(store: Store, word: str, types: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the (title, id) of the records whose names are nearest to a word; none if any record has the word."""
    if not words_of(word):
        return []
    rows, values = store.words.rows(EVERY_WORD, word)
    if any(store.rows(f"SELECT 1 FROM {rows} LIMIT 1", values)):  # noqa: S608 - values are bound
        return []
    return nearest_names(store, name_key(word), types, _LIKE_WORD)


def nearest_names(store: Store, key: str, types: tuple[str, ...], like: float = _LIKE) -> list[tuple[str, str]]:
    """Return the (title, id) of the records whose name, or a word of it, is nearest to a misspelt one."""
    owners: dict[str, tuple[str, str]] = {}
    of_sentences: dict[str, tuple[str, str]] = {}
    rows = store.rows(
        f"SELECT entry.type, name.name, entry.title, entry.id FROM entry JOIN {names_of(types)} ON name.seq = entry.seq"  # noqa: S608 - values are bound
        f" WHERE entry.type IN ({placeholders(types)}) ORDER BY entry.seq",
        types,
    )
    for type_, name, title, id_ in rows:
        owners.setdefault(name, (title, id_))
        of_words = owners if type_ in {"actor", "topic"} else of_sentences
        for word in (*words_of(title), *words_of(name)):
            if len(word) > _SHORT:
                of_words.setdefault(word, (title, id_))
    found = {each: of_sentences[each] for each in _near(key, of_sentences, _LIKE_IN_SENTENCE)} | owners
    return nearest_of(key, found, like)


def nearest_of(key: str, owners: Mapping[str, tuple[str, str]], like: float = _LIKE) -> list[tuple[str, str]]:
    """Return the owners of the names that are most similar to a misspelt one."""
    return list(dict.fromkeys(owners[form] for form in _near(key, owners, like)))


def _near(key: str, forms: Iterable[str], like: float) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    return get_close_matches(key, list(forms), n=_NEAR, cutoff=like)


def placeholders(values: Iterable[object]) -> str:
    """Return as many `?` as there are values to bind, for what is among them; nothing is among none."""
    return ", ".join("?" for _ in values) or "NULL"


def type_or_record(types: Sequence[str]) -> str:
    """Return the word for records of some types in messages."""
    from korea_cli.model.records import RECORD_TYPES  # noqa: PLC0415 - only when something is wrong

    if len(types) == len(RECORD_TYPES):
        return "record"
    return " or ".join(filter(None, (", ".join(types[:-1]), types[-1])))
