"""The neutral report between commands and formats: sections of rows, and what each column of them says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from korea_cli.errors import OK, NotInListError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.answers import Answer
    from korea_cli.chronology import Chronology
    from korea_cli.columns import Column, Json
    from korea_cli.model import Header
    from korea_cli.reading.toml import Document
    from korea_cli.selection import Query

Layout = Literal["timeline", "facts", "records", "full", "list", "actor", "counts", "overview", "problems", "grid"]
Columns = dict[str, tuple["Column", ...]]

SCHEMA_VERSION = 1
_RESULTS = "results"  # what a list of records of several types is called


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many events and facts have something in common: `by` what, with which value, shown by which label."""

    type: ClassVar = "count"

    by: str
    value: str
    label: str
    events: int = 0
    facts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some rows of one report.

    key: what JSON calls the list. title: a heading for people. columns: by the rows' type. plain: the keys that the
    `plain` format prints. layout: how it is drawn for people. single: JSON has the one row itself, not a list.
    """

    key: str
    title: str = ""
    rows: Iterable[Any]
    columns: Columns
    plain: tuple[str, ...]
    layout: Layout
    single: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys of all its columns, each once."""
        return tuple(dict.fromkeys(column.key for columns in self.columns.values() for column in columns))

    def only(self, keys: Sequence[str]) -> Section:
        """Keep only some columns, in this order."""
        columns = {
            type_: tuple(column for key in keys for column in columns if column.key == key)
            for type_, columns in self.columns.items()
        }
        return replace(self, columns=columns, plain=tuple(keys), layout="grid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer to one question, ready for any format.

    count: how many records it lists. matched: how many there were before the limit. possible: how many of those are
    only possibly in the window. status: the exit status it stands for. empty: what to say when nothing matched.
    """

    command: str
    header: Header
    documents: tuple[Document, ...]
    query: Query | None = None
    sections: tuple[Section, ...]
    count: int
    matched: int
    possible: int = 0
    status: int = OK
    empty: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys of all its columns, each once."""
        return tuple(dict.fromkeys(key for section in self.sections for key in section.keys))

    def only(self, keys: Sequence[str]) -> Report:
        """Keep only some columns, in this order; raises NotInListError for one that no section has."""
        for key in keys:
            if key not in self.keys:
                raise NotInListError("field", key, self.keys)
        kept = tuple(dict.fromkeys(keys))
        sections = (section.only(kept) for section in self.sections if set(kept) & set(section.keys))
        return replace(self, sections=tuple(sections))

    @property
    def counted(self) -> str:
        """Say how many records there are: `9 events`, `1 actor`."""
        noun = self.sections[0].key
        return f"{self.count} {noun if self.count != 1 else noun.removesuffix('s')}"

    @property
    def nothing(self) -> str:
        """Say that nothing matched, and what was asked."""
        if self.empty:
            return self.empty
        asked = [*(self.query.selection.all_terms if self.query else ()), *([self.window] if self.window else ())]
        return f"no {self.sections[0].key} match. ({', '.join((self.command, *asked))})"

    @property
    def window(self) -> str | None:
        """Say the window asked for in words; None when there is none."""
        from korea_cli.dates.spans import span_text  # noqa: PLC0415 - help lists commands and needs no dates

        span = self.query.window if self.query else None
        return f"{span_text(span.first, span.last)}{' (year assumed)' if span.year_assumed else ''}" if span else None


def listing(
    command: str, chronology: Chronology, answer: Answer[Any], layout: Layout, plain: tuple[str, ...]
) -> Report:
    """Report the records of an answer as one section, named after what it holds."""
    from korea_cli.answers import RECORD_TYPES  # noqa: PLC0415 - help needs no store
    from korea_cli.columns import columns_for  # noqa: PLC0415

    columns = {type_: columns_for(RECORD_TYPES[type_], chronology) for type_ in answer.types}
    section = Section(
        key=_RESULTS if len(answer.types) > 1 else RECORD_TYPES[answer.types[0]].table,
        rows=answer,
        columns=columns,
        plain=plain,
        layout=layout,
    )
    return Report(
        command=command, header=chronology.header, documents=chronology.documents, query=answer.query,
        sections=(section,), count=answer.count, matched=answer.matched, possible=answer.possible,
    )  # fmt: skip


def counts(key: str, title: str, rows: Iterable[Count]) -> Section:
    """Make a section of counts."""
    from korea_cli.columns import columns_of_fields  # noqa: PLC0415 - help needs no columns

    columns = {Count.type: columns_of_fields(("type", "by", "value", "label", "events", "facts"))}
    plain = ("by", "value", "label", "events", "facts")
    return Section(key=key, title=title, rows=tuple(rows), columns=columns, plain=plain, layout="counts")


def head_of(report: Report) -> Mapping[str, Json]:
    """Give what JSON says before the rows: which program and file answered, and what was understood."""
    return {
        "schema_version": SCHEMA_VERSION,
        "command": report.command,
        "chronology": _about(report),
        "query": query_of(report.query),
        "count": report.count,
        "matched": report.matched,
    }


def _about(report: Report) -> Json:
    as_of = report.header.as_of
    return {
        "title": report.header.title or None,
        "as_of": as_of.text if as_of else None,
        "files": [{"path": document.name, "sha256": document.sha256} for document in report.documents],
    }


def query_of(query: Query | None) -> Json:
    """Say a query as it was understood."""
    if query is None:
        return None
    span, selection = query.window, query.selection
    return {
        "terms": list(selection.all_terms),
        "from": _iso_day(span.first) if span else None,
        "to": _iso_day(span.last) if span else None,
        "year_assumed": span.year_assumed if span else False,
        "certain": selection.certain,
        "as_of": query.as_of.isoformat(),
        "limit": selection.limit,
        "reverse": selection.reverse,
        "sort": selection.sort,
    }


def _iso_day(ordinal: int | None) -> str | None:
    return None if ordinal is None else dt.date.fromordinal(ordinal).isoformat()
