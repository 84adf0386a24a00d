"""The Chicago Manual of Style, 18th edition: a full note, and a shortened one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.citing.wording import curled, date_words, place, quoted, words_of

if TYPE_CHECKING:
    from korea_cli.citing.item import Item

_MOST_NAMED = 2


def full(item: Item, locator: str | None) -> str:
    """Give a full note: who, what, where, when, which place in it, address."""
    whole = item["type"] == "book"
    within = curled(words_of(item, "container-title") or words_of(item, "publisher"))
    date = date_words(item["issued"]) if "issued" in item else "n.d."
    published = ", ".join(filter(None, (within, date)))
    told = [f"({published})" if whole else published, place(item, locator), _seen(item), words_of(item, "URL")]
    title = curled(words_of(item, "title")) + " " if whole else quoted(words_of(item, "title"), ",") + " "
    if genre := words_of(item, "genre").casefold():
        title += f"{genre}, "
    return f"{_who(item, short=False)}{title}{', '.join(filter(None, told))}."


def short(item: Item, locator: str | None) -> str:
    """Give a shortened note: family names and title."""
    title, where = words_of(item, "title"), place(item, locator)
    if item["type"] == "book":
        return f"{_who(item, short=True)}{', '.join(filter(None, (curled(title), where)))}."
    return _who(item, short=True) + (f"{quoted(title, ',')} {where}." if where else quoted(title, "."))


def _seen(item: Item) -> str:
    """Say when it was read, where nothing says when it was published."""
    return f"accessed {date_words(item['accessed'])}" if "accessed" in item and "issued" not in item else ""


def _who(item: Item, *, short: bool) -> str:
    names = [_name(name, short=short) for name in item.get("author", ())]
    told = f"{names[0]} et al." if len(names) > _MOST_NAMED else " and ".join(names)
    return f"{told}, " if told else ""


def _name(name: dict[str, str], *, short: bool) -> str:
    if "literal" in name:
        return curled(name["literal"])
    return curled(name["family"] if short else f"{name['given']} {name['family']}")
