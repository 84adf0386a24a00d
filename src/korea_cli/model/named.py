"""A record by its type, its id and the words it is shown by."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """A record by its type and id, with the words it is shown by."""

    type: str
    id: str
    title: str
