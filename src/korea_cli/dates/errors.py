"""The error for a text that is not a date: the reason, and the nearest form that is one."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from korea_cli.base.errors import DateError
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.phrases import LONGEST, normalise
from korea_cli.dates.spans import YEAR_RANGE, DateParseError, iso_name
from korea_cli.dates.suggestions import SET, TIME, VAGUE, Mistake, mistakes_in
from korea_cli.dates.typed import ANY_DAY, NO_YEAR, read_typed, stored_form
from korea_cli.dates.typed_day import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.dates.days import Day

_STORED_FORMS = "a date in a file has the form 2017-05-25, 2017-05 or 2017"
_TYPED_FORMS = "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'"
_STRING = "a date must be a string in quotes"
_CLOCK = "a date has no time of day; use the keys 'time' and 'timezone'"
_OF_RECORD = {  # reasons as they read for a record, which has other keys, and needs a date that stays true
    SET: "a set means several dates; write one event for each",
    TIME: _CLOCK,
    VAGUE: f"{VAGUE}; name the month or the days, such as 2017-06 or [2017-06-01..2017-06-14]"
    "; date_text can keep the words",
}

_ROUNDS = 5  # a text with more mistakes is not corrected
_SHORT_END = re.compile(r"\d{4}-\d\d(?:-\d\d)?/\d\d(?:-\d\d)?", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"\d{4}\.\d\d", re.ASCII)
_LARGEST_SHOWN = 10**20  # Python refuses to write out numbers of some thousand digits


def typed_error(text: str, today: Day) -> DateError:
    """Return the error for a date in a query; the suggestion is in ISO form if the year is known."""
    reason, suggestion = _corrected(text, today, partial(_iso_form, today=today))
    return DateError(_shown(text), reason or _TYPED_FORMS, suggestion)


def record_error(text: str, today: Day | None = None) -> DateError:
    """Return the error for a date of a record, in a file or as typed today; the suggestion is a stored date."""
    if today:
        with suppress(DateParseError):
            parsed = read_typed(text, today)
            return DateError(_shown(text), parsed.doubt, parsed.date.text or None)
    reason, suggestion = _corrected(text, today, partial(_as_stored, today=today or ANY_DAY))
    if reason == SET:
        suggestion = None
    elif not reason and _SHORT_END.fullmatch(text):
        reason = "both ends of a range must be written in full"
    forms = _TYPED_FORMS if today else _STORED_FORMS
    return DateError(_shown(text), _OF_RECORD.get(reason, reason) or forms, suggestion)


def toml_error(value: object) -> DateError:
    """Return the error for a TOML value other than a string."""
    if isinstance(value, dict):
        return DateError("{...}", "a date must be a string, not a table")
    if isinstance(value, list):
        plain = all(isinstance(each, str) or (isinstance(each, int) and each < _LARGEST_SHOWN) for each in value)
        choices = f"[{','.join(map(str, value))}]" if plain and len(value) in range(1, LONGEST) else ""
        return DateError("[...]", "a date must be a string, not an array", record_error(choices).suggestion)
    if isinstance(value, time):
        return DateError(value.isoformat(), _CLOCK)
    if isinstance(value, bool):
        return DateError(str(value).lower(), _STRING)
    if isinstance(value, int):
        suggestion = record_error(str(value)).suggestion if 0 <= value < _LARGEST_SHOWN else None
        shown = str(value) if abs(value) < _LARGEST_SHOWN else _shown(hex(value))
        return DateError(shown, _STRING if suggestion else YEAR_RANGE, suggestion)
    text = str(value)
    return DateError(_shown(text), _STRING, record_error(text).suggestion if _YEAR_AND_MONTH.fullmatch(text) else None)


def _corrected(text: str, today: Day | None, read: Callable[[str], str]) -> tuple[str, str | None]:
    """Correct one mistake after the other until the text can be read: return the first reason, and what was read."""
    try:
        plain = normalise(text)
    except DateParseError as error:
        return error.reason, None
    reason = ""
    for _ in range(_ROUNDS):
        try:
            return reason, read(plain)
        except DateParseError as error:
            mistake = _reversed(plain, error) or next(mistakes_in(plain, today), Mistake("", None))
            reason = reason or error.reason or mistake.reason
        if mistake.repaired is None:
            break
        plain = mistake.repaired
    return reason, None


def _reversed(text: str, error: DateParseError) -> Mistake | None:
    """Exchange the ends of a range whose only fault is their order."""
    if error.ends is None:
        return None
    start, end = (side.casefold() for side in error.ends)
    if text.startswith("between "):
        return Mistake(error.reason, f"between {end} and {start}")
    within = text.replace(f"{start}..{end}", f"{end}..{start}")
    return Mistake(error.reason, within if within != text else f"{end}..{start}")


def _as_stored(plain: str, today: Day) -> str:
    """Return a normalised text as a stored date; raises DateParseError."""
    try:
        return read_stored(plain.replace(" ", "").upper()).text
    except DateParseError as error:
        if error.reason:
            raise
    return stored_form(plain, today)


def _iso_form(plain: str, today: Day) -> str:
    """Return a typed date in ISO form, or as it is if its days depend on today; raises DateParseError."""
    parsed = read_typed(plain, today)
    if parsed.doubt in {NO_YEAR, CHANGES}:
        return plain
    return iso_name(parsed.date.start_min, parsed.date.end_max)


def _shown(text: str) -> str:
    """Shorten and escape a text, so that a message stays one line and does nothing to a terminal."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in short)
