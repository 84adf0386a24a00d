"""The terms of a query: how each is read, and how they become one condition."""

from __future__ import annotations

from functools import partial

from korea_cli.base.errors import UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.query.conditions import Condition, all_of, any_of, none_of
from korea_cli.query.expression import Group, Term, as_typed, parse_expression, tokens_of
from korea_cli.query.field import DATED
from korea_cli.query.fields import all_filters, allows, canonical, filter_of, is_known
from korea_cli.query.hints import refuse_minus, refuse_operators, unknown_field
from korea_cli.query.position import QueryPosition, pointing_at
from korea_cli.query.quotes import is_opening, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.query.field import QueryContext

NEGATION, TEXT = "not:", "text"
_MOST_TERMS = 500  # bounds the time and memory of a query


def read_terms(typed: Sequence[str], further: Sequence[str], types: tuple[str, ...]) -> Group:
    """Read the arguments of a query on records of some types; `further` terms apply to all of it.

    Raises UsageError for an unknown field or an expression that is not well-formed.
    """
    typed = as_typed(typed)
    refuse_operators(typed)
    read_term = partial(_term, types)
    group = parse_expression(typed, read_term)
    if further:
        parts = (group,) if group.joint else group.parts
        group = Group("", tuple(dict.fromkeys((*parts, *map(read_term, further)))))
    number = sum(1 for _ in group.terms())
    if number > _MOST_TERMS:
        raise UsageError(f"too many terms: {number:,}; the limit is {_MOST_TERMS}")
    return group


def _term(types: tuple[str, ...], text: str) -> Term:
    refuse_minus(text)
    negated, rest = False, text
    while rest.casefold().startswith(NEGATION):
        negated, rest = not negated, rest[len(NEGATION) :].lstrip()
    field, colon, value = rest.partition(":")
    field, value = field.strip().casefold(), value.strip()
    if not colon or " " in field or is_opening(rest[:1]):  # a phrase may have a colon in it
        return Term(TEXT, unquoted(rest), negated)
    field = canonical(field)
    if not is_known(field) or not allows(filter_of(field), types):
        raise unknown_field(field, value, types, {name: each.types for name, each in all_filters().items()})
    if not is_opening(value.removeprefix("=")[:1]) and (other := _term_within(value)):
        raise UsageError(f"'{other}' begins another term: write the two as separate arguments, or AND between them")
    exact, value = value[:1] == "=", unquoted(value.removeprefix("=").strip())
    if not value:
        quotes = f"; in a shell, put < and > in quotes: '{field}:>=3'" if filter_of(field).number else ""
        raise UsageError(f"'{text}' has no value{quotes}")
    return Term(field, f"={value}" if exact else value, negated)


def split_names(typed: Sequence[str], most: int, types: tuple[str, ...]) -> tuple[list[Term], list[str]]:
    """Return the words that a query begins with, at most so many, where they are names, and its other arguments.

    AND may join them to each other and to what follows. Raises UsageError for OR after one, which cannot.
    """
    names: list[Term] = []
    typed = as_typed(typed)
    tokens = list(tokens_of(typed))
    whole = " ".join(typed) if any(token.is_sign for token in tokens) else ""
    while tokens and len(names) < most and not tokens[0].is_sign and (name := _name(types, tokens[0].text)):
        names.append(name._replace(position=QueryPosition(whole, tokens[0].start) if whole else None))
        following = next((token.text for token in tokens[1:2] if token.is_sign), "")
        if following == "OR":
            with pointing_at(names[-1].position):
                raise UsageError(f"OR cannot join names. To search for words, write 'text:{name.value}'")
        tokens = tokens[2:] if following == "AND" and tokens[2:] else tokens[1:]
    return names, [token.text for token in tokens] if names else list(typed)


def _name(types: tuple[str, ...], text: str) -> Term | None:
    """Return a word or phrase that is typed without a field; None for any other term."""
    term = _term(types, text)
    is_plain = term.field == TEXT and not term.negated and not text.casefold().startswith((f"{TEXT}:", NEGATION))
    return term if is_plain else None


def _term_within(value: str) -> str:
    """Return the term that begins after a blank in a value; "" if there is none."""
    words = value.split()[1:] if ":" in value else ()
    return next((word for word in words if ":" in word and is_known(canonical(word.partition(":")[0]))), "")


def condition_of(group: Group, context: QueryContext) -> Condition:
    """Return the condition of a group: side by side, any value of each field must match, and all fields must.

    What only possibly matches a group does not certainly match NOT before it, and the other way round.
    """
    if group.joint == "NOT":
        context = _other_way(context)
    terms = [part for part in group.parts if isinstance(part, Term)]
    within = [condition_of(part, context) for part in group.parts if isinstance(part, Group)]
    conditions = [*_conditions(terms, context), *within]
    if group.joint == "NOT":
        return none_of(all_of(conditions))
    return any_of(conditions) if group.joint == "OR" else all_of(conditions)


def _conditions(terms: Sequence[Term], context: QueryContext) -> list[Condition]:
    conditions: list[Condition] = []
    for field in dict.fromkeys(term.field for term in terms if not term.negated):
        found = [_condition(term, context) for term in terms if term.field == field and not term.negated]
        conditions.append(all_of(found) if filter_of(field).every else any_of(found))
    return [*conditions, *(none_of(_condition(term, _other_way(context))) for term in terms if term.negated)]


def _other_way(context: QueryContext) -> QueryContext:
    return context._replace(certain=not context.certain)


def is_timed(group: Group) -> bool:
    """Return whether a term of a group may match a vague date without being certain to."""
    return any(filter_of(term.field).timed for term in group.terms())


def _condition(term: Term, context: QueryContext) -> Condition:
    with pointing_at(term.position):
        return filter_of(term.field).condition(context, term.value)


def wanted(group: Group) -> Iterator[Term]:
    """Yield the terms that are not excluded."""
    if group.joint != "NOT":
        for part in group.parts:
            yield from wanted(part) if isinstance(part, Group) else () if part.negated else (part,)


def split(group: Group, context: QueryContext) -> tuple[list[Group], list[Group], list[Group]]:
    """Split a query on a list into conditions on its records, on what is counted for them, and on these numbers.

    Records that are named are not searched for: terms are about the events and facts then, where they can be. Raises
    UsageError where one alternative is about records of the list and another about the events and facts counted.
    """
    parts: tuple[list[Group], list[Group], list[Group]] = [], [], []
    type_ = context.types[0]
    for each in conjuncts(group):
        fields = {term.field: filter_of(term.field) for term in each.terms()}
        own = {
            type_ in found.types and not (context.named and set(DATED) & set(found.types)) for found in fields.values()
        }
        if len(own) > 1:
            listed = " and ".join(f"'{field}:'" for field in fields)
            with pointing_at(next(each.terms()).position):
                raise UsageError(
                    f"{listed} cannot be in one OR or NOT: one is about the {type_}s, the other about the events and"
                    " facts counted for them"
                )
        of_tally = any(found.of_tally for found in fields.values())
        parts[2 if of_tally else 0 if own == {True} else 1].append(each)
    return parts


def required(group: Group, fields: frozenset[str]) -> list[str]:
    """Return the values of some fields of which a record must have one; none if it may match without any of them."""
    values = []
    for each in conjuncts(group):
        terms = list(wanted(each))
        if terms == list(each.terms()) and all(term.field in fields for term in terms):
            values += [term.value for term in terms]
    return values


def conjuncts(group: Group) -> Iterator[Group]:
    """Yield groups that must all match, as small as possible: terms of the same field side by side stay together."""
    if group.joint in {"OR", "NOT"}:
        yield group
        return
    terms = [part for part in group.parts if isinstance(part, Term)]
    for field in dict.fromkeys(term.field for term in terms):
        yield Group("", tuple(term for term in terms if term.field == field))
    for part in group.parts:
        if isinstance(part, Group):
            yield from conjuncts(part)
