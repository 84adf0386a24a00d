"""Timestamps of mail, of programs and of JavaScript, with their parts in the order of others: day, time, zone."""

from __future__ import annotations

import re

_CLOCK = r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?)"
_OFFSET = r"[+-]\d{4}"
# `Tue Jul 4 09:10:00 2017`, `Tue Jul 04 09:10:00 +0900 2017`, `Tue Jul 4 09:10:00 2017 +0900`
_YEAR_LAST = re.compile(
    rf"(?P<day>(?:\w{{3}},? )?\w{{3,9}} \d{{1,2}}) {_CLOCK}(?: (?P<zone>[A-Z]{{3,4}}|{_OFFSET}))? (?P<year>\d{{4}})"
    rf"(?: (?P<offset>{_OFFSET}))?"
)
# `09:10, 4 July 2017 (UTC)`
_CLOCK_FIRST = re.compile(rf"{_CLOCK},? (?P<day>\D*\d.*?\d{{4}})(?: \(?(?P<zone>UTC|GMT)\)?)?")
_DIGITS = re.compile(r"(?P<day>\d{8})(?P<clock>[0-2]\d[0-5]\d(?:[0-5]\d)?)", re.ASCII)
_MAIL = re.compile(r"(?P<before>[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} [\d:]+) (?P<zone>[A-Z]{2,3})", re.ASCII)
_ZONES_OF_MAIL = {  # the only ones that RFC 822 defines
    "UT": "UTC", "EDT": "-0400", "EST": "-0500", "CDT": "-0500", "CST": "-0600", "MDT": "-0600", "MST": "-0700",
    "PDT": "-0700", "PST": "-0800",
}  # fmt: skip


def reordered(text: str) -> str:
    """Return a timestamp as day, time and zone; any other text as it is."""
    if match := _DIGITS.fullmatch(text):
        return f"{match['day']}T{match['clock']}"
    if ":" not in text:
        return text
    if match := _MAIL.fullmatch(text):
        return f"{match['before']} {_ZONES_OF_MAIL.get(match['zone'], match['zone'])}"
    if match := _YEAR_LAST.fullmatch(text):
        zone = match["zone"] or match["offset"] or ""
        return f"{match['day']} {match['year']} {match['clock']} {zone}".rstrip()
    if match := _CLOCK_FIRST.fullmatch(text):
        return f"{match['day']} {match['clock']} {match['zone'] or ''}".rstrip()
    return text
