"""The sources of a report, each once, in the order in which they are first cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.report.report import Carried

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.rows.types import CitationRow, EventRow, FactRow, SourceRow

CITING = ("event", "fact", "source", "citation")  # the types of rows that cite sources, or are one


class CitedSources:
    """The sources of exactly what a report lists, whole; of the rows only the ids of their sources are held."""

    def __init__(self, report: Report) -> None:
        self._rows, self._related = Carried(report, CITING), report.related

    def __iter__(self) -> Iterator[SourceRow]:
        ids = (id_ for row in self._rows for id_ in _ids_in(row))
        return self._related.records("source", ids) if self._related else iter(())

    @property
    def notes(self) -> Sequence[str]:
        """Sentences on the rows that cite nothing, once all sources were read."""
        return self._rows.notes


def _ids_in(row: EventRow | FactRow | SourceRow | CitationRow) -> Iterator[str]:
    if row["type"] == "source" or row["type"] == "citation":
        yield row["id"]
        return
    others = row["other_dates"] if row["type"] == "event" else []
    yield from (source["id"] for dated in (row, *others) for source in dated["sources"])
