"""The rules a chronology is held to: one public function per rule, in the module of its severity.

A rule takes the draft and yields what breaks it; its name, with hyphens, is the name of the check.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.problems import Severity
    from korea_cli.reading.findings import Finding
    from korea_cli.reading.records import Draft

    Rule = Callable[[Draft], Iterator[Finding]]


def rules_of(severity: Severity) -> dict[str, Rule]:
    """Give the rules of one severity by the name of their check, in the order they are written."""
    module = import_module(f"korea_cli.checks.{severity}s")
    return {
        name.replace("_", "-"): value
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }


def run(severity: Severity, draft: Draft) -> Iterator[Finding]:
    """Hold the draft to every rule of one severity and give what breaks them."""
    for name, rule in rules_of(severity).items():
        for finding in rule(draft):
            yield finding._replace(check=name, severity=severity)
