"""Which parts of a file have changed since its index was made: by the digests of its blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.cache.blocks import BLOCK, FileBlock, blocks_of, digest_of, is_alone
from korea_cli.reading.pieces import parse_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.reading.pieces import Parsed

_MOST = 8  # changed parts; of more, all is read again
_AHEAD = 3  # blocks that may have changed or gone before the next one that has not
_HEADER = re.compile(rb"(?m)^\[\[")


class EditedPart(NamedTuple):
    """A part of a file that took the place of another: where both begin, how many lines the other had, and its text."""

    line: int
    old_line: int
    old_lines: int
    parsed: Parsed


class FileEdits(NamedTuple):
    """The parts of a file that have changed, in their order, and all of its blocks."""

    parts: Sequence[EditedPart]
    blocks: Sequence[FileBlock]


class _ChangedBytes(NamedTuple):
    """Bytes of a file, and the numbers of the blocks that it had in their place."""

    start: int
    end: int
    first: int
    last: int


def find_edits(raw: bytes, before: Sequence[FileBlock]) -> FileEdits | None:
    """Find the parts of a file that have changed; None where they have or had more than events, facts and sources."""
    parts: list[EditedPart] = []
    blocks: list[FileBlock] = []
    seen, line, old_line = 0, 1, 1
    for span in _changed(raw, before):
        parsed = _parsed(raw, span, before)
        if parsed is None or len(parts) == _MOST:
            return None
        same = sum(block.lines for block in before[seen : span.first])
        lines = sum(block.lines for block in before[span.first : span.last])
        parts.append(EditedPart(line + same, old_line + same, lines, parsed))
        blocks += [*before[seen : span.first], *blocks_of(*parsed)]
        seen, line, old_line = span.last, line + same + parsed.text.count("\n"), old_line + same + lines
    return FileEdits(parts, [*blocks, *before[seen:]]) if parts else None


def _parsed(raw: bytes, span: _ChangedBytes, before: Sequence[FileBlock]) -> Parsed | None:
    """Parse a part of a file; None if it has or had anything but whole events, facts and sources."""
    start, end, first, last = span
    around = before[first:last] if start else before[first : last + 1]  # what comes first may have no header
    text = raw[start:end]
    whole = not start or raw[start - 1 : start] == b"\n"
    if not (whole and all(block.alone for block in around) and (text.endswith(b"\n") or not text)):
        return None
    try:
        parsed = parse_pieces(text.decode())
    except (ValueError, RecursionError):
        return None
    return parsed if "<<<<<<< " not in parsed.text and all(is_alone(part) for part in parsed.parts) else None


def _changed(raw: bytes, before: Sequence[FileBlock]) -> Sequence[_ChangedBytes]:
    """Return where a file differs from its blocks."""
    spans: list[_ChangedBytes] = []
    least, most = _end_of_same(raw, before)
    raw, before = raw[:most], before[:least]
    at, number = 0, 0
    while number < least:
        if _is_at(raw, at, before[number]):
            at, number = at + before[number].size, number + 1
            continue
        end, last = _found_again(raw, at, number, before) or (most, least)
        spans.append(_ChangedBytes(at, end, number, last))
        at, number = end, last
    return [*spans, _ChangedBytes(at, most, least, least)] if at < most else spans


def _end_of_same(raw: bytes, before: Sequence[FileBlock]) -> tuple[int, int]:
    """Return the number of the first of the blocks that a file still has at its end, and where that begins."""
    last, end = len(before), len(raw)
    while last and end >= before[last - 1].size and _is_at(raw, end - before[last - 1].size, before[last - 1]):
        last, end = last - 1, end - before[last - 1].size
    return last, end


def _found_again(raw: bytes, at: int, number: int, before: Sequence[FileBlock]) -> tuple[int, int] | None:
    """Return where one of the next blocks begins after what has changed, and its number; None if none was found."""
    gone = 0
    for ahead in range(number, min(number + _AHEAD, len(before))):
        expected = at + gone
        starts = (found.start() for found in _HEADER.finditer(raw, at, expected + 2 * BLOCK))
        for _, start in sorted((abs(start - expected), start) for start in starts):  # the likeliest first
            if _is_at(raw, start, before[ahead]):
                return start, ahead
        gone += before[ahead].size
    return None


def _is_at(raw: bytes, at: int, block: FileBlock) -> bool:
    return len(raw) - at >= block.size and digest_of(raw[at : at + block.size]) == block.digest
