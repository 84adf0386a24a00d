"""Why nothing matches a query, and what to type instead."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.query.conditions import ALWAYS, Condition, all_of, none_of
from korea_cli.query.field import DATED, QueryContext
from korea_cli.query.resolve_names import placeholders
from korea_cli.query.tables import possible_among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query

_NAMED = ("actor", "topic")


def reason_of(chronology: Chronology, query: Query, matched: int, types: Sequence[str] = DATED) -> str:
    """Return why nothing matched, where that can be said: all became known too late, or a term matches nothing."""
    if matched:
        return ""
    reasons = known_later(chronology, query, types), _withdrawn(chronology, query, types)
    return next(filter(None, reasons), "") or _misspelt(chronology, query) or _other(chronology, query, types)


def known_later(chronology: Chronology, query: Query, types: Sequence[str], ids: Sequence[str] = ()) -> str:
    """Return since when the first record was known, if that is after the day by which it should have been.

    Actors, topics and sources are listed by the events and facts that were known, unless they are asked for by `ids`.
    """
    if not (known_by := query.known_by):
        return ""
    own = Condition(f"id IN ({placeholders(ids)})", tuple(ids)) if ids else query.ever
    types = types if ids else [type_ for type_ in types if type_ in DATED] or DATED
    first = chronology.first_known(types, own)
    if first is None or first <= known_by.ordinal:
        return ""
    from korea_cli.dates.format import span_text  # noqa: PLC0415 - rarely needed

    # What matched by some day may match no longer, such as one source that has become two.
    none = "none" if own == ALWAYS or ids else "none of what matches in the whole record"
    return f"{none} could be known before {span_text(first, first)}"


def _withdrawn(chronology: Chronology, query: Query, types: Sequence[str]) -> str:
    """Return how many would match if what was withdrawn were asked for."""
    dated = [type_ for type_ in types if type_ in DATED]
    if query.standing == ALWAYS or not dated:
        return ""
    store = chronology.as_known_by(query.known_by).store
    gone = all_of([query.with_withdrawn, none_of(query.standing)])  # gaps and pairs may be of others
    _, number = possible_among(store, query, gone, dated)
    words = "1 was withdrawn; --with-withdrawn lists it"
    return words if number == 1 else f"{number:,} were withdrawn; --with-withdrawn lists them" if number else ""


def _misspelt(chronology: Chronology, query: Query) -> str:
    """Return the actor or topic that a word may be meant for which no record has."""
    from korea_cli.query.resolve_names import nearest_to_word  # noqa: PLC0415 - most queries match something

    for word in query.words:
        if near := nearest_to_word(chronology.store, word, _NAMED):
            (name, id_), *_ = near
            return f"no record has '{word}'. Did you mean '{name}' ({id_})?"
    return ""


def _other(chronology: Chronology, query: Query, types: Sequence[str]) -> str:
    """Return the first term that matches nothing, with the field or value that may be meant."""
    from korea_cli.query.alternatives import alternative  # noqa: PLC0415 - as above

    context = QueryContext(chronology.store.whole, tuple(types), query.today, chronology.header.own_words)
    return alternative(query.terms, context)
