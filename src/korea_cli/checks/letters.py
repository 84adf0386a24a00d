"""Find characters in the texts of a chronology."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import name

from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, keys_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace

_MOST_NAMED = 5
_FORMS = {"text", "texts", "url", "cites", "other_dates", "groups"}


def find_characters(pattern: str, draft: Draft) -> Iterator[tuple[RecordPlace, str, str]]:
    """Yield the place, the key and the names of the characters that a pattern matches in the texts of each record."""
    find = re.compile(pattern).findall
    for _, place, written, text in texts_in(draft, _FORMS):
        if found := find(text):
            yield place, written, _listed(list(dict.fromkeys(found)))


def texts_in(draft: Draft, forms: Collection[str]) -> Iterator[tuple[Record | Header, RecordPlace, str, str]]:
    """Yield the keys of some forms of each header and record as its file has it: that, its place, the key, its text."""
    for record in (Header, *RECORDS):
        keys = [(attr, key.written_as or attr) for attr, key in keys_of(record).items() if key.form in forms]
        for entry, place in draft.headers if record is Header else draft.as_written(record.table):
            for attr, written in keys:
                yield entry, place, written, "\n".join(_texts(getattr(entry, attr)))


def _listed(characters: list[str]) -> str:
    """Name the first few characters, and count the rest."""
    words = [f"U+{ord(each):04X} ({name(each, '').lower()})".removesuffix(" ()") for each in characters[:_MOST_NAMED]]
    if rest := len(characters) - len(words):
        words.append(f"{rest} more")
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _texts(value: object) -> Iterator[str]:
    """Yield a text, or every text within a list, citation or other date."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
