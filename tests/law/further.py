"""The fields of relations, numbers and mere keys, by looking at every record."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import USAGE
from korea_cli.dates.spans import PRECISIONS
from korea_cli.model import choices
from korea_cli.model.field_spec import DERIVED
from korea_cli.model.records import RECORD_TYPES, keys_of
from law.known import cited, first_of, ids_of, known, voices
from law.reading import Wrong, find, has_phrase, name_key, require_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from law.oracle import Context, Oracle

    Test = Callable[[Any], bool]

DATED = ("event", "fact")
ALL = ("event", "fact", "actor", "topic", "source")
TALLIED = {"events": "event_count", "facts": "fact_count"}
TEXTS = {
    "title": ("event", "source"), "summary": ("event",), "quote": ("event",), "note": ALL, "outcome": ("fact",),
    "role": ("actor",), "name": ("actor",), "aliases": ("actor", "topic"), "label": ("topic",), "date_text": ("event",),
}  # fmt: skip
OF_SOURCES = ("container", "publisher", "original", "authors", "language", "voice", "source_type", "issued")
WORDS = {"voice": ("voice", choices.VOICES), "source_type": ("medium", choices.SOURCE_TYPES)}
REFERRING = {
    "answers": ("responds_to", ("event",)), "about-event": ("events", ("event",)),
    "responds_to": ("responds_to", ("event",)),
    "part_of": ("part_of", ("actor",)), "broader": ("broader", ("topic",)), "affiliation": ("affiliation", ("actor",)),
}  # fmt: skip
# The records that have each field.
FIELDS: dict[str, tuple[str, ...]] = {
    "answers": ("event",), "answered-by": ("event",), "responds_to": ("event",), "about-event": ("fact",),
    "disputes": ("fact", "actor", "source"), "disputed-by": DATED, "only": DATED, "locator": DATED,
    "sources": DATED, "voices": DATED, "has": ALL, "no": ALL, "hedged": ("fact",), "part_of": ("actor",),
    "broader": ("topic",), "affiliation": ("actor",),
    **dict.fromkeys(("precision", "begins", "ends", "known-since"), DATED),
    **dict.fromkeys(TALLIED, ("actor", "topic", "source")),
    **TEXTS, **dict.fromkeys(OF_SOURCES, (*DATED, "source")),
}  # fmt: skip
EVERY = {"text", "has", "no"}  # fields whose values must all match
_COMPARE = {
    "": operator.eq, "=": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}


def test_of(oracle: Oracle, field: str, value: str, context: Context) -> Test:
    """Return what a term says of a record; raises Wrong for a value that this chronology cannot have."""
    if field in {"sources", "voices", *TALLIED}:
        return _number(oracle, field, value, context)
    if field in OF_SOURCES:
        return _of_source(oracle, field, value, context)
    if field in TEXTS:
        require_words(value)
        return lambda record: any(has_phrase(text, value) for text in _texts(getattr(record, field, "")))
    if field in REFERRING:
        key, types = REFERRING[field]
        id_ = find(oracle.whole.all, value, types).id
        return lambda record: id_ in _listed(getattr(record, key, ()))
    test: Test = _TESTS[field](oracle, value, context)
    return test


def _listed(value: Any) -> Iterable[Any]:  # noqa: ANN401 - of any key that refers
    return ([value] if value else []) if isinstance(value, str) else value


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - of any key of words
    return [value] if isinstance(value, str) else list(value)


def _number(oracle: Oracle, field: str, value: str, context: Context) -> Test:
    found = re.fullmatch(r"(<=|>=|<|>|=)?\s*(\d+)", value)
    if not found:
        raise Wrong(USAGE)
    compare, number = _COMPARE[found[1] or ""], int(found[2])
    if field in TALLIED and len(context.types) == 1:  # in a list, what is counted depends on the query
        return lambda record: compare(getattr(record, TALLIED[field]), number)
    if field in TALLIED:
        return lambda record: (
            record.type not in DATED and compare(len(oracle.referring(record, field[:-1], context.standing)), number)
        )
    if field == "sources":
        return lambda record: record.type in DATED and compare(len(ids_of(record)), number)
    return lambda record: record.type in DATED and compare(voices(oracle.whole, ids_of(record)), number)


def _of_source(oracle: Oracle, field: str, value: str, context: Context) -> Test:
    own = _own_test(oracle, field, value, context)
    ids = {each.id for each in oracle.of["source"] if own(each)}
    here = "source" in context.types
    return lambda record: (
        record.id in ids and here
        if record.type == "source"
        else bool({id_ for id_, _ in cited(record, supporting=False)} & ids)
    )


def _own_test(oracle: Oracle, field: str, value: str, context: Context) -> Test:
    """Return what a term says of a source."""
    if field == "issued":
        first, last = oracle.days(value, context)
        if context.certain:
            return lambda each: bool(each.issued and oracle.certain(each.issued, first, last))
        return lambda each: bool(each.issued and each.issued.start_min <= last and each.issued.end_max >= first)
    if field in WORDS:
        key, usual = WORDS[field]
        own = oracle.header.source_types if field == "source_type" else ()
        if name_key(value) not in {*usual, *own}:
            raise Wrong(USAGE)
        return lambda each: bool(getattr(each, key) == name_key(value))
    require_words(value)
    return lambda each: any(has_phrase(text, value) for text in _texts(getattr(each, field)))


def _answered_by(oracle: Oracle, value: str, _: Context) -> Test:
    ids = getattr(oracle.seen(find(oracle.whole.all, value, ("event",))), "responds_to", ())
    return lambda record: record.type == "event" and record.id in ids


def _disputes(oracle: Oracle, value: str, _: Context) -> Test:
    ids = getattr(oracle.seen(find(oracle.whole.all, value, DATED)), "disputed_by", ())
    holders = {holder for fact in oracle.of["fact"] if fact.id in ids for holder in fact.holders}
    return lambda record: (
        (record.id in ids and first_of(oracle.whole, record.id) == record.type)
        or (record.type == "actor" and record.id in holders)
    )


def _disputed_by(oracle: Oracle, value: str, _: Context) -> Test:
    """Find what is disputed by a record, and for an actor by all that belongs to it, and by what these hold."""
    named = find(oracle.whole.all, value.removeprefix("="), ("fact", "actor", "source"))
    ids = {named.id}
    if named.type == "actor" and not value.startswith("="):
        ids = oracle.parts("actor", named.id)
    meant = {id_ for id_ in ids if first_of(oracle.whole, id_) == named.type}
    if named.type == "actor":
        meant |= {fact.id for fact in oracle.of["fact"] if ids & set(fact.holders)}
    return lambda record: bool(meant & set(getattr(record, "disputed_by", ())))


def _only(oracle: Oracle, value: str, _: Context) -> Test:
    ids = oracle.sources(value)
    return lambda record: record.type in DATED and bool(ids_of(record)) and ids_of(record) <= ids


def _locator(_oracle: Oracle, value: str, _: Context) -> Test:
    return lambda record: name_key(value) in {place for _, place in cited(record, supporting=False)}


def _has(_oracle: Oracle, value: str, context: Context) -> Test:
    word = value.casefold().replace("-", "_")
    names = {type_: _key(type_, word) for type_ in context.types}
    if not any(names.values()):
        names = {type_: _key(type_, f"{word}s") for type_ in context.types}
    if not any(names.values()):
        raise Wrong(USAGE)
    return lambda record: bool(names.get(record.type)) and bool(getattr(record, names[record.type]))


def _no(oracle: Oracle, value: str, context: Context) -> Test:
    has, word = _has(oracle, value, context), value.casefold().replace("-", "_")
    plural = not any(_key(type_, word) for type_ in context.types)
    return lambda record: bool(_key(record.type, f"{word}s" if plural else word)) and not has(record)


def _key(type_: str, word: str) -> str:
    """Return the key of a type that a word names; nothing if there is none."""
    written = {name: key for name, key in keys_of(RECORD_TYPES[type_]).items() if key.form not in DERIVED}
    return next((name for name, key in written.items() if word in {name, key.written_as, key.shown_as}), "")


def _hedged(_oracle: Oracle, value: str, _: Context) -> Test:
    if value.casefold() not in _YES_OR_NO:
        raise Wrong(USAGE)
    return lambda record: getattr(record, "hedged", None) is _YES_OR_NO[value.casefold()]


def _precision(_oracle: Oracle, value: str, _: Context) -> Test:
    if name_key(value) not in PRECISIONS:
        raise Wrong(USAGE)
    return lambda record: bool(getattr(record, "date", None)) and record.date.precision == name_key(value)


def _begins(oracle: Oracle, value: str, context: Context) -> Test:
    return _bound(oracle, value, context, lambda date: (date.start_min, date.start_max))


def _ends(oracle: Oracle, value: str, context: Context) -> Test:
    return _bound(oracle, value, context, lambda date: (oracle.surely_until(date), date.end_max))


def _bound(oracle: Oracle, value: str, context: Context, bound: Callable[[Any], tuple[int, int]]) -> Test:
    """Find by the days on which dates may begin or end; for certain, only where all days of all dates fit."""
    first, last = oracle.days(value, context)

    def fits(record: Any) -> bool:  # noqa: ANN401 - any record
        dates = oracle.dates_of(record)
        bounds = [bound(date) for date in dates]
        if context.certain:
            vague = any(date.approximate or date.uncertain for date in dates)
            return bool(dates) and not vague and all(first <= start and end <= last for start, end in bounds)
        return any(start <= last and end >= first for start, end in bounds)

    return fits


def _known_since(oracle: Oracle, value: str, context: Context) -> Test:
    first, last = oracle.days(value, context)

    def overlaps(record: Any) -> bool:  # noqa: ANN401 - any record
        if record.type not in DATED:
            return False
        earliest, latest = known(oracle.whole, record)
        if context.certain:
            return earliest >= first and latest <= last
        return earliest <= last and latest >= first

    return overlaps


_TESTS: dict[str, Callable[[Oracle, str, Context], Test]] = {
    "answered-by": _answered_by, "disputes": _disputes, "disputed-by": _disputed_by, "only": _only, "locator": _locator,
    "has": _has, "no": _no, "hedged": _hedged, "precision": _precision, "begins": _begins, "ends": _ends,
    "known-since": _known_since,
}  # fmt: skip
