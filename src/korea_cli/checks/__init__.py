"""The rules of a valid chronology: one public function a rule, in the module of its severity.

A rule takes the draft and yields what breaks it; its name, with hyphens, is the name of the check. Its docstring says
the rule in a sentence, then, indented, a file that breaks it, then how to mend that: `check --explain` prints all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from korea_cli.reading.extending import part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.base.problems import Severity
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import Finding


class Rule:
    """A rule as its function has it: `explained` is all that its docstring says, its own the first sentence of that."""

    def __init__(self, find: Callable[[Draft], Iterator[Finding]]) -> None:
        self._find = find
        self.explained = find.__doc__ or ""
        self.__doc__ = self.explained.partition("\n")[0]

    def __call__(self, draft: Draft) -> Iterator[Finding]:
        """Give what breaks it."""
        return self._find(draft)


def rules_of(severity: Severity) -> dict[str, Rule]:
    """Give the rules of one severity by the name of their check, in the order they are written."""
    module = import_module(f"korea_cli.checks.{severity}s")
    return {
        name.replace("_", "-"): Rule(value)
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }


def run(severity: Severity, draft: Draft) -> Iterator[Finding]:
    """Hold the draft to every rule of one severity and give what breaks them."""
    for name, rule in rules_of(severity).items():
        for finding in rule(draft):
            placed = part_of(finding, draft) if draft.parts else finding
            yield placed._replace(check=name, severity=severity)
