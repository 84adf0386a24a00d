"""Read years cut short, as in `1950-53`, and decide for a column what `2004-5` and `2010-12` are: months, or years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.dates.days import YEAR
from korea_cli.dates.edtf import qualify, read_stored
from korea_cli.dates.spans import DateParseError
from korea_cli.dates.typed_day import short_years, split_qualifier
from korea_cli.ingest.dates.column_forms import AMBIGUOUS, ASK, ColumnForms
from korea_cli.ingest.dates.vague import widest_span
from korea_cli.ingest.sheet import RowError

if TYPE_CHECKING:
    from korea_cli.dates.typed_day import ShortYears
    from korea_cli.ingest.dates.column_forms import Evidence

_WHOLE_YEARS = re.compile(r"\d{4} ?[-\u2013\u2014] ?\d{4}", re.ASCII)
_ISO_DAY = re.compile(rf"{YEAR}-\d\d-\d\d", re.ASCII)
_SEASON = re.compile(r".*[-/]2[1-4]", re.ASCII)  # of EDTF
_WORDS = {"years": "as spans of years", "month": "as months"}


class ShortYearsError(RowError):
    """A date such as `2004-5`, which may be a month or a span of years."""

    counted_as = "short"


def short_spans(chosen: str) -> ColumnForms:
    """Return what decides for each column whether `2004-5` is a "month" or "years"."""
    return ColumnForms(chosen, form_of, _decide, _WORDS)


def form_of(text: str) -> str:
    """Return what a text can only be: "years" cut short, "whole" years, "month" (of one digit), or "iso" (8601)."""
    if _ISO_DAY.match(text):
        return "iso"
    bare = split_qualifier(" ".join(text.split()))[0]
    if _WHOLE_YEARS.fullmatch(bare):
        return "whole"
    short = short_years(bare := _plain(bare)[0])
    if short is None:
        return ""
    if _is_span(bare, short):
        return "years"
    return AMBIGUOUS if short.years else "iso" if short.iso else "month"


def _decide(evidence: Evidence) -> str:
    """Return how a column is read: dates of ISO 8601 leave `2004-5` open, and whole years make `2010-12` doubtful."""
    forms = {*evidence}
    if forms <= {"iso"}:
        return ""
    if "years" in forms and forms <= {"years", "whole"}:
        return "years"
    return "month" if forms <= {"month", "iso"} else ASK


def read_short(text: str, rule: str) -> str:
    """Return what `2004-5`, `1950-53` and, where it is in doubt, `2010-12` are as stored; "" for any other text.

    rule: "month", "years", "ask" or "". Raises RowError.
    """
    bare, mark = _plain(text)
    short = short_years(bare)
    if short is None:
        return ""
    month = short.month or _part(bare)
    readings = {"month": month or widest_span(bare), "years": short.years}
    settled = readings.get(rule) or (readings["month"] if not short.years else "")
    if not settled and rule != "month" and _is_span(bare, short):
        settled = short.years
    if not settled and short.years and not (short.iso and month and rule != ASK):
        raise (RowError if rule == "month" else ShortYearsError)(f"date '{text}' {_choice(readings, rule)}")
    return qualify(read_stored(settled), mark).text if settled and mark else settled


def _plain(text: str) -> tuple[str, str]:
    return split_qualifier(text.replace("\u2013", "/"))


def _is_span(bare: str, short: ShortYears) -> bool:
    """Whether a text can only be a span of years: its second number is no month, and no part of a year in use."""
    return bool(short.years) and not (short.month or _part(bare) or _SEASON.fullmatch(bare))


def _part(text: str) -> str:
    """Return the month or other part of a year that EDTF has for `2010-12`, `2016-33`; "" for none."""
    try:
        return read_stored(text).text
    except DateParseError:
        return ""


def _choice(readings: dict[str, str], rule: str) -> str:
    if rule == "month":
        return f"cannot be a month; if it means the years {readings['years']}, write that"
    return f"could be {readings['month']} or {readings['years']}. Use --year-months or --year-spans."
