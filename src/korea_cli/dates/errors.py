"""Why a text is not a date, in the reader's words, and the nearest form that is one."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING

from korea_cli.base.errors import DateError
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.phrases import LONGEST, normalised
from korea_cli.dates.spans import YEAR_RANGE, DateParseError, iso_name
from korea_cli.dates.suggestions import TIME, VAGUE, Mistake, find_mistake
from korea_cli.dates.typed import ANY_DAY, CHANGES, NO_YEAR, read_typed, stored_form

if TYPE_CHECKING:
    from collections.abc import Callable

_STORED_FORMS = "dates in a file are written like 2017-05-25, 2017-05 or 2017"
_TYPED_FORMS = "write it like 2017-05-25, 2017-05, 2017 or 'may 2017'"
_IN_QUOTES = "dates are text in quotes"
_SET_STORED = "each date of a set is an event of its own; write two events"
_SET_TYPED = "a set means several dates; ask for a range"
_BOTH_IN_FULL = "both ends of a duration are written in full"
_VAGUE = f"{VAGUE}; name the month or the days, as 2017-06 or [2017-06-01..2017-06-14]; date_text keeps the words"
_CLOCK = "a date is a day; an event's clock goes into 'time' and 'timezone'"

_ROUNDS = 4  # so many mistakes in one text are corrected, one after the other
_SET = re.compile(r"\{([^{},]+),(?:.*,)?([^{},]+)\}")
_SHORT_END = re.compile(r"\d{4}-\d\d(?:-\d\d)?/\d\d(?:-\d\d)?", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"\d{4}\.\d\d", re.ASCII)
_LARGEST_SHOWN = 10**20  # Python refuses to write out numbers of some thousand digits


def typed_error(text: str, today: date, refusal: DateParseError) -> DateError:
    """Say why what was typed is no date; the suggestion is in ISO form where the year is known."""

    def recognise(plain: str) -> Mistake | None:
        if match := _SET.search(plain):
            return Mistake(_SET_TYPED, f"{match[1]}..{match[2]}")
        return find_mistake(plain, today)

    reason, suggestion = _corrected(text, refusal, recognise, lambda candidate: _iso_form(candidate, today))
    return DateError(_shown(text), reason or _TYPED_FORMS, suggestion)


def unstorable_error(text: str, today: date, refusal: DateParseError) -> DateError:
    """Say why what was typed cannot be stored as it is; the suggestion is a stored date."""
    try:
        meant = read_typed(text, today)
    except DateParseError:
        reason, suggestion = _corrected(
            text,
            refusal,
            lambda plain: _recognise_stored(plain, today),
            lambda candidate: stored_form(candidate, today),
        )
        return DateError(_shown(text), _of_record(reason) or _TYPED_FORMS, suggestion)
    return DateError(_shown(text), meant.doubt, meant.date and meant.date.text)


def stored_error(text: str, refusal: DateParseError) -> DateError:
    """Say why a text in a file is no date; the suggestion is a stored date."""
    reason, suggestion = "", None
    try:
        suggestion = _read_as_stored(normalised(text))
    except DateParseError as unread:
        refusal = refusal if refusal.reason else unread
        reason, suggestion = _corrected(text, refusal, _recognise_stored, _read_as_stored)
    if _SHORT_END.fullmatch(text):
        reason = refusal.reason or _BOTH_IN_FULL
    return DateError(_shown(text), _of_record(reason) or _STORED_FORMS, suggestion)


def _of_record(reason: str) -> str:
    """Return a reason as it is for a record, which has other keys, and needs a date that stays true."""
    return {TIME: _CLOCK, VAGUE: _VAGUE}.get(reason, reason)


def toml_error(value: object) -> DateError:
    """Say why a TOML value other than a text is no date."""
    if isinstance(value, dict):
        return DateError("{...}", "a date is one text in quotes, not a table")
    if isinstance(value, list):
        plain = all(isinstance(each, str) or (isinstance(each, int) and each < _LARGEST_SHOWN) for each in value)
        choices = f"[{','.join(map(str, value))}]" if plain and len(value) in range(1, LONGEST) else ""
        return DateError("[...]", "a date is one text in quotes, not a list", _stored_suggestion(choices))
    if isinstance(value, time):
        return DateError(value.isoformat(), _CLOCK)
    if isinstance(value, bool):
        return DateError(str(value).lower(), _IN_QUOTES)
    if isinstance(value, int):
        suggestion = _stored_suggestion(str(value)) if 0 <= value < _LARGEST_SHOWN else None
        shown = str(value) if abs(value) < _LARGEST_SHOWN else _shown(hex(value))
        return DateError(shown, _IN_QUOTES if suggestion else YEAR_RANGE, suggestion)
    number = str(value)
    return DateError(
        _shown(number), _IN_QUOTES, _stored_suggestion(number) if _YEAR_AND_MONTH.fullmatch(number) else None
    )


def _corrected(
    text: str, refusal: DateParseError, recognise: Callable[[str], Mistake | None], read: Callable[[str], str]
) -> tuple[str, str | None]:
    """Correct one mistake after the other until the text can be read: the first reason, and what was read."""
    try:
        plain = normalised(text)
    except DateParseError as unfit:
        return unfit.reason, None
    reason = refusal.reason
    for _ in range(_ROUNDS):
        mistake = _reversed(plain, refusal) or recognise(plain) or Mistake("", None)
        reason = reason or mistake.reason
        if mistake.repaired is None:
            break
        plain = mistake.repaired
        try:
            return reason, read(plain)
        except DateParseError as again:
            refusal = again
    return reason, None


def _reversed(text: str, refusal: DateParseError) -> Mistake | None:
    """Exchange the ends of a range whose only fault is their order."""
    if refusal.ends is None:
        return None
    start, end = (side.casefold() for side in refusal.ends)
    if text.startswith("between "):
        return Mistake(refusal.reason, f"between {end} and {start}")
    within = text.replace(f"{start}..{end}", f"{end}..{start}")
    return Mistake(refusal.reason, within if within != text else f"{end}..{start}")


def _recognise_stored(plain: str, today: date | None = None) -> Mistake | None:
    return Mistake(_SET_STORED, None) if "{" in plain else find_mistake(plain, today)


def _read_as_stored(plain: str) -> str:
    """Give a normalised text as a stored date; raises DateParseError."""
    try:
        return read_stored(plain.replace(" ", "").upper()).text
    except DateParseError as refusal:
        try:
            return stored_form(plain, ANY_DAY)
        except DateParseError as unread:
            raise refusal if refusal.reason else unread from None


def _stored_suggestion(text: str) -> str | None:
    return stored_error(text, DateParseError()).suggestion


def _iso_form(text: str, today: date) -> str:
    """Say text that can be read in ISO form; as it is where its days depend on today."""
    reading = read_typed(text, today)
    if reading.doubt in {NO_YEAR, CHANGES}:
        return text
    first, last, _ = reading.span
    if first is None or last is None:
        known = [iso_name(day, day) for day in (first, last) if day is not None]
        return f"{known[0]}.." if last is None else f"..{known[0]}"
    return iso_name(first, last)


def _shown(text: str) -> str:
    """Shorten and escape a text, so that a message stays one line and does nothing to a terminal."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in short)
