"""Find the names of private records in the texts that others may read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.checks.letters import texts_in
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, Actor, title_of

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
    entries = [entry for record in RECORDS for entry, _ in draft.as_written(record.table)]
    known = "\n".join(
        name.casefold() for each in entries if isinstance(each, Actor) and not each.private for name in _names(each)
    )
    names = {name for each in entries if each.private for name in _names(each) if name.casefold() not in known}
    if not names:
        return
    find = re.compile("|".join(map(_pattern, sorted(names, key=len, reverse=True))), re.IGNORECASE).search
    for entry, place, written, text in texts_in(draft, _TEXTS):
        if not isinstance(entry, Header) and not entry.private and (match := find(text)):
            yield place, written, match[0]


def _names(entry: Record) -> list[str]:
    names = (title_of(entry), *getattr(entry, "aliases", ()))
    return [name for name in names if len(name.encode()) >= _SHORTEST]


def _pattern(name: str) -> str:
    """Return a pattern of a name as a word; in scripts without spaces, more letters may follow."""
    start, end = (r"\b" if edge.isascii() and edge.isalnum() else "" for edge in (name[0], name[-1]))
    return f"{start}{re.escape(name)}{end}"
