"""Find the address in a text that names a source."""

from __future__ import annotations

import re

URL = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)


def address_in(text: str) -> str:
    """Return the address in a text, without the marks of the words around it: `Times (https://x.org/b).`."""
    found = URL.search(text)
    address = found[0] if found else ""
    while address != text and (address.endswith((".", ",", ";")) or _closes(address)):
        address = address[:-1]
    return address


def without_address(text: str, address: str) -> str:
    """Return the words around an address, without the marks that set it apart."""
    words = text.replace(f"({address})", "").replace(address, "")
    return words.strip(" ,;:()-").removesuffix(" .").rstrip(" ,;:-")


def _closes(address: str) -> bool:
    """Whether an address ends with a bracket that it does not open."""
    return address.endswith(")") and address.count("(") < address.count(")")
