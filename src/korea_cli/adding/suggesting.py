"""Suggest an id: short, of the words that a record is called by, and not used yet."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from korea_cli.model.row import title_key
from korea_cli.reading.values import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from korea_cli.model.records import Record

_LONGEST = 40  # letters; ids are typed, and printed in lists
_SMALL = set("a an and as at by for from in into is it its of on or the to".split())  # noqa: SIM905 - shorter so


def suggest_id(record: type[Record], values: Mapping[str, object], is_free: Callable[[str], bool]) -> str:
    """Return an id for a record: of a source, author and year; else the words that matter of its title."""
    name = _author_and_year(values) if record.type == "source" else ""
    name = name or _shorten(slug_of(str(values.get(title_key(record)) or "")))
    if name and is_free(name):
        return name
    stem, first = (name, 2) if name else (record.type, 1)  # a title in another script leaves no letters
    return next(id_ for number in count(first) if is_free(id_ := f"{stem}-{number}"))


def _author_and_year(values: Mapping[str, object]) -> str:
    authors = values.get("authors")
    author = str(authors[0] if isinstance(authors, list) and authors else values.get("container") or "")
    name = author.partition(",")[0] if "," in author else author.rpartition(" ")[2]
    year = re.search(r"\d{4}", str(values.get("issued") or ""), re.ASCII)
    return slug_of(f"{name} {year[0]}") if year and slug_of(name) else ""


def _shorten(slug: str) -> str:
    """Leave out small words where a slug is long, and cut it where a word ends."""
    words = slug.split("-")
    if len(slug) > _LONGEST:
        words = [word for word in words if word not in _SMALL] or words
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        del words[-1]
    return "-".join(words)[:_LONGEST].strip("-")
