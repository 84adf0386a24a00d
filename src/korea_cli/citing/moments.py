"""Links to a moment of a recording: a locator that is a clock time, such as `1:02:33`, is added to the address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from korea_cli.model.choices import SOURCE_TYPES

# Elsewhere, `12:33` may be a page and a line. Types that a chronology has added may be recordings, such as podcasts.
_WITHOUT_CLOCK = {*SOURCE_TYPES} - {"video", "broadcast", "hearing", "interview"}
_CLOCK = r"(?:(?P<h>\d{1,3}):)?(?P<m>[0-5]?\d):(?P<s>[0-5]\d)(?:\.\d+)?"
_UNITS = r"(?=\d+[hms])(?:(?P<h>\d{1,3})h)?(?:(?P<m>\d{1,4})m)?(?:(?P<s>\d{1,6})s)?"
_SECONDS = r"t=(?P<s>\d{1,6})(?P<h>)(?P<m>)"
_YOUTUBE = re.compile(r"(?:www\.|m\.|music\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)")
_VIMEO = re.compile(r"(?:www\.|player\.)?vimeo\.com")


def moment_in(locator: str) -> tuple[int, int | None] | None:
    """Return the second at which a place in a recording begins, and that at which it ends; None for other places.

    It is a clock time as players show it (`1:02:33`), or as addresses have it (`t=62`, `1m2s`), or two of them.
    """
    first, between, last = re.sub("[–—]", "-", locator).partition("-")
    start, end = _seconds(first.strip()), _seconds(last.strip())
    if start is None or (between and (end is None or end <= start)):
        return None
    return start, end


def _seconds(text: str) -> int | None:
    bare = text.removeprefix("t=")
    for form, each in ((_CLOCK, bare), (_UNITS, bare), (_SECONDS, text)):
        if found := re.fullmatch(form, each, re.ASCII):
            hours, minutes, seconds = (int(found[unit] or 0) for unit in "hms")
            return hours * 3600 + minutes * 60 + seconds
    return None


def timed_address(url: str | None, locator: str | None, source_type: str | None) -> str:
    """Return the address of a source, for a recording of the moment that a locator names; "" without an address.

    YouTube has a parameter for it, Vimeo a fragment; all others get a media fragment of the W3C, which browsers know
    and servers never see. What else is in the query stays, and so does a fragment with another meaning.
    """
    moment = moment_in(locator or "")
    if not (url and moment) or source_type in {*_WITHOUT_CLOCK, None}:
        return url or ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return url
    if _YOUTUBE.fullmatch(host):
        return _with_parameter(url, moment[0])
    start, end = moment
    value = f"{start}s" if _VIMEO.fullmatch(host) else f"{start},{end}" if end else str(start)
    address, _, fragment = url.partition("#")
    return url if fragment and not fragment.startswith("t=") else f"{address}#t={value}"


def _with_parameter(url: str, start: int) -> str:
    """Return an address of YouTube with the second at which to start, instead of one that it may have."""
    whole, mark, fragment = url.partition("#")
    address, _, query = whole.partition("?")
    embedded = "/embed/" in address
    key, value = ("start", str(start)) if embedded else ("t", f"{start}s")
    others = [each for each in query.split("&") if each and each.partition("=")[0] != key]
    return f"{address}?{'&'.join([*others, f'{key}={value}'])}{mark}{fragment}"
