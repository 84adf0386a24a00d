"""Which part of a file has changed since its index was made: by the digests of its blocks of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.records import RECORDS, Event, Fact
from korea_cli.reading.pieces import parse_pieces
from korea_cli.reading.plain_records import PlainRecord
from korea_cli.store.database import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.reading.pieces import Parsed, Piece
    from korea_cli.store.database import SqlRow

_SIZE = 64 * 1024  # letters of a block, at least
_DATED = {Event.table, Fact.table}
_COLUMNS = "document INTEGER, size INTEGER, lines INTEGER, dated INTEGER, digest BLOB"


class FileBlock(NamedTuple):
    """Records one after another: their bytes, their lines, whether all are events or facts, and their digest.

    Each is TOML on its own. Any other text is in a block of its own, which has none.
    """

    size: int
    lines: int
    dated: bool
    digest: bytes


class EditedBlocks(NamedTuple):
    """A part of a file that took the place of another: its first line, how many it had, its text, all blocks."""

    line: int
    lines: int
    parsed: Parsed
    blocks: tuple[FileBlock, ...]


def block_table(loaded: LoadResult) -> Table:
    """Return the table of blocks, in their order by document; without rows if a record depends on more than its text.

    That is so where a record is extended by another file, or declared only by being named.
    """
    draft, names = loaded.draft, {document.name for document in loaded.documents}
    named = any(place.table != record.table for record in RECORDS for place in draft.places[record.table])
    if named or draft.parts or any(draft.extensions.values()) or len(names) < len(loaded.documents):
        return Table(_COLUMNS, tuple)

    def rows() -> Iterator[SqlRow]:
        for number, document in enumerate(loaded.documents):
            if document.path and not document.marked:
                yield from ((number, *block) for block in _blocks(document.text, document.pieces))

    return Table(_COLUMNS, rows)


def find_change(raw: bytes, before: Sequence[FileBlock]) -> EditedBlocks | None:
    """Find the one part of a file that has changed, if that was and is only of events and facts; else return None."""
    first, last, start, end = 0, len(before), 0, len(raw)
    while first < last and _digest(raw[start : start + before[first].size]) == before[first].digest:
        start += before[first].size
        first += 1
    while last > first and end - start >= before[last - 1].size:
        if _digest(raw[end - before[last - 1].size : end]) != before[last - 1].digest:
            break
        end -= before[last - 1].size
        last -= 1
    old, text = before[first:last], raw[start:end]
    if not old or not all(block.dated for block in old) or not (text.startswith(b"[[") and text.endswith(b"\n")):
        return None
    try:
        parsed = parse_pieces(text.decode())
    except (ValueError, RecursionError):
        return None
    if "<<<<<<< " in parsed.text or not all(_is_dated(part) for part in parsed.parts):
        return None
    lines = [block.lines for block in before]
    new = tuple(_blocks(*parsed))
    return EditedBlocks(sum(lines[:first]) + 1, sum(lines[first:last]), parsed, (*before[:first], *new, *before[last:]))


def _blocks(text: str, parts: Iterable[PlainRecord | Piece]) -> Iterator[FileBlock]:
    start = at = lines = 0
    dated = True
    for part in parts:
        if at > start and (_is_dated(part) != dated or at - start >= _SIZE):
            yield _block(text[start:at], lines, dated=dated)
            start, lines = at, 0
        dated = _is_dated(part)
        at, lines = at + part.length, lines + part.lines
    if at > start:
        yield _block(text[start:at], lines, dated=dated)


def _block(text: str, lines: int, *, dated: bool) -> FileBlock:
    raw = text.encode()
    return FileBlock(len(raw), lines, dated, _digest(raw))


def _is_dated(part: PlainRecord | Piece) -> bool:
    return isinstance(part, PlainRecord) and part.table in _DATED


def _digest(raw: bytes) -> bytes:
    from hashlib import sha256  # noqa: PLC0415 - loaded only where a file was changed, or is read anyway

    return sha256(raw).digest()
