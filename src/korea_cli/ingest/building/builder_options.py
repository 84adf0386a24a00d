"""How the rows of a sheet become records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.dates.dates import DateRules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record


class BuilderOptions(NamedTuple):
    """How the rows of a sheet are read. source: what all rows rest on.

    skip_identical: whether a row that is the same as an earlier one is left out. join_rows: whether rows that share an
    id and differ in one list are joined. missing: the words for a missing value, None for the usual ones. books: what
    the codes in columns stand for. title: what titles are composed of. new_kinds: whether all kinds are allowed.
    labelled: the keys of texts that have several columns in a mapping, though perhaps not in this sheet. codes: the
    columns with codes of actors, by the table of these, each with the column of names for where there is no code.
    """

    record: type[Record]
    columns: tuple[tuple[str, str], ...]
    rules: DateRules = DateRules()
    source: str = ""
    separator: str = ""
    slides: bool = False
    skip_identical: bool = False
    join_rows: bool = False
    missing: tuple[str, ...] | None = None
    books: Mapping[str, Mapping[str, str]] = {}
    title: str = ""
    new_kinds: bool = False
    labelled: frozenset[str] = frozenset()
    codes: Mapping[str, Mapping[str, str]] = {}
