"""Values in quotation marks of any script, as word processors put them too; a backslash keeps a mark within one."""

from __future__ import annotations

_CLOSING = {'"': '"', "“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "「": "」", "『": "』", "《": "》"}
_MARKS = "".join(dict.fromkeys("".join((*_CLOSING, *_CLOSING.values()))))


def is_opening(mark: str) -> bool:
    """Return whether a character may begin a value in quotation marks."""
    return mark in _CLOSING


def end_of_quoted(text: str, start: int, end: int) -> int | None:
    """Return where what begins with a quotation mark ends, after the mark that closes it; None if it is not closed."""
    opening, closing = text[start], _CLOSING[text[start]]
    at, depth = start + 1, 1
    while at < end and depth:
        if text[at] == "\\" and text[at + 1 : at + 2] in {"\\", *_MARKS}:
            at += 1
        elif text[at] in closing:
            depth -= 1
        elif text[at] == opening:
            depth += 1
        at += 1
    return at if depth == 0 and at <= end else None


def unquoted(value: str) -> str:
    """Return what is in quotation marks, if all of a value is; else the value as it is."""
    if not is_opening(value[:1]) or end_of_quoted(value, 0, len(value)) != len(value):
        return value
    import re  # noqa: PLC0415 - few values have quotation marks

    return re.sub(rf"\\([\\{_MARKS}])", r"\1", value[1:-1]).strip()
