"""Of conditions that must all hold, the rarest is looked up, and the rest is asked of what it leaves."""

from __future__ import annotations

import pytest

from korea_cli.conditions import MANY, Condition, all_of, any_of, none_of


def met_by(count: int | None, name: str) -> Condition:
    """Give a condition that so many records meet: looked up by a large letter, asked one by one by a small one."""
    return Condition(name.upper(), (name,), name.lower(), None if count is None else (count,))


@pytest.mark.parametrize(
    ("counts", "sql"),
    [
        ((10, 1000), "(A AND b)"),
        ((1000, 10), "(B AND a)"),
        ((10, 40), "(A AND B)"),  # not worth asking one by one
        ((10, 41), "(A AND b)"),
        ((10, None), "(A AND b)"),
        ((None, None), "(A AND B)"),
        ((0, 1), "(A AND b)"),
        ((500, 500), "(A AND B)"),
        ((900, 10, 20), "(B AND C AND a)"),
        ((MANY - 1, MANY), "(A AND b)"),  # there may be far more of it
        ((MANY, MANY), "(A AND B)"),
    ],
)
def test_the_rarest_is_looked_up_and_the_common_are_asked_one_by_one(counts: tuple[int | None, ...], sql: str) -> None:
    joined = all_of(met_by(count, name) for count, name in zip(counts, "abc", strict=False))
    assert joined.sql == sql
    assert joined.values == tuple(sql.lower().strip("()").split(" and "))
    assert joined.alone == sql.lower().replace("and", "AND")
    assert joined.size() == min((count for count in counts if count is not None), default=None)


def test_what_is_joined_can_be_joined_again() -> None:
    both = all_of([met_by(1000, "a"), met_by(2000, "b")])
    assert both.sql == "(A AND B)"
    assert all_of([both, met_by(10, "c")]).sql == "(C AND (a AND b))"
    assert all_of([both, met_by(40_000, "c")]).sql == "((A AND B) AND c)"


def test_what_asks_for_numbers_alone_is_asked_of_what_is_looked_up_and_not_of_records() -> None:
    rare = met_by(10, "a")._replace(rows="link WHERE target = ?", numbered=True)
    numbered, other = met_by(None, "b")._replace(numbered=True), met_by(None, "c")
    narrowed = "entry.seq IN (SELECT entry.seq FROM link AS entry WHERE (target = ?) AND b)"
    assert all_of([rare, numbered]).sql == f"({narrowed})"
    joined = all_of([other, numbered, rare])
    assert (joined.sql, joined.values, joined.alone) == (f"({narrowed} AND c)", ("a", "b", "c"), "(a AND b AND c)")
    assert all_of([rare, other]).sql == "(A AND c)"
    found = rare._replace(rows="(SELECT seq FROM span)")
    assert (
        all_of([found, numbered]).sql
        == "(entry.seq IN (SELECT entry.seq FROM (SELECT seq FROM span) AS entry WHERE b))"
    )


def test_alternatives_are_all_looked_up_and_met_by_all_together() -> None:
    either = any_of([met_by(10, "a"), met_by(1000, "b")])
    assert (either.sql, either.alone, either.size()) == ("(A OR B)", "(a OR b)", 1010)
    assert any_of([met_by(10, "a"), met_by(None, "b")]).size() is None


def test_of_what_is_turned_round_nothing_is_known() -> None:
    other = none_of(met_by(10, "a"))
    assert (other.sql, other.alone, other.values, other.size()) == ("NOT (A)", "NOT (a)", ("a",), None)


def test_no_condition_is_always_true_and_a_single_one_stays_as_it_is() -> None:
    assert all_of(()) == Condition("1 = 1")
    assert all_of([met_by(3, "a")]) == any_of([met_by(3, "a")]) == met_by(3, "a")
