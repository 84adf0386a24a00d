"""Whether a stored date falls in a window of days, from its four bounds: what the SQL of a query must agree with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.spans import OPEN_END

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate


def is_possible(date: StoredDate, first: int, last: int) -> bool:
    """Return whether a date may overlap the window [first, last], ordinals or OPEN_START and OPEN_END."""
    return date.start_min <= last and date.end_max >= first


def is_certain(date: StoredDate, first: int, last: int, known_until: int = OPEN_END) -> bool:
    """Return whether a date is certain to overlap the window [first, last], ordinals or OPEN_START and OPEN_END."""
    return date.start_max <= last and date.lasts_until(known_until) >= first and not date.qualified
