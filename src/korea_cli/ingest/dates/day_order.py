"""Decide for a whole column which of two numbers is the day, by the dates that can only be read in one order."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from korea_cli.dates.typed_day import split_qualifier
from korea_cli.ingest.dates.clocks import usual_clock
from korea_cli.ingest.dates.column_forms import ASK, ColumnForms
from korea_cli.ingest.dates.dates import full_year
from korea_cli.ingest.dates.numeric import AmbiguousOrderError, order_of
from korea_cli.ingest.dates.weekdays import split_weekday

if TYPE_CHECKING:
    from korea_cli.ingest.dates.column_forms import Evidence
    from korea_cli.ingest.dates.dates import DateRules

_CANDIDATE = re.compile(r"(?<!\d)\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}\d{2}", re.ASCII)
_CLOCK = re.compile(r"(?:T|,? )\d{1,2}:.*", re.ASCII)


def day_orders(rules: DateRules) -> ColumnForms:
    """Return what decides which comes first in the dates of each column, "day" or "month"."""
    words = {order: f"with the {order} first" for order in ("day", "month")}
    return ColumnForms(rules.order, partial(_order_in, rules=rules), _decide, words)


def _decide(evidence: Evidence) -> str:
    return ASK if len(evidence) > 1 else next(iter(evidence), "")


def refusal(evidence: Evidence, error: AmbiguousOrderError) -> AmbiguousOrderError:
    """Return why a date is rejected whose order its column does not decide."""
    if _decide(evidence) != ASK:
        return error
    return AmbiguousOrderError(
        f"{error} Its column has dates with the day first ('{evidence['day']}') and with the month first"
        f" ('{evidence['month']}')."
    )


@lru_cache(maxsize=20_000)
def _order_in(text: str, rules: DateRules) -> str:
    if not _CANDIDATE.search(text):
        return ""
    plain = _CLOCK.sub("", usual_clock(split_qualifier(" ".join(text.split()))[0]).text)
    dated = split_weekday(plain)
    return order_of(dated.rest if dated else plain, partial(full_year, rules=rules))
