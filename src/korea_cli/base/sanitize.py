"""Keep data from driving what shows it: which characters may reach a terminal, and how JSON writes the others."""

from __future__ import annotations

import re
from json import dumps

# Patterns are texts: compiling one takes a millisecond, and most answers are plain ASCII.
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
_BREAKS = "\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029"  # these end a line, so that words stand apart
UNSAFE = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_DIRECTIONS}]"
# No harm on a terminal, but nobody sees them: two texts look the same and are not. What emoji, Indic and Persian texts
# need (joiners, variation selectors) is not among them.
INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_NOT_ASCII = "[^\x00-\x7f]"
HALVES = "[\ud800-\udfff]"  # of letters, which JSON may have and no file


def clean(text: str) -> str:
    """Remove control and direction-changing characters; tab and newline stay, what else ends a line is a blank."""
    if text.isascii() and text.isprintable():
        return text
    apart = re.sub(f"(?!\r\n)[{_BREAKS}]", " ", text)
    return re.sub(UNSAFE, "", apart)


def clean_line(text: str) -> str:
    """Clean a text that must stay on one line: its tabs and newlines become blanks."""
    return text if text.isascii() and text.isprintable() else re.sub("[\t\n]", " ", clean(text))


def ascii_json(written: str) -> str:
    """Escape whatever is not ASCII in JSON text; the value stays exact."""
    return written if written.isascii() else re.sub(_NOT_ASCII, lambda found: dumps(found[0])[1:-1], written)


def escape_json(written: str) -> str:
    """Escape what `json.dumps` leaves raw although a terminal or a script would act on it; the value stays exact."""
    if written.isascii() and written.isprintable():
        return written
    return re.sub(f"{UNSAFE}|{HALVES}", lambda found: f"\\u{ord(found[0]):04x}", written)
