"""Measure questions to a table of others in Parquet, made as GDELT has its own, against SQL by hand on DuckDB.

`python benchmarks/foreign.py` prints a table; `--rows` sets how many rows are made, `--file` keeps them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from korea_cli.reading.locate import PARQUET
from material import KOREA, environment_for
from measure import compare, run

if TYPE_CHECKING:
    from measure import Cost

ROWS = 3_000_000
_NAMES = "['NORTH KOREA', 'SOUTH KOREA', 'UNITED STATES', 'CHINA', 'JAPAN', NULL, 'POLICE', 'SEOUL']"
# Rows in the order of their days, over 1,200 days; a third of the first actors are one of 14,000 others.
MADE = f"""COPY (SELECT 1000000 + i AS GLOBALEVENTID,
  CAST(strftime(DATE '2015-01-01' + CAST(i * 1200 // {{rows}} AS INTEGER), '%Y%m%d') AS INTEGER) AS SQLDATE,
  {_NAMES}[1 + pick(i, 1, 8)] || CASE WHEN pick(i, 7, 3) = 0 THEN ' ' || pick(i, 5, 2000) ELSE '' END AS Actor1Name,
  {_NAMES}[1 + pick(i, 2, 8)] AS Actor2Name, lpad(CAST(1 + pick(i, 3, 20) AS VARCHAR), 2, '0') AS EventRootCode,
  lpad(CAST(1 + pick(i, 3, 20) AS VARCHAR), 2, '0') || pick(i, 4, 10) AS EventCode, 1 + pick(i, 3, 4) AS QuadClass,
  pick(i, 9, 200) / 10.0 - 10 AS GoldsteinScale, pick(i, 11, 20000) / 1000.0 - 10 AS AvgTone,
  'City ' || pick(i, 12, 5000) || ', Region' AS ActionGeo_FullName,
  'https://www.news' || pick(i, 13, 3000) || '.com/a/' || i || '.html' AS SOURCEURL
  FROM range({{rows}}) AS numbers(i)) TO '{{path}}' (FORMAT parquet, COMPRESSION zstd)"""  # noqa: S608 - names and numbers of our own
_BY_HAND = "SELECT {what} FROM '{path}' WHERE SQLDATE = 20170501 AND EventRootCode = '13'"
# Each question with what DuckDB is asked by hand; "" where that is not measured.
QUESTIONS = {
    "the number of a kind on a day": (
        ("timeline", "kind:threat", "-p", "2017-05-01", "--count"), _BY_HAND.replace("{what}", "COUNT(*)"),
    ),
    "20 of a kind on a day, with all that they have": (
        ("timeline", "kind:threat", "-p", "2017-05-01", "-n", "20", "--json"),
        _BY_HAND.replace("{what}", "*") + " ORDER BY SQLDATE, GLOBALEVENTID LIMIT 20",
    ),
    "20 of an actor in a month": (("timeline", "by:north-korea", "-p", "2017-05", "-n", "20", "--json"), ""),
    "one event by its id": (
        ("show", "gdelt-2000000", "--json"), "SELECT * FROM '{path}' WHERE GLOBALEVENTID = 2000000",
    ),
    "the number of all": (("timeline", "--count"), "SELECT COUNT(*) FROM '{path}'"),
}  # fmt: skip


def main() -> int:
    """Make the rows, measure, and print a table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--file", type=Path, metavar="FILE", help="make only this file")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = asked.file or Path(folder) / "gdelt.parquet"
        subprocess.run([sys.executable, "-c", _made(path, asked.rows)], check=True)
        if not asked.file:
            sys.stdout.write(measured(path, asked.runs))
    return 0


def measured(path: Path, runs: int) -> str:
    """Return what was measured as Markdown."""
    environment = environment_for(path.parent)
    of = ("-d", f"{PARQUET}{path}", "--mapping", "gdelt", "-q")
    first = run((KOREA, "timeline", "--count", *of), environment)
    lines = ["| question | korea | DuckDB by hand |", "|---|---|---|"]
    for question, (words, sql) in QUESTIONS.items():
        commands = {"korea": (KOREA, *words, *of)}
        commands |= {"hand": (sys.executable, "-c", _asked(sql.format(path=path)))} if sql else {}
        lines.append(f"| {question} | {' | '.join(map(shown, compare(commands, runs, environment).values()))} |")
    return "\n".join([*lines, "", f"The first question took {shown(first)}.", ""])


def _made(path: Path, rows: int) -> str:
    macro = "CREATE MACRO pick(i, k, m) AS CAST((hash(i * 31 + k) >> 3) % m AS BIGINT)"
    return (
        f"import duckdb; c = duckdb.connect(); c.execute({macro!r}); c.execute({MADE.format(rows=rows, path=path)!r})"
    )


def _asked(sql: str) -> str:
    return f"import duckdb; duckdb.connect().execute({sql!r}).fetchall()"


def shown(cost: Cost) -> str:
    """Return processor time and memory."""
    return f"{cost.cpu:.2f} s, {cost.memory:.0f} MiB"


if __name__ == "__main__":
    sys.exit(main())
