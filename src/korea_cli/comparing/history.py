"""The versions that git has of data files: find each file in two revisions, also under another name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.comparing.committed import CommittedFiles
from korea_cli.comparing.comparison import ComparedVersion, Comparison
from korea_cli.comparing.repository import Repository, RepositoryError, find_repository
from korea_cli.reading.disk import DISK
from korea_cli.reading.locate import BUILTIN, STDIN, path_of
from korea_cli.reading.toml import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = "HEAD"
_NOW = "the working files"
_NAME_ONE = "name your data file with -d or $KOREA_DATA, or two files to compare"


class Revisions(NamedTuple):
    """Two revisions as typed; new: None for the files on the disk. apart: the old one is where the two went apart."""

    old: str
    new: str | None = None
    apart: bool = False


class _TrackedFile(NamedTuple):
    """A data file as it was named, its path, and its path below the top of its repository.

    repository: None for a file that git does not have.
    """

    name: str
    repository: Repository | None = None
    inner: str = ""

    def path(self, inner: str = "") -> str:
        """Return its path, or that of another file of its repository."""
        return os.path.join(self.repository.top, inner or self.inner) if self.repository else self.name


class _Side(NamedTuple):
    """A side of a comparison: by the top of each repository the name of its tree, None where that has none.

    names: those of `files`, which are none for the disk.
    """

    label: str
    trees: dict[str, str | None]
    names: dict[str, str]
    files: CommittedFiles | None = None

    def name_of(self, file: _TrackedFile, inner: str = "") -> str | None:
        """Return what a file is called on this side, perhaps at another path; None where there is none."""
        if self.files is None or not file.repository:
            return file.name if not file.repository or os.path.lexists(file.name) else None
        path = file.path(inner)
        if not self.files.exists(path):
            return None
        name = self.files.name_of(Path(path)) if inner else f"{self.label}:{file.name}"
        self.names[name] = path
        return name

    def version(self, names: Sequence[str | None]) -> ComparedVersion:
        """Return it as a version to compare."""
        return ComparedVersion(self.label, tuple(filter(None, names)), self.files or DISK)


class History:
    """Some data files, and the repositories that they are in."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._reason = ""
        self._files = [self._track(name) for name in self._names]
        self._repositories = {each.repository.top: each.repository for each in self._files if each.repository}

    def _track(self, name: str) -> _TrackedFile:
        if path_of(name) is None or name == BUILTIN:
            return _TrackedFile(name)
        try:
            repository = find_repository(os.path.dirname(name))
        except RepositoryError as error:
            self._reason = str(error)
            return _TrackedFile(name)
        return _TrackedFile(name, repository, repository.path_below(os.path.relpath(name, repository.folder)))

    def knows(self, revision: str) -> bool:
        """Whether a repository has a revision; that of this folder where the files are in none."""
        return any(each.tree_of(revision) for each in self._repositories.values() or _here())

    def require_versions(self) -> None:
        """Raise KoreaError where no file can have versions."""
        if STDIN in self._names:
            raise UsageError(f"standard input has no versions in git; {_NAME_ONE}")
        own = [name for name in self._names if name != BUILTIN]
        if not own:
            raise UsageError(f"the built-in record has no versions in git; {_NAME_ONE}")
        if not self._repositories:
            raise unreadable(own[0], f"{self._reason}; name two files to compare, as in 'korea diff old.toml {own[0]}'")

    def compare(self, revisions: Revisions) -> Comparison:
        """Find every file on both sides; raises DataError for a revision or a file that neither has."""
        self.require_versions()
        sides = self._side(self._start_of(revisions)), self._side(revisions.new)
        notes: list[str] = []
        names = [self._names_of(file, sides, notes) for file in self._files]
        old, new = (side.version(found) for side, found in zip(sides, zip(*names, strict=True), strict=True))
        return Comparison(old, new, tuple(notes))

    def _start_of(self, revisions: Revisions) -> str:
        if not revisions.apart:
            return revisions.old
        new = revisions.new or HEAD
        bases = {each.merge_base(revisions.old, new) for each in self._repositories.values()}
        base = bases.pop() if len(bases) == 1 else None
        if base is None:
            raise UsageError(f"'{revisions.old}' and '{new}' have no single commit in common; compare them with '..'")
        return base

    def _side(self, revision: str | None) -> _Side:
        names: dict[str, str] = {}
        if revision is None:
            return _Side(_NOW, dict.fromkeys(self._repositories), names)
        trees = {top: each.tree_of(revision) for top, each in self._repositories.items()}
        for top, repository in self._repositories.items():
            if not trees[top] and (revision != HEAD or repository.has_commits()):
                raise unreadable(revision, f"the repository {top} has no such revision")
        snapshots = [each.snapshot(revision, trees[top]) for top, each in self._repositories.items()]
        return _Side(revision, trees, names, CommittedFiles(snapshots, names))

    def _names_of(
        self, file: _TrackedFile, sides: tuple[_Side, _Side], notes: list[str]
    ) -> tuple[str | None, str | None]:
        """Return what a file is called on each side, and note what is unusual."""
        old, new = (side.name_of(file) for side in sides)
        if not file.repository and file.name != BUILTIN:
            notes.append(f"{file.name} is not in a git repository; both versions use it as it is now")
        if old is None and new is None:
            raise unreadable(file.name, f"no such file in {sides[0].label} or {sides[1].label}")
        if old is None:
            old = self._other_name(file, sides, 0, notes)
        elif new is None:
            new = self._other_name(file, sides, 1, notes)
        return old, new

    def _other_name(self, file: _TrackedFile, sides: tuple[_Side, _Side], lacking: int, notes: list[str]) -> str | None:
        """Return the other name that a file has on the side that lacks its own; None where it was added or removed."""
        side, repository = sides[lacking], file.repository
        before, after = (each.trees[repository.top] if repository else None for each in sides)
        pairs = repository.renames(before, after) if repository and before else []
        other = next((pair[lacking] for pair in pairs if pair[1 - lacking] == file.inner), "")
        name = side.name_of(file._replace(name=os.path.relpath(file.path(other))), other) if other else None
        became = f"it is named {name} there" if name else f"all its records are {'removed' if lacking else 'new'}"
        notes.append(f"{file.name} is not in {side.label}: {became}")
        return name


def _here() -> list[Repository]:
    """Return the repository of this folder, if there is one."""
    try:
        return [find_repository("")]
    except RepositoryError:
        return []
