"""Measure questions to tables of others in Parquet, made as GDELT has its own, and write the table of docs/scale.md.

Each question is put to tables of two sizes, and to DuckDB by SQL written by hand. `python benchmarks/foreign.py` takes
2 GB of disk and half an hour; `--try` measures a little, and prints the tables. `--folder` keeps the files, and takes
those that are there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from foreign_limits import Taken, judged
from foreign_plan import planned
from korea_cli.reading.locate import PARQUET
from material import KOREA, environment_for
from measure import compare, run
from scale import PAGE, rewritten, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SMALL, LARGE = 3_000_000, 100_000_000
TRIED = 30_000, 300_000
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
_NOTHING = 0.0
_IN_A_MONTH = "FROM '{path}' WHERE SQLDATE BETWEEN 20170501 AND 20170531 AND Actor1Name = 'NORTH KOREA'"
_ON_A_DAY = "FROM '{path}' WHERE SQLDATE = 20170501 AND EventRootCode = '13'"
_ACTORS = "FROM (SELECT unnest(list_distinct([Actor1Name, Actor2Name])) AS name FROM '{path}')"
_PAIRS = (
    "WITH counted AS (SELECT LEAST(Actor1Name, Actor2Name) AS one, GREATEST(Actor1Name, Actor2Name) AS other,"
    " EventRootCode, COUNT(*) AS number, MIN(SQLDATE), MAX(SQLDATE) FROM '{path}' WHERE Actor1Name <> Actor2Name"
    " GROUP BY 1, 2, 3), most AS (SELECT one, other FROM counted GROUP BY 1, 2 ORDER BY SUM(number) DESC LIMIT 10)"
    " SELECT * FROM counted JOIN most USING (one, other)"
)
_COUNTS = (
    "SELECT COUNT(*), MIN(SQLDATE), MAX(SQLDATE) FROM '{path}'",
    *(f"SELECT {each}, COUNT(*) FROM '{{path}}' GROUP BY 1" for each in (  # noqa: S608 - as above
        "SQLDATE // 10000", "SQLDATE // 100", "EventRootCode", "QuadClass", "split_part(SOURCEURL, '/', 3)",
    )),
)  # fmt: skip


class Question(NamedTuple):
    """What is typed, and the SQL that answers it by hand; the columns that it reads, and of which part of the rows.

    counted: whether counts that are kept answer it, so that it takes longer the first time.
    """

    words: tuple[str, ...]
    by_hand: tuple[str, ...]
    columns: tuple[str, ...]
    part: float
    counted: bool = False


QUESTIONS = {
    "the number of a kind on a day": Question(
        ("timeline", "kind:threat", "-p", "2017-05-01", "--count"), (f"SELECT COUNT(*) {_ON_A_DAY}",),
        ("SQLDATE", "EventRootCode"), 1 / 1200,
    ),
    "20 of a kind on a day, as plain text": Question(
        ("timeline", "kind:threat", "-p", "2017-05-01", "-n", "20", "-f", "plain"),
        (f"SELECT * {_ON_A_DAY} ORDER BY SQLDATE, GLOBALEVENTID LIMIT 20",), (), 1 / 1200,
    ),
    "the same as JSON, with all that they refer to": Question(
        ("timeline", "kind:threat", "-p", "2017-05-01", "-n", "20", "--json"),
        (f"SELECT * {_ON_A_DAY} ORDER BY SQLDATE, GLOBALEVENTID LIMIT 20",), (), 1 / 1200,
    ),
    "20 of an actor in a month, as plain text": Question(
        ("timeline", "by:north-korea", "-p", "2017-05", "-n", "20", "-f", "plain"),
        (f"SELECT * {_IN_A_MONTH} ORDER BY SQLDATE, GLOBALEVENTID LIMIT 20",), (), 31 / 1200,
    ),
    "one event by its id": Question(
        ("show", "gdelt-1020000"), ("SELECT * FROM '{path}' WHERE GLOBALEVENTID = 1020000",), (), 1 / 1200,
    ),
    "the number of all": Question(("timeline", "--count"), ("SELECT COUNT(*) FROM '{path}'",), (), _NOTHING),
    "all by year": Question(
        ("chart", "--by", "year", "--json"), ("SELECT SQLDATE // 10000, COUNT(*) FROM '{path}' GROUP BY 1",),
        ("SQLDATE",), 1,
    ),
    "a kind by year": Question(
        ("chart", "kind:threat", "--by", "year", "--json"),
        ("SELECT SQLDATE // 10000, COUNT(*) FROM '{path}' WHERE EventRootCode = '13' GROUP BY 1",),
        ("SQLDATE", "EventRootCode"), 1,
    ),
    "statistics of all": Question(
        ("stats", "--json"), _COUNTS, ("SQLDATE", "EventRootCode", "QuadClass", "SOURCEURL"), 1, counted=True,
    ),
    "the 10 most frequent actors": Question(
        ("actors", "-n", "10", "--json"), (f"SELECT name, COUNT(*) {_ACTORS} GROUP BY 1 ORDER BY 2 DESC LIMIT 10",),
        ("Actor1Name", "Actor2Name"), 1, counted=True,
    ),
    "the 10 most frequent pairs": Question(
        ("pairs", "-n", "10", "--json"), (_PAIRS,), ("SQLDATE", "EventRootCode", "Actor1Name", "Actor2Name"), 1,
    ),
    "the 10 longest gaps": Question(
        ("gaps", "-n", "10", "--json"), ("SELECT SQLDATE, COUNT(*), MIN(GLOBALEVENTID) FROM '{path}' GROUP BY 1",),
        ("SQLDATE", "GLOBALEVENTID"), 1,
    ),
}  # fmt: skip


def main() -> int:
    """Make the rows, measure, and write the tables or print them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", dest="try_", action="store_true", help="measure a little, and print the tables")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--folder", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    sizes, runs = (TRIED, 1) if asked.try_ else ((SMALL, LARGE), asked.runs)
    with TemporaryDirectory(prefix="korea-foreign-") as name:
        folder = asked.folder or Path(name)
        paths = {rows: folder / f"gdelt-{rows}.parquet" for rows in sizes}
        for rows, path in paths.items():
            if not path.exists():
                subprocess.run([sys.executable, "-c", _made(path, rows)], check=True, stdout=subprocess.DEVNULL)
        found = measured(paths, runs, environment_for(Path(name)))
    if asked.try_:
        print(found)
    else:
        PAGE.write_text(rewritten(PAGE.read_text("utf-8"), "foreign", found), "utf-8")
    return 0


def measured(paths: Mapping[int, Path], runs: int, environment: Mapping[str, str]) -> str:
    """Return what was measured as Markdown, and what that makes of more rows."""
    lines = [
        f"| question | {' | '.join(f'{rows:,} rows | DuckDB by hand' for rows in paths)} |",
        f"|---|{'---|' * 2 * len(paths)}",
    ]
    firsts = {rows: run((KOREA, "timeline", "--count", *_of(path)), environment) for rows, path in paths.items()}
    taken: dict[str, list[Taken]] = {}
    for name, question in QUESTIONS.items():
        taken[name] = [_taken(question, path, runs, environment) for path in paths.values()]
        lines.append(f"| {name} | {' | '.join(f'{shown(each.korea)} | {shown(each.hand)}' for each in taken[name])} |")
        if question.counted:
            first = (f"{shown(each.first)} |" for each in taken[name])
            lines.append(f"| the same for the first time | {' | '.join(first)} |")
    few = [name for name, question in QUESTIONS.items() if _NOTHING < question.part < 1]
    limits = judged(
        {name: costs for name, costs in taken.items() if QUESTIONS[name].part}, few,
        [name for name, question in QUESTIONS.items() if question.counted],
    )  # fmt: skip
    made = (f"{shown(cost)} of {rows:,} rows" for rows, cost in firsts.items())
    sizes = (f"{path.stat().st_size >> 20:,} MiB" for path in paths.values())
    said = f"The files are of {' and '.join(sizes)}. The first question of all took {' and '.join(made)}."
    said += f" Of the others, each is the median of {runs} after one that did not count." if runs > 1 else ""
    rows, path = max(paths.items())
    by_hand = {name: costs[-1].hand for name, costs in taken.items()}
    return "\n".join([*lines, "", said, "", limits, "", planned(QUESTIONS, by_hand, rows, path)])


def _taken(question: Question, path: Path, runs: int, environment: Mapping[str, str]) -> Taken:
    command = (KOREA, *question.words, *_of(path))
    first = run(command, environment)
    costs = compare({"korea": command, "hand": _asked(question.by_hand, path)}, runs, environment)
    return Taken(costs["korea"], costs["hand"], first)


def _of(path: Path) -> Sequence[str]:
    return "-d", f"{PARQUET}{path}", "--mapping", "gdelt", "-q"


def _made(path: Path, rows: int) -> str:
    macro = "CREATE MACRO pick(i, k, m) AS CAST((hash(i * 31 + k) >> 3) % m AS BIGINT)"
    return (
        f"import duckdb; c = duckdb.connect(); c.execute({macro!r}); c.execute({MADE.format(rows=rows, path=path)!r})"
    )


def _asked(sql: Sequence[str], path: Path) -> Sequence[str]:
    """Return the command that puts SQL to DuckDB."""
    each = [one.format(path=path) for one in sql]
    return sys.executable, "-c", f"import duckdb; c = duckdb.connect(); [c.execute(e).fetchall() for e in {each!r}]"


if __name__ == "__main__":
    sys.exit(main())
