"""The Chicago Manual of Style, 18th edition: a full note, and a shortened one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.citing import wording
from korea_cli.citing.names import in_order
from korea_cli.citing.wording import curl_quotes, date_words, end_sentence, italic, place, quote, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.citing.item import Item
    from korea_cli.citing.names import Name

_SEPARATE = {"book", "report", "legal_case", "hearing"}  # what appears on its own: its title is set in italics


def full(item: Item, locator: str | None) -> str:
    """Return a full note: who, what, where, when, which place in it, address."""
    who, title, number = _who(item, in_order), words_of(item, "title"), words_of(item, "number")
    date = date_words(item["issued"]) if "issued" in item else "n.d."
    published = ", ".join(filter(None, (wording.within(item, who), date)))
    if item["type"] in _SEPARATE:
        named = ", ".join(filter(None, (italic(curl_quotes(title)), number)))
        start, parts = "", [f"{named} ({published})"]
    else:
        start, parts = f"{quote(title, ',')} ", [words_of(item, "genre").casefold(), number, published]
    rest = ", ".join(filter(None, (*parts, place(item, locator), *_address(item))))
    return f"{who}{', ' if who else ''}{start}{end_sentence(rest)}"


def short(item: Item, locator: str | None) -> str:
    """Return a shortened note: family names and title."""
    title, where = words_of(item, "title"), place(item, locator)
    who = _who(item, lambda name: name["family"])
    if item["type"] in _SEPARATE:
        rest = end_sentence(", ".join(filter(None, (italic(curl_quotes(title)), where))))
    else:
        rest = f"{quote(title, ',')} {end_sentence(where)}" if where else quote(title, ".")
    return f"{who}{', ' if who else ''}{rest}"


def _address(item: Item) -> list[str]:
    """Return the day on which it was read where there is no date, its address and that of a copy."""
    seen = f"accessed {date_words(item['accessed'])}" if "accessed" in item and "issued" not in item else ""
    copy = wording.archive(item)
    return [seen, wording.address(item), f"archived at {copy}" if copy else ""]


def _who(item: Item, word: Callable[[Name], str]) -> str:
    return wording.et_al(wording.author_names(item, word), " and ")
