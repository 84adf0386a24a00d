"""Read a record directly, the built-in one by default, and find in it what a command should find, entry by entry."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FILE = Path(__file__).parents[2] / "data" / "events.toml"
ROLES = {"events": ("actors", "recipients", "via"), "facts": ("holders", "reported_by", "about")}
Entry = dict[str, Any]
Days = tuple[dt.date, dt.date]


_files = [FILE]  # the last one is read


@contextmanager
def reading(file: Path) -> Iterator[Path]:
    """Read another record than the built-in one for a while."""
    _files.append(file)
    yield file
    _files.pop()


def data() -> dict[str, list[Entry]]:
    """Return the records by table, as a TOML parser reads them."""
    return _tables(_files[-1])


def place_names() -> list[list[str]]:
    """Return the names of places, each with those in other languages behind it."""
    names: list[list[str]] = _tables(_files[-1])["chronology"]["place_names"]
    return names


@cache
def _tables(file: Path) -> dict[str, Any]:
    return tomli.loads(file.read_text("utf-8"))


def with_members(table: str, key: str, *ids: str) -> set[str]:
    """Return ids and those of everything that belongs to them, directly or indirectly."""
    found = {*ids}
    while more := {e["id"] for e in data()[table] if found & {*as_list(e.get(key, []))}} - found:
        found |= more
    return found


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def actor(name: str) -> set[str]:
    (found,) = (e["id"] for e in data()["actors"] if name in {e["id"], e["name"], *e.get("aliases", [])})
    return with_members("actors", "part_of", found)


def topic(name: str) -> set[str]:
    return with_members("topics", "broader", name)


def having(entry: Entry, ids: Iterable[str], *keys: str) -> bool:
    return bool({*ids} & {each for key in keys for each in entry.get(key, [])})


def part_of_a_date(text: str) -> Days:
    year, *rest = (int(number) for number in re.findall(r"\d+", text))
    thirds = {37: (1, 4), 38: (5, 8), 39: (9, 12)}
    if not rest:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    first, last = thirds.get(rest[0], (rest[0], rest[0]))
    if rest[1:]:
        return dt.date(year, first, rest[1]), dt.date(year, first, rest[1])
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def bounds(text: str) -> tuple[dt.date, dt.date, dt.date, dt.date]:
    """Return the first and last day of a start, and the first and last day of an end."""
    if "[" in text:
        parts = [part_of_a_date(part) if part else None for part in re.split(r"\.\.|,", text.strip("[]"))]
        first = parts[0][0] if parts[0] else dt.date.min
        last = parts[-1][1] if parts[-1] else dt.date.max
        return first, last, first, last
    start, _, end = text.partition("/")
    begins = part_of_a_date(start)
    if "/" not in text:
        return (*begins, *begins)
    return (*begins, *((dt.date.max, dt.date.max) if end in {"", ".."} else part_of_a_date(end)))


def dates_of(event: Entry) -> list[str]:
    return [str(event["date"]), *(str(each["date"]) for each in event.get("other_dates", []))]


def days_of(entry: Entry) -> Days:
    """Return the first and last day on which something may have been."""
    first, _, _, last = bounds(str(entry["date"]))
    return first, last


def possibly(event: Entry, window: Days) -> bool:
    """Return whether any date of an event may fall in a range."""
    spans = (bounds(text) for text in dates_of(event))
    return any(a <= window[1] and d >= window[0] for a, _, _, d in spans)


def certainly(event: Entry, window: Days) -> bool:
    """Return whether an event is certain to fall in a range, whichever of its dates is right."""
    vague = any(re.search("[~?%]", text) for text in dates_of(event))
    spans = (bounds(text) for text in dates_of(event))
    return not vague and all(b <= window[1] and c >= window[0] and (b >= window[0] or c >= b) for _, b, c, _ in spans)


def window(first: str, last: str) -> Days:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def ids(table: str, holds: Callable[[Entry], bool]) -> set[str]:
    return {each["id"] for each in data()[table] if holds(each)}


def supporting(entry: Entry) -> set[str]:
    """Return the sources that an entry rests on, those of other dates too."""
    cites = [
        *entry.get("sources", []),
        *(each for other in entry.get("other_dates", []) for each in other.get("sources", [])),
    ]
    return {each.partition("#")[0] for each in cites}


def sources_of(entry: Entry) -> set[str]:
    return {each.partition("#")[0] for each in entry.get("sources", [])}
