"""TimelineJS: its sheet has the columns Year, Month, Day and Headline, its JSON a slide for each event."""

from __future__ import annotations

import re
from html import unescape

Values = dict[str, object]

HEADINGS = {"year", "headline"}  # by which its sheet is known
_DATE = ("year", "month", "day")
_BREAK = r"(?i)<br\s*/?>|</(p|li|div|h\d|blockquote)>"
_TAG = r"<[a-zA-Z/!][^<>]*>"


def is_slide(record: object) -> bool:
    """Whether an object of JSON is a slide."""
    return isinstance(record, dict) and isinstance(record.get("start_date"), dict)


def flatten(slide: Values) -> Values:
    """Return a slide by the headings of the sheet."""
    start, end, text, media = (_table(slide, key) for key in ("start_date", "end_date", "text", "media"))
    flat = {key: start.get(key) for key in _DATE}
    if clock := _clock(end):
        flat["end_date"] = f"{'-'.join(str(end[key]).zfill(2) for key in _DATE if end.get(key))} {clock}"
    else:
        flat |= {f"end_{key}": end.get(key) for key in _DATE}
    link = media.get("link") or media.get("url")
    flat |= {
        "time": _clock(start), "group": slide.get("group"),
        "display_date": slide.get("display_date") or start.get("display_date"),
        "headline": text.get("headline"), "text": text.get("text"), "unique_id": slide.get("unique_id"),
        "media": link if str(link or "").startswith("http") else None, "media_credit": media.get("credit"),
        "media_caption": media.get("caption"), "type": "era" if slide.get("era") else None,
    }  # fmt: skip
    return {key: value for key, value in flat.items() if value not in (None, "")}


def _table(slide: Values, key: str) -> Values:
    value = slide.get(key)
    return value if isinstance(value, dict) else {}


def _clock(part: Values) -> str:
    """Return the time of day of a date; "" where it has none."""
    hour, *others = (str(part.get(key) or "").zfill(2) for key in ("hour", "minute", "second"))
    if part.get("hour") in {None, ""}:
        return ""
    rest = others if part.get("second") else others[:1]
    fraction = f".{part['millisecond']:0>3}" if part.get("second") and part.get("millisecond") else ""
    return ":".join((hour, *rest)) + fraction


def plain_text(html: str) -> str:
    """Return the text of a slide without HTML."""
    if "<" not in html and "&" not in html:
        return html
    lines = unescape(re.sub(_TAG, "", re.sub(_BREAK, "\n", html))).splitlines()
    return "\n".join(line for each in lines if (line := " ".join(each.split())))
