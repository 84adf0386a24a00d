"""Load a chronology: the named files and what they include, read, checked and merged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from korea_cli import checks
from korea_cli.errors import DataError, Problem, Severity
from korea_cli.reading.findings import Finding, Place, to_problems
from korea_cli.reading.records import Draft, read_records
from korea_cli.reading.toml import MAX_SIZE, Document, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was read: the documents, the draft made of them, and every problem that makes it unusable."""

    documents: tuple[Document, ...]
    draft: Draft
    problems: tuple[Problem, ...]
    warnings: tuple[Finding, ...] = ()

    def judged(self, *severities: Severity) -> tuple[Problem, ...]:
        """Give all problems, with those that the rules of further severities find."""
        found = [finding for severity in severities for finding in checks.run(severity, self.draft)]
        return self.problems + to_problems([*self.warnings, *found], self.documents)


def load(names: Sequence[str], *, max_size: int = MAX_SIZE) -> Loaded:
    """Read and check the named files and their includes; problems of the data are given, not raised.

    Raises DataError when a file cannot be opened or decoded.
    """
    gathering = _Gathering(max_size)
    for name in names:
        gathering.add(name, ())
    documents = tuple(gathering.documents)
    draft = read_records(documents)
    errors = [*gathering.findings, *draft.findings]
    if not gathering.syntax:  # what a broken file declares is unknown: its references would all be reported
        errors += checks.run("error", draft)
    problems = (*gathering.syntax, *to_problems([e for e in errors if e.severity == "error"], documents))
    warnings = tuple(finding for finding in errors if finding.severity != "error")
    return Loaded(documents=documents, draft=draft, problems=problems, warnings=warnings)


def load_valid(names: Sequence[str], *, max_size: int = MAX_SIZE) -> Loaded:
    """Load as `load` does; raises DataError with every problem if there is one."""
    loaded = load(names, max_size=max_size)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded


class _Gathering:
    """Reads files, following `include`, each file once."""

    def __init__(self, max_size: int) -> None:
        self.documents: list[Document] = []
        self.syntax: list[Problem] = []
        self.findings: list[Finding] = []
        self._max_size = max_size
        self._seen: set[Path] = set()

    def add(self, name: str, chain: tuple[Path, ...]) -> None:
        document, problem = read_document(name, max_size=self._max_size)
        resolved = document.path.resolve() if document.path else None
        if resolved in self._seen:
            return
        number = len(self.documents)
        self.documents.append(document)
        if problem:
            self.syntax.append(problem)
        if resolved:
            self._seen.add(resolved)
            chain = (*chain, resolved)
        for included in self._included(document, number, chain):
            self.add(included, chain)

    def _included(self, document: Document, number: int, chain: tuple[Path, ...]) -> Iterator[str]:
        header = document.tables.get("chronology")
        patterns: Any = header.get("include") if isinstance(header, dict) else None
        for pattern in patterns if isinstance(patterns, list) else ():
            if isinstance(pattern, str):  # anything else is reported with the header's other values
                yield from self._matching(pattern, document, number, chain)

    def _matching(self, pattern: str, document: Document, number: int, chain: tuple[Path, ...]) -> Iterator[str]:
        from glob import glob, has_magic  # noqa: PLC0415 - only files that include others pay for it

        folder = document.path.parent if document.path else PurePath()
        pure = PurePath(pattern)
        if pure.is_absolute() or ".." in pure.parts:
            self._find(number, f"'{pattern}' leaves the file's own folder; name that file with -d instead")
            return
        matched = sorted(glob(pattern, root_dir=folder, recursive=True))
        if not matched:
            severity = "warning" if has_magic(pattern) else "error"
            self._find(number, f"'{pattern}' matches no file", severity)
        for found in matched:
            path = folder / found
            if path_is_in(path, chain):
                if not has_magic(pattern):
                    self._find(number, f"'{pattern}' goes in a circle: that file includes this one")
                continue
            yield str(path)

    def _find(self, number: int, message: str, severity: Any = "error") -> None:  # noqa: ANN401
        self.findings.append(Finding(Place(number, "chronology", 0), "include", message, None, "include", severity))


def path_is_in(path: Any, chain: tuple[Path, ...]) -> bool:  # noqa: ANN401
    """Say whether a file is one of those that led to it."""
    from pathlib import Path  # noqa: PLC0415

    return Path(path).resolve() in chain
