"""A finding is something wrong with a record as read; it becomes a Problem once its line and column are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.problems import Problem, Severity, cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from korea_cli.reading.positions import Positions
    from korea_cli.reading.toml import Document

LISTED = 20  # so many unknown keys of one record are listed, the rest is counted
_LONGEST_WORD = 100  # letters of a word that another is looked for in the place of
_LIKE = 0.7  # how like two words must be, of 1
_COMPARED = 1000  # words that one is compared with at most
_EFFORT = 100_000  # … and all mistyped ones together, about a second's work


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


class Meant(NamedTuple):
    """A mistyped word and the words of which it may mean the nearest; `advice` is what to do where none is near.

    Looking for the nearest takes long, so that it is done late, and not for the last of thousands.
    """

    word: str
    known: Collection[str]
    advice: str = ""


class Finding(NamedTuple):
    """What is wrong, at which key ("" for the record as a whole), with which item of its list, found by which check."""

    place: Place
    key: str
    message: str
    suggestion: str | Meant | None = None
    check: str = ""
    severity: Severity = "error"
    at_key: bool = False
    item: str = ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to a mistyped one, if any is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    size = len(word)
    if size > _LONGEST_WORD:
        return None
    likely = [each for each in known if 2 * min(size, len(each)) >= _LIKE * (size + len(each))]
    if len(likely) > _COMPARED:  # who mistypes a word rarely does so at its first letter
        likely = sorted(each for each in likely if each[:1] == word[:1])[:_COMPARED]
    close = get_close_matches(word, likely, n=1, cutoff=_LIKE)
    return close[0] if close else None


def to_problems(findings: Iterable[Finding], documents: Sequence[Document]) -> tuple[Problem, ...]:
    """Look up where each finding stands and sort by file and line; scans only the files that have findings."""
    scanned: dict[int, Positions] = {}
    suggesting = _Suggesting()
    problems = []
    for finding in findings:
        number = finding.place.document
        if number not in scanned:
            from korea_cli.reading.positions import positions_in  # noqa: PLC0415 - only when something is wrong

            scanned[number] = positions_in(documents[number].text)
        settled = suggesting.settled(finding)
        problems.append((number, _located(settled, documents[number].name, scanned[number])))
    problems.sort(key=lambda pair: (pair[0], pair[1].line or 0, pair[1].column or 0))
    return tuple(problem for _, problem in problems)


class _Suggesting:
    """Looks for the word that each mistyped one means, as long as that does not take too long in all."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str | None] = {}
        self._left = _EFFORT

    def settled(self, finding: Finding) -> Finding:
        """Return a finding with the word that was meant, or the advice that there is else."""
        meant = finding.suggestion
        if not isinstance(meant, Meant):
            return finding
        asked = meant.word, id(meant.known)
        if asked not in self._found and self._left > 0:
            self._left -= min(len(meant.known), _COMPARED) + len(meant.known) // 100
            self._found[asked] = nearest(meant.word, meant.known)
        near = self._found.get(asked)
        return finding._replace(suggestion=near, message=finding.message + ("" if near else meant.advice))


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
        record=cut(str(place)),
        message=cut(finding.message),
        suggestion=finding.suggestion if isinstance(finding.suggestion, str) else None,
        check=finding.check,
        severity=finding.severity,
    )
