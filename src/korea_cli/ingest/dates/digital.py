"""Whether a date was written in digits as it is stored, so that its text has nothing to add."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[-+]?\d[\d\s./:,TZ+\u2212~?%-]*", re.ASCII | re.IGNORECASE)
_SINGLE = re.compile(r"(?<!\d)(?=\d(?!\d))")
_PART_OF_YEAR = re.compile(r"-?\d{4}-(?:2[1-9]|3\d|4[01])(?!\d)", re.ASCII)


def is_digital(text: str, stored: str) -> bool:
    """Whether a text is a date in digits, year first, that says no other date than the stored one."""
    if text == stored:
        return True
    if not _PLAIN.fullmatch(text) or _PART_OF_YEAR.match(text):
        return False
    return _digits(text).startswith(_digits(stored))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", _SINGLE.sub("0", text))
