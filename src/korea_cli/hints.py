"""What to type instead of what other search languages use: operators, a minus sign, fields of another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.errors import UnknownFieldError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OPERATORS = {
    "or": "values of one field are alternatives already, as in 'actor:putin actor:lavrov'",
    "and": "all terms must match already, and several values of one field are alternatives",
    "not": "write 'not:' in front of a term to exclude it, as in 'not:topic:thaad'",
}
_SAME = {
    "source": ("voice", "container", "publisher", "outlet", "cites", "src"),
    "by": ("holder", "holders", "who", "author", "speaker"),
    "actor": ("person", "people", "party", "name"),
    "to": ("recipient", "recipients", "whom"),
    "kind": ("type", "category"),
    "topic": ("tag", "tags", "subject", "label"),
    "place": ("location", "where", "city"),
    "basis": ("date_basis",),
    "text": ("title", "summary", "quote", "note", "word", "words"),
    "date": ("year", "month", "day", "when", "period", "on"),
}
_OPTIONS = {"from": "--from", "since": "--from", "after": "--from", "until": "--to", "before": "--to"}


def refuse_operators(terms: Sequence[str]) -> None:
    """Raise UsageError for `or`, `and` or `not` beside other terms, and for a minus sign in front of one."""
    for term in terms:
        word = term.strip().casefold()
        if word in _OPERATORS and len(terms) > 1:
            raise UsageError(
                f"'{term}' is not an operator: {_OPERATORS[word]}. To search for the word, write 'text:{word}'"
            )
        if word.startswith("-") and word[1:2].isalnum():
            raise UsageError(f"'{term}' does not exclude anything: write 'not:{term.strip()[1:]}'")


def unknown_field(
    field: str, value: str, types: Sequence[str], known: Mapping[str, Sequence[str]]
) -> UnknownFieldError:
    """Return the error for a field that records of some types do not have, with what to type instead.

    known: every field there is, with the types of record that have it.
    """
    allowed = tuple(name for name, each in known.items() if not set(types).isdisjoint(each))
    same = next((name for name, others in _SAME.items() if field in others and name in allowed), None)
    if not field.isalpha() or value.startswith("//"):
        hint = f"To search for the text, write 'text:{field}:{value}'"
    elif field in known:
        owners = " and ".join(f"{type_}s" for type_ in known[field])
        hint = f"It is a field of {owners}. Here there are: {', '.join(allowed)}"
    elif field in _OPTIONS or same:
        hint = f"Did you mean '{f'{same}:' if same else f'{_OPTIONS[field]} '}{value}'?"
    else:
        hint = ""
    return UnknownFieldError(field, allowed, hint)
