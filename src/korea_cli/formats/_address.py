"""The address where a page will be, as it is typed: what would make links that are broken or run is refused."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from korea_cli.base.errors import UsageError

_FORBIDDEN = re.compile(r"""[\s"'<>\\^`{|}\x00-\x1f\x7f]""")  # in addresses, and in what they are written into


def require_page_address(address: str) -> None:
    """Raise UsageError for an address to which links to single records cannot be added; "" is none."""
    problem = _problem(address) if address else ""
    if problem:
        raise UsageError(f"'--base-url {address}' {problem}")


def _problem(address: str) -> str:
    if not re.match("https?://", address, re.IGNORECASE):
        return "is not the address of a page: write one that begins with https:// or http://"
    if "#" in address:
        return "has a part after '#', where links name a record: leave it out"
    if found := _FORBIDDEN.search(address):
        character = "a space" if found.group() == " " else repr(found.group())
        return f"has {character}, which addresses cannot have: write %{ord(found.group()):02X}"
    try:
        parts = urlsplit(address)
        known = bool(parts.hostname and parts.hostname.strip(".")) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that cannot be
        known = False
    return "" if known else "does not name a host: write one such as https://example.org/page.html"
