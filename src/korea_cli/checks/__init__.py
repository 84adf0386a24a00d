"""The rules that `check` applies, one public function each, in the module of its severity."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from korea_cli.reading.complete import place_in_part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.base.problems import Severity
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import Finding

    Rule = Callable[[Draft], Iterator[Finding]]


def rules_of(severity: Severity) -> dict[str, Rule]:
    """Return the rules of one severity by the name of their check, in the order in which they are defined.

    A rule yields what breaks it; its name, with hyphens, is the name of the check. Its docstring is the rule in a
    sentence, then, indented, a file that breaks it, then how to fix that: `check --explain` prints all of it.
    """
    module = import_module(f"korea_cli.checks.{severity}s")
    return {
        name.replace("_", "-"): value
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }


def run(severity: Severity, draft: Draft) -> Iterator[Finding]:
    """Yield what breaks the rules of one severity."""
    for name, rule in rules_of(severity).items():
        for finding in rule(draft):
            yield place_in_part(finding, draft)._replace(check=name, severity=severity)
