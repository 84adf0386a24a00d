"""Month names in English, German, French and Russian; a word names a month if it begins the name of that one only."""

from __future__ import annotations

from functools import lru_cache

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = tuple(name[:3].title() for name in MONTH_NAMES)
# Without accents, as `normalise` leaves them; the second Russian form is the one used in dates.
_FOREIGN = (
    "januar janner janvier январь января", "februar feber fevrier февраль февраля", "marz maerz mars марта",
    "avril апрель апреля", "mai маи мая", "juni juin июнь июня", "juli juillet июль июля", "aout августа",
    "septembre сентябрь сентября", "oktober octobre октябрь октября", "novembre ноябрь ноября",
    "dezember decembre декабрь декабря",
)  # fmt: skip

LETTERS = "[a-zа-я]"  # in the names of months
SHORTEST = 3  # letters that distinguish the months


@lru_cache(maxsize=512)
def month_number(word: str) -> int | None:
    """Return the number of the only month whose name begins with a word of three letters or more; None if none."""
    if len(word) < SHORTEST:
        return None
    found = {
        number
        for number, (english, foreign) in enumerate(zip(MONTH_NAMES, _FOREIGN, strict=True), 1)
        if any(name.startswith(word) for name in (english, *foreign.split()))
    }
    return found.pop() if len(found) == 1 else None
