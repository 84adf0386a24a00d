"""Find the address in a text that names a source, and the title of the source beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

URL = re.compile(r"https?://[^\s/<>\"][^\s<>\"]*", re.IGNORECASE)
_WEB = r"https?://(?:[^\s()<>]|\([^\s()<>]*\))+"
_LABEL = r"(?:[^][]|\[[^][]*\])*"
_LINK = re.compile(  # of Markdown: `[BBC](https://x.org "News")`
    rf"!?\[(?P<label>{_LABEL})\]\(\s*<?(?P<address>{_WEB})>?(?P<more>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)", re.IGNORECASE
)
_WIKI_LINK = re.compile(r"\[(?P<address>https?://[^\s<>\"\]]+)\s+(?P<label>[^][]+)(?P<more>)\]", re.IGNORECASE)
_LINKED = re.compile(r"(?:[^][;|\n]|\[[^][;|\n]*\])+")  # a label that is not taken apart
_BETWEEN_LINKS = re.compile(
    rf"(?<=\))(?:\s*[,;|]\s*|\s+(?:and|&)\s+|\s+)(?=\[{_LABEL}\]\(\s*<?https?://)", re.IGNORECASE
)
_PAIRS = {")": "(", "]": "["}


class NamedSource(NamedTuple):
    """What a text says of a source: its title and its address, each "" where it has none."""

    title: str
    address: str


def source_in(text: str) -> NamedSource:
    """Return the title and the address of the source that a text names, also as a link of Markdown or of a wiki."""
    if link := _LINK.search(text) or _WIKI_LINK.search(text):
        address, label = link["address"], f"{link['label']}{link['more'] or ''}"
        text = f"{text[: link.start()]}{label}{text[link.end() :]}"
    else:
        address = address_in(text)
        if address == text:  # as most are
            return NamedSource("", address)
    title = without_address(text, address) if address else text
    return NamedSource(_without_brackets(title), address)


def named_link(text: str, addresses: Sequence[str]) -> str:
    """Return a text with the addresses behind it as they would be written in one cell: `[BBC](https://x.org)`."""
    label, address = text.strip(), addresses[0]
    if len(addresses) == 1 and _LINKED.fullmatch(label) and re.fullmatch(_WEB, address, re.IGNORECASE):
        return f"[{label}]({address})"
    return "; ".join(filter(None, (label, *addresses)))


def split_links(text: str) -> list[str]:
    """Return the parts of a text that has links of Markdown one after the other, one for each."""
    return _BETWEEN_LINKS.split(text)


def address_in(text: str) -> str:
    """Return the address in a text, without the marks of the words around it: `Times (https://x.org/b).`."""
    found = URL.search(text)
    address = found[0] if found else ""
    while address != text and (address.endswith((".", ",", ";")) or _closes(address)):
        address = address[:-1]
    return address


def without_address(text: str, address: str) -> str:
    """Return the words around an address, without the marks that set it apart."""
    for mark in (f"({address})", f"<{address}>", f"[{address}]", address):
        text = text.replace(mark, "")
    text = re.sub(r"\s+\)", ")", text).strip(" ,;:-")
    balanced = text.count("(") == text.count(")") and not re.fullmatch(r"\([^()]*\)", text)
    return (text if balanced else text.strip(" ,;:()-")).removesuffix(" .").rstrip(" ,;:-")


def _closes(address: str) -> bool:
    """Whether an address ends with a bracket that it does not open."""
    return address.endswith((*_PAIRS,)) and address.count(_PAIRS[address[-1]]) < address.count(address[-1])


def _without_brackets(title: str) -> str:
    """Return a title without brackets around all of it: `[BBC]`."""
    whole = re.fullmatch(r"\[+([^][]*)\]+", title)
    return whole[1].strip() if whole else title
