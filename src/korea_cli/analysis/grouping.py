"""Count events and facts by dimensions: SQL counts those that have the same, and all questions are put at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain

from korea_cli.analysis.dimensions import DIMENSIONS, NEVER, POSSIBLE, ValueReader, rows_to_count
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.query.field import DATED
from korea_cli.query.together import QueryPart, rows_together
from korea_cli.store.sql import EACH_ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.query.conditions import Condition
    from korea_cli.store.sql import Counting


class Counted(NamedTuple):
    """How many records of a type have some values, and how many of these are only possible."""

    type: str
    number: int
    possible: int

    def add_to(self, counter: Counter[str]) -> None:
        """Add these numbers to those of a value."""
        counter[self.type] += self.number
        counter[POSSIBLE] += self.possible


class Grouping:
    """Questions for how many records have the same values of some dimensions; several such groups of dimensions.

    parts: the questions, those for what ids stand for first.
    """

    def __init__(
        self,
        own: Condition,
        groups: Sequence[Sequence[str]],
        possible: Condition,
        types: Sequence[str] = DATED,
        counting: Counting = EACH_ROW,
    ) -> None:
        """Count the records of some types that meet a condition, and those of them that are only possible."""
        self._groups = groups
        self._readers = {name: ValueReader(name) for name in dict.fromkeys(chain.from_iterable(groups))}
        self._of_ids = [name for name in self._readers if DIMENSIONS[name].of]
        self.parts = [part for name in self._of_ids for part in DIMENSIONS[name].parts]
        self.parts += [_part(own, names, possible, types, counting) for names in groups]

    def read(
        self, rows: Iterable[tuple[int, tuple[Any, ...]]]
    ) -> Iterator[tuple[Sequence[str], Counted, list[Collection[str]]]]:
        """Yield the dimensions of a group, how many records have the same, and their values, from rows of the parts."""
        for place, row in rows:
            if place < len(self._of_ids):
                self._readers[self._of_ids[place]].add(*row)
                continue
            names = self._groups[place - len(self._of_ids)]
            type_, *cells, number, possible = row
            values = [self._readers[name].read(cell) for name, cell in zip(names, cells, strict=True)]
            yield names, Counted(type_, number, possible), values

    def count(self, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> dict[str, dict[str, Counter[str]]]:
        """Count by each dimension: by type, and what is only possible, for each value."""
        found: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in self._readers}
        for names, counted, values in self.read(rows):
            for name, each in zip(names, values, strict=True):
                for value in each if counted.type in DIMENSIONS[name].types else ():
                    counted.add_to(found[name][value])
        return found


def _part(
    own: Condition, names: Sequence[str], possible: Condition, types: Sequence[str], counting: Counting
) -> QueryPart:
    """Return the question for how many records have the same; what they refer to is only looked up for all of these."""
    types = [type_ for type_ in types if any(type_ in DIMENSIONS[name].types for name in names)]
    rows, values = rows_to_count(own, types, *names, counting=counting)
    columns = "".join(f", {DIMENSIONS[name].value} AS c{place}" for place, name in enumerate(names))
    keys = ("type", *(f"c{place}" for place in range(len(names))))
    sql = (
        f"SELECT {', '.join(keys)}, {counting.number()} AS number,"  # noqa: S608 - values are bound
        f" {counting.number('possible IS TRUE')} AS doubtful FROM"
        f" (SELECT entry.type AS type, {possible.sql} AS possible{columns}{counting.column} {rows})"
        f" GROUP BY {', '.join(keys)}"
    )
    return QueryPart(sql, (*possible.values, *values), keys, ("number", "doubtful"))


def count_each(
    chronology: Chronology, own: Condition, names: Collection[str], possible: Condition = NEVER
) -> dict[str, dict[str, Counter[str]]]:
    """Count what meets a condition by each of some dimensions: by type, and what is only possible, for each value.

    Those that each record has one value of are counted together: few of their values differ.
    """
    at_once: defaultdict[object, list[str]] = defaultdict(list)
    for name in names:
        at_once[DIMENSIONS[name].of and name, DIMENSIONS[name].in_time].append(name)
    if not at_once:
        return {}
    grouping = Grouping(own, list(at_once.values()), possible, counting=chronology.store.counting)
    return grouping.count(rows_together(chronology.store, grouping.parts))


def grouped(
    chronology: Chronology, own: Condition, types: Sequence[str], names: Sequence[str], possible: Condition
) -> Iterator[tuple[Counted, list[Collection[str]]]]:
    """Yield how many records of some types meet a condition, and the values that these have of some dimensions."""
    grouping = Grouping(own, [names], possible, types, chronology.store.counting)
    for _, counted, values in grouping.read(rows_together(chronology.store, grouping.parts)):
        yield counted, values
