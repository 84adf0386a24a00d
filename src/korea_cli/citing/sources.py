"""The sources that rows cite, and citations in plain words for formats that have no citation style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import clean_line
from korea_cli.citing.names import join_authors
from korea_cli.dates.format import show_stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.report.lookups import Related
    from korea_cli.rows.types import CitationRow, EventRow, FactRow, SourceCitation, SourceRow

    CitingRow = EventRow | FactRow | SourceRow | CitationRow

CITING = ("event", "fact", "source", "citation")  # the types of rows that cite sources, or are one
_PLACE = re.compile(r"p(\d+)", re.ASCII)
_PAGED = {"book", "un-document", "report", "hearing"}  # cited by page; everything else is cited by paragraph


def cited_sources(rows: Iterable[CitingRow], related: Related | None) -> Iterator[SourceRow]:
    """Yield the sources that some rows cite; of the rows only the ids of their sources are held."""
    return related.records("source", (id_ for row in rows for id_ in _ids_in(row))) if related else iter(())


def _ids_in(row: CitingRow) -> Iterator[str]:
    if row["type"] == "source" or row["type"] == "citation":
        yield row["id"]
        return
    others = row["other_dates"] if row["type"] == "event" else []
    yield from (source["id"] for dated in (row, *others) for source in dated["sources"])


class PlainCitation(NamedTuple):
    """A source as it is cited: authors, title, what it appeared in and when, the place in it, its address."""

    authors: str
    title: str
    container: str
    issued: str
    place: str
    url: str

    def __str__(self) -> str:
        return ", ".join(filter(None, self))


class SourceLookup:
    """Looks up the sources of citations, each once."""

    def __init__(self, related: Related | None) -> None:
        """Look sources up in a chronology; without one, only what a citation itself has is known."""
        self._related = related
        self._sources: dict[str, SourceRow] = {}

    def cite(self, citations: Iterable[SourceCitation]) -> Iterator[PlainCitation]:
        """Word some citations, as JSON has them."""
        citations = list(citations)
        new = [each["id"] for each in citations if each["id"] not in self._sources]
        if self._related and new:
            self._sources.update((source["id"], source) for source in self._related.records("source", new))
        return (cite(each, self._sources.get(each["id"])) for each in citations)


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
        place_of(citation["locator"], source and source["source_type"]),
        citation["url"] or "",
    )
    return PlainCitation(*map(clean_line, parts))


def place_of(locator: str | None, source_type: str | None) -> str:
    """Return the place in a source: `p6` is a page or a paragraph, by type; any other locator is left as it is."""
    found = _PLACE.fullmatch(locator or "")
    if found is None:
        return locator or ""
    return f"{'page' if source_type in _PAGED else 'paragraph'} {found[1]}"
