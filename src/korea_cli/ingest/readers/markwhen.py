"""Markwhen: an event for each `date: text`, with its #tags, links, groups and sections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import Sheet

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import InputFile

EXTENSIONS = (".mw", ".markwhen")


def sniff(start: bytes) -> int:  # noqa: ARG001 - every reader is asked alike
    """Return that nothing but its extension tells a timeline from other texts."""
    return 0


def read(source: InputFile) -> Sheet:
    """Read a timeline event by event."""
    from korea_cli.ingest.notes.markwhen_events import MarkwhenReader  # noqa: PLC0415 - every import loads every reader

    left_out = Counter[str]()
    return Sheet(MarkwhenReader(left_out).rows(source.lines()), unit="line", left_out=left_out, exact=True)
