"""Find the names of private records in the texts that others may read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.model.records import RECORDS, Actor, keys_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace

_SHORTEST = 4  # bytes of a name: two letters of Latin script may stand anywhere, two of Hangul are a name
_TEXTS = {"text", "texts"}


def find_private_names(draft: Draft) -> Iterator[tuple[RecordPlace, str, str]]:
    """Yield the place of each record that others may see, and a key whose text has the name of one that they may not.

    A name that is part of that of an actor whom they may see is no secret.
    """
    entries = [each for record in RECORDS for each in draft.as_written(record.table)]
    shown = [(entry, place) for entry, place in entries if not entry.private]
    known = "\n".join(name.casefold() for entry, _ in shown if isinstance(entry, Actor) for name in _names(entry))
    names = {name for entry, _ in entries if entry.private for name in _names(entry) if name.casefold() not in known}
    if not names:
        return
    find = re.compile("|".join(map(_pattern, sorted(names, key=len, reverse=True))), re.IGNORECASE).search
    for entry, place in shown:
        for name, key in keys_of(type(entry)).items():
            value = getattr(entry, name) if key.form in _TEXTS else ""
            if match := find(value if isinstance(value, str) else "\n".join(value)):
                yield place, key.written_as or name, match[0]


def _names(entry: Record) -> list[str]:
    names = (title_of(entry), *getattr(entry, "aliases", ()))
    return [name for name in names if len(name.encode()) >= _SHORTEST]


def _pattern(name: str) -> str:
    """Return a pattern of a name as a word; in scripts without spaces, more letters may follow."""
    start, end = (r"\b" if edge.isascii() and edge.isalnum() else "" for edge in (name[0], name[-1]))
    return f"{start}{re.escape(name)}{end}"
