"""HTML in cells: its text, and what it links to, quotes and shows."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_BREAK = r"(?i)<br\s*/?>|</(p|li|div|h\d|blockquote)>"
_TAG = r"<[a-zA-Z/!][^<>]*>"
_LINK = re.compile(r"(?is)<a\b[^<>]*?\bhref\s*=\s*([\"'])(.*?)\1[^<>]*>(.*?)</a>")
_QUOTE = re.compile(r"(?is)<blockquote\b[^<>]*>(.*?)</blockquote>")
_SHOWN = re.compile(r"(?is)<(?:img|iframe|video|audio|source|embed)\b[^<>]*?\bsrc\s*=\s*([\"'])(.*?)\1[^<>]*>")
_WEB = re.compile(r"(?i)https?://")


class HtmlParts(NamedTuple):
    """A text of HTML without its quotations, and these; its links with their texts; what it shows, by address.

    All but the addresses is HTML, which is to be read as a text once: `&lt;b&gt;` is no tag.
    """

    text: str
    quotes: list[str]
    links: list[tuple[str, str]]
    shown: list[str]


def html_parts(html: str) -> HtmlParts:
    """Split HTML into its parts; the text of a link stays in the text, as does an address that is none of the web."""
    if "<" not in html:
        return HtmlParts(html, [], [], [])
    links = [(unescape(match[2]), match[3]) for match in _LINK.finditer(html)]
    text = _LINK.sub(lambda match: match[3] if _WEB.match(match[2]) else match[0], html)
    quotes = [match[1] for match in _QUOTE.finditer(text) if plain_text(match[1])]
    shown = [unescape(match[2]) for match in _SHOWN.finditer(text)]
    rest = _SHOWN.sub("", _QUOTE.sub("\n", text))
    return HtmlParts(rest, quotes, [each for each in links if _WEB.match(each[0])], shown)


def plain_text(html: str) -> str:
    """Return the text of HTML, with the addresses of links, and of what it shows, in brackets."""
    if "<" not in html and "&" not in html:
        return html
    linked = _LINK.sub(lambda match: f"{match[3]} ({match[2]})", html)
    shown = _SHOWN.sub(lambda match: "" if match[2].startswith("data:") else f" ({match[2]})", linked)
    lines = unescape(re.sub(_TAG, "", re.sub(_BREAK, "\n", shown))).splitlines()
    return "\n".join(line for each in lines if (line := " ".join(each.split())))
