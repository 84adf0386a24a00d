"""The blocks of records of a file, whose digests tell later which of them have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.records import RECORDS, Event, Fact, Source
from korea_cli.reading.plain_records import PlainRecord
from korea_cli.store.database import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.checks.load import LoadResult
    from korea_cli.reading.pieces import Piece
    from korea_cli.store.database import SqlRow

BLOCK = 64 * 1024  # letters of a block, at least
_ALONE = {Event.table, Fact.table, Source.table}  # of which some may be read without the others
_COLUMNS = "document INTEGER, size INTEGER, lines INTEGER, alone INTEGER, digest BLOB"


class FileBlock(NamedTuple):
    """Records one after another: their bytes, their lines, whether all are events, facts or sources, and their digest.

    Each is TOML on its own. Any other text is in a block of its own, which has none.
    """

    size: int
    lines: int
    alone: bool
    digest: bytes


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
                yield from ((number, *block) for block in blocks_of(document.text, document.pieces))

    return Table(_COLUMNS, rows)


def blocks_of(text: str, parts: Iterable[PlainRecord | Piece]) -> Iterator[FileBlock]:
    """Cut a text into blocks, each of whole parts that may be read alone, or of others."""
    start = at = lines = 0
    alone = True
    for part in parts:
        if at > start and (is_alone(part) != alone or at - start >= BLOCK):
            yield _block(text[start:at], lines, alone=alone)
            start, lines = at, 0
        alone = is_alone(part)
        at, lines = at + part.length, lines + part.lines
    if at > start:
        yield _block(text[start:at], lines, alone=alone)


def _block(text: str, lines: int, *, alone: bool) -> FileBlock:
    raw = text.encode()
    return FileBlock(len(raw), lines, alone, digest_of(raw))


def is_alone(part: PlainRecord | Piece) -> bool:
    """Return whether a part of a file may be read again without the others."""
    return isinstance(part, PlainRecord) and part.table in _ALONE


def digest_of(raw: bytes) -> bytes:
    """Return what tells a block from all others."""
    from hashlib import sha256  # noqa: PLC0415 - loaded only where a file was changed, or is read anyway

    return sha256(raw).digest()
