"""What can be wrong with data: problems are values, collected and reported together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning", "note"]
_START, _END = 600, 300  # letters that a long message keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in the data: where, what, and what may be meant."""

    type: ClassVar = "problem"

    file: str
    line: int | None = None
    column: int | None = None
    record: str = ""
    message: str
    suggestion: str | None = None
    check: str
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """File, line and column as editors read them: `mine.toml:57:1`."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    @property
    def sentence(self) -> str:
        """What is wrong with which record, and what may be meant."""
        subject = f"{self.record}: " if self.record else ""
        hint = f". Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"{subject}{self.message}{hint}"

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def shorten(text: str) -> str:
    """Leave out the middle of a very long text."""
    return text if len(text) <= _START + _END else f"{text[:_START]} ... {text[-_END:]}"
