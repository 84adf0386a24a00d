"""The neutral report between commands and formats: the query as it was understood, and sections of rows."""

from __future__ import annotations

from korea_cli.base.errors import OK, NotInListError
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import iso_day
from korea_cli.query.selection import Selection
from korea_cli.report.lookups import Related
from korea_cli.report.possible import Possible
from korea_cli.report.reasons import reason_of
from korea_cli.report.sections import DATA_FILE, Section, amount
from korea_cli.rows.column import Columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.chronology import Chronology, DataFile
    from korea_cli.query.resolve import Query
    from korea_cli.query.results import Answer
    from korea_cli.report.sections import Layout
    from korea_cli.rows.column import Json
    from korea_cli.store.header import StoredHeader


SCHEMA_VERSION = 2
ALL_KEYS = ("all",)  # instead of keys: all of them
_RESULTS = "results"  # the key of a list of records of several types


class Report(NamedTuple):
    """The answer to one query, ready for any format.

    listed: how many records it lists. matched: how many there were before the limit. status: the exit status.
    empty: the message when nothing matched. noun: for the records, where that is not the first section's key.
    related: looks up other records. fields: the keys that its rows were narrowed to; None for all. reason: why
    nothing can match. differs: whether its rows are the differences between two files. arguments: the command's
    own, by the names of its parameters. typed: names and options that are shown with the query. form: the format where
    none is chosen; "" for the usual one.
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
    related: Related = Related()
    fields: tuple[str, ...] | None = None
    differs: bool = False
    reason: str = ""
    arguments: Mapping[str, Any] = {}
    typed: tuple[str, ...] = ()
    form: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """The types of its rows, each once."""
        return tuple(dict.fromkeys(type_ for section in self.sections for type_ in section.columns.types))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all its columns and those of their parts, each once."""
        return tuple(dict.fromkeys(key for section in self.sections for key in section.all_keys))

    def only(self, keys: Sequence[str]) -> Report:
        """Keep only some columns, in this order, or show all; raises NotInListError for one that no section has."""
        if keys == ALL_KEYS:
            return self._replace(sections=tuple(section.in_columns() for section in self.sections))
        for key in keys:
            if key not in self.keys:
                raise NotInListError("field", key, (*self.keys, *ALL_KEYS))
        sections = (section.only(keys) for section in self.sections if set(keys) & set(section.all_keys))
        return self._replace(sections=tuple(sections), fields=tuple(dict.fromkeys(keys)))

    def in_lines(self) -> Report:
        """Return the same report for a format with one row a line: where rows have parts, these are its rows."""
        return self._replace(sections=tuple(section.parts or section for section in self.sections))

    @property
    def answers_no(self) -> bool:
        """Whether `--exit-code` exits with 1: nothing matched, or the compared files differ."""
        return self.differs or not (self.matched or self.empty)

    @property
    def counted(self) -> str:
        """How many records are listed: `9 events`, `1 actor`."""
        return amount(self.listed, self._noun)

    @property
    def counted_of_all(self) -> str:
        """How many records are listed, and of how many: `9 events of 52`."""
        return self.counted if self.listed == self.matched else f"{self.counted} of {self.matched:,}"

    @property
    def nothing(self) -> str:
        """A sentence that nothing matched, with the query."""
        noun = self._noun.replace(" and ", " or ")
        words = f"no {noun} match ({', '.join((self.command, *self.terms))})" if self.terms else f"there are no {noun}"
        return self.empty or f"{words}{self.reason and '; '}{self.reason}"

    @property
    def terms(self) -> tuple[str, ...]:
        """The query in words: names, terms and its range."""
        return (*self.typed, *self.filters, *([self.window] if self.window else ()))

    @property
    def filters(self) -> tuple[str, ...]:
        """The terms of the query."""
        return self.query.selection.all_terms if self.query else ()

    @property
    def unsure(self) -> str:
        """A sentence on how many of what is listed or counted might fall in the range, but are not certain to."""
        number, among, noun = self.possible
        of = noun or f"{self._noun}{' listed' if self.listed < self.matched else ''}"
        are = "is" if number == 1 else "are"
        return f"{number:,} of {among:,} {of} {are} {self._doubts[0]} ({self.limits}); --certain leaves them out"

    @property
    def possibly(self) -> str:
        """The same in a few words; nothing where all are certain."""
        number, among, noun = self.possible
        return f"{number:,}{f' of {among:,} {noun}' if noun else ''} {self.doubt}" if number else ""

    @property
    def doubt(self) -> str:
        """What is not certain of a record that is only possible."""
        return self._doubts[1]

    @property
    def limits(self) -> str:
        """The range in words, and the terms where they are about dates."""
        terms = self.filters if self.query and self.query.by_date else ()
        return ", ".join((*terms, *([self.window] if self.window else ())))

    @property
    def _doubts(self) -> tuple[str, str]:
        """What is not certain of records, in a sentence and in a few words."""
        if self.query and self.query.by_date:
            return "only possible by date", "only possible by date"
        if self.query and self.query.window:
            return "only possible in the range", "only possibly in range"
        return "not certain to have been known", "perhaps not known yet"

    @property
    def _noun(self) -> str:
        return self.noun or self.sections[0].key

    @property
    def window(self) -> str | None:
        """The range of the query in words; None without one."""
        from korea_cli.dates.format import span_text  # noqa: PLC0415 - help lists commands and needs no dates

        query = self.query
        words = []
        if query and (span := query.window):
            words.append(f"{span_text(span.first, span.last)}{_assumed(span.year_assumed)}")
        if query and (center := query.around):
            typed, days = str(query.selection.around), span_text(center.first, center.last)
            words.append(f"around {days}" if typed.lstrip("-")[:1].isdigit() else f"around {typed} ({days})")
        if query and query.known_by:
            day = query.known_by.ordinal
            assumed = _assumed(query.known_year_assumed)
            words.append(f"as known by {span_text(day, day)}{assumed}; each status is the record's own")
        words += ["certain only"] if words and query and query.selection.certain else []
        return ", ".join(words) or None


def _assumed(year: bool) -> str:  # noqa: FBT001 - what is assumed
    return " (year assumed)" if year else ""


def listing(
    command: str, chronology: Chronology, answer: Answer[Any], layout: Layout, plain: tuple[str, ...]
) -> Report:
    """Return a report with one section of the records of an answer, named after their type."""
    known = chronology.as_known_by(answer.query.known_by)
    section = section_of(known, answer, layout, plain)
    return Report(
        command=command, header=chronology.header, documents=chronology.documents, query=answer.query,
        sections=(section,), listed=answer.count, matched=answer.matched, possible=Possible(*answer.count_possible()),
        related=Related(known),
        reason=reason_of(chronology, answer.query, answer.matched, answer.types),
    )  # fmt: skip


def section_of(known: Chronology, answer: Answer[Any], layout: Layout, plain: tuple[str, ...]) -> Section:
    """Return a section of the records of an answer, named after their type."""
    return Section(
        key=_RESULTS if len(answer.types) > 1 else f"{answer.types[0]}s", rows=answer, plain=plain, layout=layout,
        columns=Columns(answer.types, known.columns), stored=answer.stored_json, uncounted=answer.uncounted(),
    )  # fmt: skip


def head_of(report: Report) -> Mapping[str, Json]:
    """Return what JSON has before the rows: the files that were read, and the query as it was understood."""
    return {
        "schema_version": SCHEMA_VERSION,
        "command": report.command,
        "chronology": {
            **_header_of(report),
            "files": [{"path": document.name, "sha256": document.sha256} for document in report.documents],
        },
        "query": query_of(report.query, report.arguments, report.fields),
        "count": report.listed,
        "matched": report.matched,
    }


def _header_of(report: Report) -> dict[str, Json]:
    """Return what a chronology states about itself: all of it for a data file, else its title and day."""
    stated = report.header.stated
    keys = stated if report.form == DATA_FILE else ("title", "as_of")
    return {key: stated[key] if isinstance(stated[key], tuple) else stated[key] or None for key in keys}


def query_of(query: Query | None, arguments: Mapping[str, Any], fields: Sequence[str] | None = None) -> Json:
    """Return a query as it was understood, with the same keys also for commands without one."""
    span, selection = (query.window, query.selection) if query else (None, Selection())
    return {
        "terms": list(selection.all_terms),
        "from": _iso_day(span.first) if span else None,
        "to": _iso_day(span.last) if span else None,
        "year_assumed": bool(query and (query.known_year_assumed or (span and span.year_assumed))),
        "around": selection.around and str(selection.around),
        "known_by": str(query.known_by) if query and query.known_by else None,
        "certain": selection.certain,
        "with_withdrawn": selection.with_withdrawn,
        "today": str(query.today) if query else None,
        "limit": selection.limit,
        "reverse": selection.reverse,
        "sort": selection.sort,
        "fields": fields and list(fields),
        "arguments": dict(arguments),
    }


def _iso_day(ordinal: int | None) -> str | None:
    return None if ordinal is None else iso_day(ordinal)
