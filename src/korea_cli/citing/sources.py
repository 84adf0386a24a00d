"""The sources of a report, each once and whole, in the order in which they are first cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.report.lookups import Related
    from korea_cli.rows.types import CitationRow, EventRow, FactRow, SourceRow

    CitingRow = EventRow | FactRow | SourceRow | CitationRow

CITING = ("event", "fact", "source", "citation")  # the types of rows that cite sources, or are one


def cited_sources(rows: Iterable[CitingRow], related: Related | None) -> Iterator[SourceRow]:
    """Yield the sources that some rows cite; of the rows only the ids of their sources are held."""
    return related.records("source", (id_ for row in rows for id_ in _ids_in(row))) if related else iter(())


def _ids_in(row: CitingRow) -> Iterator[str]:
    if row["type"] == "source" or row["type"] == "citation":
        yield row["id"]
        return
    others = row["other_dates"] if row["type"] == "event" else []
    yield from (source["id"] for dated in (row, *others) for source in dated["sources"])
