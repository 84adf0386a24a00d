"""Find letters of a kind in the texts of a chronology, wherever they stand."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any
from unicodedata import name as name_of

from korea_cli.model.records import RECORDS, Header, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace

_MOST_NAMED = 5
_FORMS = {"text", "texts", "url", "cites", "other_dates"}


def letters_like(pattern: str, draft: Draft) -> Iterator[tuple[RecordPlace, str, str]]:
    """Yield the place, the key and the names of the letters that a pattern matches in the texts of each record."""
    find = re.compile(pattern).findall
    for record in (Header, *RECORDS):
        keys = [(name, key.written_as or name) for name, key in keys_of(record).items() if key.form in _FORMS]
        for entry, place in _entries(record, draft):
            for name, written in keys:
                if found := find("\n".join(_texts(getattr(entry, name)))):
                    yield place, written, _listed(list(dict.fromkeys(found)))


def _listed(letters: list[str]) -> str:
    """Name the first few letters, and say how many more there are."""
    more = len(letters) - _MOST_NAMED
    *named, last = [*map(_named, letters[:_MOST_NAMED]), *([f"{more} more"] if more > 0 else [])]
    return f"{', '.join(named)} and {last}" if named else last


def _named(letter: str) -> str:
    named = name_of(letter, "").lower()
    return f"U+{ord(letter):04X}" + (f" ({named})" if named else "")


def _entries(record: type[Record | Header], draft: Draft) -> Iterable[tuple[Any, RecordPlace]]:
    return draft.headers if record is Header else draft.as_written(record.table)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - of any form that has texts
    """Yield the texts in a value: itself, those of a list, locators of citations, notes of other dates."""
    if isinstance(value, str):
        yield value
    for item in () if isinstance(value, str) else value or ():
        if isinstance(item, str):
            yield item
        elif hasattr(item, "locator"):
            yield item.locator or ""
        else:
            yield from chain((item.note,), _texts(item.sources))
