"""What can be wrong with data: a Problem is a value; all are collected and told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning", "note"]
_KEPT = 600, 300  # letters of a long message, at its beginning and its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in the data: where it is, what it is, and the nearest right thing."""

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
        """Give file, line and column as editors read them: `mine.toml:57:1`."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    @property
    def sentence(self) -> str:
        """Say what is wrong with what, and the nearest right thing."""
        subject = f"{self.record}: " if self.record else ""
        hint = f". Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"{subject}{self.message}{hint}"

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def shorten(text: str) -> str:
    """Leave out the middle of a text that nobody could read to its end."""
    return text if len(text) <= sum(_KEPT) else f"{text[: _KEPT[0]]} ... {text[-_KEPT[1] :]}"
