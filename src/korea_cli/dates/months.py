"""Month names: English, German, French and Russian, by any beginning that only one month has."""

from __future__ import annotations

from functools import lru_cache

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = tuple(name[:3].title() for name in MONTH_NAMES)
# Without accents, as `normalised` leaves them; the forms that Russian dates use come second.
_FOREIGN = (
    ("januar", "janner", "janvier", "январь", "января"),
    ("februar", "feber", "fevrier", "февраль", "февраля"),
    ("marz", "maerz", "mars", "марта"),
    ("avril", "апрель", "апреля"),
    ("mai", "маи", "мая"),
    ("juni", "juin", "июнь", "июня"),
    ("juli", "juillet", "июль", "июля"),
    ("aout", "августа"),
    ("septembre", "сентябрь", "сентября"),
    ("oktober", "octobre", "октябрь", "октября"),
    ("novembre", "ноябрь", "ноября"),
    ("dezember", "decembre", "декабрь", "декабря"),
)

LETTERS = "[a-zа-я]"  # in the names of months
_SHORTEST = 3  # letters that tell the months of a language apart


@lru_cache(maxsize=512)
def month_named(word: str) -> int | None:
    """Return the number of the month that a word of three letters or more begins, if it is only one."""
    if len(word) < _SHORTEST:
        return None
    named = {
        number
        for number, names in enumerate(zip(MONTH_NAMES, _FOREIGN, strict=True), 1)
        if any(name.startswith(word) for name in (names[0], *names[1]))
    }
    return named.pop() if len(named) == 1 else None
