"""Load a chronology: the named files and what they include, read, checked and merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from korea_cli import checks
from korea_cli.base.errors import DataError
from korea_cli.reading.findings import to_problems
from korea_cli.reading.locate import MAX_SIZE, path_of
from korea_cli.reading.records import HEADER, read_records
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from korea_cli.base.problems import Problem, Severity
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import Finding
    from korea_cli.reading.toml import Document

    Replacements = Mapping[Path | None, tuple[Document, Problem | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult:
    """What was read: the documents, the draft made of them, and every problem that makes it unusable.

    names: the files as they were named, those they include left out. max_size: the most bytes that each might have.
    """

    documents: tuple[Document, ...]
    draft: Draft
    problems: tuple[Problem, ...]
    names: tuple[str, ...] = ()
    max_size: int = MAX_SIZE

    def check(self, *severities: Severity) -> tuple[Problem, ...]:
        """Give all problems, with those that the rules of further severities find."""
        found = [finding for severity in severities for finding in checks.run(severity, self.draft)]
        return self.problems + to_problems(found, self.documents)

    def reload(self) -> LoadResult:
        """Read the same files anew."""
        return load(self.names, max_size=self.max_size)


def load(names: Sequence[str], *, max_size: int = MAX_SIZE, replacements: Replacements | None = None) -> LoadResult:
    """Read and check the named files and their includes; problems of the data are given, not raised.

    replacements: by resolved path (None for stdin), what is used in place of a file, or of reading it a second time.

    Raises DataError when a file cannot be opened or decoded, with the problems of the others too.
    """
    gathering = _Gathering(max_size, replacements or {})
    for name in names:
        gathering.add(name, path_of(name), ())
    documents = tuple(gathering.documents)
    draft = read_records(documents)
    findings = [*gathering.findings, *draft.findings]
    if not gathering.unread and not gathering.syntax:  # what such a file declares would seem to be missing
        findings += checks.run("error", draft)
    problems = (*gathering.unread, *gathering.syntax, *(to_problems(findings, documents) if findings else ()))
    if gathering.unread:
        raise DataError(problems)
    return LoadResult(documents=documents, draft=draft, problems=problems, names=tuple(names), max_size=max_size)


def load_valid(
    names: Sequence[str], *, max_size: int = MAX_SIZE, replacements: Replacements | None = None
) -> LoadResult:
    """Load as `load` does; raises DataError with every problem if there is one."""
    loaded = load(names, max_size=max_size, replacements=replacements)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded


class _Gathering:
    """Reads files, following `include`, each file once."""

    def __init__(self, max_size: int, replacements: Replacements) -> None:
        self.documents: list[Document] = []
        self.unread: list[Problem] = []
        self.syntax: list[Problem] = []
        self.findings: list[Finding] = []
        self._max_size, self._replacements = max_size, replacements
        self._seen: set[Path | None] = set()

    def add(self, name: str, path: Path | None, chain: tuple[Path, ...]) -> None:
        """Read one file, or stdin where there is no path; `chain` are the files whose includes led to it."""
        try:
            resolved = path and path.resolve()
        except (OSError, ValueError, RuntimeError):  # no such name, or links in a circle: opening it says which
            resolved = path
        if resolved in self._seen:
            return
        self._seen.add(resolved)
        try:
            document, problem = self._read(name, path, resolved)
        except DataError as error:
            self.unread.extend(error.problems)
            return
        self.documents.append(document)
        if problem:
            self.syntax.append(problem)
        if _includes(document):
            self._follow(document, (*chain, resolved) if resolved else chain)

    def _read(self, name: str, path: Path | None, resolved: Path | None) -> tuple[Document, Problem | None]:
        if resolved in self._replacements:
            return self._replacements[resolved]
        return read_document(name, path, max_size=self._max_size)

    def _follow(self, document: Document, chain: tuple[Path, ...]) -> None:
        from korea_cli.reading.include import resolve_includes  # noqa: PLC0415 - only files that include others pay for it

        files, findings = resolve_includes(document, len(self.documents) - 1, chain)
        self.findings.extend(findings)
        for file in files:
            self.add(str(file), file, chain)


def _includes(document: Document) -> bool:
    header = document.tables.get(HEADER)
    return isinstance(header, dict) and bool(header.get("include"))
