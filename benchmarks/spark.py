"""Measure queries of an export on Spark, each beside SQL by hand, and write their table in docs/scale.md.

`python benchmarks/spark.py SERVER` takes half an hour and 1 GB of disk; with `--events`, it prints the table of fewer.
SERVER is the host and port of a server of Spark Connect on this machine, which is not started or ended here. The
records are those of `generate.py`, each event as many times as in `scale.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import scale
from generate import chronology
from material import KOREA, environment_for
from measure import compare

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENTS, TIMES = 100_000, 30
_YEAR = "type = 'event' AND start_min <= 726832 AND end_max >= 726468"  # possibly in 1990
_OF_ACTOR = """seq IN (SELECT seq FROM link WHERE role IN ('agent', 'recipient', 'relay')
  AND target IN (SELECT id FROM belongs WHERE type = 'actor' AND whole = 'a3'))"""
_COUNTED = "SELECT '{0}', {0}, COUNT(*) FROM entry WHERE type = 'event' GROUP BY {0}"


class Question(NamedTuple):
    """What `korea` is asked, and SQL by hand whose rows answer the same."""

    words: tuple[str, ...]
    sql: str


QUESTIONS = {
    "an actor, a word and a year": Question(
        ("timeline", "radar", "actor:a3", "-p", "1990", "--json"),
        f"""SELECT json FROM record_json JOIN entry USING (seq) WHERE {_YEAR} AND {_OF_ACTOR}
          AND seq IN (SELECT seq FROM words WHERE contains(text, ' radar')) ORDER BY entry.orders""",  # noqa: S608 - no foreign text
    ),
    "the number of those of an actor in a year": Question(
        ("timeline", "actor:a3", "-p", "1990", "--count"),
        f"SELECT COUNT(*) FROM entry WHERE {_YEAR} AND {_OF_ACTOR}",  # noqa: S608 - no foreign text
    ),
    "20 of a kind": Question(
        ("timeline", "kind:test", "-n", "20", "--json"),
        """SELECT json FROM record_json JOIN (SELECT seq, orders, end_max FROM entry WHERE type = 'event'
          AND kind = 'test' ORDER BY orders, end_max LIMIT 20) AS first USING (seq) ORDER BY first.orders, end_max""",
    ),
    "one event by its id": Question(
        ("show", "e77", "--json"),
        "SELECT json FROM record_json JOIN entry USING (seq) WHERE id = 'e77'",
    ),
    "the number of all": Question(("timeline", "--count"), "SELECT COUNT(*) FROM event"),
    "statistics of all": Question(
        ("stats", "--json"),
        " UNION ALL ".join(
            [_COUNTED.format(column) for column in ("year", "month", "kind", "status", "basis", "precision")]
            + [f"SELECT '{key}', target, COUNT(DISTINCT seq) FROM link WHERE key = '{key}' GROUP BY target"  # noqa: S608 - no foreign text
               for key in ("topics", "sources")]
        ),
    ),
    "all by year": Question(
        ("chart", "--by", "year", "--json"),
        """SELECT year, COUNT(*), COUNT(CASE WHEN precision <> 'day' THEN 1 END) FROM entry WHERE type = 'event'
          GROUP BY year ORDER BY year""",
    ),
    "the 10 most frequent actors": Question(
        ("actors", "-n", "10", "--json"),
        """SELECT whole, COUNT(DISTINCT seq) AS number FROM link JOIN belongs ON belongs.type = 'actor'
          AND belongs.id = link.target WHERE role IN ('agent', 'recipient', 'relay')
          GROUP BY whole ORDER BY number DESC LIMIT 10""",
    ),
}  # fmt: skip
_BY_HAND = """
import korea_cli.store.spark.engine
from pyspark.sql.connect.session import SparkSession
spark = SparkSession.builder.remote("sc://{server}").getOrCreate()
spark.sql("USE {database}")
print(len(spark.sql({sql!r}).collect()))
spark.stop()
"""


def main() -> int:
    """Make the export, register and measure it, write the table or print it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", metavar="HOST:PORT")
    parser.add_argument("--events", type=int, metavar="N", help=f"of the data file; {EVENTS:,}")
    parser.add_argument("--export", type=Path, metavar="FOLDER", help="an export of its events, made before")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="korea-spark-") as name:
        folder = Path(name)
        environment = environment_for(folder)
        export = asked.export or exported(asked.events or EVENTS, folder, environment)
        register(asked.server, export)
        found = table(asked.server, export, folder / "by_hand.py", asked.runs, environment)
    if asked.events:
        print(found)
    else:
        scale.PAGE.write_text(scale.rewritten(scale.PAGE.read_text("utf-8"), "spark", found), "utf-8")
    return 0


def exported(events: int, folder: Path, environment: Mapping[str, str]) -> Path:
    """Return an export of as many times some events."""
    data, small, large = (folder / name for name in ("events.toml", "small", "large"))
    with data.open("w", encoding="utf-8") as stream:
        stream.writelines(chronology(events))
    exporting = (KOREA, "export", "-d", str(data), "-f", "parquet", "-o", str(small), "-q")
    subprocess.run(exporting, check=True, env=environment)
    multiplying = (sys.executable, scale.__file__, "--multiply", str(small), str(large), "--times", str(TIMES))
    subprocess.run(multiplying, check=True)
    return large


def register(server: str, export: Path) -> None:
    """Make the tables of an export, in a database of the name of its folder."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional library

    from korea_cli.store.spark import engine as _  # noqa: F401, PLC0415 - it silences the warnings of pyspark

    session = SparkSession.builder.remote(f"sc://{server}").create()
    session.sql(f"DROP DATABASE IF EXISTS {export.name} CASCADE")
    session.sql(f"CREATE DATABASE {export.name}")
    for name in json.loads((export / "manifest.json").read_text("utf-8"))["tables"]:
        session.sql(f"CREATE TABLE {export.name}.{name} USING parquet LOCATION '{export / name}'")
    session.stop()


def table(server: str, export: Path, script: Path, runs: int, environment: Mapping[str, str]) -> str:
    """Return what was measured as Markdown: seconds from start to end, as the server does the work.

    script: a file for SQL by hand, because pyspark takes `python -c` for its own tests.
    """
    lines = ["| question | `korea` | Spark with SQL by hand |", "|---|---|---|"]
    for name, question in QUESTIONS.items():
        script.write_text(_BY_HAND.format(server=server, database=export.name, sql=question.sql), "utf-8")
        commands = {
            "korea": (KOREA, *question.words, "-d", f"spark:sc://{server}/{export.name}"),
            "hand": (sys.executable, str(script)),
        }
        costs = compare(commands, runs, environment)
        lines.append(f"| {name} | {costs['korea'].wall:.1f} s | {costs['hand'].wall:.1f} s |")
        print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
