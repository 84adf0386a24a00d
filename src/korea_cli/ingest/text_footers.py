"""What calendars and timelines have below the text of an event, which is no part of it: claims and its permalink."""

from __future__ import annotations

import re

PERMALINK = "Permalink: "
_LINES = re.compile(rf"(?:\n(?:Claimed[^\n]*: |{PERMALINK})[^\n]*)+\Z")
_START, _END = '<div class="korea">', "</div>"
_BLOCK = re.compile(f"{_START}.*?{_END}", re.DOTALL)


def added_block(html: str) -> str:
    """Mark HTML as what is below a text."""
    return f"{_START}{html}{_END}" if html else ""


def without_block(html: object) -> object:
    """Return the HTML of a slide without what is below its text."""
    return _BLOCK.sub("", html) if isinstance(html, str) else html


def split_lines(text: str) -> tuple[str, str]:
    """Return a text without the lines below it, and the address in these; "" without one."""
    found = _LINES.search(text)
    address = re.search(rf"^{PERMALINK}(\S+)", found[0], re.MULTILINE) if found else None
    return _LINES.sub("", text), address[1] if address else ""
