"""Several questions that are put to a store as one statement."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.store.database import Store


class QueryPart(NamedTuple):
    """One of several questions: its SQL, the values to bind, and the names of its columns, those of texts first."""

    sql: str
    values: tuple[str | int, ...]
    texts: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    def padded(self, place: int, texts: int, numbers: int) -> str:
        """Return the SQL of its rows behind its place among others, with so many columns of texts and of numbers."""
        columns = [*self.texts, *["NULL"] * (texts - len(self.texts))]
        columns += [*self.numbers, *["NULL"] * (numbers - len(self.numbers))]
        return f"SELECT {place}, {', '.join(columns)} FROM ({self.sql})"  # noqa: S608 - values are bound


def rows_together(store: Store, parts: Sequence[QueryPart]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of several questions, each with the place of its question, in the order of these.

    Every engine yields the rows of a UNION ALL in the order of its parts.
    """
    texts, numbers = (max(len(each) for each in kind) for kind in zip(*(part[2:] for part in parts), strict=True))
    sql = " UNION ALL ".join(part.padded(place, texts, numbers) for place, part in enumerate(parts))
    for place, *row in store.rows(sql, tuple(value for part in parts for value in part.values)):
        part = parts[place]
        yield place, (*row[: len(part.texts)], *row[texts : texts + len(part.numbers)])


def ask_together(store: Store, parts: Sequence[QueryPart]) -> list[list[tuple[Any, ...]]]:
    """Return the rows of several questions, which are few."""
    found: list[list[tuple[Any, ...]]] = [[] for _ in parts]
    for place, row in rows_together(store, parts):
        found[place].append(row)
    return found
