"""The event table of somebody else in Parquet files: which of its columns have what of events.

What a mapping states is here as values; `sql` makes SQL of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from korea_cli.model.roles import ROLES_BY_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.reading.draft import Draft

    Texts = tuple[str | None, ...]  # the cells of some columns of a row

DATE, KIND = "date", "kind"
DATE_COLUMNS = (
    "date TEXT, date_text TEXT, date_basis TEXT, time TEXT, timezone TEXT, start_min INTEGER, start_max INTEGER,"
    " end_min INTEGER, end_max INTEGER, orders INTEGER, last INTEGER, clock INTEGER, precision TEXT, year TEXT,"
    " month TEXT, sharp INTEGER"
)
# The rank of a date among those with the same first day: rows are sorted by three short numbers in a fourth of the room
# that four take.
_RANK = "dense_rank() OVER (PARTITION BY orders ORDER BY end_max, clock)"
RANKED = f"CREATE OR REPLACE TABLE {DATE} AS SELECT *, {_RANK} AS within FROM {DATE}"  # noqa: S608 - names of our own
VALUE_COLUMNS = "value TEXT"
NAMES_COLUMNS = "ids TEXT, cites TEXT, words TEXT"


class ForeignCell(NamedTuple):
    """What the cells of a column mean: nothing, for some words; what a codebook says; else themselves.

    label: what their text begins with.
    """

    column: str
    missing: frozenset[str] = frozenset()
    book: Mapping[str, str] = {}
    label: str = ""

    @property
    def codes(self) -> dict[str, str | None]:
        """The cells that do not mean themselves; None for nothing."""
        codes: dict[str, str | None] = dict.fromkeys(("", *sorted(self.missing)))
        for code, value in self.book.items():
            means = None if value.strip() in {"", *self.missing} else value
            codes[code] = means
            if f"{code}.0" not in self.book:  # as programs write a whole number
                codes[f"{code}.0"] = means
        return codes


class TemplatePart(NamedTuple):
    """A part of what titles are composed of: texts, and between them cells, of several the first that has a value.

    optional: whether it is left out where one has none.
    """

    texts: tuple[str, ...]
    cells: tuple[tuple[ForeignCell, ...], ...]
    optional: bool = False


class Lookup(NamedTuple):
    """Columns whose distinct values are looked up in a table of what they mean.

    key: the key of events that they have. role: the role of who or what they name; "" where they name nothing.
    addresses: whether a cell may be a web address, of which only the host is a source. codes: what the codes in the
    first column may begin with; the second has a name, which counts only where there is no code.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    role: str = ""
    addresses: bool = False
    codes: frozenset[str] = frozenset()

    @property
    def types(self) -> str:
        """The columns of the table, beside those that are looked up."""
        return NAMES_COLUMNS if self.role else DATE_COLUMNS if self.key == DATE else VALUE_COLUMNS


class ForeignShape(NamedTuple):
    """How the rows of a table are events.

    name: the beginning of their ids, and the id of the source that all rest on. id: the column with the numbers of
    rows. title: what titles are composed of. texts: the columns of each text, joined by line ends; of a place, the
    first that has a value. lookups: the columns whose values need more than SQL. composed: whether titles are composed,
    on one line, and not those of a column as they are.
    """

    name: str
    id: ForeignCell | None
    title: tuple[TemplatePart, ...]
    texts: Mapping[str, tuple[ForeignCell, ...]]
    lookups: tuple[Lookup, ...]
    composed: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        cells = [cell for part in self.title for several in part.cells for cell in several]
        cells += [cell for several in self.texts.values() for cell in several] + ([self.id] if self.id else [])
        return tuple(
            dict.fromkeys([cell.column for cell in cells] + [n for each in self.lookups for n in each.columns])
        )

    def of_key(self, key: str) -> tuple[Lookup, ...]:
        """Return the lookups that have values of a key."""
        return tuple(each for each in self.lookups if each.key == key)

    def is_alone(self, lookup: Lookup) -> bool:
        """Return whether a lookup alone has all names of records of a type."""
        of_type = next((roles for roles in ROLES_BY_TYPE.values() if lookup.role in roles), ())
        return [each for each in self.lookups if each.role in of_type] == [lookup]


class Meanings(Protocol):
    """What the values in the columns of a table mean.

    kinds: the kinds of events that were read. refused: why the first date that is none was refused. unread: of the
    columns that were read last, the numbers in `values` of cells that mean nothing, and why the first does not.
    """

    kinds: list[str]
    refused: str
    unread: tuple[list[int], str]

    def rows(self, lookup: Lookup, values: Sequence[Texts], /) -> Iterable[tuple[int, tuple[object, ...]]]:
        """Yield, for each combination of cells that means something, its number in `values` and the rest of a row."""

    def draft(self) -> Draft:
        """Return the actors, topics and sources that were named by then."""
