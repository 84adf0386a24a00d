"""What is wrong with a record as read: a Finding becomes a Problem once its line and column are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.nearest import COMPARED, nearest
from korea_cli.base.problems import Problem, Severity, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from korea_cli.reading.statements import Positions
    from korea_cli.reading.toml import Document

LISTED = 20  # at most so many unknown keys of one record are listed
_MOST = 10_000  # problems that are listed
_EFFORT = 100_000  # comparisons for all typos together, about a second's work


class RecordPlace(NamedTuple):
    """Where a record is: in which document, in which table, which entry of it (from 0), and its id if it has one.

    A key outside all tables is in table "".
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
    """An unknown word, and the words that may be meant; `advice` is what to do if none of them is similar.

    Looking for the similar word is slow: it is done late, and not for the last of thousands.
    """

    word: str
    candidates: Collection[str]
    advice: str = ""


class Finding(NamedTuple):
    """What is wrong, at which key, with which item of its list, found by which check.

    key: "" for the record as a whole, unless `at_key` is set: a key may be empty.
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
    """Look up the line of each finding and sort them by file and line; scans only files that have findings.

    Of tens of thousands, the last are only counted.
    """
    scanned: dict[int, Positions] = {}
    placed: list[tuple[int, int, int, Finding]] = []
    for finding in findings:
        number = finding.place.document
        if number not in scanned:
            from korea_cli.reading.statements import positions_in  # noqa: PLC0415 - only when something is wrong

            scanned[number] = positions_in(documents[number].text)
        placed.append((number, *_line_and_column(finding, scanned[number]), finding))
    placed.sort(key=lambda each: each[:3])
    suggestions = _Suggestions()
    problems = [_problem(documents[each[0]].name, each, suggestions) for each in placed[:_MOST]]
    if rest := placed[_MOST:]:
        number, _, _, worst = next((each for each in rest if each[3].severity == "error"), rest[0])
        message = f"has {len(rest):,} more problems, which are not listed"
        problems.append(
            Problem(file=documents[number].name, message=message, check=worst.check, severity=worst.severity)
        )
    return tuple(problems)


def _line_and_column(finding: Finding, positions: Positions) -> tuple[int, int]:
    """Return where a finding is; 0 where that is not known."""
    place = finding.place
    key = finding.key if finding.key or finding.at_key else None
    position = positions.get((place.table, place.entry, key)) or positions.get((place.table, place.entry, None))
    if position is None:  # the record is in an inline array: the best place is the key of the array
        position = positions.get(("", 0, place.table))
    if position is None:
        return 0, 0
    return position.line, position.value_column if finding.key and not finding.at_key else position.column


def _problem(file: str, placed: tuple[int, int, int, Finding], suggestions: _Suggestions) -> Problem:
    _, line, column, finding = placed
    suggestion, message = suggestions.resolve(finding)
    return Problem(
        file=file, line=line or None, column=column or None, record=shorten(str(finding.place)),
        message=shorten(message), suggestion=suggestion, check=finding.check, severity=finding.severity,
    )  # fmt: skip


class _Suggestions:
    """Looks for a word similar to each typo, as long as that does not take too long in all."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str | None] = {}
        self._left = _EFFORT

    def resolve(self, finding: Finding) -> tuple[str | None, str]:
        """Return the suggestion and the message, which has the advice if no word is similar."""
        typo = finding.suggestion
        if not isinstance(typo, Typo):
            return typo, finding.message
        key = typo.word, id(typo.candidates)
        if key not in self._found and self._left > 0:
            self._left -= min(len(typo.candidates), COMPARED) + len(typo.candidates) // 100
            self._found[key] = nearest(typo.word, typo.candidates)
        near = self._found.get(key)
        return near, finding.message + ("" if near else typo.advice)
