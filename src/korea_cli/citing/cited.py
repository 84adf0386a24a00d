"""The sources that a report rests on, each once, in the order in which they are first cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.report.report import Carried

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.report.report import Report

CITING = ("event", "fact", "source", "citation")  # the types of rows that cite sources, or are one


class Cited:
    """The sources of exactly what a report lists, whole; of the rows only the ids of their sources are held."""

    def __init__(self, report: Report) -> None:
        """Take of a report what it cites."""
        self._rows, self._related = Carried(report, CITING), report.related

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give the sources as JSON has them."""
        ids = (id_ for row in self._rows for id_ in _ids_in(row))
        return self._related.records("source", ids) if self._related else iter(())

    @property
    def notes(self) -> Sequence[str]:
        """Say which rows cite nothing, once all sources were given."""
        return self._rows.notes


def _ids_in(row: dict[str, Any]) -> Iterator[str]:
    if row["type"] in {"source", "citation"}:
        yield row["id"]
    for dated in (row, *row.get("other_dates", ())):
        yield from (source["id"] for source in dated.get("sources", ()))
