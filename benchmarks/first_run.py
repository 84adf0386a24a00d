"""Measure the steps of the first command on a file, in one process: CPU seconds as JSON.

`python benchmarks/first_run.py FILE`
"""

from __future__ import annotations

import gc
import json
import sys
from collections import defaultdict
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import tomli

from korea_cli import checks
from korea_cli.cache.build import STATEMENTS
from korea_cli.cache.index import WRITTEN_ONCE
from korea_cli.reading.records import read_records
from korea_cli.reading.toml import Document, parse_document
from korea_cli.store.database import connect, write_table
from korea_cli.store.derived import DERIVED
from korea_cli.store.encode_rows import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reading.draft import Draft

TOMLI = "tomli alone, for comparison: parse the file"
PARSED, READ, CHECKED = "parse the file", "read values into records", "check records"
MADE, INSERTED, ORDERED = "build rows", "insert rows into SQLite", "build SQLite indexes"
LATER = {"words": "later, when first needed: index words", "record_json": "later, when first needed: write JSON"}
ALSO_LATER = "later, when first needed: names of events, counts"
_seconds: dict[str, float] = defaultdict(float)


@contextmanager
def _timed(step: str) -> Iterator[None]:
    begun = process_time()
    yield
    _seconds[step] += process_time() - begun


def main(file: Path) -> None:
    """Go through the steps as the program does."""
    gc.disable()
    draft = _read(file)
    with TemporaryDirectory() as folder, closing(connect(str(Path(folder) / "index"))) as connection:
        for setting in WRITTEN_ONCE:
            connection.execute(f"PRAGMA {setting}")
        for name, table in tables_of(draft).items():
            with _timed(MADE):
                rows = list(table.rows())
            with _timed(INSERTED):
                write_table(connection, name, table._replace(rows=rows.copy), connection.execute)
        for statement in STATEMENTS:
            with _timed(ORDERED):
                connection.execute(statement)
        for name, table in DERIVED.items():
            with _timed(LATER.get(name, ALSO_LATER)):
                write_table(connection, name, table, connection.execute)
    print(json.dumps(_seconds))


def _read(file: Path) -> Draft:
    text = file.read_text("utf-8")
    with _timed(TOMLI):
        tomli.loads(text)
    with _timed(PARSED):
        document, _ = parse_document(Document(name=str(file), path=file, text=text))
    with _timed(READ):
        draft = read_records((document,))
    with _timed(CHECKED):
        problems = list(checks.run("error", draft))
    if problems or draft.findings:
        raise ValueError(f"{file} has problems")
    return draft


if __name__ == "__main__":
    main(Path(sys.argv[1]))
