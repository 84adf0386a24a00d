"""What can go wrong: requests raise a KoreaError that composes its own sentence; data yields Problem values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OK, NO, USAGE, BAD_DATA, CANNOT_WRITE, INTERNAL = 0, 1, 2, 3, 4, 70
INTERRUPTED, CLOSED_PIPE = 130, 141

Severity = Literal["error", "warning", "note"]


class KoreaError(Exception):
    """Something wrong in the request; `str()` is the sentence for the user, `status` the exit status."""

    status = NO


class UsageError(KoreaError):
    """The command line was wrong."""

    status = USAGE


class DateError(UsageError):
    """A date that cannot be read: what was written, why not, and the nearest thing that can be."""

    def __init__(self, text: str, reason: str, suggestion: str | None = None) -> None:
        super().__init__(text, reason, suggestion)
        self.text, self.reason, self.suggestion = text, reason, suggestion

    def __str__(self) -> str:
        hint = f" Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"cannot read '{self.text}' as a date: {self.reason}{'.' if hint else ''}{hint}"


class OutputError(KoreaError):
    """The answer could not be written; nothing half-written is left."""

    status = CANNOT_WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in the data: where it is, what it is, and the nearest right thing."""

    file: str
    line: int | None = None
    column: int | None = None
    record: str = ""
    message: str
    suggestion: str | None = None
    check: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        subject = f"{self.record}: " if self.record else ""
        hint = f". Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"{place}: {subject}{self.message}{hint}"


class DataError(KoreaError):
    """The data file is missing, unreadable or invalid; carries every problem found."""

    status = BAD_DATA

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
