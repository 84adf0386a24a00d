"""What to type instead of what other search languages use: operators, a minus sign, fields of another name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from korea_cli.errors import UnknownFieldError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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
_LIKE_A_TERM = re.compile(r"-[^\W\d_]{2}[\w:'-]*")  # with a minus sign; no name of a file
_OPTIONS = {"from": "--from", "since": "--from", "after": "--from", "until": "--to", "before": "--to"}


def refuse_operators(terms: Sequence[str], fields: Collection[str]) -> None:
    """Raise UsageError for `or`, `and` or `not` beside or within terms, and for a minus sign in front of one."""
    for term in terms:
        words = term.split()
        word = _operator_in(words, fields) or (term.strip() if len(terms) > 1 and len(words) == 1 else "")
        if (operator := word.casefold()) in _OPERATORS:
            literal = operator if ":" in term or len(words) == 1 else term
            raise UsageError(
                f"'{word}' is not an operator: {_OPERATORS[operator]}. To search for the word, write 'text:{literal}'"
            )
        if term.lstrip().startswith("-") and term.lstrip()[1:2].isalnum():
            raise UsageError(_excludes_nothing(term.strip()))


def _operator_in(words: Sequence[str], fields: Collection[str]) -> str:
    """Return the operator that a term has in it: one in capitals between words, or any in front of a field."""
    literal = re.match("(?:not: ?)*text:", " ".join(words), re.IGNORECASE)
    for place, (word, following) in enumerate(pairwise(words)):
        field, colon, _ = following.lstrip("(").casefold().partition(":")
        capital = word.isupper() and not literal and (place > 0 or word == "NOT")
        if word.casefold() in _OPERATORS and (capital or (colon and field in {*fields, "not"})):
            return word
    return ""


def _excludes_nothing(typed: str) -> str:
    return f"'{typed}' does not exclude anything: write 'not:{typed[1:].removeprefix('not:')}'"


def misread(words: Sequence[str], message: str) -> str:
    """Return what to type instead of a word such as `-thaad`, read as `-t haad`, that a message is about; else ''."""
    for word in words:
        if not _LIKE_A_TERM.fullmatch(word):
            continue
        field, colon, value = word[1:].partition(":")
        about_it = rf"(?<!\w){re.escape(word[2:])}(?!\w)|^no such option: -[{re.escape(field)}]"
        if re.search(about_it, message, re.IGNORECASE):
            if colon and field in _OPTIONS:
                return f"'{word}' is not an option: write '{_OPTIONS[field]} {value}'"
            return _excludes_nothing(word)
    return ""


def unknown_field(
    field: str, value: str, types: Sequence[str], known: Mapping[str, Sequence[str]]
) -> UnknownFieldError:
    """Return the error for a field that records of some types do not have, with what to type instead.

    known: every field there is, with the types of record that have it.
    """
    allowed = tuple(name for name, each in known.items() if not set(types).isdisjoint(each))
    same = next((name for name, others in _SAME.items() if field in others and name in allowed), None)
    as_text = f"To search for the text, write 'text:{field}:{value}'"
    if not field.isalpha() or value.startswith("//"):
        hint = as_text
    elif field in known:
        owners = " and ".join(f"{type_}s" for type_ in known[field])
        hint = f"It is a field of {owners}. Here there are: {', '.join(allowed)}"
    elif field in _OPTIONS or same:
        hint = f"Did you mean '{f'{same}:' if same else f'{_OPTIONS[field]} '}{value}'?"
    else:
        from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

        hint = "" if get_close_matches(field, allowed, n=1) else f"There are: {', '.join(allowed)}. {as_text}"
    return UnknownFieldError(field, allowed, hint)
