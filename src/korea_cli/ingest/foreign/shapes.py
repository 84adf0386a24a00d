"""What a mapping makes of the columns of a table: the texts, names and dates of events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from korea_cli.ingest.building.actor_columns import coded_columns
from korea_cli.ingest.building.cell_rules import CellRules
from korea_cli.ingest.columns.headings import JOINED
from korea_cli.ingest.columns.titles import template_parts
from korea_cli.ingest.dates.row_date import DATE_KEYS
from korea_cli.ingest.names.registry import NAMED
from korea_cli.model.records import Event, Source, file_keys
from korea_cli.store.foreign.shape import DATE, KIND, ForeignCell, ForeignShape, Lookup, TemplatePart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.ingest.building.actor_columns import CodedColumn
    from korea_cli.ingest.building.builder_options import BuilderOptions

_WITH_DATE = DATE_KEYS | {"date_text", "date_basis", "timezone"}
_TEXTS = ("summary", "place", "quote", "note")
_VALUES = ("status",)


class UnreadableKeyError(Exception):
    """A key that no column of a table can have, and the column that a mapping has for it."""

    def __init__(self, column: str, key: str) -> None:
        super().__init__(column, key)
        self.column, self.key = column, key


def shape_of(name: str, options: BuilderOptions) -> ForeignShape:
    """Return how the columns of a table are read; raises UnreadableKeyError.

    name: the beginning of the ids of events.
    """
    rules = CellRules(options.missing, options.books, Counter())
    keys = Counter(key for _, key in options.columns)
    labelled = {key for key in JOINED if keys[key] > 1 or key in options.labelled}

    def cell(column: str, key: str) -> ForeignCell:
        rule = rules.column(column, key, Event, labelled=key in labelled)
        return ForeignCell(column, rule.missing, rule.book, f"{column}: " if key in labelled else "")

    ids = [cell(column, key) for column, key in options.columns if key == "id"]
    titles = [cell(column, key) for column, key in options.columns if key == "title"]
    texts = {
        key: tuple(cell(column, each) for column, each in options.columns if each == key)
        for key in _TEXTS if keys[key]
    }  # fmt: skip
    title = _title(options, rules) if options.title else (TemplatePart(("", ""), (tuple(titles),)),)
    coded = {each.heading: each for each in coded_columns(options, rules)}
    lookups = tuple(_lookups(options.columns, coded))
    return ForeignShape(name, next(iter(ids), None), title, texts, lookups, composed=bool(options.title))


def _title(options: BuilderOptions, rules: CellRules) -> tuple[TemplatePart, ...]:
    """Return the parts of composed titles, without those of columns that the table has not."""
    columns = {column for column, _ in options.columns}
    parts = []
    for texts, alternatives, optional in template_parts(options.title):
        cells = tuple(
            tuple(ForeignCell(name, rule.missing, rule.book) for name in names if name in columns
                  for rule in (rules.column(name, "", Event),))
            for names in alternatives
        )  # fmt: skip
        if all(cells):
            parts.append(TemplatePart(tuple(texts), cells, optional))
    return tuple(parts)


def _lookups(columns: Sequence[tuple[str, str]], coded: Mapping[str, CodedColumn]) -> Iterator[Lookup]:
    """Yield the columns whose values are looked up: those of the date together, names with their codes, others alone.

    coded: the columns with codes of actors.
    """
    names = {each.names for each in coded.values()}
    yield Lookup(DATE, DATE, tuple(column for column, key in columns if key in _WITH_DATE))
    for number, (column, key) in enumerate(columns):
        spec = file_keys(Event).get(key)
        if key in {KIND, *_VALUES}:
            yield Lookup(f"{key}{number}", key, (column,))
        elif column in coded:
            both = tuple(filter(None, (column, coded[column].names)))
            yield Lookup(f"{key}{number}", key, both, spec.role if spec else "", codes=coded[column].codes.first)
        elif column in names:
            continue
        elif spec and spec.refers and {*spec.refers} <= NAMED.keys():
            yield Lookup(f"{key}{number}", key, (column,), spec.role, addresses=spec.refers == (Source.table,))
        elif key and key not in {"id", "title", *_TEXTS, *_WITH_DATE}:
            raise UnreadableKeyError(column, key)
