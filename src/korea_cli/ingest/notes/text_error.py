"""Why a text in YAML or TOML cannot be read."""

from __future__ import annotations


class StructuredTextError(ValueError):
    """Why a text is not read as YAML or TOML, and the line of it, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line
