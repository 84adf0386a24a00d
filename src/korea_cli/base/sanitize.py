"""Which characters of data must not reach a terminal, and how JSON writes them."""

from __future__ import annotations

import re
from json import dumps

# Patterns are texts: compiling one takes a millisecond, and most answers have nothing to remove.
_BREAKS = "\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029"  # these end a line, so that words are separate
# They control a terminal, end a line or change the direction of text.
UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]"
# These are safe but cannot be seen, so that two texts look the same and are not. Joiners and variation selectors, which
# emoji, Indic and Persian texts need, are not among them.
INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
SURROGATES = "[\ud800-\udfff]"  # halves of characters, which JSON may contain and a file cannot


def clean(text: str) -> str:
    """Remove control and direction-changing characters; keep tab and newline, other line ends become blanks."""
    if text.isprintable():  # nothing that is unsafe is
        return text
    separate = re.sub(f"(?!\r\n)[{_BREAKS}]", " ", text)
    return re.sub(UNSAFE, "", separate)


def clean_line(text: str) -> str:
    """Clean a text that must stay on one line: its tabs and newlines become spaces."""
    return text if text.isprintable() else re.sub("[\t\n]", " ", clean(text))


def ascii_json(text: str) -> str:
    """Escape everything in JSON text that is not ASCII; the value stays the same."""
    return text if text.isascii() else re.sub("[^\x00-\x7f]", lambda found: dumps(found[0])[1:-1], text)


def escape_json(text: str) -> str:
    """Escape what `json.dumps` leaves raw although a terminal or a script would act on it; the value stays the same."""
    if text.isprintable():  # nothing that is unsafe is
        return text
    return re.sub(f"{UNSAFE}|{SURROGATES}", lambda found: f"\\u{ord(found[0]):04x}", text)
