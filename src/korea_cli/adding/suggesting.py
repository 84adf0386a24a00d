"""Suggest an id: from what a record is called, short, and not yet taken."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

from korea_cli.adding.known import TITLES
from korea_cli.reading.values import slug_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from korea_cli.model.records import Record

_LONGEST = 40  # letters; ids are typed, and stand in lists
_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "into",
    "is",
    "it",
    "its",
    "of",
    "on",
    "or",
    "the",
    "to",
}


def suggested_id(record: type[Record], values: Mapping[str, Any], taken: Container[str]) -> str:
    """Give an id for a record that has none: of a source, author and year; else the words that matter of its title."""
    name = (_author_and_year(values) if record.type == "source" else "") or _short(slug_of(_title(record, values)))
    if name and name not in taken:
        return name
    stem, first = (name, 2) if name else (record.type, 1)  # a title in another script leaves no letters
    return next(id_ for number in count(first) if (id_ := f"{stem}-{number}") not in taken)


def _title(record: type[Record], values: Mapping[str, Any]) -> str:
    return str(values.get(TITLES.get(record.type, "title")) or "")


def _author_and_year(values: Mapping[str, Any]) -> str:
    authors = values.get("authors")
    author = str(authors[0] if isinstance(authors, list) and authors else values.get("container") or "")
    name = author.partition(",")[0] if "," in author else author.rpartition(" ")[2]
    year = re.search(r"\d{4}", str(values.get("issued") or ""), re.ASCII)
    return slug_of(f"{name} {year[0]}") if year and slug_of(name) else ""


def _short(slug: str) -> str:
    """Leave out small words where a slug is long, and cut it where a word ends."""
    words = slug.split("-")
    if len(slug) > _LONGEST:
        words = [word for word in words if word not in _SMALL] or words
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        del words[-1]
    return "-".join(words)[:_LONGEST].strip("-")
