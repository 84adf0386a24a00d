"""The neutral report between commands and formats: what was asked, as understood, and sections of rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import OK, NotInListError
from korea_cli.query.selection import Selection
from korea_cli.report.lookups import Related
from korea_cli.report.sections import Section
from korea_cli.rows.column import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.model.roles import RoleKey
    from korea_cli.query.results import Answer
    from korea_cli.query.selection import Query
    from korea_cli.report.sections import Layout
    from korea_cli.rows.column import Json
    from korea_cli.store.database import DataFile, StoredHeader


SCHEMA_VERSION = 2
_RESULTS = "results"  # what a list of records of several types is called


class Possible(NamedTuple):
    """How many of the records that an answer lists, or counts, are only possibly in the window, and of how many.

    noun: what they are, where they are not what it lists.
    """

    number: int = 0
    among: int = 0
    noun: str = ""


class Report(NamedTuple):
    """The answer to one question, ready for any format.

    listed: how many records it lists. matched: how many there were before the limit. possible: how many of what
    it lists or counts are only possibly in the window. status: the exit status it stands for. empty: what to say when
    nothing matched. noun: what the records are called, where that is not the first section's key. related: what else is
    known of what it lists; None where that is nothing. fields: the keys that its rows were narrowed to; None where
    they have all. differs: whether they are what differs between two things. arguments: what was asked beside the
    query, by the names of the command's parameters.
    """

    command: str
    header: StoredHeader
    documents: tuple[DataFile, ...]
    sections: tuple[Section, ...]
    listed: int
    matched: int
    possible: Possible = Possible()
    query: Query | None = None
    status: int = OK
    empty: str = ""
    noun: str = ""
    related: Related | None = None
    fields: tuple[str, ...] | None = None
    differs: bool = False
    arguments: Mapping[str, Any] = {}

    def actor_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys under which records of a type name actors."""
        return self.related.actor_keys(type_) if self.related else ()

    @property
    def types(self) -> tuple[str, ...]:
        """Give the types of its rows, each once."""
        return tuple(dict.fromkeys(type_ for section in self.sections for type_ in section.columns.types))

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys of all its columns, each once."""
        return tuple(dict.fromkeys(key for section in self.sections for key in section.keys))

    def only(self, keys: Sequence[str]) -> Report:
        """Keep only some columns, in this order; raises NotInListError for one that no section has."""
        for key in keys:
            if key not in self.keys:
                raise NotInListError("field", key, self.keys)
        sections = (section.only(keys) for section in self.sections if set(keys) & set(section.keys))
        return self._replace(sections=tuple(sections), fields=tuple(dict.fromkeys(keys)))

    @property
    def answers_no(self) -> bool:
        """Say whether `--exit-code` makes a no of it: nothing matched, or what was compared differs."""
        return self.differs or not (self.matched or self.empty)

    @property
    def counted(self) -> str:
        """Say how many records there are: `9 events`, `1 actor`."""
        return f"{self.listed} {self._noun if self.listed != 1 else self._noun.removesuffix('s')}"

    @property
    def nothing(self) -> str:
        """Say that nothing matched, and what was asked."""
        if self.empty:
            return self.empty
        asked = [*(self.query.selection.all_terms if self.query else ()), *([self.window] if self.window else ())]
        return f"no {self._noun} match. ({', '.join((self.command, *asked))})"

    @property
    def unsure(self) -> str:
        """Return a sentence: how many of what is listed or counted may fall in the range, but are not certain to."""
        number, among, noun = self.possible
        of = noun or f"{self._noun}{' listed' if self.listed < self.matched else ''}"
        are = "is" if number == 1 else "are"
        return f"{number} of {among} {of} {are} only possible in the range ({self.window}); --certain leaves them out"

    def perhaps(self, window: str) -> str:
        """Return the same in a few words, for beside a drawing."""
        number, among, noun = self.possible
        if noun:
            return f"{number} of {among} {noun} only possibly in {window}"
        return f"{number} only possibly in {window}, marked (possibly)"

    @property
    def _noun(self) -> str:
        return self.noun or self.sections[0].key

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
    section = Section(
        key=_RESULTS if len(answer.types) > 1 else f"{answer.types[0]}s", rows=answer, plain=plain, layout=layout,
        columns=Columns(answer.types, chronology.columns), kept=True,
    )  # fmt: skip
    return Report(
        command=command, header=chronology.header, documents=chronology.documents, query=answer.query,
        sections=(section,), listed=answer.count, matched=answer.matched, possible=Possible(*answer.count_possible()),
        related=Related(chronology),
    )  # fmt: skip


class Carried:
    """The rows of a report that a format can carry, as JSON has them; what it cannot is counted, not forgotten."""

    def __init__(self, report: Report, types: Sequence[str]) -> None:
        """Take of a report the rows of some types."""
        self.report, self.types = report, types
        self._left: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Any]:
        """Give the rows; each time anew."""
        self._left.clear()
        for section in self.report.sections:
            for values in section.values():
                if values["type"] in self.types:
                    yield values
                else:
                    self._left[values["type"]] += 1

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what was left out by the last that took all rows."""
        told = [f"{count} {type_ if count == 1 else f'{type_}s'}" for type_, count in self._left.items()]
        return (f"left out, as this format has no place for them: {', '.join(told)}",) if told else ()


def head_of(report: Report) -> Mapping[str, Json]:
    """Give what JSON says before the rows: which program and file answered, and what was understood."""
    return {
        "schema_version": SCHEMA_VERSION,
        "command": report.command,
        "chronology": _about(report),
        "query": query_of(report.query, report.arguments, report.fields),
        "count": report.listed,
        "matched": report.matched,
    }


def _about(report: Report) -> Json:
    return {
        "title": report.header.title or None,
        "as_of": report.header.as_of or None,
        "files": [{"path": document.name, "sha256": document.sha256} for document in report.documents],
    }


def query_of(query: Query | None, arguments: Mapping[str, Any], fields: Sequence[str] | None = None) -> Json:
    """Return what was asked as it was understood, with the same keys also where no records were selected."""
    span, selection = (query.window, query.selection) if query else (None, Selection())
    return {
        "terms": list(selection.all_terms),
        "from": _iso_day(span.first) if span else None,
        "to": _iso_day(span.last) if span else None,
        "year_assumed": span.year_assumed if span else False,
        "certain": selection.certain,
        "today": query.today.isoformat() if query else None,
        "limit": selection.limit,
        "reverse": selection.reverse,
        "sort": selection.sort,
        "fields": fields and list(fields),
        "arguments": dict(arguments),
    }


def _iso_day(ordinal: int | None) -> str | None:
    return None if ordinal is None else dt.date.fromordinal(ordinal).isoformat()
