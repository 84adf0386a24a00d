"""What to type instead of a term that no record matches: the field that a word is a value of, or a value there is."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError
from korea_cli.base.tokenize import name_key
from korea_cli.query.expression import Group
from korea_cli.query.field import DATED
from korea_cli.query.fields import all_filters, filter_of
from korea_cli.query.resolve_names import placeholders, type_or_record
from korea_cli.query.terms import condition_of, read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.query.expression import Term
    from korea_cli.query.field import QueryContext

_LIKE = 0.65  # `6` is like `p6`
_MOST = 40  # values that a message lists


def alternative(terms: Iterable[Term], context: QueryContext) -> str:
    """Return the first term that no record of some types matches, and what may be meant; "" if that is unknown."""
    for term in terms:
        if (hint := _hint(term, context)) and not _matches(Group("", (term,)), context):
            typed = term.value if term.field == "text" else f"{term.field}:{term.value}"
            return f"no {type_or_record(context.types)} matches '{typed}'. {hint}"
    return ""


def _matches(group: Group, context: QueryContext) -> bool:
    """Return whether a record matches some terms; in a list, also whether an event or fact does that is counted."""
    fields = [filter_of(term.field) for term in group.terms()]
    if not all(set(context.types) & set(each.types) for each in fields):
        context = context._replace(types=DATED)
    condition = condition_of(group, context)
    sql = f"SELECT 1 FROM entry WHERE type IN ({placeholders(context.types)}) AND {condition.sql} LIMIT 1"  # noqa: S608 - values are bound
    return any(True for _ in context.store.rows(sql, (*context.types, *condition.values)))


def _would_match(typed: str, context: QueryContext) -> bool:
    try:
        return _matches(read_terms((), (typed,), context.types), context)
    except KoreaError:
        return False


def _hint(term: Term, context: QueryContext) -> str:
    if term.field == "text":
        meant = next((each for each in _with_fields(term.value) if _would_match(each, context)), "")
        return f"Did you mean '{meant}'?" if meant else ""
    values_of = filter_of(term.field).values
    values = values_of(context.store, term.value) if values_of else ()
    are_words = not any(" " in each for each in values)
    start = len(term.value.rpartition("#")[0]) + 1 if are_words and "#" in term.value else 0
    before, value = term.value[:start], term.value[start:]
    if not values or name_key(value) in map(name_key, values):  # only other records have it
        return ""
    if near := get_close_matches(value, values, n=1, cutoff=_LIKE):
        return f"Did you mean '{term.field}:{before}{near[0]}'?"
    return f"Known values: {_some(sorted(values, key=_in_order))}" if are_words else ""


def _with_fields(word: str) -> Iterator[str]:
    """Yield the terms that a word may be short for: a field that allows it, and what it is a key of."""
    if re.fullmatch(r"[\w-]+", word):
        yield from (f"{field}:{word}" for field, each in all_filters().items() if each.choices)
        yield f"{word}:true"
        yield f"has:{word}"


def _in_order(value: str) -> str:
    """Return a value as it sorts: `p2` before `p10`."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), value)


def _some(values: Sequence[str]) -> str:
    more = f" and {len(values) - _MOST:,} more" if len(values) > _MOST else ""
    return f"{', '.join(values[:_MOST])}{more}"
