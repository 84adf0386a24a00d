"""The style of the American Psychological Association, 7th edition: an entry of the list of references, and in text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.citing.names import as_written, in_order, is_eastern
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

# What is said of a form, beside a genre.
_FORMS = {"dataset": "Data set", "broadcast": "Broadcast", "hearing": "Hearing", "post": "Post"}
_MOST_NAMED = 2


def full(item: Item, locator: str | None) -> str:  # noqa: ARG001 - the list of references has no places; `short` does
    """Return an entry of the list of references; titles keep the capitals they have."""
    names = _inverted(item)
    who = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    date = f"({date_words(item['issued'], year_first=True) if 'issued' in item else 'n.d.'})."
    title, published = ended(_title(item)), within(item, who)
    told = [ended(who), date, title] if who else [title, date]
    return " ".join((*told, *([ended(published)] if published else []), *_address(item)))


def short(item: Item, locator: str | None) -> str:
    """Return a citation in text: family names or title, year, place."""
    names = [curled(name.get("literal") or name["family"]) for name in item.get("author", ())]
    who = f"{names[0]} et al." if len(names) > _MOST_NAMED else " & ".join(names)
    date = date_words(_year_only(item["issued"])) if "issued" in item else "n.d."
    where, title = place(item, locator), words_of(item, "title")
    if who or _stands_alone(item):
        return f"({', '.join(filter(None, (who or italic(curled(title)), date, where)))})"
    return f"({quoted(title, ',')} {', '.join(filter(None, (date, where)))})"


def _stands_alone(item: Item) -> bool:
    """Say whether a title is set in italics: what appeared in a paper has the paper's name so."""
    return not item["type"].startswith("article")


def _title(item: Item) -> str:
    title, number = curled(words_of(item, "title")), words_of(item, "number")
    form = words_of(item, "genre") or _FORMS.get(item["type"], "")
    said = [f"({number})" if number else "", f"[{form}]" if form else ""]
    return " ".join(filter(None, (italic(title) if _stands_alone(item) else title, *said)))


def _address(item: Item) -> list[str]:
    """Return the address, with the day on which it was read where nothing says when it was published, and a copy's."""
    url, copy = address(item), archive(item)
    if url and "accessed" in item and "issued" not in item:
        url = f"Retrieved {date_words(item['accessed'])}, from {url}"
    return [*filter(None, (url, f"Archived at {copy}" if copy else ""))]


def _inverted(item: Item) -> list[str]:
    """Return family names with initials; where one name is not split, all as they are written."""
    authors = item.get("author", ())
    whole = all("family" in name for name in authors)
    return [curled(_with_initials(name) if whole else as_written(name)) for name in authors]


def _with_initials(name: dict[str, str]) -> str:
    if is_eastern(name):
        return in_order(name)
    words = ((next(filter(str.isalpha, part), "") for part in word.split("-")) for word in name["given"].split())
    initials = " ".join(filter(None, ("-".join(f"{each.upper()}." for each in word if each) for word in words)))
    return f"{name['family']}, {initials}"


def _year_only(date: dict[str, object]) -> dict[str, object]:
    parts = date.get("date-parts")
    return date | {"date-parts": [each[:1] for each in parts]} if isinstance(parts, list) else date
