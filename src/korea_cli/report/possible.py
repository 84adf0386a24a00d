"""How much of what a report lists or counts is only possibly in the range, or was only possibly known."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.query.tables import possible_among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query


class Possible(NamedTuple):
    """How many of the records that a report lists, or counts, are only possibly in the range, and of how many.

    noun: for them, where they are not what it lists.
    """

    number: int = 0
    among: int = 0
    noun: str = ""


def possible_of(chronology: Chronology, query: Query, *types: str) -> Possible:
    """Return how many of the records of some types that a query finds are only possible; none without a range."""
    if not query.limits_time:
        return Possible()
    return Possible(*possible_among(chronology.store, query, query.own, types), noun_of(types))


def noun_of(types: Sequence[str]) -> str:
    """Return the noun for records of some types: `events and facts`."""
    return " and ".join(f"{type_}s" for type_ in types)
