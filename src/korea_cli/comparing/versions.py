"""Find the two versions to compare: files as they were named, or data files as they are in commits and on the disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.checks.load import load
from korea_cli.comparing.committed import CommittedFiles
from korea_cli.comparing.comparison import ComparedVersion, Comparison
from korea_cli.comparing.history import HEAD, History, Revisions
from korea_cli.comparing.repository import RepositoryError, find_repository, no_file, no_revision
from korea_cli.reading.disk import DISK
from korea_cli.reading.locate import BUILTIN, QUERIED, STDIN, data_files
from korea_cli.reading.toml import unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.base.errors import DataError
    from korea_cli.checks.load import LoadResult


def choose_versions(
    old: str | None, new: str | None, data: Sequence[str], environment: Mapping[str, str]
) -> Comparison:
    """Find what to compare; raises KoreaError.

    old, new: files, revisions or a range of these, as typed. data: the files of the chronology, without those.
    """
    if old is not None and _is_file(old):
        if new is not None and not _is_file(new) and History([old]).knows(new):
            raise UsageError(f"the revision comes first: 'korea diff {new} {old}'")
        return _two_files(old, new, data) if new is not None else _with_head(old, data)
    file = [new] if new is not None and _is_file(new) else []
    history = History((*data, *file) if file else data_files(data, environment))
    revisions = _revisions(old, None if file else new)
    unknown = [each for each in revisions[:2] if each is not None and not history.knows(each)]
    if not unknown:
        return history.compare(revisions)
    if new is not None and (file or len(unknown) > 1):
        return _two_files(old or "", new, data)
    history.require_versions()
    raise _neither(str(old) if new is None else unknown[0], unknown[0])


def _neither(name: str, unknown: str) -> DataError:
    """Return the error for a word that is no data file and no revision, or is a range of which git lacks one."""
    return unreadable(name, "is a folder, not a file") if os.path.isdir(name) else no_revision(name, unknown)


def _is_file(name: str) -> bool:
    """Whether a name means a file, on the disk or in git, and no revision; a folder may have the name of a branch."""
    is_file = os.path.lexists(name) and not os.path.isdir(name)
    return name in {BUILTIN, STDIN, ""} or is_file or _is_in_git(name)


def _is_in_git(name: str) -> bool:
    """Whether a name can only mean a file in git: a file with exactly that name comes first."""
    is_other = name in {BUILTIN, STDIN} or name.startswith(QUERIED) or "://" in name
    is_file = is_other or os.path.lexists(name) or os.path.splitdrive(name)[0]
    return not is_file and _colon(name) >= 0


def _colon(name: str) -> int:
    """Return where the colon is that ends a revision; -1 where none does. `HEAD@{2017-07-04 09:10}` is a revision."""
    depth = 0
    for place, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if letter == ":" and depth <= 0:
            return place
    return -1


def _revisions(old: str | None, new: str | None) -> Revisions:
    """Read `A B`, `A..B`, `A...B` or `A`."""
    if old is None:
        return Revisions(HEAD)
    if new is None and ".." in old:
        dots = "..." if "..." in old else ".."
        start, _, end = old.partition(dots)
        return Revisions(start or HEAD, end or HEAD, apart=dots == "...")
    return Revisions(old, new)


def _with_head(name: str, others: Sequence[str]) -> Comparison:
    """Compare a file with its version in HEAD."""
    if name in {BUILTIN, STDIN} or _is_in_git(name):
        raise UsageError(f"'{name}' is one version; name the other too, as in 'korea diff {name} new.toml'")
    return History((*others, name)).compare(Revisions(HEAD))


def _two_files(old: str, new: str, others: Sequence[str]) -> Comparison:
    if (old, new).count(STDIN) + 2 * list(others).count(STDIN) > 1:
        raise UsageError("standard input can be read only once; use a file for one of the two")
    return Comparison(_file_version(old, others), _file_version(new, others))


def _file_version(name: str, others: Sequence[str]) -> ComparedVersion:
    """Return the version that a file is, on the disk or `REVISION:PATH` in git, after others; raises DataError."""
    names = (*others, name)
    return ComparedVersion(name, names, _committed([name])) if _is_in_git(name) else ComparedVersion(name, names)


def load_named(names: Sequence[str], max_size: int) -> LoadResult:
    """Load files as `load` does, also those named as `REVISION:PATH`, of one revision; raises KoreaError."""
    in_git = [name for name in names if _is_in_git(name)]
    revisions = list(dict.fromkeys(name[: _colon(name)] for name in in_git))
    if len(revisions) > 1:
        raise UsageError(f"'{revisions[0]}' and '{revisions[1]}' are two revisions; name files of one")
    return load(names, max_size=max_size, files=_committed(in_git) if in_git else DISK)


def _committed(names: Sequence[str]) -> CommittedFiles:
    """Return the files of a revision in the repository of this folder; raises DataError."""
    name = names[0]
    revision = name[: _colon(name)]
    try:
        repository = find_repository("")
    except RepositoryError as error:
        raise no_file(name, str(error)) from None
    tree = repository.tree_of(revision) if revision else None
    if revision and tree is None:
        raise no_revision(name, revision)
    paths = {each: each[_colon(each) + 1 :] for each in names}
    below = {each: os.path.relpath(path) if os.path.isabs(path) else path for each, path in paths.items()}
    places = {each: os.path.join(repository.top, repository.path_below(path)) for each, path in below.items()}
    return CommittedFiles([repository.snapshot(revision, tree)], places)
