"""The style of the American Psychological Association, 7th edition: an entry of the list of references, and in text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.citing import wording
from korea_cli.citing.names import in_order, is_eastern
from korea_cli.citing.wording import curl_quotes, date_words, end_sentence, italic, place, words_of

if TYPE_CHECKING:
    from korea_cli.citing.item import Item
    from korea_cli.citing.names import Name

# Where an item has no genre, the one to give.
_GENRES = {"dataset": "Data set", "broadcast": "Broadcast", "hearing": "Hearing", "post": "Post"}


def full(item: Item, locator: str | None) -> str:  # noqa: ARG001 - the list of references has no places; `short` does
    """Return an entry of the list of references; titles keep the capitals they have."""
    names = wording.author_names(item, _with_initials)
    who = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    date = f"({date_words(item['issued'], year_first=True) if 'issued' in item else 'n.d.'})."
    title, published = end_sentence(_title(item)), wording.within(item, who)
    start = [end_sentence(who), date, title] if who else [title, date]
    return " ".join((*start, *([end_sentence(published)] if published else []), *_address(item)))


def short(item: Item, locator: str | None) -> str:
    """Return a citation in text: family names or title, year, place."""
    names = [curl_quotes(name.get("literal") or name["family"]) for name in item.get("author", ())]
    who, title = wording.et_al(names, " & "), words_of(item, "title")
    who = who or (italic(curl_quotes(title)) if _is_separate(item) else "")
    start = f"{who}," if who else wording.quote(title, ",")
    date = date_words(_year_only(item["issued"])) if "issued" in item else "n.d."
    return f"({start} {', '.join(filter(None, (date, place(item, locator))))})"


def _is_separate(item: Item) -> bool:
    """Whether an item appeared on its own, with its title in italics; for an article the paper is in italics."""
    return not item["type"].startswith("article")


def _title(item: Item) -> str:
    title, number = curl_quotes(words_of(item, "title")), words_of(item, "number")
    genre = words_of(item, "genre") or _GENRES.get(item["type"], "")
    more = [f"({number})" if number else "", f"[{genre}]" if genre else ""]
    return " ".join(filter(None, (italic(title) if _is_separate(item) else title, *more)))


def _address(item: Item) -> list[str]:
    """Return the address, with the day on which it was read where there is no date, and that of a copy."""
    url, copy = wording.address(item), wording.archive(item)
    if url and "accessed" in item and "issued" not in item:
        url = f"Retrieved {date_words(item['accessed'])}, from {url}"
    return [*filter(None, (url, f"Archived at {copy}" if copy else ""))]


def _with_initials(name: Name) -> str:
    if is_eastern(name):
        return in_order(name)
    words = ((next(filter(str.isalpha, part), "") for part in word.split("-")) for word in name["given"].split())
    initials = " ".join(filter(None, ("-".join(f"{each.upper()}." for each in word if each) for word in words)))
    return f"{name['family']}, {initials}"


def _year_only(date: dict[str, object]) -> dict[str, object]:
    parts = date.get("date-parts")
    return date | {"date-parts": [each[:1] for each in parts]} if isinstance(parts, list) else date
