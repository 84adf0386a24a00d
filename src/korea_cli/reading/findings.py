"""A finding is something wrong with a record as read; it becomes a Problem once its line and column are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.problems import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.reading.positions import Positions
    from korea_cli.reading.toml import Document


class Place(NamedTuple):
    """A record's place: which document, which table, which entry of it (from 0), and its id where it has one.

    What stands before all tables is in table "".
    """

    document: int
    table: str
    entry: int
    id: str = ""

    def __str__(self) -> str:
        if not self.table:
            return ""
        label = f"[{self.table}]" if self.table == "chronology" else f"{self.table}[{self.entry + 1}]"
        return f"{label} '{self.id}'" if self.id else label


class Finding(NamedTuple):
    """What is wrong, at which key ("" for the record as a whole), with which item of its list, found by which check."""

    place: Place
    key: str
    message: str
    suggestion: str | None = None
    check: str = ""
    severity: Severity = "error"
    at_key: bool = False
    item: str = ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word nearest to a mistyped one, if any is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    close = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return close[0] if close else None


def to_problems(findings: Iterable[Finding], documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Look up where each finding stands and sort by file and line; scans only the files that have findings."""
    scanned: dict[int, Positions] = {}
    problems = []
    for finding in findings:
        number = finding.place.document
        if number not in scanned:
            from korea_cli.reading.positions import positions_in  # noqa: PLC0415 - only when something is wrong

            scanned[number] = positions_in(documents[number].text)
        problems.append((number, _located(finding, documents[number].name, scanned[number])))
    problems.sort(key=lambda pair: (pair[0], pair[1].line or 0, pair[1].column or 0))
    return tuple(problem for _, problem in problems)


def _located(finding: Finding, file: str, positions: Positions) -> Problem:
    place = finding.place
    spot = positions.get((place.table, place.entry, finding.key)) or positions.get((place.table, place.entry, ""))
    if spot is None:  # written as an inline array: the best place is the key that holds it
        spot = positions.get(("", 0, place.table))
    at_value = spot and finding.key and not finding.at_key
    return Problem(
        file=file,
        line=spot.line if spot else None,
        column=(spot.value_column if at_value else spot.column) if spot else None,
        record=str(place),
        message=finding.message,
        suggestion=finding.suggestion,
        check=finding.check,
        severity=finding.severity,
    )
