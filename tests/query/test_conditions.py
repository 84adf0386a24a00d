"""Conditions are joined by plain AND, OR and NOT, their values in the order of their question marks."""

from __future__ import annotations

from korea_cli.query.conditions import ALWAYS, Condition, all_of, any_of, none_of

A, B, C = Condition("a = ?", (1,)), Condition("b", ()), Condition("c IN (?, ?)", (2, 3))


def test_conditions_that_must_all_hold() -> None:
    assert all_of([A, B, C]) == Condition("(a = ? AND b AND c IN (?, ?))", (1, 2, 3), 1)


def test_conditions_of_which_one_must_hold() -> None:
    assert any_of([C, A]) == Condition("(c IN (?, ?) OR a = ?)", (2, 3, 1), 1)


def test_what_is_joined_can_be_joined_again_and_negated() -> None:
    joined = all_of([any_of([A, C]), none_of(all_of([B, A]))])
    assert joined == Condition("((a = ? OR c IN (?, ?)) AND ((b AND a = ?)) IS NOT TRUE)", (1, 2, 3, 1), 2)


def test_no_condition_is_always_true_and_a_single_one_stays_as_it_is() -> None:
    assert all_of(()) == all_of([ALWAYS]) == ALWAYS
    assert all_of([A]) == all_of([ALWAYS, A]) == any_of([A]) == A


def test_the_deepest_condition_comes_first() -> None:
    joined = any_of([A, all_of([B, any_of([A, C])]), none_of(C)])
    assert joined.sql == "(((a = ? OR c IN (?, ?)) AND b) OR a = ? OR (c IN (?, ?)) IS NOT TRUE)"
    assert joined.values == (1, 2, 3, 1, 2, 3)


def test_many_conditions_are_joined_in_parts() -> None:
    joined = any_of([A] * 120)
    assert joined.sql.count("a = ?") == len(joined.values) == 120
    assert joined.depth == 2
