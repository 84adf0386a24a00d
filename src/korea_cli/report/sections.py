"""Sections of a report: rows, their columns, and how they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from korea_cli.base.hints import TYPE_CHECKING, Any, Literal
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.rows.column import Json, plain_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from korea_cli.rows.column import Columns

DATA_FILE = "toml"  # the format of data files
REFERRED = "referred"  # the key in JSON of what records refer to
GROUPED = "{:,}"  # how people read a number: with separators of thousands
Layout = Literal[
    "timeline", "facts", "records", "full", "list", "actor", "counts", "overview", "problems", "grid", "citations",
    "chart", "changes", "disputes", "positions", "pairs", "gaps", "pivot", "bars",
]  # fmt: skip

_NAMES = ("name", "label", "title", "text", "date", "path", "id")  # keys of what a value is called
LISTS: tuple[Layout, ...] = ("timeline", "facts", "records", "list")  # layouts of lists of records


class Count(NamedTuple):
    """How many events and facts have a value in common: what they are counted by, that value, and a label for it.

    possible: how many of these are only possibly in the range, or perhaps not known yet.
    """

    by: str
    value: str
    label: str
    event_count: int = 0
    fact_count: int = 0
    possible: int = 0
    type: str = "count"


class Section(NamedTuple):
    """Some rows of one report.

    key: of the list in JSON. columns: by the type of row. plain: the keys that the `plain` format prints. layout: how
    it is drawn, below a title. single: JSON has the one row itself, not a list. stored: returns the rows as JSON
    text, or None where the store does not have them so. narrowed: only some columns were chosen. optional: the command
    may leave it out. parts: what the rows consist of, for formats with one row a line. uncounted: the rows without
    what is counted for them, in any order.
    """

    key: str
    rows: Iterable[Any]
    columns: Columns
    plain: tuple[str, ...]
    layout: Layout
    title: str = ""
    single: bool = False
    stored: Callable[[], Iterator[Any] | None] | None = None
    narrowed: bool = False
    optional: bool = False
    parts: Section | None = None
    uncounted: Iterable[Any] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all its columns, each once."""
        return tuple(dict.fromkeys(column.key for type_ in self.columns.types for column in self.columns[type_]))

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Its keys, and those of its parts."""
        return tuple(dict.fromkeys((*self.keys, *(self.parts.keys if self.parts else ()))))

    def texts(self) -> Iterator[str | Iterator[str]]:
        """Yield every row as JSON text; a row with a streamed column in pieces, to be read before the next row."""

        @cache
        def writer(type_: str) -> Callable[[object], str | Iterator[str]]:
            from korea_cli.rows.json_rows import pieces_writer, row_writer  # noqa: PLC0415 - not for rows kept as text

            columns = self.columns[type_]
            return pieces_writer(columns) if any(column.streamed for column in columns) else row_writer(columns)

        for row in self.rows if self.narrowed else self._rows_or_text():
            yield row if isinstance(row, str) else writer(row.type)(row)

    def values(self, among: Container[str] | None = None) -> Iterator[Any]:
        """Yield every row as a mapping from key to value, as JSON has it; those `among` some keys at least."""
        from json import loads  # noqa: PLC0415 - only for values

        for row in self._rows_or_text():
            if not isinstance(row, str):
                columns = self.columns[row.type]
                yield {each.key: each.value(row) for each in columns if among is None or each.key in among}
            elif self.narrowed:
                whole = loads(row)
                yield {column.key: whole[column.key] for column in self.columns[whole["type"]]}
            else:
                yield loads(row)

    def without_counts(self) -> Section:
        """Return the same section for a format that writes no counts, which take time."""
        return self if self.uncounted is None else self._replace(rows=self.uncounted)

    def stored_texts(self) -> Iterator[Any] | None:
        """Return the whole rows as JSON text; None where the store does not have it."""
        return self.stored() if self.stored else None

    def _rows_or_text(self) -> Iterable[Any]:
        """Return the rows, as JSON text where the store has it."""
        text = self.stored_texts()
        return self.rows if text is None else text

    def in_columns(self) -> Section:
        """Return the same section with each of its keys as a column, also where it would be drawn otherwise."""
        parts = self.parts.in_columns() if self.parts else None
        return self._replace(parts=parts, plain=self.keys, layout="grid")

    def only(self, keys: Sequence[str]) -> Section:
        """Keep only some columns, in this order; those of its parts if it does not have all of them itself."""
        plain = tuple(dict.fromkeys(keys))
        if self.parts and not set(keys) <= set(self.keys):
            return self.parts.only(keys)
        return self._replace(parts=None, columns=self.columns.only(keys), plain=plain, layout="grid", narrowed=True)


def pieces(text: str | Iterator[str]) -> Iterator[str]:
    """Return the pieces of one of the texts of a section."""
    return iter((text,)) if isinstance(text, str) else text


def counts(key: str, title: str, rows: Iterable[Count]) -> Section:
    """Return a section of counts."""
    plain = ("by", "value", "label", "event_count", "fact_count")
    columns = plain_columns("count", *plain, "possible")
    return Section(key=key, title=title, rows=tuple(rows), columns=columns, plain=plain, layout="counts")


def amount(count: int, noun: str) -> str:
    """Return a count with its noun, which is passed in the plural."""
    return f"{count:,} {noun if count != 1 else re.sub('s$', '', re.sub('ies$', 'y', noun))}"


def words_of(key: str) -> str:
    """Return a key as people read it: `event_count` is `events`."""
    return re.sub("_count$", "s", key).replace("_", " ")


def in_words(value: Json, number: str = "{}") -> str:
    """Return a value on one line: references by name, citations as `id#locator`, several with semicolons between.

    number: how a number is written; as `GROUPED` where people read it, and no program.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list | Iterator):
        return "; ".join(in_words(each, number) for each in value)
    if isinstance(value, dict):
        return _named(value, number)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else number.format(value)


def are_citations(value: object) -> bool:
    """Whether a value of JSON is a list of citations: sources with the places in them."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "locator" in value[0]


def _named(value: dict[str, Any], number: str) -> str:
    if "kind" in value and "event_count" in value:
        return f"{value['kind'] or 'no kind'} {number.format(value['event_count'])}"
    if "locator" in value:
        return f"{value['id']}#{value['locator']}" if value["locator"] else str(value["id"])
    words = in_words(next(value[key] for key in _NAMES if value.get(key) is not None))
    return f"{', '.join(map(in_words, value['holders']))}: {words}" if value.get("holders") else words
