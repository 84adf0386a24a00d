"""Queries that Spark would join all rows for: what they are instead, and what is left as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

sql = pytest.importorskip("korea_cli.store.spark.sql", reason="needs sqlglot", exc_type=ImportError)
plans = pytest.importorskip("korea_cli.store.spark.plans", reason="needs sqlglot", exc_type=ImportError)

if TYPE_CHECKING:
    from collections.abc import Sequence


def spark(text: str) -> str:
    return str(sql.spark_sql(text, ("db",)))


def valued(
    text: str, values: Sequence[str | int], ids: Sequence[str] = ("a", "b")
) -> tuple[str, Sequence[str | int], list[tuple[str, Sequence[str | int]]]]:
    """Return a query with values, these, and what was looked up for it."""
    asked: list[tuple[str, Sequence[str | int]]] = []

    def ids_of(query: str, own: Sequence[str | int]) -> Sequence[str]:
        asked.append((query, own))
        return ids

    found, bound = plans.with_values(text, values, ids_of)
    return found, bound, asked


def test_dates_are_read_without_their_records_where_only_the_type_of_these_matters() -> None:
    dates = "SELECT span.sharp FROM span JOIN entry ON entry.seq = span.seq WHERE "
    others = "NOT span.seq IN (SELECT seq FROM entry WHERE type <> 'event')"
    found = spark(f"{dates} entry.type = 'event' AND entry.seq IN (SELECT seq FROM name WHERE name = ?)")  # noqa: S608 - values are bound
    assert (
        found == f"SELECT span.sharp FROM span WHERE {others} AND span.seq IN (SELECT seq FROM name WHERE name = :v0)"  # noqa: S608 - values are bound
    )
    for condition in (
        "entry.type = 'event' AND entry.kind = ?", "entry.type IN (?)", "entry.seq = ?",
        "entry.type = 'event' AND entry.seq IN (SELECT entry.seq FROM entry)",
    ):  # fmt: skip
        assert "FROM span JOIN entry" in spark(dates + condition)
    assert "JOIN entry" in spark(f"{dates.replace('JOIN', 'LEFT JOIN')} entry.type = 'event'")
    assert spark("SELECT NULL AS seq WHERE FALSE").endswith("WHERE FALSE")
    assert "JOIN entry" in spark(f"WITH entry AS (SELECT 1) {dates} entry.type = 'event'")


def test_what_has_no_date_is_found_without_all_dates() -> None:
    undated = "SELECT COUNT(*) FROM entry WHERE entry.type = 'event' AND entry.seq NOT IN (SELECT seq FROM span)"
    assert spark(undated) == "SELECT COUNT(*) FROM entry WHERE entry.type = 'event' AND entry.start_min IS NULL"
    assert "FROM span" in spark(f"WITH entry AS (SELECT 1) {undated}")


def test_dates_are_looked_at_of_what_a_query_finds_alone() -> None:
    exists = "SELECT EXISTS (SELECT 1 FROM span WHERE span.seq = entry.seq AND sharp = 0) AS possible FROM entry WHERE "
    found = "IN (SELECT seq FROM link WHERE target = :v0)"
    assert f"sharp = 0) AND span.seq {found}" in spark(
        f"{exists}(entry.seq IN (SELECT seq FROM link WHERE target = ?) AND entry.type = ?)"  # noqa: S608 - values are bound
    )
    for condition in (
        "entry.seq IN (SELECT seq FROM link WHERE target = ?) OR entry.type = ?",
        "entry.seq IN (SELECT seq FROM link WHERE target = entry.id)", "entry.id IN (SELECT target FROM link)",
    ):  # fmt: skip
        assert "sharp = 0) AS BIGINT)" in spark(exists + condition)


def test_what_is_named_is_sent_to_where_the_other_rows_are() -> None:
    joined = "SELECT link.key FROM link JOIN entry ON entry.seq = link.seq WHERE link.target IN (?, ?)"
    assert spark(joined).startswith("SELECT /*+ BROADCAST(link) */ link.key FROM link JOIN")
    for query in (
        joined.replace("JOIN", "LEFT JOIN"), joined.replace("IN (?, ?)", "IN (SELECT id FROM belongs)"),
        joined.replace("target", "role"), f"{joined} OR link.role = ?",
    ):  # fmt: skip
        assert "BROADCAST" not in spark(query)


def test_rows_are_sorted_in_one_place_but_for_the_first_of_them() -> None:
    assert spark("SELECT a FROM b ORDER BY a, c DESC") == "SELECT a FROM b DISTRIBUTE BY 1 SORT BY a, c DESC"
    assert spark("SELECT a FROM b ORDER BY a LIMIT 2") == "SELECT a FROM b ORDER BY a LIMIT 2"


def test_short_lists_are_named_value_by_value() -> None:
    query = "SELECT a FROM b WHERE c = ? AND id IN (SELECT value FROM json_each(?)) AND d = ?"
    named = "SELECT a FROM b WHERE c = ? AND id IN (?, ?) AND d = ?"
    assert valued(query, (1, '["x", "y"]', 2)) == (named, [1, "x", "y", 2], [])
    numbers = "SELECT a FROM b WHERE c IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
    assert valued(numbers, ("[3, 4]",)) == ("SELECT a FROM b WHERE c IN (?, ?)", [3, 4], [])
    for each in ("[]", json.dumps([*range(501)])):
        assert valued(numbers, (each,)) == (numbers, [each], [])


def test_what_belongs_to_records_that_are_named_is_looked_up_first() -> None:
    seqs = "SELECT a FROM link WHERE link.seq IN (SELECT seq FROM main.entry WHERE entry.seq IN (?, ?))"
    assert valued(seqs, (1, 2)) == ("SELECT a FROM link WHERE link.seq IN (?, ?)", [1, 2], [])
    shown = f"SELECT id FROM entry WHERE entry.seq IN (?) UNION ALL {seqs}"  # noqa: S608 - values are bound
    query = f"SELECT ?, a FROM link WHERE link.target IN ({shown}) AND key = ?"  # noqa: S608 - values are bound
    found = "SELECT ?, a FROM link WHERE link.target IN (?, ?) AND key = ?"
    assert valued(query, (0, 5, 1, 2, "k")) == (found, [0, "a", "b", "k"], [(shown, [5, 1, 2])])
    unknown = "SELECT id FROM entry WHERE entry.seq IN (?) UNION ALL SELECT a FROM link WHERE link.seq IN (?, ?)"
    found = f"SELECT ?, a FROM link WHERE link.target IN ({unknown}) AND key = ?"  # noqa: S608 - values are bound
    assert valued(query, (0, 5, 1, 2, "k"), ids=()) == (found, [0, 5, 1, 2, "k"], [(shown, [5, 1, 2])])


def test_many_records_and_those_of_some_day_are_not_looked_up_first() -> None:
    many = f"SELECT a FROM link WHERE target IN (SELECT id FROM entry WHERE entry.seq IN ({', '.join('?' * 201)}))"  # noqa: S608 - values are bound
    assert valued(many, [*range(201)]) == (many, [*range(201)], [])
    other = (
        "WITH entry AS (SELECT 1) SELECT a FROM b WHERE c IN (SELECT id FROM entry WHERE entry.seq IN (?)) AND d = ?"
    )
    assert valued(other, (1, 2)) == (other, [1, 2], [])
