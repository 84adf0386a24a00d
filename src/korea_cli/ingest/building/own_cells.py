"""The cells of whole records in sheets that korea writes, so that it can read them again: names with ids, and lists.

`Rex Tillerson [tillerson]` is the actor `tillerson`; `Russia` is `russia`, an id that can be made of the name. What may
be of several types has that before its id, and a claim who holds it before its words: `Moscow: A claim [fact:icbm]`. A
list has semicolons between its items, or is written as JSON if one of them would be read otherwise.
"""

from __future__ import annotations

import re
from functools import lru_cache
from json import dumps, loads
from typing import TYPE_CHECKING, Any

from korea_cli.base.slugs import slug_of
from korea_cli.model.records import Topic
from korea_cli.report.sections import in_words
from korea_cli.rows.columns import shown_by

if TYPE_CHECKING:
    from korea_cli.rows.column import Json

_TITLES = ("name", "label", "title")
_USUAL = "event"  # the type of what is referred to under keys that are for nothing else
_PLAIN = re.compile(r"(?!.* and )[\w .'-]+")  # a name that no reader takes apart
_WITH_ID = re.compile(r"(?P<title>.*\S) \[(?:(?P<type>[a-z]+):)?(?P<id>[a-z0-9-]+)\]", re.DOTALL)
_APART = re.compile(r"[;|\n]|://|^\s|\s$|^\[")  # in an item of a list: what might be read as two items, or not as it is


def cell_of(value: Json) -> str:
    """Return the cell of a value of a record, as JSON has it."""
    if isinstance(value, dict):
        return _item(value)
    if not isinstance(value, list):
        return in_words(value)
    if any(isinstance(each, dict) and each.keys() >= {"date", "sources"} for each in value):
        return _other_dates(value)
    return _listed([_item(each) if isinstance(each, dict) else in_words(each) for each in value])


def short_cell_of(value: Json) -> str:
    """Return the cell of a value in a short sheet: names have no ids, but what is called by a sentence has."""
    if not isinstance(value, list) or not value:
        return in_words(value)
    keys = value[0] if isinstance(value[0], dict) else {}
    if "text" in keys:  # claims, which nothing reads again
        return in_words(value)
    return cell_of(value) if "type" in keys else _listed([*map(in_words, value)])


def _listed(items: list[str]) -> str:
    return dumps(items, ensure_ascii=False) if any(map(_APART.search, items)) else "; ".join(items)


def _item(value: dict[str, Any]) -> str:
    words = in_words(value)  # of a claim with who holds it
    if "locator" in value or "id" not in value or not any(map(value.get, _TITLES)):
        return words
    return _reference(words, value["id"], value.get("type", ""))


@lru_cache(maxsize=4096)  # most names come again and again
def _reference(title: str, id_: str, type_: str) -> str:
    """Return what refers to a record; only what is always of one type has no `type_`."""
    if not type_ and _PLAIN.fullmatch(title) and slug_of(title) == id_:
        return title
    return f"{title} [{id_ if type_ in {'', _USUAL} else f'{type_}:{id_}'}]"


def _other_dates(dates: list[dict[str, Any]]) -> str:
    if not any(each["sources"] or each["note"] or each["date"].startswith("[") for each in dates):
        return "; ".join(each["date"] for each in dates)
    plain = [{**each, "sources": [in_words(source) for source in each["sources"]]} for each in dates]
    kept = [{key: each[key] for key in ("date", "sources", "note") if each[key]} for each in plain]
    return dumps(kept, ensure_ascii=False)


def read_reference(text: str, tables: tuple[str, ...]) -> object:
    """Return what an item of a cell refers to in some tables, as JSON has it; a title or name alone as it is."""
    found = _WITH_ID.fullmatch(text)
    if found:
        type_ = found["type"] or tables[0].removesuffix("s")
        return {"type": type_, "id": found["id"], shown_by((type_,)): found["title"]}
    if tables == (Topic.table,) and (id_ := slug_of(text)):  # several topics may be called the same
        return {"id": id_, "label": text}
    return text


def read_other_dates(text: str) -> list[dict[str, Any]] | None:
    """Return the dates in a cell that has them as JSON; None where it has not."""
    try:
        found = loads(text) if text.startswith("[{") else None
    except ValueError:
        return None
    return found if isinstance(found, list) and all(isinstance(each, dict) for each in found) else None
