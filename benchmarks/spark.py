"""Measure queries of an export on Spark, beside SQL by hand: `python benchmarks/spark.py SERVER` prints a table.

SERVER is the host and port of a server of Spark Connect on this machine, which is not started or ended here. The
records are those of `generate.py`, also ten times as many, as in `scale.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import scale
from generate import chronology
from material import KOREA, environment_for
from measure import compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

QUESTIONS = {name: scale.QUESTIONS[name] for name in (
    "an actor, a word and a year", "one event by its id", "the first 20 events", "the number of all", "all by year",
    "the 10 most frequent actors",
)}  # fmt: skip
ANSWERED = """
import korea_cli.store.spark.engine
from pyspark.sql.connect.session import SparkSession
spark = SparkSession.builder.remote("sc://{server}").getOrCreate()
spark.sql("USE {database}")
print(len(spark.sql('''{sql}''').collect()))
spark.stop()
"""


def main() -> int:
    """Make the exports, register and measure them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", metavar="HOST:PORT")
    parser.add_argument("--events", type=int, default=scale.EVENTS, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="korea-spark-") as name:
        folder = Path(name)
        environment = environment_for(folder)
        databases = {asked.events: folder / "small", asked.events * scale.TIMES: folder / "large"}
        export(asked.events, folder, environment)
        for number, path in databases.items():
            register(asked.server, path)
            print(table(asked.server, path, number, asked.runs, environment), end="\n\n", flush=True)
    return 0


def export(events: int, folder: Path, environment: Mapping[str, str]) -> None:
    """Write an export of some events, and one of ten times as many."""
    data, small, large = (folder / name for name in ("events.toml", "small", "large"))
    with data.open("w", encoding="utf-8") as stream:
        stream.writelines(chronology(events))
    exporting = (KOREA, "export", "-d", str(data), "-f", "parquet", "-o", str(small), "-q")
    subprocess.run(exporting, check=True, env=environment)
    subprocess.run([sys.executable, scale.__file__, "--multiply", small, large], check=True)


def register(server: str, export: Path) -> None:
    """Make the tables of an export, in a database of the name of its folder."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    from korea_cli.store.spark import engine as _  # noqa: F401, PLC0415 - it silences the warnings of pyspark

    session = SparkSession.builder.remote(f"sc://{server}").create()
    session.sql(f"DROP DATABASE IF EXISTS {export.name} CASCADE")
    session.sql(f"CREATE DATABASE {export.name}")
    for name in json.loads((export / "manifest.json").read_text("utf-8"))["tables"]:
        session.catalog.createTable(f"{export.name}.{name}", str(export / name), "parquet")
    session.stop()


def table(server: str, export: Path, events: int, runs: int, environment: Mapping[str, str]) -> str:
    """Return what was measured as Markdown: seconds from start to end, as the server does the work."""
    lines = [f"| {events:,} events on Spark | from start to end |", "|---|---|"]
    name = f"spark:sc://{server}/{export.name}"
    first, *_ = QUESTIONS
    sql = scale.BY_HAND.replace("'{folder}/", "").replace("/*.parquet'", "")
    by_hand = export.with_name("by_hand.py")  # pyspark takes `python -c` for its own tests
    by_hand.write_text(ANSWERED.format(server=server, database=export.name, sql=sql), "utf-8")
    for question, words in QUESTIONS.items():
        commands: dict[str, Sequence[str]] = {question: (KOREA, *words, "-d", name)}
        if question == first:
            commands["the same, by SQL by hand"] = (sys.executable, str(by_hand))
        costs = compare(commands, runs, environment)
        lines += [f"| {each} | {cost.wall:.2f} s |" for each, cost in costs.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
