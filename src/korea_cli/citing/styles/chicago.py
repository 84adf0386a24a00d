"""The Chicago Manual of Style, 18th edition: a full note, and a shortened one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.citing.names import as_written, in_order
from korea_cli.citing.wording import (
    address,
    archive,
    curled,
    date_words,
    ended,
    italic,
    place,
    quoted,
    within,
    words_of,
)

if TYPE_CHECKING:
    from korea_cli.citing.item import Item

_MOST_NAMED = 2
_WHOLE = {"book", "report", "legal_case", "hearing"}  # what stands for itself: its title is set in italics


def full(item: Item, locator: str | None) -> str:
    """Return a full note: who, what, where, when, which place in it, address."""
    who, title, number = _who(item, short=False), words_of(item, "title"), words_of(item, "number")
    date = date_words(item["issued"]) if "issued" in item else "n.d."
    published = ", ".join(filter(None, (within(item, who), date)))
    if item["type"] in _WHOLE:
        named = ", ".join(filter(None, (italic(curled(title)), number)))
        start, told = "", [f"{named} ({published})"]
    else:
        start, told = f"{quoted(title, ',')} ", [words_of(item, "genre").casefold(), number, published]
    return _after(who) + start + ended(", ".join(filter(None, (*told, place(item, locator), *_address(item)))))


def short(item: Item, locator: str | None) -> str:
    """Return a shortened note: family names and title."""
    title, where = words_of(item, "title"), place(item, locator)
    who = _after(_who(item, short=True))
    if item["type"] in _WHOLE:
        return who + ended(", ".join(filter(None, (italic(curled(title)), where))))
    return who + (f"{quoted(title, ',')} {ended(where)}" if where else quoted(title, "."))


def _address(item: Item) -> list[str]:
    """Return when it was read, where nothing says when it was published, its address and that of a copy."""
    seen = f"accessed {date_words(item['accessed'])}" if "accessed" in item and "issued" not in item else ""
    copy = archive(item)
    return [seen, address(item), f"archived at {copy}" if copy else ""]


def _after(who: str) -> str:
    return f"{who}, " if who else ""


def _who(item: Item, *, short: bool) -> str:
    """Name the authors in the order in which names are spoken; where one is not split, all as they are written."""
    authors = item.get("author", ())
    whole = all("family" in name for name in authors)
    names = [curled(_name(name, short=short) if whole else as_written(name)) for name in authors]
    return f"{names[0]} et al." if len(names) > _MOST_NAMED else " and ".join(names)


def _name(name: dict[str, str], *, short: bool) -> str:
    return name["family"] if short else in_order(name)
