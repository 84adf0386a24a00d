"""Where data files are read from: the disk. A version of them in git is read by the same questions."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from korea_cli.reading.locate import path_of
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.base.problems import Problem
    from korea_cli.reading.toml import Document


class DiskFiles:
    """The files of the disk."""

    def path_of(self, name: str) -> Path | None:
        """Return the path of a named file, None for stdin."""
        return path_of(name)

    def name_of(self, path: Path) -> str:
        """Return what an included file is called in messages."""
        return str(path)

    def read(self, name: str, path: Path | None, max_size: int) -> tuple[Document, Problem | None]:
        """Read a file as `read_document` does."""
        return read_document(name, path, max_size=max_size)

    def real(self, path: str) -> str:
        """Return a path without links."""
        return os.path.realpath(path)

    def exists(self, path: str) -> bool:
        """Whether there is something at a path, if only a link to nothing."""
        return os.path.lexists(path)

    def is_link(self, path: str) -> bool:
        """Whether a path is a link."""
        return os.path.islink(path)

    def is_folder(self, path: str) -> bool:
        """Whether a path, or what it links to, is a folder."""
        return os.path.isdir(path)

    def is_device(self, path: str) -> bool:
        """Whether a path, or what it links to, is neither a file nor a folder."""
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError):  # opening it says why
            return False
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))

    def entries(self, folder: str) -> list[str]:
        """Return the names in a folder; raises OSError or ValueError where it cannot be read."""
        return os.listdir(folder)


DISK = DiskFiles()
