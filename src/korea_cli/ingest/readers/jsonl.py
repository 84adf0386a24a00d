"""JSON lines: an object a line, as `korea` writes it with `-f jsonl`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from korea_cli.adding.json_input import RepeatedKeyError, unique_keys
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
            yield object_row(number, json.loads(line, object_pairs_hook=unique_keys))
        except UnicodeEncodeError:
            raise unreadable(source.name, "this is not UTF-8", number) from None
        except RepeatedKeyError as error:
            yield SheetRow(number, {"": line.rstrip()}, f"it {error}")
        except (ValueError, RecursionError):
            yield SheetRow(number, {"": line.rstrip()}, "invalid JSON")
