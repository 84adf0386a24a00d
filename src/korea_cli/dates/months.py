"""Month names in eight languages; a word names a month if it begins the name of that one only."""

from __future__ import annotations

from functools import lru_cache

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = tuple(name[:3].title() for name in MONTH_NAMES)
_ALSO = {2: "feber", 3: "maerz mrz"}  # as Austrians, typewriters and spreadsheets write them

LETTERS = "[a-zа-я]"  # in the names of months
SHORTEST = 3  # letters that distinguish the months


@lru_cache(maxsize=512)
def month_number(word: str) -> int | None:
    """Return the number of the only month whose name begins with a word of three letters or more; None if none."""
    if len(word) < SHORTEST:
        return None
    from korea_cli.dates.words import MONTHS as FOREIGN  # noqa: PLC0415 - few commands read the name of a month

    found = {
        number
        for number, (english, foreign) in enumerate(zip(MONTH_NAMES, FOREIGN, strict=True), 1)
        if any(name.startswith(word) for name in (english, *foreign.split(), *_ALSO.get(number, "").split()))
    }
    return found.pop() if len(found) == 1 else None
