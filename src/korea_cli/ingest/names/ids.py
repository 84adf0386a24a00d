"""Make ids of titles, and of ids in other files with letters that an id cannot have; refer to records by them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from korea_cli.base.slugs import is_slug, slug_of
from korea_cli.base.tokenize import plain_letters
from korea_cli.reading.codes.forms import code_meant

if TYPE_CHECKING:
    from korea_cli.model.records import Record
_LONGEST = 60  # letters of an id made of a title


class Reference(NamedTuple):
    """A record that is referred to: the key that does, its id, the tables that may have it, how it was named.

    by_id: whether that is its id for certain, and no title.
    """

    key: str
    id: str
    tables: tuple[str, ...]
    text: str
    by_id: bool = False


def replaced(values: dict[str, object], key: str, old: str, new: str) -> dict[str, object]:
    """Return values with one id under a key replaced, or left out."""
    items = values.get(key)
    ids = [id_ for each in items if (id_ := new if each == old else each)] if isinstance(items, list) else new
    return {name: value for name, value in {**values, key: ids}.items() if value}


def record_id(record: type[Record], text: str) -> str:
    """Return a text as an id; "" if it has no letter or digit. A number alone names nothing."""
    if is_slug(text) and not text.isdecimal():
        return text
    id_ = slug_of(item_in(text) or text)
    if _loses_letters(text):
        return f"{id_ or record.type}-{digest(text)}"
    return f"{record.type}-{id_}" if id_.isdecimal() else id_


def item_in(text: str) -> str:
    """Return the Q-number of the item of Wikidata that a text is the address of; "" for any other text."""
    return code_meant("wikidata", text) if "://" in text else ""


def _loses_letters(text: str) -> bool:
    """Whether a text has letters or digits that no id can have, so that two texts might become the same id."""
    letters = "" if text.isascii() else plain_letters(normalize("NFKD", text.lower()))
    return any(each.isalnum() and not each.isascii() for each in letters)


def shorten_id(slug: str) -> str:
    """Cut an id at a hyphen."""
    return slug if len(slug) <= _LONGEST else slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]


def digest(text: str) -> str:
    """Return eight letters that distinguish a text from others."""
    return blake2b(text.encode(errors="replace"), digest_size=4).hexdigest()
