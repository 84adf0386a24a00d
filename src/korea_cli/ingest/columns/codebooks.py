"""Read codebooks: what the codes in a column stand for, as typed, from a file, or known to all."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.ingest.columns.headings import plain_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Books = dict[str, dict[str, str]]

KNOWN = {"time_precision": {"1": "day", "2": "week", "3": "month"}}  # of ACLED
_COLUMNS = 2


def parse_books(typed: Iterable[str]) -> Books:
    """Parse `COLUMN=FILE` and `COLUMN=a=b,c=d`; raises UsageError."""
    books: Books = {}
    for each in typed:
        heading, _, book = each.partition("=")
        if not heading.strip() or not book.strip():
            raise UsageError(f"'{each}' is not COLUMN=FILE or COLUMN=CODE=VALUE,...")
        books.setdefault(heading.strip(), {}).update(_pairs(book))
    return books


def known_books(keys: Iterable[tuple[str, str]], books: Mapping[str, Mapping[str, str]]) -> Books:
    """Return the codebooks of columns that others have defined, where no other is given."""
    found = ((heading, KNOWN.get(plain_heading(heading))) for heading, key in keys if key == "precision")
    return {heading: {**book} for heading, book in found if book and heading not in books}


def _pairs(book: str) -> Iterator[tuple[str, str]]:
    if Path(book).is_file():
        yield from _rows(book)
        return
    if "=" not in book:
        raise UsageError(f"--values: no such file: {book}")
    for pair in next(csv.reader([book])):
        code, equals, value = pair.partition("=")
        if not equals or not code.strip():
            raise UsageError(f"--values: '{pair}' is not CODE=VALUE")
        yield code.strip(), value.strip()


def _rows(file: str) -> Iterator[tuple[str, str]]:
    """Yield the codes and values of a file with two columns."""
    try:
        lines = Path(file).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--values: {file}: {error}") from None
    first = next(filter(str.strip, lines), "")
    delimiter = next((each for each in "\t;" if each in first), ",")
    for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        if any(map(str.strip, cells)):
            if len(cells) != _COLUMNS:
                raise UsageError(f"--values: {file}:{number} has {len(cells)} cells instead of a code and a value")
            yield cells[0].strip(), cells[1].strip()
