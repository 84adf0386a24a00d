"""Keep data from driving what shows it: which characters may reach a terminal, and how JSON writes the others."""

from __future__ import annotations

import re
from json import dumps

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Patterns are texts: compiling one takes a millisecond, and most answers are plain ASCII.
UNSAFE = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{BIDIRECTIONAL}]"
_NOT_ASCII = "[^\x00-\x7f]"
_RAW_IN_JSON = f"[\x7f-\x9f\u2028\u2029{BIDIRECTIONAL}\ud800-\udfff]"


def clean(text: str) -> str:
    """Remove control and direction-changing characters; tab and newline stay."""
    return text if text.isascii() and text.isprintable() else re.sub(UNSAFE, "", text)


def clean_line(text: str) -> str:
    """Clean a text that must stay on one line: its tabs and newlines become blanks."""
    return (
        text
        if text.isascii() and text.isprintable()
        else re.sub(UNSAFE, "", text).replace("\t", " ").replace("\n", " ")
    )


def ascii_json(written: str) -> str:
    """Escape whatever is not ASCII in JSON text; the value stays exact."""
    return written if written.isascii() else re.sub(_NOT_ASCII, lambda found: dumps(found[0])[1:-1], written)


def escape_json(written: str) -> str:
    """Escape what `json.dumps` leaves raw although a terminal or a script would act on it; the value stays exact."""
    if written.isascii() and written.isprintable():
        return written
    return re.sub(_RAW_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", written)
