"""What to type instead of the syntax of other search languages: operators, a minus sign, other field names."""

from __future__ import annotations

import re
from itertools import pairwise

from korea_cli.base.errors import UnknownFieldError, UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.query.position import QueryPosition, pointing_at

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_OPERATORS = {"or", "and", "not"}
_SAME = {
    "source": ("outlet", "cites", "src"),
    "by": ("holders", "who", "author", "speaker"),
    "actor": ("person", "people", "party", "name"),
    "to": ("recipient", "recipients", "whom"),
    "kind": ("type", "category"),
    "topic": ("tag", "tags", "subject", "label"),
    "place": ("location", "where", "city"),
    "text": ("word", "words"),
    "date": ("year", "month", "day", "when", "period", "on", "other_dates"),
    "via": ("reported_by", "reporter", "relay"), "begins": ("earliest", "start"), "ends": ("latest", "end"),
    "sources": ("source_count",), "voices": ("voice_count",), "events": ("event_count",), "facts": ("fact_count",),
}  # fmt: skip
# Patterns are not compiled here: every query loads this module, and few are wrong.
_MINUS_TERM = r"-(?:[^\W\d_]{2}|\d{2})[\w:'-]*"  # not the name of a file
_WITH_LETTERS = r"-h.{2,}|-o[^\W\d_][\w:'-]+"  # options of one letter that accept letters after it
_LISTED = 15  # fields that a message names
_JOINED = r"'[^']*\s(AND|OR|NOT)\s[^']*'"
_OPTIONS = {
    "from": "--from", "since": "--from", "after": "--from", "until": "--to", "before": "--to", "on": "--on",
    "period": "--period", "around": "--around", "known-by": "--known-by", "state": "--state", "certain": "--certain",
}  # fmt: skip


def refuse_operators(terms: Sequence[str]) -> None:
    """Raise UsageError for `or`, `and` or `not` in small letters between terms."""
    whole, start = " ".join(terms), 0
    for term in terms:
        is_alone = len(terms) > 1 and term.casefold() in _OPERATORS
        word, at = (term, 0) if is_alone else _operator_in(term)
        if word and not word.isupper():
            with pointing_at(QueryPosition(whole, start + at)):
                raise UsageError(f"{_in_capitals(word)}. To search for the word, write 'text:{word.casefold()}'")
        start += len(term) + 1


def refuse_minus(term: str) -> None:
    """Raise UsageError for a minus sign before a term, which excludes in other programs."""
    if term.startswith("-") and re.match(r"-+[^\W_]", term):
        raise UsageError(_use_not(term) + ("; options go before '--'" if term.startswith("--") else ""))


def _operator_in(term: str) -> tuple[str, int]:
    """Return the operator before a field in a term, and where. Any other may be part of a phrase or a name."""
    for word, following in pairwise(re.finditer(r"\S+", term)):
        if word[0].casefold() in _OPERATORS and _begins_with_field(following[0]):
            return word[0], word.start()
    return "", 0


def _begins_with_field(word: str) -> bool:
    from korea_cli.query.fields import canonical, is_known  # noqa: PLC0415 - only after a word like an operator

    field, colon, _ = word.lstrip("(").casefold().partition(":")
    return bool(colon) and (field == "not" or is_known(canonical(field)))


def _in_capitals(word: str) -> str:
    return f"'{word}' is not an operator: write '{word.upper()}'"


def _use_not(typed: str) -> str:
    date = f", or 'date:{typed}' for a year before the year 1" if re.match(r"-\d", typed) else ""
    return f"'{typed}' does not exclude anything: write 'not:{typed.lstrip('-').removeprefix('not:')}'{date}"


def _as_option(typed: str, options: Collection[str]) -> str:
    """Return how `-from:2017` or `-reverse` is written as an option; "" if there is no such option."""
    field, colon, value = typed[1:].partition(":")
    option = _OPTIONS.get(field, f"--{field}")
    if field not in _OPTIONS and option not in options:
        return ""
    return f"'{typed}' is not an option: write '{option}{' ' * bool(colon)}{value}'"


def refuse_misread(words: Sequence[str], fields: Collection[str]) -> None:
    """Raise UsageError for `-field:value`, and for `-obama`, which would mean `-o bama`."""
    for word in words:
        field, colon, _ = word.lstrip("-").partition(":")
        if colon and word.startswith("-") and field.casefold() in fields:
            raise UsageError(f"'{word}' is not an option. To exclude what matches, write 'not:{word.lstrip('-')}'")
        if re.fullmatch(_WITH_LETTERS, word):
            other = f"; for the file '{word[2:]}', write '-o {word[2:]}'" if word.startswith("-o") else ""
            raise UsageError(f"{_as_option(word, ()) or _use_not(word)}{other}")


def correction_for(words: Sequence[str], message: str, options: Collection[str], *, terms: bool) -> str:
    """Return what to type instead of the word that an error message is about; "" if that is unknown.

    Such as `-thaad`, which means `-t haad`, `-reverse`, or `putin OR lavrov` for a name. options: those of the command.
    terms: whether its words are terms of a query.
    """
    for word in words:
        field = word[1:].partition(":")[0]
        about_it = rf"(?<!\w){re.escape(word[2:])}(?!\w)|^no such option: -[{re.escape(field)}]"
        if not re.fullmatch(_MINUS_TERM, word) or not re.search(about_it, message, re.IGNORECASE):
            continue
        return _as_option(word, options) or (_use_not(word) if terms else "")
    joined = re.search(_JOINED, message)
    return f"{joined[1]} joins terms of a query: 'actor:putin OR actor:lavrov'" if joined else ""


def unknown_field(
    field: str, value: str, types: Sequence[str], fields: Mapping[str, Sequence[str]]
) -> UnknownFieldError:
    """Return the error for a field that records of these types do not have, with what to type instead.

    fields: all fields, with the types of record that have each, the common ones first.
    """
    allowed = tuple(name for name, each in fields.items() if not set(types).isdisjoint(each))
    key = field.replace("-", "_")
    same = next(
        (name for name, others in _SAME.items() if key in others and name in allowed), _field_of_key(key, allowed)
    )
    as_text = f"To search for the text, write 'text:{field}:{value}'"
    if field in fields:
        *others, last = (f"{type_}s" for type_ in fields[field])
        owners = f"{', '.join(others)} and {last}" if others else last
        hint = f"It is a field of {owners}. Fields here: {_some(allowed)}"
    elif field in _OPTIONS or same:
        hint = f"Did you mean '{f'{same}:' if same else f'{_OPTIONS[field]} '}{value}'?"
    elif not field.isalpha() or value.startswith("//"):
        hint = as_text
    else:
        from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only when something is wrong

        near = nearest(field, allowed)
        hint = f"Did you mean '{near}'?" if near else f"Fields here: {_some(allowed)}. {as_text}"
    return UnknownFieldError(field, allowed, hint)


def _some(fields: Sequence[str]) -> str:
    return f"{', '.join(fields[:_LISTED])} and more (korea help QUERY)" if len(fields) > _LISTED else ", ".join(fields)


def _field_of_key(key: str, allowed: Collection[str]) -> str | None:
    """Return the field that finds what a key names, in any role."""
    from korea_cli.model.role_keys import role_keys  # noqa: PLC0415 - as above
    from korea_cli.model.roles import ROLES_BY_TYPE  # noqa: PLC0415 - as above

    roles = {each.role for each in role_keys() if each.key == key}
    return next((type_ for type_, own in ROLES_BY_TYPE.items() if type_ in allowed and roles.intersection(own)), None)
