"""Load a chronology: the named files and what they include, read, checked and merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli import checks
from korea_cli.base.errors import DataError
from korea_cli.base.gc_paused import gc_paused
from korea_cli.reading.disk import DISK
from korea_cli.reading.findings import to_problems
from korea_cli.reading.known import known_records
from korea_cli.reading.locate import MAX_SIZE
from korea_cli.reading.records import read_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.base.problems import Problem, Severity
    from korea_cli.model.view import View
    from korea_cli.reading.disk import DiskFiles
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import Finding
    from korea_cli.reading.toml import Document

    Replacements = Mapping[Path | None, tuple[Document, Problem | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult:
    """What was read: the documents, the draft of their records, and all errors.

    names: the files as they were named, without those they include. max_size: the most bytes that each may have. view:
    what was left out of the draft for others, and on which days; None where all is in it.
    """

    documents: tuple[Document, ...]
    draft: Draft
    problems: tuple[Problem, ...]
    names: tuple[str, ...] = ()
    max_size: int = MAX_SIZE
    view: View | None = None

    def published(self, day: int) -> LoadResult:
        """Return what may be published on a day; the same where nothing has to be left out."""
        if not self.draft.hides:
            return self
        from korea_cli.reading.published import published  # noqa: PLC0415 - most chronologies are public

        draft, view, hidden = published(self.draft, day)
        documents = (replace(each, shown=number not in hidden) for number, each in enumerate(self.documents))
        return replace(self, documents=tuple(documents), draft=draft, view=view)

    def check(self, *severities: Severity) -> tuple[Problem, ...]:
        """Return all errors, and what breaks the rules of further severities."""
        found = [finding for severity in severities for finding in checks.run(severity, self.draft)]
        return self.problems + to_problems(found, self.documents)

    def reload(self) -> LoadResult:
        """Read the same files again."""
        return load(self.names, max_size=self.max_size)


@gc_paused()
def load(
    names: Sequence[str], *, max_size: int = MAX_SIZE, replacements: Replacements | None = None,
    before: LoadResult | None = None, files: DiskFiles = DISK,
) -> LoadResult:  # fmt: skip
    """Read and check the named files and their includes; problems of the data are returned, not raised.

    replacements: by resolved path (None for stdin), documents that are used instead of reading a file. before: what the
    same files were before, of which records that have not changed are not read again. files: where they are read from.

    Raises DataError when a file cannot be opened or decoded, with the problems of the others too.
    """
    collector = _Collector(max_size, replacements or {}, files)
    for name in names:
        collector.add(name, files.path_of(name), ())
    documents = tuple(collector.documents)
    draft = read_records(documents, known_records(before.draft, before.documents) if before else None)
    findings = [*collector.findings, *draft.findings]
    if not collector.unread and not collector.syntax:  # what such a file declares would seem to be missing
        findings += checks.run("error", draft)
    problems = (*collector.unread, *collector.syntax, *(to_problems(findings, documents) if findings else ()))
    if collector.unread:
        raise DataError(problems)
    return LoadResult(documents=documents, draft=draft, problems=problems, names=tuple(names), max_size=max_size)


def load_valid(
    names: Sequence[str], *, max_size: int = MAX_SIZE, replacements: Replacements | None = None,
    files: DiskFiles = DISK,
) -> LoadResult:  # fmt: skip
    """Load like `load`; raises DataError with all errors if there are any."""
    loaded = load(names, max_size=max_size, replacements=replacements, files=files)
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded


class _Collector:
    """Reads files and what they include, each file once."""

    def __init__(self, max_size: int, replacements: Replacements, files: DiskFiles) -> None:
        self.documents: list[Document] = []
        self.unread: list[Problem] = []
        self.syntax: list[Problem] = []
        self.findings: list[Finding] = []
        self._max_size, self._replacements, self._files = max_size, replacements, files
        self._seen: set[Path | None] = set()

    def add(self, name: str, path: Path | None, chain: tuple[Path, ...]) -> None:
        """Read one file, or stdin if there is no path; `chain` are the files whose includes led to it."""
        try:
            resolved = path and Path(self._files.real(str(path)))
        except (OSError, ValueError, RuntimeError):  # not a valid name, or a circle of links: opening it says which
            resolved = path
        if resolved in self._seen:
            return
        self._seen.add(resolved)
        try:
            document, problem = self._replacements.get(resolved) or self._files.read(name, path, self._max_size)
        except DataError as error:
            self.unread.extend(error.problems)
            return
        self.documents.append(document)
        if problem:
            self.syntax.append(problem)
        if document.includes:
            from korea_cli.reading.include import resolve_includes  # noqa: PLC0415 - most files include none

            chain = (*chain, resolved) if resolved else chain
            included, findings = resolve_includes(document, len(self.documents) - 1, chain, self._files)
            self.findings.extend(findings)
            for file in included:
                self.add(self._files.name_of(file), file, chain)
