"""What a field of a query is, and what its values are read against."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.dates.days import Day
    from korea_cli.dates.spans import Span
    from korea_cli.query.conditions import Condition
    from korea_cli.store.database import Store

DATED = ("event", "fact")
ALL = ("event", "fact", "actor", "topic", "source")


class QueryContext(NamedTuple):
    """What terms are resolved against: the store, the types of record, the day "today", the file's own words.

    store: all records, also those not known by `known_by`. opposed: whether an actor or source that disputes a record
    counts among its actors and sources, and what was withdrawn is meant too. named: whether the records are named, and
    not searched for. certain: whether a vague date counts only where it matches certainly, not already where it may.
    withdrawn: whether anything is. standing: the condition on the events and facts that are not.
    """

    store: Store
    types: tuple[str, ...]
    today: Day
    own_words: Mapping[str, Sequence[str]] = {}
    known_by: Day | None = None
    opposed: bool = False
    named: bool = False
    certain: bool = False
    withdrawn: bool = False
    standing: Condition = ALWAYS


class Filter(NamedTuple):
    """A field of a query; several values of it are alternatives, unless `every` one must match.

    of_tally: whether it is about the numbers counted for the records of a list. choices: the allowed words, for any
    type. number: whether it compares a number. timed: whether a vague date may match it without being certain to.
    values: returns those that records have, to choose one from.
    """

    help: str
    types: tuple[str, ...]
    condition: Callable[[QueryContext, str], Condition]
    every: bool = False
    of_tally: bool = False
    choices: tuple[str, ...] = ()
    number: bool = False
    timed: bool = False
    values: Callable[[Store, str], Sequence[str]] | None = None


def read_days(text: str, today: Day) -> Span:
    """Parse a typed date or range; raises DateError."""
    from korea_cli.dates.parse import parse_typed  # noqa: PLC0415 - most queries contain no date

    return parse_typed(text, today)


def is_list(types: Sequence[str]) -> bool:
    """Return whether records of these types are listed with the number of events and facts of each."""
    return len(types) == 1 and types[0] in ROLES_BY_TYPE
