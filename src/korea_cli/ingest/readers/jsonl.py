"""JSON lines: an object a line, as `korea` writes it with `-f jsonl`."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TYPE_CHECKING

from korea_cli.ingest.json_items import decode_whole
from korea_cli.ingest.readers.json import object_row
from korea_cli.ingest.sheet import Sheet, SheetRow, unmerged, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".jsonl", ".ndjson")


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits: its first line is an object of its own."""
    first = start.partition(b"\n")[0].rstrip()
    return 3 * (first.startswith(b"{") and first.endswith(b"}") and first != b"{}")


def read(source: InputFile) -> Sheet:
    """Read a record a line."""
    return Sheet(_rows(source))


def _rows(source: InputFile) -> Iterator[SheetRow]:
    for number, line in enumerate(unmerged(source.name, source.text(errors="surrogateescape")), 1):
        if not line.strip():
            continue
        try:
            line.encode()
            yield object_row(number, decode_whole(line))
        except UnicodeEncodeError:
            raise unreadable(source.name, "this is not UTF-8", number) from None
        except JSONDecodeError as error:
            yield SheetRow(number, {"": line.rstrip()}, error.msg)
