"""A finding is something wrong with a record as read; it becomes a Problem once its line and column are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.nearest import COMPARED, nearest
from korea_cli.base.problems import Problem, Severity, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from korea_cli.reading.positions import Positions
    from korea_cli.reading.toml import Document

LISTED = 20  # so many unknown keys of one record are listed, the rest is counted
_MOST = 10_000  # problems that are listed
_EFFORT = 100_000  # comparisons for all mistyped words of a file together, about a second's work


class RecordPlace(NamedTuple):
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


class Typo(NamedTuple):
    """A mistyped word and the words of which it may mean the nearest; `advice` is what to do where none is near.

    Looking for the nearest takes long, so that it is done late, and not for the last of thousands.
    """

    word: str
    known: Collection[str]
    advice: str = ""


class Finding(NamedTuple):
    """What is wrong, at which key, with which item of its list, found by which check.

    key: "" for the record as a whole, unless it is `at_key`, for a key may have no letters.
    """

    place: RecordPlace
    key: str
    message: str
    suggestion: str | Typo | None = None
    check: str = ""
    severity: Severity = "error"
    at_key: bool = False
    item: str = ""


def to_problems(findings: Iterable[Finding], documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Look up where each finding stands and sort by file and line; scans only the files that have findings.

    Of tens of thousands the last are only counted.
    """
    scanned: dict[int, Positions] = {}
    placed: list[tuple[int, int, int, Finding]] = []
    for finding in findings:
        number = finding.place.document
        if number not in scanned:
            from korea_cli.reading.positions import positions_in  # noqa: PLC0415 - only when something is wrong

            scanned[number] = positions_in(documents[number].text)
        placed.append((number, *_located(finding, scanned[number]), finding))
    placed.sort(key=lambda each: each[:3])
    suggesting = _Suggesting()
    problems = [_problem(documents[each[0]].name, each, suggesting) for each in placed[:_MOST]]
    if len(placed) > _MOST:
        problems.append(_rest(placed[_MOST:], documents))
    return tuple(problems)


def _located(finding: Finding, positions: Positions) -> tuple[int, int]:
    """Return the line and the column of what a finding is about; 0 where they are not known."""
    place = finding.place
    key = finding.key if finding.key or finding.at_key else None
    spot = positions.get((place.table, place.entry, key)) or positions.get((place.table, place.entry, None))
    if spot is None:  # written as an inline array: the best place is the key that holds it
        spot = positions.get(("", 0, place.table))
    if spot is None:
        return 0, 0
    return spot.line, spot.value_column if finding.key and not finding.at_key else spot.column


def _problem(file: str, placed: tuple[int, int, int, Finding], suggesting: _Suggesting) -> Problem:
    _, line, column, finding = placed
    suggestion, message = suggesting.settled(finding)
    return Problem(
        file=file, line=line or None, column=column or None, record=shorten(str(finding.place)),
        message=shorten(message), suggestion=suggestion, check=finding.check, severity=finding.severity,
    )  # fmt: skip


def _rest(placed: Sequence[tuple[int, int, int, Finding]], documents: Sequence[Document]) -> Problem:
    """Count the problems that are not listed, as what the worst of them is."""
    number, _, _, finding = next((each for each in placed if each[3].severity == "error"), placed[0])
    message = f"has {len(placed):,} more problems, which are not listed"
    return Problem(file=documents[number].name, message=message, check=finding.check, severity=finding.severity)


class _Suggesting:
    """Looks for the word that each mistyped one means, as long as that does not take too long in all."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str | None] = {}
        self._left = _EFFORT

    def settled(self, finding: Finding) -> tuple[str | None, str]:
        """Return the word that was meant and the message, with the advice that there is where no word is near."""
        meant = finding.suggestion
        if not isinstance(meant, Typo):
            return meant, finding.message
        asked = meant.word, id(meant.known)
        if asked not in self._found and self._left > 0:
            self._left -= min(len(meant.known), COMPARED) + len(meant.known) // 100
            self._found[asked] = nearest(meant.word, meant.known)
        near = self._found.get(asked)
        return near, finding.message + ("" if near else meant.advice)
