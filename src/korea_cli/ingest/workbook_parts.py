"""Count what a workbook has behind its cells, which is not read: addresses of links, and comments."""

from __future__ import annotations

import re
from collections import Counter
from typing import IO, TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = (  # the files in a workbook, and with what each link or comment in them begins
    (re.compile(r"xl/worksheets/[^/]+\.xml"), b"<hyperlink ", "links"),
    (re.compile(r"xl/(?:comments/?)?[Cc]omments?\d*\.xml"), b"<comment ", "comments"),
    (re.compile(r"content\.xml"), b"<text:a ", "links"),
    (re.compile(r"content\.xml"), b"<office:annotation ", "comments"),
)
_CHUNK = 1 << 20  # bytes


def behind_cells(stream: BinaryIO) -> list[str]:
    """Return how many links and comments a workbook has, in a sentence; none for one that is no zip."""
    found: Counter[str] = Counter()
    try:
        with ZipFile(stream) as archive:
            for name in archive.namelist():
                for form, mark, noun in _PARTS:
                    if form.fullmatch(name):
                        with archive.open(name) as part:
                            found[noun] += sum(_counts(part, mark))
    except (BadZipFile, OSError, NotImplementedError, RuntimeError):
        return []
    counted = [amount(number, noun) for noun, number in sorted(found.items()) if number]
    return [f"left out what is behind the cells of the workbook: {' and '.join(counted)}"] if counted else []


def _counts(part: IO[bytes], mark: bytes) -> Iterator[int]:
    """Yield how often a mark is in each piece of a file."""
    rest = b""
    while chunk := part.read(_CHUNK):
        piece = rest + chunk
        yield piece.count(mark)
        rest = piece[1 - len(mark) :]
