"""What is behind the cells of a sheet: the addresses of links, and comments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CellExtras:
    """The addresses and the comment of each cell that has any; left_out: what is not read, by name."""

    links: dict[Place, list[str]] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def link(self, places: Iterable[Place], address: str) -> None:
        """Add an address to some cells."""
        for place in places if address.strip() else ():
            known = self.links.setdefault(place, [])
            if address.strip() not in known:
                known.append(address.strip())

    def comment(self, places: Iterable[Place], text: str, author: str = "") -> None:
        """Add a comment to a cell, with its author, who is often named in it already."""
        words = text.strip()
        for place in places if words else ():
            self.comments[place] = words if not author or words.startswith(author) else f"{author}: {words}"
