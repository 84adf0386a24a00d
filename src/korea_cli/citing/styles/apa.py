"""The style of the American Psychological Association, 7th edition: an entry of the list of references, and in text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.citing.wording import curled, date_words, ended, place, quoted, words_of

if TYPE_CHECKING:
    from korea_cli.citing.item import Item

_FORMS = {"dataset": "Data set", "broadcast": "Broadcast"}  # what is said of a form, beside a genre
_MOST_NAMED = 2


def full(item: Item, locator: str | None) -> str:  # noqa: ARG001 - the list of references has no places; `short` does
    """Give an entry of the list of references; titles keep the capitals they have."""
    names = [_inverted(name) for name in item.get("author", ())]
    who = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    form = words_of(item, "genre") or _FORMS.get(item["type"], "")
    title = curled(words_of(item, "title")) + (f" [{form}]" if form else "")
    within = curled(words_of(item, "container-title") or words_of(item, "publisher"))
    date = f"({date_words(item['issued'], year_first=True) if 'issued' in item else 'n.d.'})."
    told = [ended(who), date, ended(title)] if who else [ended(title), date]
    told += [ended(within)] if within and within != who else []
    return " ".join((*told, *_address(item)))


def short(item: Item, locator: str | None) -> str:
    """Give a citation in text: family names or title, year, place."""
    names = [curled(name.get("literal") or name["family"]) for name in item.get("author", ())]
    who = f"{names[0]} et al." if len(names) > _MOST_NAMED else " & ".join(names)
    date = date_words(_year_only(item["issued"])) if "issued" in item else "n.d."
    where = place(item, locator)
    if who or item["type"] in {"book", "report", "dataset"}:
        return f"({', '.join(filter(None, (who or curled(words_of(item, 'title')), date, where)))})"
    return f"({quoted(words_of(item, 'title'), ',')} {', '.join(filter(None, (date, where)))})"


def _address(item: Item) -> tuple[str, ...]:
    """Give the address, with the day on which it was read where nothing says when it was published."""
    url = words_of(item, "URL")
    if url and "accessed" in item and "issued" not in item:
        return (f"Retrieved {date_words(item['accessed'])}, from {url}",)
    return (url,) if url else ()


def _inverted(name: dict[str, str]) -> str:
    """Give family name and initials; a name that is not parted stays whole."""
    if "literal" in name:
        return curled(name["literal"])
    given = (word.split("-") for word in name["given"].split())
    initials = " ".join("-".join(f"{part[0].upper()}." for part in parts if part) for parts in given)
    return f"{curled(name['family'])}, {initials}"


def _year_only(date: dict[str, object]) -> dict[str, object]:
    parts = date.get("date-parts")
    return date | {"date-parts": [each[:1] for each in parts]} if isinstance(parts, list) else date
