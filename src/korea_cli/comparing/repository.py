"""Git repositories: which one a file is in, and the files of its commits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.git import answer_of, error_of, run_git
from korea_cli.reading.toml import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from subprocess import CompletedProcess

    from korea_cli.base.errors import DataError

STAGED = "the staged files"


class RepositoryError(Exception):
    """There is no repository, or git cannot read it: the reason, as part of a sentence."""


class TreeEntry(NamedTuple):
    """What git has at a path: its mode (a file, a link, a submodule), and the name of its content."""

    mode: str
    object: str


class Snapshot(NamedTuple):
    """The files of a revision, by their paths below the top of the repository, and the names in each folder.

    revision: as it was typed; "" for the staged files.
    """

    repository: Repository
    revision: str
    entries: Mapping[str, TreeEntry]
    folders: Mapping[str, set[str]]

    @property
    def label(self) -> str:
        """What the revision is called in a sentence."""
        return self.revision or STAGED

    def size_of(self, entry: TreeEntry) -> int:
        """Return how many bytes a file has."""
        return int(self.repository.run("cat-file", "-s", entry.object).stdout)

    def content_of(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file, or the target of a link."""
        return self.repository.run("cat-file", "blob", entry.object).stdout


class Repository(NamedTuple):
    """A repository: the top of its files, or its own folder where it has none checked out.

    folder: where git is run; prefix: that folder's path below the top.
    """

    top: str
    folder: str
    prefix: str

    def run(self, *words: str) -> CompletedProcess[bytes]:
        """Run git there."""
        return run_git(*words, folder=self.folder)

    def path_below(self, path: str) -> str:
        """Return the path below the top of a path below the folder."""
        return os.path.normpath(os.path.join(self.prefix, path)).replace(os.sep, "/")

    def tree_of(self, revision: str) -> str | None:
        """Return the name of the tree of a revision; None where there is none."""
        return self._verify(f"{revision}^{{tree}}")

    def has_commits(self) -> bool:
        """Whether HEAD is a commit."""
        return self._verify("HEAD") is not None

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit from which two revisions went apart, in short; None where there is none."""
        found = self.run("merge-base", "--", one, other)
        short = self.run("rev-parse", "--short", answer_of(found)) if not found.returncode else found
        return answer_of(short) or None

    def _verify(self, name: str) -> str | None:
        found = self.run("rev-parse", "--verify", "-q", name) if not name.startswith("-") else None
        return answer_of(found) or None if found else None

    def snapshot(self, revision: str, tree: str | None) -> Snapshot:
        """List the files of a tree, of which None has none, or those that are staged if the revision is ""."""
        if revision:
            listed = self.run("ls-tree", "-r", "-z", "--full-tree", tree).stdout if tree else b""
        else:
            listed = run_git("ls-files", "-s", "-z", folder=self.top).stdout
        entries = dict(_entry(line, staged=not revision) for line in listed.split(b"\0") if line)
        return Snapshot(self, revision, entries, _folders(entries))

    def renames(self, old: str, new: str | None) -> list[tuple[str, str]]:
        """Return the old and the new path of each file that was renamed; new: None for the staged files."""
        form = ("-z", "-M", "--name-status", "--diff-filter=R", "--no-ext-diff")
        done = self.run("diff-tree", "-r", *form, old, new) if new else self.run("diff-index", "--cached", *form, old)
        words = [os.fsdecode(each) for each in done.stdout.split(b"\0")]
        return list(zip(words[1::3], words[2::3], strict=False))


def find_repository(folder: str) -> Repository:
    """Return the repository that a folder is in, "" for this one; raises RepositoryError."""
    os.getcwd()  # raises FileNotFoundError if it was deleted, which git words in its own way
    while not os.path.isdir(folder or "."):  # it may have been deleted since
        folder = os.path.dirname(folder)
    place = folder or "."
    try:
        top = run_git("rev-parse", "--show-toplevel", folder=place)
        if not top.returncode:
            prefix = answer_of(run_git("rev-parse", "--show-prefix", folder=place))
            return Repository(answer_of(top), place, prefix)
        own = run_git("rev-parse", "--absolute-git-dir", folder=place)
    except OSError:
        raise RepositoryError("git cannot be run to look for it") from None
    if own.returncode:
        error = error_of(own)
        outside = not error or "not a git repository" in error
        raise RepositoryError("this folder is not in a git repository" if outside else f"git reports: {error}")
    return Repository(answer_of(own), place, "")


def no_file(name: str, reason: str) -> DataError:
    """Return the error for what is no file on the disk, and is not in git for a reason."""
    return unreadable(name, f"no such file, and {reason}")


def no_revision(name: str, revision: str) -> DataError:
    """Return the error for a revision that git does not have."""
    return no_file(
        name, f"'{revision}' is not a git revision" if revision.startswith("-") else f"git has no revision '{revision}'"
    )


def _entry(line: bytes, *, staged: bool) -> tuple[str, TreeEntry]:
    about, _, path = line.partition(b"\t")
    words = about.decode().split()  # mode, type, name; of staged files mode, name, stage
    return os.fsdecode(path), TreeEntry(words[0], words[1] if staged else words[2])


def _folders(paths: Iterable[str]) -> dict[str, set[str]]:
    folders: dict[str, set[str]] = {"": set()}
    for path in paths:
        inner = path
        while inner:
            folder, _, name = inner.rpartition("/")
            names = folders.setdefault(folder, set())
            if name in names:
                break
            names.add(name)
            inner = folder
    return folders
