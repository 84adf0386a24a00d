"""RIS: a source for each reference, as EndNote, Zotero and databases of journals write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import Sheet, SheetRow
from korea_cli.model.records import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from korea_cli.ingest.bibliographies.ris_sources import Tags
    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".ris",)
_FIRST, _LAST = "TY", "ER"
_TAG = re.compile(r"\s?([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?")
_START = re.compile(rb"\s*TY {1,2}- ?[A-Z]")


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 3 * bool(_START.match(start))


def read(source: InputFile) -> Sheet:
    """Read a reference from each TY to its ER."""
    rows = _rows(source.lines(), source.options.named)
    return Sheet(rows, unit="reference at line", exact=True, record=Source)


def _rows(lines: Iterable[str], mapped: Collection[str]) -> Iterator[SheetRow]:
    tags: Tags = []
    begun = 0
    for number, line in enumerate(lines, 1):
        text = line.strip("\r\n")
        match = _TAG.fullmatch(text.rstrip())
        if match and match[1] == _LAST:
            yield from _row(begun, tags, mapped, "" if tags and tags[0][0] == _FIRST else "it has no TY")
            tags = []
            continue
        if match and match[1] == _FIRST and tags:
            yield from _row(begun, tags, mapped, "it has no end (ER)")
            tags = []
        if not tags and text.strip():
            begun = number
        if match:
            tags.append((match[1], (match[2] or "").strip()))
        elif text.strip():
            name, value = tags.pop() if tags else ("", "")  # a value goes on in the next line
            tags.append((name, f"{value}\n{text.strip()}".strip()))
    yield from _row(begun, tags, mapped, "it has no end (ER)")


def _row(line: int, tags: Tags, mapped: Collection[str], error: str) -> Iterator[SheetRow]:
    from korea_cli.ingest.bibliographies.ris_sources import source_cells  # noqa: PLC0415 - every import loads every reader

    if error and tags:
        yield SheetRow(line, {"": "\n".join(f"{name}  - {value}" for name, value in tags)}, error)
    elif tags:
        yield SheetRow(line, source_cells(tags, mapped))
