"""Several questions that are put to a store as one statement."""

from __future__ import annotations

from itertools import accumulate
from operator import itemgetter

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from korea_cli.store.database import Store


class QueryPart(NamedTuple):
    """One of several questions: its SQL, the values to bind, and the names of its columns, those of texts first.

    They are as many as those of its SQL, and in the same order.
    """

    sql: str
    values: tuple[str | int, ...]
    texts: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[tuple[str, ...], ...]:
        """The names of its columns of each kind."""
        return self.texts, self.numbers, self.blobs

    def padded(self, place: int, widths: Sequence[int]) -> str:
        """Return the SQL of its rows behind its place among others, with so many columns of each kind."""
        columns = [
            column for kind, width in zip(self.kinds, widths, strict=True)
            for column in (*kind, *["NULL"] * (width - len(kind)))
        ]  # fmt: skip
        return f"SELECT {place}, {', '.join(columns)} FROM ({self.sql})"  # noqa: S608 - values are bound


def rows_together(store: Store, parts: Sequence[QueryPart]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of several questions, each with the place of its question, in the order of these.

    Every engine yields the rows of a UNION ALL in the order of its parts. A single question is put as it is.
    """
    if len(parts) == 1:
        yield from ((0, row) for row in store.rows(parts[0].sql, parts[0].values))
        return
    widths = [max(map(len, kind)) for kind in zip(*(part.kinds for part in parts), strict=True)]
    starts = list(accumulate(widths, initial=1))
    own = [_columns(part.kinds, starts) for part in parts]
    sql = " UNION ALL ".join(part.padded(place, widths) for place, part in enumerate(parts))
    for row in store.rows(sql, tuple(value for part in parts for value in part.values)):
        yield row[0], own[row[0]](row)


def _columns(kinds: Sequence[Sequence[str]], starts: Sequence[int]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return what takes the columns of a question from a row of several; those of each kind start at some place."""
    places = [start + each for start, kind in zip(starts, kinds, strict=False) for each in range(len(kind))]
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


def ask_together(store: Store, parts: Sequence[QueryPart]) -> list[list[tuple[Any, ...]]]:
    """Return the rows of several questions, which are few."""
    found: list[list[tuple[Any, ...]]] = [[] for _ in parts]
    for place, row in rows_together(store, parts):
        found[place].append(row)
    return found
