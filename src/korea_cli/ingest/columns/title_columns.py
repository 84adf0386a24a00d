"""Choose the columns of which the titles of events can be composed, where none is called like a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.ingest.columns.headings import TYPE, guess_key
from korea_cli.ingest.columns.titles import is_title
from korea_cli.ingest.dates.dates import is_date
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.ingest.columns.id_columns import Columns
    from korea_cli.model.records import Record

_COMPARED = 100  # rows
_KEYS = {"", "kind", TYPE, "actors", "place", "topics"}  # of columns that say what happened, who did it, and where
_LONGEST = 80  # letters
_FEW = 0.1  # so many of the values may be no words, or blank


def suggest_title(record: type[Record], columns: Columns, chosen: Mapping[str, str]) -> str:
    """Return what titles can be composed of: of a column with names of things, else of up to two with words.

    "" where a column is a title, or none fits. chosen: the keys of columns that are decided otherwise.
    """
    keys = {name: chosen.get(name, guess_key(name, record)) for name in columns}
    titled = {"title", "summary"} & set(keys.values()) or any(is_title(name) for name, key in keys.items() if not key)
    if record is not Event or titled:
        return ""
    words = {name: some for name, values in columns.items() if _are_words(some := [*filter(None, values[:_COMPARED])])}
    named = [name for name in words if keys[name] == "id" and 2 * sum(map(_has_blank, words[name])) > len(words[name])]
    free = [name for name in words if keys[name] in _KEYS and chosen.get(name) != ""]
    several = [name for name in free if len({*words[name]}) > 1] or free
    first, *more = (named or several)[:2] or [""]
    return "".join([f"{{{first}}}", *(f"[: {{{each}}}]" for each in more)]) if first else ""


def _has_blank(text: str) -> bool:
    return " " in text


def _are_words(values: Sequence[str]) -> bool:
    """Whether most values are short texts, and no dates, numbers or addresses."""
    others = sum(not any(map(str.isalpha, each)) or "://" in each or is_date(each) for each in values)
    lengths = sorted(map(len, values))
    return bool(values) and others <= _FEW * len(values) and lengths[len(lengths) // 2] <= _LONGEST
