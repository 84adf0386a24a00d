"""BibTeX and BibLaTeX: a source for each entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import Sheet, SheetRow, unreadable
from korea_cli.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from korea_cli.ingest.bibliographies.bibtex_entries import BibEntry
    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".bib", ".bibtex")
_ENTRY = re.compile(rb"(?:\s|%[^\n]*\n)*@[A-Za-z]+\s*[{(]")
_LARGEST = 100_000_000  # letters; the file is read as a whole


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 2 * bool(_ENTRY.match(start))


def read(source: InputFile) -> Sheet:
    """Read a file entry by entry; raises DataError for one that is too large, UsageError without bibtexparser."""
    from korea_cli.ingest.bibliographies.bibtex_entries import read_entries  # noqa: PLC0415 - every import loads this

    lines, size = [], 0
    for line in source.lines():
        lines.append(line)
        if (size := size + len(line)) > _LARGEST:
            raise unreadable(source.name, f"it has more than {_LARGEST:,} letters. Split it.")
    entries, left_out = read_entries("".join(lines))
    rows = _rows(entries, source.options.named)
    return Sheet(rows, unit="entry at line", left_out=left_out, exact=True, record=Source)


def _rows(entries: Iterable[BibEntry], mapped: Collection[str]) -> Iterator[SheetRow]:
    from korea_cli.ingest.bibliographies.bibtex_sources import source_cells  # noqa: PLC0415 - as above

    for entry in entries:
        cells: dict[str, object] = {"": entry.raw}
        if not entry.raw:
            cells = source_cells(entry.type, entry.key, entry.fields, mapped)
        yield SheetRow(entry.line, cells, entry.error)
