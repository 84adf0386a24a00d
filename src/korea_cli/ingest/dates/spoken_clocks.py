"""Read times of day as people say them, in the usual spelling: `2pm`, `14h30`, `14.30 Uhr`, `1400 hrs`, `14時30分`."""

from __future__ import annotations

import re
from typing import NamedTuple

OFFSET_OR_UTC = r"(?P<zone>Z|(?:(?:UTC|GMT) ?)?(?:[+\u2212-]\d\d?(?::?\d\d)?)?)"
_HALF = r"[ap]\.? ?m\b\.?"
_EAST_ASIAN = re.compile(
    r"(?:(?P<am>午前|오전|上午)|(?P<pm>午後|오후|下午))? ?(?P<hour>\d{1,2}) ?[時时點点시]"
    r"(?: ?(?P<minute>\d{1,2}) ?[分분])?$"
)
# Each at the end of a text, with its hour and its minutes; the last two have no minutes.
_FORMS = tuple(
    re.compile(rf"(?:^|(?<=[\sT,])){form}(?P<rest>(?: ?{_HALF})? ?{OFFSET_OR_UTC})$", re.ASCII | re.IGNORECASE)
    for form in (
        r"(\d{1,2}) ?h ?([0-5]\d)(?: ?m(?:in)?\.?)?",
        rf"(\d{{1,2}})\.([0-5]\d)(?: ?Uhr|(?= ?{_HALF}))",
        r"(\d\d)([0-5]\d)(?:(?=Z)| ?h(?:ou)?rs?\.?)",
        r"(?<!.)(\d\d)([0-5]\d)(?= ?(?:UTC|GMT))",  # not the year of `16 May 2031 UTC`
        r"(\d{1,2}):([0-5]\d(?::\d\d)?) ?(?:Uhr|h(?:(?:ou)?rs?)?\.?)",
        r"(\d{1,2}) ?(?:Uhr|h)()",
        rf"(\d{{1,2}})()(?= ?{_HALF})",
    )
)
_LATEST_LETTER = 12  # from the end of a text with a time and a zone


class SpokenClock(NamedTuple):
    """A text with a time at its end in the usual spelling; `whole`: only the hour was written."""

    text: str
    whole: bool = False


def usual_clock(text: str) -> SpokenClock:
    """Return a text with the time at its end in the usual spelling; any other text as it is."""
    if not any(map(str.isalpha, text[-_LATEST_LETTER:])):
        return SpokenClock(text)
    if match := _EAST_ASIAN.search(text):
        half = " am" if match["am"] else " pm" if match["pm"] else ""
        before = text[: match.start()].rstrip()
        clock = f"{match['hour']}:{match['minute'] or '0':0>2}{half}"
        return SpokenClock(f"{before} {clock}".lstrip(), not match["minute"])
    for form in _FORMS:
        if match := form.search(text):
            clock = f"{match[1]}:{match[2] or '00'}{match['rest']}"
            return SpokenClock(text[: match.start()] + clock, not match[2])
    return SpokenClock(text)
