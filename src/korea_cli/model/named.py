"""A record by its type, id and title."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """A record by its type and id, with its title, name, label or text."""

    type: str
    id: str
    title: str
