"""The settings of a query, as a person or a program gives them."""

from __future__ import annotations

import sys
from functools import partial

from korea_cli.base.arguments import instance, texts
from korea_cli.base.errors import ArgumentError
from korea_cli.base.hints import TYPE_CHECKING, Any, TypeVar
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.arguments import typed_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from korea_cli.dates.days import Day

    Texts = tuple[str, ...] | list[str]
    TypedDate = str | dt.date | Day | None

T = TypeVar("T")


class Selection(NamedTuple):
    """What to select, in the words a person types.

    terms: `field:value` or words, with or without `not:` before them. Terms with the same field are alternatives.
    since, until, period: typed dates, both ends included; `period` excludes the other two. `since` and `until` may also
    be the ids of events. around: a typed date or the id of an event, with so many `days` on both sides of it.
    known_by: a typed date: only what may have been known by its last day. certain: only records certain to fall in the
    window and to be known. today: the day that "today" means. with_withdrawn: whether to select, and count, what was
    withdrawn too.
    actors, topics, kinds, sources, statuses: the same as terms of those fields.
    limit: at most so many records. reverse: reverse the order. sort: the key to order by instead of the date.
    """

    terms: Texts = ()
    since: TypedDate = None
    until: TypedDate = None
    period: TypedDate = None
    certain: bool = False
    today: TypedDate = None
    actors: Texts = ()
    topics: Texts = ()
    kinds: Texts = ()
    sources: Texts = ()
    statuses: Texts = ()
    limit: int | None = None
    reverse: bool = False
    sort: str | None = None
    around: TypedDate = None
    days: int | None = None
    known_by: TypedDate = None
    with_withdrawn: bool = False

    def __repr__(self) -> str:
        fields = ((name, value) for name, value in self._asdict().items() if value != self._field_defaults[name])
        return f"Selection({', '.join(f'{name}={value!r}' for name, value in fields)})"

    def listed(self, found: Sequence[T]) -> Sequence[T]:
        """Return what was found as far as it is listed: reversed, and cut."""
        return found[:: -1 if self.reverse else 1][: self.limit]

    @property
    def named_terms(self) -> tuple[str, ...]:
        """The terms given as actors, topics, kinds, sources and statuses."""
        named = {
            "actor": self.actors, "topic": self.topics, "kind": self.kinds,
            "source": self.sources, "status": self.statuses,
        }  # fmt: skip
        return tuple(f"{field}:{value}" for field, values in named.items() for value in values)

    @property
    def all_terms(self) -> tuple[str, ...]:
        """All terms."""
        return (*self.terms, *self.named_terms)


def checked(selection: object) -> Selection:
    """Return a selection whose values are of the documented types; raises ArgumentError for any other."""
    if not isinstance(selection, Selection):
        write = f"Selection(terms=[{selection!r}])" if isinstance(selection, str) else ""
        raise ArgumentError("selection", "a Selection", type(selection).__name__, write)
    fields = selection._asdict().items()
    return Selection(**{name: _CHECKS.get(name, texts)(name, value) for name, value in fields})


def _number(name: str, value: object) -> int | None:
    """Return a number, reduced to the largest number that SQLite and `islice` accept."""
    return None if value is None else min(instance(name, value, int, "a whole number or None"), sys.maxsize)


def _sort(name: str, value: object) -> str | None:
    return None if value is None else instance(name, value, str, "a string")


_flag = partial(instance, of=bool, takes="True or False")
_CHECKS: dict[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(("since", "until", "period", "today", "around", "known_by"), typed_day),
    "certain": _flag, "reverse": _flag, "with_withdrawn": _flag, "limit": _number, "days": _number, "sort": _sort,
}  # fmt: skip
