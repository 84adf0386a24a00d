"""TimelineJS: its sheet with Year, Month, Day and Headline, and its JSON with a slide for each event."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

HEADINGS = {"year", "headline"}  # by which its sheet is known
_DATE = ("year", "month", "day")
_BREAK = r"(?i)<br\s*/?>|</(p|li|div|h\d|blockquote)>"
_TAG = r"<[a-zA-Z/!][^<>]*>"


def is_slide(record: object) -> bool:
    """Say whether an object of JSON is a slide."""
    return isinstance(record, dict) and isinstance(record.get("start_date"), dict)


def flattened(slide: dict[str, Any]) -> dict[str, Any]:
    """Give a slide by the headings that the sheet has."""
    start, end, text, media = (_table(slide, key) for key in ("start_date", "end_date", "text", "media"))
    flat = {key: start.get(key) for key in _DATE} | {f"end_{key}": end.get(key) for key in _DATE}
    hour, minute = (str(start.get(key) or 0).zfill(2) for key in ("hour", "minute"))
    clock = f"{hour}:{minute}" if "hour" in start else None
    link = media.get("link") or media.get("url")
    flat |= {
        "time": clock, "group": slide.get("group"),
        "display_date": slide.get("display_date") or start.get("display_date"),
        "headline": text.get("headline"), "text": text.get("text"), "unique_id": slide.get("unique_id"),
        "media": link if str(link or "").startswith("http") else None, "media_credit": media.get("credit"),
        "media_caption": media.get("caption"), "type": "era" if slide.get("era") else None,
    }  # fmt: skip
    return {key: value for key, value in flat.items() if value not in {None, ""}}


def _table(slide: dict[str, Any], key: str) -> dict[str, Any]:
    value = slide.get(key)
    return value if isinstance(value, dict) else {}


def plain(html: str) -> str:
    """Give the words of a slide's text without what is written for a page."""
    if "<" not in html and "&" not in html:
        return html
    lines = unescape(re.sub(_TAG, "", re.sub(_BREAK, "\n", html))).splitlines()
    return "\n".join(line for each in lines if (line := " ".join(each.split())))
