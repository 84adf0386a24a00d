"""Results of queries of Wikidata: items by their address, each with its label in a column of its own, days at 00:00."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Values = Mapping[str, object]

NOTE = "read as a query result of Wikidata: '{}' is the item of each row, and T00:00:00Z is not a time"
_ITEM = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")
_MIDNIGHT = "T00:00:00Z"  # how every day is written there: only its date is known
_COMPARED = 20  # rows
_TITLE = "title"


def subject_of(rows: Iterable[object]) -> str:
    """Return the key of the items that rows are about: the first one with items in all of them; "" for none."""
    compared = [row for row in islice(rows, _COMPARED) if isinstance(row, dict)]
    return next((key for key in (compared[0] if compared else ()) if all(_item(row.get(key)) for row in compared)), "")


def reader_of(subject: str) -> Callable[[Values], dict[str, object]]:
    """Return what reads a row about such items: with the id and title of its item, and others by name."""
    names = {subject: "id", f"{subject}Label": _TITLE, f"{subject}Description": "description"}

    def read(row: Values) -> dict[str, object]:
        own = names if names.keys() & row.keys() - {subject} else {**names, "label": _TITLE}
        return {own.get(key, key): _value(key, row, subject) for key in row if not _is_label(key, row, subject)}

    return read


def plain(value: object) -> object:
    """Return an item by its number, and a day without the time that it does not have."""
    if item := _item(value):
        return item
    return value.removesuffix(_MIDNIGHT) if isinstance(value, str) else value


def _value(key: str, row: Values, subject: str) -> object:
    item = _item(row[key])
    if item and key != subject:
        return {"name": row.get(f"{key}Label") or item, "wikidata": item}
    return plain(row[key])


def _is_label(key: str, row: Values, subject: str) -> bool:
    """Whether a value is the label of an item other than that of the row, which has it in it."""
    item = key.removesuffix("Label")
    return item not in {key, subject} and bool(_item(row.get(item)))


def _item(value: object) -> str:
    match = _ITEM.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else ""
