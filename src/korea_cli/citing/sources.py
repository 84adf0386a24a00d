"""The sources that rows cite, and citations in plain words for formats that have no citation style."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.sanitize import clean_line
from korea_cli.citing.moments import timed_address
from korea_cli.citing.names import join_authors
from korea_cli.dates.format import show_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.report.lookups import Related
    from korea_cli.rows.types import CitationRow, EventRow, FactRow, SourceCitation, SourceRow

    CitingRow = EventRow | FactRow | SourceRow | CitationRow

_AT_ONCE = 500  # rows whose sources are looked up together
CITING = ("event", "fact", "source", "citation")  # the types of rows that cite sources, or are one
_PLACE = re.compile(r"p(\d+)(?:[-–]p?(\d+))?", re.ASCII)
PAGED = {"book", "un-document", "report", "hearing"}  # cited by page; everything else is cited by paragraph
_WORDS = ("page", "pages", "paragraph", "paragraphs")


def cited_sources(rows: Iterable[CitingRow], related: Related) -> Iterator[SourceRow]:
    """Yield the sources that some rows cite; of the rows only the ids of their sources are held."""
    return related.records(("source", id_) for id_ in source_ids(rows))


def source_ids(rows: Iterable[CitingRow]) -> Iterator[str]:
    """Yield the ids of the sources that some rows cite."""
    return (id_ for row in rows for id_ in _ids_in(row))


def with_cited(rows: Iterable[Any], related: Related) -> Iterator[Any]:
    """Yield rows; the sources that they cite, which `cite_all` words, are looked up for many at once."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        related.known("source", (id_ for row in some for id_ in _ids_in(row)))
        yield from some


def _ids_in(row: CitingRow) -> Iterator[str]:
    if row["type"] == "source" or row["type"] == "citation":
        yield row["id"]
        return
    others = row["other_dates"] if row["type"] == "event" else []
    yield from (source["id"] for dated in (row, *others) for source in dated["sources"])
    yield from (source["id"] for source in (row["outcome_sources"] if row["type"] == "fact" else ()))


class PlainCitation(NamedTuple):
    """A source as it is cited: authors, title, what it appeared in and when, the place in it, its address."""

    authors: str
    title: str
    container: str
    issued: str
    place: str
    url: str

    @property
    def published(self) -> str:
        """Where and when it appeared."""
        return ", ".join(filter(None, (self.container, self.issued)))

    def __str__(self) -> str:
        return ", ".join(filter(None, self))


def cite_all(citations: Iterable[SourceCitation], related: Related) -> list[PlainCitation]:
    """Word some citations, as JSON has them; each source is looked up once."""
    citations = list(citations)
    sources = related.known("source", (each["id"] for each in citations))
    return [cite(each, sources.get(each["id"])) for each in citations]


def cite(citation: SourceCitation, source: SourceRow | None) -> PlainCitation:
    """Word a citation, by its source where that is known."""
    container, issued = "", ""
    if source:
        container = ", ".join(filter(None, (source["container"], source["publisher"], source["number"])))
        issued = show_stored(source["issued"]) if source["issued"] else ""
    parts = (
        join_authors(source["authors"]) if source else "",
        citation["title"] or citation["id"],
        container,
        issued,
        place_of(citation["locator"], paged=source is not None and source["source_type"] in PAGED),
        timed_address(citation["url"], citation["locator"], source["source_type"] if source else None),
    )
    return PlainCitation(*map(clean_line, parts))


def archived_at(url: str) -> str:
    """Return where a copy of a source is, in words."""
    return f"Archived at {url}"


def place_of(locator: str | None, *, paged: bool, words: tuple[str, str, str, str] = _WORDS) -> str:
    """Return the place in a source: `p6` is a page or a paragraph; any other locator is left as it is."""
    found = _PLACE.fullmatch(locator or "")
    if found is None:
        return locator or ""
    one, several = words[:2] if paged else words[2:]
    return f"{several} {found[1]}–{found[2]}" if found[2] else f"{one} {found[1]}"
