"""SQL for Spark: what Spark reads otherwise than SQLite, and what no engine may ever read as SQL."""

from __future__ import annotations

import pytest

sql = pytest.importorskip("korea_cli.store.spark.sql", reason="needs sqlglot", exc_type=ImportError)


def spark(text: str, *database: str) -> str:
    return str(sql.spark_sql(text, database or ("db",)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "SELECT id FROM entry WHERE +type IN (?, ?) LIMIT ?",
            "SELECT id FROM entry WHERE type IN (:v0, :v1) LIMIT :v2",
        ),
        ('SELECT "date" FROM event NOT INDEXED', "SELECT `date` FROM event"),
        ("SELECT CAST(x AS INTEGER) FROM a", "SELECT CAST(x AS BIGINT) FROM a"),
        (
            "SELECT value FROM json_each(?)",
            "SELECT value FROM (SELECT EXPLODE(FROM_JSON(:v0, 'ARRAY<STRING>')) AS value) AS each",
        ),
        ("SELECT json_extract(x, '$[2]') FROM a", "SELECT GET(FROM_JSON(x, 'ARRAY<STRING>'), 2) FROM a"),
        (
            "SELECT json_array_length(x, '$[1]') FROM a",
            "SELECT JSON_ARRAY_LENGTH(GET(FROM_JSON(x, 'ARRAY<STRING>'), 1)) FROM a",
        ),
        ("SELECT INSTR(a, ?) FROM b", "SELECT LOCATE(:v0, a) FROM b"),
        (
            "SELECT a, b > 1 AS possible FROM x WHERE c = 2 UNION ALL SELECT 0, NOT (d IN (1)) FROM y",
            (
                "SELECT a, CAST(b > 1 AS BIGINT) AS possible FROM x WHERE c = 2 UNION ALL"
                " SELECT 0, CAST(NOT (d IN (1)) AS BIGINT) FROM y"
            ),
        ),
        ("SELECT COUNT(*) FROM a WHERE possible IS TRUE", "SELECT COUNT(*) FROM a WHERE COALESCE(possible, 0) = 1"),
        ("SELECT a FROM x WHERE (a = 1) IS NOT TRUE", "SELECT a FROM x WHERE NOT (a = 1) IS TRUE"),
        ("SELECT CASE WHEN NULL THEN 1 END", "SELECT CASE WHEN CAST(NULL AS BOOLEAN) THEN 1 END"),
        ("WITH a AS NOT MATERIALIZED (SELECT 1) SELECT * FROM a", "WITH a AS (SELECT 1) SELECT * FROM a"),
        ("SELECT a FROM x CROSS JOIN y ON x.a = y.b", "SELECT a FROM x JOIN y ON x.a = y.b"),
        (
            "SELECT a.b, (SELECT MAX(c) FROM d WHERE d.e = a.b) FROM a GROUP BY a.b",
            "SELECT a.b, FIRST((SELECT MAX(c) FROM d WHERE d.e = a.b)) FROM a GROUP BY a.b",
        ),
        (
            "SELECT a, b FROM x WHERE c = ? ORDER BY a IN (SELECT y FROM z WHERE w = ?) DESC, b LIMIT ?",
            (
                "SELECT c0, c1 FROM (SELECT a AS c0, b AS c1, a IN (SELECT y FROM z WHERE w = :v1) AS o0, b AS o1 FROM"
                " x WHERE c = :v0) AS found ORDER BY o0 DESC, o1 LIMIT :v2"
            ),
        ),
        (
            "SELECT COUNT(*) FROM a CROSS JOIN b ON b.x IN (SELECT c.y FROM c WHERE c.z = ? AND c.w = a.v) AND b.u = ?",
            (
                "SELECT COUNT(*) FROM a JOIN (SELECT DISTINCT c.y AS one, c.w AS tied FROM c WHERE c.z = :v0 AND TRUE)"
                " AS found_0 ON found_0.tied = a.v JOIN b ON b.x = found_0.one AND b.u = :v1"
            ),
        ),
    ],
)
def test_a_query_is_read_as_spark_reads_it(query: str, expected: str) -> None:
    assert spark(query) == expected


def test_a_condition_that_is_only_one_of_several_is_not_joined_by() -> None:
    query = "SELECT 1 FROM a JOIN b ON b.x IN (SELECT c.y FROM c WHERE c.z = 1 OR c.w = a.v)"
    assert "found" not in spark(query)
    assert "found" not in spark("SELECT 1 FROM a LEFT JOIN b ON b.x IN (SELECT c.y FROM c WHERE c.w = a.v)")


def test_lower_case_is_that_of_sqlite() -> None:
    assert spark("SELECT LOWER(a) FROM b").startswith("SELECT TRANSLATE(a, 'ABC")


def test_a_list_of_a_column_is_made_without_a_subquery() -> None:
    query = """SELECT seq, (SELECT GROUP_CONCAT(value, ' ') FROM json_each(own.ids) WHERE value NOT IN
      (SELECT target FROM main.link WHERE link.seq = own.seq)) AS ids FROM main.event AS own"""
    assert spark(query, "catalog", "db") == (
        "SELECT seq, NULLIF(ARRAY_JOIN(TRANSFORM(FILTER(FROM_JSON(own.ids, 'ARRAY<STRING>'), each_value ->"
        " (NOT ARRAY_CONTAINS(own.later_1, each_value))), each_value -> (each_value)), ' '), '') AS ids FROM"
        " (SELECT own.*, (SELECT COLLECT_LIST(target) FROM `catalog`.`db`.link WHERE link.seq = own.seq) AS later_1"
        " FROM `catalog`.`db`.event AS own) AS own"
    )


@pytest.mark.parametrize("name", ["a`b", "x; DROP TABLE y; --", "a b", "'", "${env:HOME}"])
def test_the_name_of_a_database_is_never_read_as_sql(name: str) -> None:
    quoted = "`" + name.replace("`", "``") + "`"
    assert spark("SELECT id FROM main.entry", name) == f"SELECT id FROM {quoted}.entry"  # noqa: S608 - that is what is tested
