"""Split the weekday from a date that has one, in English or another language: `Tue, 4 Jul 2017`, `2017年7月4日(火)`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from korea_cli.dates.phrases import normalise
from korea_cli.dates.spans import DateParseError
from korea_cli.dates.words import WEEKDAYS

_ENGLISH = ("monday", "tuesday", "wednesday weds", "thursday", "friday", "saturday", "sunday")
_SHORTEST = 3  # letters that distinguish the English ones
_WORD = r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)\.?"
_BEFORE = re.compile(rf"{_WORD},? +(?P<rest>\w.*)")
_JOINT = r"(?:, | ?(?=\()|(?<=[日일号號]) ?)"
_BEHIND = re.compile(rf"(?P<rest>.*?\w\.?){_JOINT}(?:\({_WORD}\)|{_WORD.replace('word', 'bare')})")


class WeekdayDate(NamedTuple):
    """A date without its weekday, and that weekday: 0 for a Monday."""

    rest: str
    weekday: int


def split_weekday(text: str) -> WeekdayDate | None:
    """Return the date and the weekday of a text; None where it has none."""
    for pattern in (_BEFORE, _BEHIND):
        if match := pattern.fullmatch(text):
            words = match.groupdict()
            number = _weekday(words["word"] or words.get("bare") or "")
            if number is not None:
                return WeekdayDate(match["rest"].rstrip(","), number)
    return None


@cache
def _by_word() -> dict[str, int]:
    return {word: number for number, words in enumerate(WEEKDAYS) for word in words.split()}


def _weekday(word: str) -> int | None:
    try:
        plain = normalise(word)
    except DateParseError:
        return None
    english = (
        number
        for number, names in enumerate(_ENGLISH)
        if len(plain) >= _SHORTEST and any(name.startswith(plain) for name in names.split())
    )
    return next(english, _by_word().get(plain))
