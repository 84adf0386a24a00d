"""Read data files, and what they include, as a commit has them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.nearest import nearest
from korea_cli.reading.disk import DiskFiles
from korea_cli.reading.toml import MARK, Document, decode, parse_document, too_large, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.base.errors import DataError
    from korea_cli.base.problems import Problem
    from korea_cli.comparing.repository import Snapshot, TreeEntry

_LINK, _SUBMODULE = "120000", "160000"  # modes of git
_MOST_LINKS = 40  # that lead from one to the next, as in Linux


class CommittedFiles(DiskFiles):
    """The files of snapshots of repositories; every other file is on the disk.

    names: the paths of the files that were named, by these names. A path of a file in a repository begins with its top.
    """

    def __init__(self, snapshots: Sequence[Snapshot], names: Mapping[str, str]) -> None:
        self._snapshots = sorted(snapshots, key=lambda each: -len(each.repository.top))  # those within others first
        self._names = names

    def path_of(self, name: str) -> Path | None:
        """Return the path of a named file."""
        return Path(self._names[name]) if name in self._names else super().path_of(name)

    def name_of(self, path: Path) -> str:
        """Return what an included file is called: `REVISION:PATH`."""
        found = self._find(str(path))
        return f"{found[0].revision}:{_shown(found[0], str(path))}" if found else super().name_of(path)

    def read(self, name: str, path: Path | None, max_size: int) -> tuple[Document, Problem | None]:
        """Read a file as its commit has it."""
        if path is None or not self._find(str(path)):
            return super().read(name, path, max_size)
        found = self._find(self.real(str(path)))
        if not found:
            raise unreadable(name, f"is a link that leads out of the repository, to '{self.real(str(path))}'")
        snapshot, inner = found
        entry = snapshot.entries.get(inner)
        if entry is None:
            raise _missing(name, snapshot, inner)
        if snapshot.size_of(entry) > max_size:
            raise too_large(name, max_size)
        raw = snapshot.content_of(entry)
        return parse_document(Document(name=name, path=path, text=decode(name, raw), marked=raw.startswith(MARK)))

    def real(self, path: str) -> str:
        """Return a path without the links that the commit has."""
        for _ in range(_MOST_LINKS):
            found = self._find(path)
            if not found:
                return super().real(path)
            snapshot, inner = found
            parts = inner.split("/")
            heads = ("/".join(parts[:number]) for number in range(1, len(parts) + 1))
            head = next((each for each in heads if _mode_of(snapshot, each) in {_LINK, _SUBMODULE}), None)
            if head is None:
                break
            self._refuse_submodule(snapshot, head)
            target = os.fsdecode(snapshot.content_of(snapshot.entries[head]))
            start = os.path.join(snapshot.repository.top, os.path.dirname(head), target)
            path = os.path.normpath(os.path.join(start, inner[len(head) + 1 :]))
        return path

    def exists(self, path: str) -> bool:
        """Whether there is something at a path, if only a link to nothing."""
        found = self._find(self._in_real_folder(path))
        return found[1] in found[0].entries or found[1] in found[0].folders if found else super().exists(path)

    def is_link(self, path: str) -> bool:
        """Whether a path is a link."""
        found = self._find(self._in_real_folder(path))
        return _mode_of(*found) == _LINK if found else super().is_link(path)

    def is_folder(self, path: str) -> bool:
        """Whether a path, or what it links to, is a folder."""
        found = self._find(self.real(path))
        return found[1] in found[0].folders if found else super().is_folder(path)

    def is_device(self, path: str) -> bool:
        """Whether a path, or what it links to, is neither a file nor a folder: git has neither."""
        return not self._find(self.real(path)) and super().is_device(path)

    def entries(self, folder: str) -> list[str]:
        """Return the names in a folder."""
        found = self._find(self.real(folder))
        return sorted(found[0].folders.get(found[1], ())) if found else super().entries(folder)

    def _find(self, path: str) -> tuple[Snapshot, str] | None:
        """Return the snapshot that a path belongs to, and its path below the top."""
        for snapshot in self._snapshots:
            top = snapshot.repository.top
            if path == top or path.startswith(os.path.join(top, "")):
                return snapshot, "" if path == top else os.path.relpath(path, top).replace(os.sep, "/")
        return None

    def _in_real_folder(self, path: str) -> str:
        return os.path.join(self.real(os.path.dirname(path)), os.path.basename(path))

    def _refuse_submodule(self, snapshot: Snapshot, path: str) -> None:
        if _mode_of(snapshot, path) == _SUBMODULE:
            name = f"{snapshot.revision}:{path}"
            raise unreadable(name, "is a submodule, whose files are in another repository; name them with -d instead")


def _mode_of(snapshot: Snapshot, path: str) -> str:
    entry: TreeEntry | None = snapshot.entries.get(path)
    return entry.mode if entry else ""


def _shown(snapshot: Snapshot, path: str) -> str:
    """Return a path as it is typed after a revision: from the folder that git was run in."""
    repository = snapshot.repository
    return os.path.relpath(path, os.path.join(repository.top, repository.prefix))


def _missing(name: str, snapshot: Snapshot, inner: str) -> DataError:
    """Return the error for a file that a commit does not have."""
    if inner in snapshot.folders:
        return unreadable(name, f"'{inner}' is a folder in {snapshot.label}, not a file")
    folder = inner.rpartition("/")[0]
    files = (each for each in snapshot.entries if each.rpartition("/")[0] == folder)
    near = nearest(inner, sorted(files))
    shown = near and _shown(snapshot, os.path.join(snapshot.repository.top, near))
    suggestion = f"{snapshot.revision}:{shown}" if shown else None
    return unreadable(name, f"there is no '{inner}' in {snapshot.label}", suggestion)
