"""Compute what questions to a table of a billion rows would read and take, from what was measured on fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from foreign import Question
    from measure import Cost

ROWS = 1_000_000_000
CORES = 2, 16, 128
_PARTITION = 256 << 20  # bytes of a file of a partition
_BEGINNING = 0.1  # seconds of processor time until DuckDB is loaded
_LEAST = 0.1  # seconds; less is not written as a number
_NETWORK = 1 << 30  # bytes that a machine reads in a second from where files are kept


def planned(questions: Mapping[str, Question], by_hand: Mapping[str, Cost], rows: int, path: Path) -> str:
    """Return the table of what questions would read and take, as Markdown.

    by_hand: what DuckDB took for each by SQL on a file of so many rows.
    """
    sizes = bytes_per_row(path)
    cores = " | ".join(f"{each} cores" for each in CORES)
    whole = ROWS * sum(sizes.values())
    said = (
        f"Computed, not measured, for {ROWS:,} rows in {_amount(whole)}: what DuckDB took by hand grows with the rows"
    )
    said += (
        f" that it reads, and is shared by the cores. 16 cores read {_amount(_NETWORK)} a second from where files are."
        " What it takes to begin is not in it: 0.3 s of one machine, and seconds of a cluster."
    )
    head = f"| question | reads | of so many files of {_amount(_PARTITION)} | {cores} |"
    lines = [said, "", head, f"|---|---|---|{'---|' * len(CORES)}"]
    for name, question in questions.items():
        columns = question.columns or tuple(sizes)
        read = ROWS * question.part * sum(sizes[each] for each in columns)
        files = question.part * ROWS * sum(sizes.values()) / _PARTITION
        if not read or name.startswith("the same"):
            continue
        work = max(by_hand[name].cpu - _BEGINNING, 0.01) * (ROWS / rows)
        times = (max(work / each, read / (_NETWORK * max(each / 16, 1))) for each in CORES)
        lines.append(f"| {name} | {_amount(read)} | {max(files, 1):,.0f} | {' | '.join(map(_seconds, times))} |")
    return "\n".join(lines)


def bytes_per_row(path: Path) -> dict[str, float]:
    """Return how many compressed bytes each column of a file has for a row."""
    import duckdb  # noqa: PLC0415 - an optional library

    sql = "SELECT path_in_schema, SUM(total_compressed_size), SUM(num_values) FROM parquet_metadata(?) GROUP BY 1"
    return {name: size / number for name, size, number in duckdb.execute(sql, [str(path)]).fetchall()}


def _amount(size: float) -> str:
    unit = next((each for each in (30, 20) if size >= 1 << each), 10)
    return f"{size / (1 << unit):,.3g} {({30: 'GiB', 20: 'MiB', 10: 'KiB'})[unit]}"


def _seconds(time: float) -> str:
    if time < _LEAST:
        return f"less than {_LEAST} s"
    return f"{time:,.2g} s" if time < 60 else f"{time / 60:,.0f} min"  # noqa: PLR2004 - seconds
