"""Measure queries of exports that are larger than a data file can be, and write the table of docs/scale.md.

The records are those of `generate.py`, exported by `korea`. DuckDB makes more of them: each event again, as another.
`python benchmarks/scale.py` takes ten minutes and 2 GB of disk; `--try` measures a little, and prints the table.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from generate import chronology
from korea_cli.reading.locate import PARQUET
from material import KOREA, environment_for
from measure import compare

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from measure import Cost

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
EVENTS, TIMES = 100_000, 10  # of the data file; as many times as many in the larger export
_APART = 10_000_000  # between the numbers of an event and of the next one that is made of it
_MIB = 1 << 20
QUESTIONS: dict[str, tuple[str, ...]] = {
    "an actor, a word and a year": ("timeline", "radar", "actor:a3", "-p", "1990", "--json"),
    "a month, as CSV": ("timeline", "-p", "1990-05", "-f", "csv"),
    "one event by its id": ("show", "e77", "--json"),
    "the 20 best matches of a word": ("search", "radar", "-n", "20", "--json"),
    "the first 20 events": ("timeline", "-n", "20", "--json"),
    "the number of all": ("timeline", "--count"),
    "statistics of all": ("stats", "--json"),
    "all by year": ("chart", "--by", "year", "--json"),
    "the 10 most frequent actors": ("actors", "-n", "10", "--json"),
    "the 10 most frequent pairs": ("pairs", "-n", "10", "--json"),
    "all as JSON Lines": ("timeline", "-f", "jsonl"),
}
# What DuckDB itself takes for the first, by hand-written SQL.
BY_HAND = """SELECT json FROM '{folder}/record_json/*.parquet' WHERE seq IN (
  SELECT seq FROM '{folder}/entry/*.parquet' WHERE type = 'event' AND start_min <= 726832 AND end_max >= 726468
  INTERSECT SELECT seq FROM '{folder}/words/*.parquet' WHERE contains(text, ' radar')
  INTERSECT SELECT seq FROM '{folder}/link/*.parquet' WHERE role IN ('agent', 'recipient', 'relay')
    AND target IN (SELECT id FROM '{folder}/belongs/*.parquet' WHERE whole = 'a3'))"""


def main() -> int:
    """Make the exports, measure, and write the table or print it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", dest="try_", action="store_true", help="measure a little, and print the table")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--multiply", nargs=2, type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=TIMES, metavar="N", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.multiply:
        multiply(*asked.multiply, times=asked.times)
        return 0
    events, runs = (1_000, 1) if asked.try_ else (EVENTS, asked.runs)
    with TemporaryDirectory(prefix="korea-scale-") as name:
        found = table(Path(name), events, runs)
    if asked.try_:
        print(found)
    else:
        PAGE.write_text(rewritten(PAGE.read_text("utf-8"), "measured", found), "utf-8")
    return 0


def table(folder: Path, events: int, runs: int) -> str:
    """Return what was measured as Markdown."""
    environment, data = environment_for(folder), folder / "events.toml"
    small, large = folder / "small", folder / "large"
    with data.open("w", encoding="utf-8") as stream:
        stream.writelines(chronology(events))
    exporting = (KOREA, "export", "-d", str(data), "-f", "parquet", "-o", str(small), "-q")
    exported = compare({"": exporting}, 1, environment)[""]
    # In a process of its own: one that is measured later counts what this one once held as its own.
    subprocess.run([sys.executable, __file__, "--multiply", small, large], check=True)
    names = {"data file": str(data), "export": f"{PARQUET}{small}", "ten times": f"{PARQUET}{large}"}
    lines = [
        f"| question | data file of {events:,} events | export of it | export of {events * TIMES:,} events |",
        "|---|---|---|---|",
    ]
    for question, words in QUESTIONS.items():
        costs = compare({name: (KOREA, *words, "-d", of) for name, of in names.items()}, runs, environment)
        lines.append(f"| {question} | {' | '.join(map(shown, costs.values()))} |")
    by_hand = [compare({"": hand_written(each)}, runs, environment)[""] for each in (small, large)]
    lines.append(f"| the first, by DuckDB with SQL by hand | | {' | '.join(map(shown, by_hand))} |")
    sizes = [size_of(each) / _MIB for each in (data, small, large)]
    lines.append(f"| size | {' | '.join(f'{size:,.0f} MiB' for size in sizes)} |")
    return "\n".join([*lines, "", f"The export took {shown(exported)}."])


def rewritten(page: str, name: str, found: str) -> str:
    """Return a page with something else between the marks of a name."""
    marked = re.compile(f"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return marked.sub(lambda block: f"{block[1]}\n{found}\n\n{block[2]}", page)


def shown(cost: Cost) -> str:
    """Return processor time and memory."""
    return f"{cost.cpu:.2f} s, {cost.memory:,.0f} MiB"


def hand_written(folder: Path) -> Sequence[str]:
    """Return the command that answers the first question without `korea`."""
    sql = BY_HAND.format(folder=folder)
    return sys.executable, "-c", f"import duckdb; print(duckdb.sql({sql!r}).fetchall())"


def size_of(path: Path) -> int:
    """Return the size of a file, or of all files of a folder."""
    return sum(each.stat().st_size for each in (path.rglob("*") if path.is_dir() else [path]) if each.is_file())


def multiply(small: Path, large: Path, *, times: int) -> None:
    """Write an export that has all events of another as many times."""
    from contextlib import closing  # noqa: PLC0415 - only for this process

    from korea_cli.checks.load import load_valid  # noqa: PLC0415 - as above
    from korea_cli.store.duck import new_database  # noqa: PLC0415 - as above
    from korea_cli.store.encode_rows import tables_of  # noqa: PLC0415 - as above
    from korea_cli.store.parquet import read_manifest  # noqa: PLC0415 - as above
    from korea_cli.store.parquet_writer import write_files  # noqa: PLC0415 - as above
    from korea_cli.store.plain import PLAIN  # noqa: PLC0415 - as above
    from korea_cli.store.sql import quoted  # noqa: PLC0415 - as above

    manifest = read_manifest(f"{PARQUET}{small}")
    large.mkdir()
    with TemporaryDirectory(prefix="korea-scale-") as temporary, closing(new_database(temporary)) as database:
        for name, files in manifest.tables.items():
            paths = ", ".join(quoted(str(small / file.path)) for file in files)
            database.execute(f"CREATE VIEW of_{name} AS FROM read_parquet([{paths}])")
        for name in manifest.tables:
            columns = [str(column) for column, *_ in database.execute(f"DESCRIBE of_{name}").fetchall()]
            database.execute(f"CREATE VIEW {name} AS {multiplied(name, columns, times)}")
        draft = load_valid(["builtin"]).draft  # whose tables have the same columns
        write_files(database, large, tables_of(draft) | PLAIN, manifest.header)


def multiplied(name: str, columns: Sequence[str], times: int) -> str:
    """Return the SQL of the rows of a table: those of events as many times, each time of others."""
    if name == "tally":
        return f"SELECT * REPLACE (event_count * {times} AS event_count) FROM of_tally"  # noqa: S608 - no foreign text
    if name == "total":
        number = f"number * CASE type WHEN 'event' THEN {times} ELSE 1 END"
        return f"SELECT * REPLACE ({number} AS number) FROM of_total"  # noqa: S608 - as above
    if columns[0] != "seq":
        return f"FROM of_{name}"
    other: Mapping[str, str] = {
        "seq": f"seq + copy * {_APART}", "id": "id || '-' || copy",
        "name": "CASE WHEN name LIKE '% %' THEN name ELSE name || '-' || copy END",
        "json": "regexp_replace(json, '\"id\": \"(\\w+)\"', '\"id\": \"\\1-' || copy || '\"')",
    }  # fmt: skip
    values = ", ".join(
        f'CASE copy WHEN 0 THEN "{each}" ELSE {other[each]} END AS "{each}"' for each in columns if each in other
    )
    events = f"range({times}) AS copies(copy) WHERE copy = 0 OR seq IN (SELECT seq FROM of_entry WHERE type = 'event')"  # noqa: S608 - no foreign text
    return f"SELECT own.* REPLACE ({values}) FROM of_{name} AS own, {events}"  # noqa: S608 - no foreign text


if __name__ == "__main__":
    sys.exit(main())
