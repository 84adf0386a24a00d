"""Stored dates as CSL has them: parts where they say all that is known, else the words that the program shows."""

from __future__ import annotations

import re
from typing import Any

from korea_cli.dates.format import show_stored

_PLAIN = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?(?:-XX)*([~?%]?)", re.ASCII)


def date_of(text: str) -> dict[str, Any]:
    """Give a valid stored date as CSL has it: `date-parts`, two for a span, or `literal`; CSL 1.0 takes no EDTF."""
    found = [_PLAIN.fullmatch(end) for end in text.split("/")]
    parts = [[int(number) for number in each.groups()[:3] if number] for each in found if each]
    if len(parts) < len(found):
        return {"literal": show_stored(text)}
    return {"date-parts": parts} | ({"circa": True} if any(each[4] for each in found if each) else {})
