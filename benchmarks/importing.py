"""Measure `korea import`: rows a second and memory, of processing the rows alone and of the whole command, as JSON.

`python benchmarks/importing.py [ROWS [SRC]]`, or `--gdelt ROWS` for the whole command with a large file of that shape.
Processing the rows ends before the file is read again; the whole command reads the new file, as any first query would,
before it replaces the old one. SRC: the folder `src` of another version, with which the whole command is compared, in
turn: a list of events, and two wide sheets of codes.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from material import environment_for
from measure import Cost, middle, run

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(sys.executable).parent / "korea"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
START = '[chronology]\ntitle = "Measured"\nas_of = "2020"\n'
_KIB = 1024 * (1024 if sys.platform == "darwin" else 1)  # as in measure


def main(rows: int) -> None:
    """Import a sheet of so many rows, then the same one again."""
    with tempfile.TemporaryDirectory() as folder:
        sheet, file = Path(folder, "sheet.csv"), Path(folder, "mine.toml")
        write_sheet(sheet, rows)
        file.write_text(START, "utf-8")
        taking = json.loads(subprocess.check_output([sys.executable, __file__, "--taking", sheet, file], text=True))
        whole = run([str(PROGRAM), "import", str(sheet), "-d", str(file), "-q"])
        size = file.stat().st_size
        again = run([str(PROGRAM), "import", str(sheet), "-d", str(file), "-q"])
        first = run([str(PROGRAM), "timeline", "-d", str(file), "--no-cache", "-n", "1"])
    results = {"rows": rows, "file_mb": round(size / 1e6, 1), "taking": taking}
    results |= {name: _rates(cost, rows) for name, cost in (("whole", whole), ("again", again))}
    print(json.dumps(results | {"first_question_mib": round(first.memory)}))


def write_sheet(path: Path, rows: int) -> None:
    """Write a sheet whose dates are in several forms, with twenty actors, topics and sources."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Date", "Title", "Description", "Who", "Place", "Tags", "Source"])
        for number in range(rows):
            year, month, day = 1950 + number % 60, 1 + number % 12, 1 + number % 28
            forms = f"{year}-{month:02}-{day:02}", f"{day}-{MONTHS[month - 1]}-{year % 100:02}", f"c. {year}", f"{year}"
            title, named = f"Event number {number} of a long list", number % 20
            text = "What happened on that day, in some fifty or sixty letters or so."
            about = f"Actor {named}", "Seoul", f"Topic {named}", f"Source {named}"
            writer.writerow([forms[number % len(forms)], title, text, *about])


def compare_with(other: str, rows: int) -> None:
    """Import three sheets with this version and another in turn; print median CPU seconds and memory of each."""
    with tempfile.TemporaryDirectory() as folder:
        file, own = Path(folder, "mine.toml"), environment_for(Path(folder))
        environments = {"this": own, "other": {**own, "PYTHONPATH": other}}
        for name, (write, mapped, count) in _SHEETS.items():
            sheet = Path(folder, f"{name}.csv")
            write(sheet, count(rows))
            options = [word for column, key in mapped.items() for word in ("--map", f"{column}={key}")]
            command = [sys.executable, "-m", "korea_cli", "import", str(sheet), "-d", str(file), "-q", *options]
            costs: dict[str, list[Cost]] = {"this": [], "other": []}
            for _ in range(_RUNS):
                for version, environment in environments.items():
                    file.write_text(START, "utf-8")
                    costs[version].append(run(command, environment))
            this, that = middle(costs["this"]), middle(costs["other"])
            found = {"sheet": name, "rows": count(rows), "cpu": round(this.cpu, 2), "other_cpu": round(that.cpu, 2)}
            found |= {"times_as_fast": round(that.cpu / this.cpu, 2), "peak_mib": round(this.memory)}
            print(json.dumps(found | {"other_peak_mib": round(that.memory)}))


def measure_gdelt(rows: int) -> None:
    """Import so many events in the form of GDELT 1.0; print CPU seconds and memory."""
    with tempfile.TemporaryDirectory() as folder:
        sheet, file = Path(folder, "20170704.export.CSV"), Path(folder, "mine.toml")
        write_gdelt(sheet, rows)
        file.write_text(START, "utf-8")
        command = [str(PROGRAM), "import", str(sheet), "-d", str(file), "--mapping", "gdelt"]
        cost, size = run(command), sheet.stat().st_size
    print(json.dumps({"rows": rows, "sheet_mib": round(size / 2**20), "cpu": round(cost.cpu, 1), **_rates(cost, rows)}))


def write_gdelt(path: Path, rows: int) -> None:
    """Write events with the 58 columns of GDELT 1.0, two of 200 actors, and an address that three rows share."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(rows):
            doer, target, code = n * 7 % 200, n * 13 % 200, f"{1 + n % 20:02}"
            cells: dict[int, object] = dict.fromkeys(range(58), "")
            day = f"{2016 + n % 2}{1 + n % 12:02}{1 + n % 28:02}"
            cells |= {0: 600_000_000 + n, 1: day, 2: day[:6], 3: day[:4], 6: f"STATE {doer}", 16: f"STATE {target}"}
            cells |= {26: f"{code}{n % 10}", 27: f"{code}0", 28: code, 29: 1 + n % 4, 30: f"{n % 10 - 5}.{n % 10}"}
            cells |= {31: n % 40, 32: 1, 33: n % 40, 34: f"{-(n % 900) / 100:.6f}", 50: f"Town {n % 3000}", 56: day}
            cells |= {57: f"https://news{n % 900}.example/world/article-{n // 3}.html"}
            file.write("\t".join(map(str, cells.values())) + "\n")


def write_list(path: Path, rows: int) -> None:
    """Write a sheet of events with one to three of 300 actors, and an address that four events share."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Date", "Title", "Actors", "Place", "Source", "Description"])
        for n in range(rows):
            year, month, day = 1950 + n % 60, 1 + n % 12, 1 + n % 28
            forms = f"{year}-{month:02}-{day:02}", f"{day} {MONTHS[month - 1]} {year}", f"c. {year}", f"{year}"
            who = "; ".join(f"Person {(n * each) % 300}" for each in (7, 11, 13)[: 1 + n % 3])
            address, text = (
                f"https://news{n // 4 % 50}.example/{n // 4}",
                "What happened, in some fifty or sixty letters.",
            )
            writer.writerow([forms[n % 4], f"Event number {n} of a list", who, f"Town {n % 200}", address, text])


def write_coded(path: Path, rows: int) -> None:
    """Write a sheet of 26 columns, most of them codes: two of ten states, and an address that three rows share."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Id", "Day", "Code", "Doer", "Target", "Town", "Address", *(f"Code{n}" for n in range(19))])
        for n in range(rows):
            day, states = (
                f"{2016 + n % 2}{1 + n % 12:02}{1 + n % 28:02}",
                (f"STATE {n * 7 % 10}", f"STATE {n * 3 % 10}"),
            )
            address = f"https://news{n // 3 % 300}.example/article-{n // 3}.html"
            codes = [n % each + each / 10 for each in range(1, 20)]
            writer.writerow([600_000_000 + n, day, f"{n % 20:03}", *states, f"Town {n % 9}", address, *codes])


_RUNS = 5
_CODED = {
    "Id": "id", "Day": "date", "Code": "title", "Doer": "actors", "Target": "recipients", "Town": "place",
    "Address": "sources",
}  # fmt: skip
_SHEETS: dict[str, tuple[Callable[[Path, int], None], dict[str, str], Callable[[int], int]]] = {
    "list": (write_list, {}, lambda rows: rows),
    "coded": (write_coded, _CODED, lambda rows: rows),
    "short": (write_coded, _CODED, lambda rows: rows // 4),
}


def measure_taking(sheet: Path, file: Path) -> None:
    """Process the rows of a sheet without writing them."""
    from korea_cli.checks.load import load  # noqa: PLC0415 - as above
    from korea_cli.ingest.building.builder_options import BuilderOptions  # noqa: PLC0415 - as above
    from korea_cli.ingest.dates.dates import DateRules  # noqa: PLC0415 - the other half of this script has no use for it
    from korea_cli.ingest.files.source_file import opened  # noqa: PLC0415 - as above
    from korea_cli.ingest.mapping import map_columns  # noqa: PLC0415 - as above
    from korea_cli.ingest.row_processor import RowProcessor  # noqa: PLC0415 - as above
    from korea_cli.model.records import Event  # noqa: PLC0415 - as above

    gc.disable()  # as the program does
    loaded = load([str(file)])
    with opened(str(sheet), None) as (found, _):
        options = BuilderOptions(Event, map_columns(found.headings, Event, ()).keys, DateRules(latest=2020))
        processor = RowProcessor(loaded, file, found, options)
        before, begun, cpu = _memory(), perf_counter(), process_time()
        with processor.result.spool, processor.result.rejects:
            result = processor.process(lambda: None)
        cost = Cost(process_time() - cpu, perf_counter() - begun, _memory())
    rows = result.counts["rows"]
    print(json.dumps({**_rates(cost, rows), "bytes_a_row": round((cost.memory - before) * 2**20 / rows)}))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB


def _rates(cost: Cost, rows: int) -> dict[str, float]:
    return {
        "rows_a_second": round(rows / cost.wall), "rows_a_cpu_second": round(rows / cost.cpu),
        "seconds": round(cost.wall, 2), "peak_mib": round(cost.memory),
    }  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--taking"]:
        measure_taking(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--gdelt"]:
        measure_gdelt(int(sys.argv[2]))
    elif len(sys.argv) > 2:  # noqa: PLR2004 - the number of rows and the other version
        compare_with(sys.argv[2], int(sys.argv[1]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
