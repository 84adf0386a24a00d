"""Expressions: how they are parsed, where they are wrong, and that they select what set algebra says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli import Selection, open_chronology
from korea_cli.query.expression import ExpressionError, Group, Term, parse_expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.chronology import Chronology


def _read(text: str) -> Term:
    return Term("text", text)


def _shape(group: Group | Term) -> str:
    """Write a group with all its parentheses."""
    if isinstance(group, Term):
        return group.value
    parts = [_shape(part) for part in group.parts]
    if group.joint == "NOT":
        return f"NOT({parts[0]})"
    return parts[0] if len(parts) == 1 else f"[{f' {group.joint} '.join(parts) if group.joint else ' '.join(parts)}]"


@pytest.mark.parametrize(
    ("typed", "shape"),
    [
        (["a"], "a"),
        (["a b"], "a b"),
        (["a", "b"], "[a b]"),
        (["a b OR c"], "[[a b] OR c]"),
        (["a AND b OR c AND d"], "[[a AND b] OR [c AND d]]"),
        (["a OR b AND c"], "[a OR [b AND c]]"),
        (["a b AND c d"], "[[a b] AND [c d]]"),
        (["a NOT b c"], "[a NOT(b) c]"),
        (["NOT NOT a"], "NOT(NOT(a))"),
        (["NOT (a OR b) c"], "[NOT([a OR b]) c]"),
        (["NOT(a OR b)"], "NOT([a OR b])"),
        (["a OR(b AND(c))AND(d)"], "[a OR [[b AND c] AND d]]"),
        (["(a OR b) AND c"], "[[a OR b] AND c]"),
        (["((a))"], "a"),
        (["a", "AND", "b c"], "[a AND b c]"),
        (["(", "a", "OR", "b", ")", "c"], "[[a OR b] c]"),
        (["(a", "OR", "b c)"], "[a OR [b c]]"),
        (['"a AND b"', "c"], '["a AND b" c]'),
        (['x:"a (b" OR c'], '[x:"a (b" OR c]'),
        (['x:="a b" OR c'], '[x:="a b" OR c]'),
        (["Busan(city) OR c"], "[Busan(city) OR c]"),
        (["Busan(city)"], "Busan(city)"),
        (['5" gun'], '5" gun'),
        (["ORDER ANDY NOTE"], "ORDER ANDY NOTE"),
        (["a\tOR\n b"], "[a OR b]"),
    ],
)
def test_arguments_are_parsed(typed: list[str], shape: str) -> None:
    assert _shape(parse_expression(typed, _read)) == shape


@pytest.mark.parametrize(
    ("typed", "reason", "place"),
    [
        (["(a OR b"], "this '(' is not closed", 0),
        (["a OR (b AND (c)"], "this '(' is not closed", 5),
        (["a) b"], "there is no '(' before this ')'", 1),
        (["a OR"], "a term is missing", 4),
        (["OR a"], "a term is missing", 0),
        (["a AND OR b"], "a term is missing", 6),
        (["NOT"], "a term is missing", 3),
        (["a", "NOT", "AND b"], "a term is missing", 6),
        (["()"], "a term is missing", 1),
        (['a OR x:"b'], "this quotation mark is not closed", 7),
        (["(" * 60 + "a" + ")" * 60], "more than 20 parentheses and NOT within each other", 20),
        (["NOT " * 2000 + "a"], "more than 20 parentheses and NOT within each other", 80),
        (["by:(a OR b)"], "write 'by:' before each value, not before parentheses", 0),
        (["c NOT not:(a OR b)"], "write 'NOT (' instead of 'not:('", 6),
    ],
)
def test_an_error_shows_its_place(typed: list[str], reason: str, place: int) -> None:
    with pytest.raises(ExpressionError) as error:
        parse_expression(typed, _read)
    assert error.value.reason == reason
    assert error.value.position == place
    first, shown, caret = error.value.sentences
    assert first.startswith(reason)
    assert shown[caret.index("^") :].startswith(" ".join(typed)[place : place + 1])


def test_the_caret_is_below_the_place_also_in_wide_letters() -> None:
    with pytest.raises(ExpressionError) as error:
        parse_expression(["문재인 OR )"], _read)
    assert error.value.sentences[1:] == ("  문재인 OR )", "            ^")


_TERMS = ("by:putin", "topic:thaad", "topic:icbm", "actor:china", "status:disputed", "missile", "not:place:moscow")
_trees = st.recursive(
    st.sampled_from(_TERMS),
    lambda inner: st.one_of(st.tuples(st.sampled_from(["AND", "OR"]), inner, inner), st.tuples(st.just("NOT"), inner)),
    max_leaves=8,
)


def _typed(tree: object) -> str:
    if isinstance(tree, str):
        return tree
    assert isinstance(tree, tuple)
    joint, *parts = tree
    texts = [f"({_typed(part)})" for part in parts]
    return f"NOT {texts[0]}" if joint == "NOT" else f" {joint} ".join(texts)


def _ids(chronology: Chronology, *terms: str) -> set[str]:
    return {event.id for event in chronology.events(Selection(terms=terms))}


def _expected(chronology: Chronology, tree: object) -> set[str]:
    if isinstance(tree, str):
        return _ids(chronology, tree)
    assert isinstance(tree, tuple)
    joint, *parts = tree
    found: Sequence[set[str]] = [_expected(chronology, part) for part in parts]
    if joint == "NOT":
        return _ids(chronology) - found[0]
    return found[0] & found[1] if joint == "AND" else found[0] | found[1]


@given(tree=_trees)
def test_an_expression_selects_what_set_algebra_says(tree: object) -> None:
    with open_chronology("builtin") as chronology:
        assert _ids(chronology, _typed(tree)) == _expected(chronology, tree)


def test_options_apply_to_the_whole_expression() -> None:
    with open_chronology("builtin") as chronology:
        selection = Selection(terms=("topic:thaad OR topic:icbm",), actors=("putin",))
        assert {event.id for event in chronology.events(selection)} == _ids(
            chronology, "(topic:thaad OR topic:icbm) AND actor:putin"
        )


def test_a_list_takes_conditions_on_its_records_and_on_what_is_counted() -> None:
    with open_chronology("builtin") as chronology:
        selection = Selection(terms=("kind:person AND (topic:thaad OR topic:icbm)",))
        people = {actor.id for actor in chronology.actors(selection)}
        assert people
        assert people == {
            actor.id for actor in chronology.actors(Selection(terms=("kind:person", "topic:thaad", "topic:icbm")))
        }
