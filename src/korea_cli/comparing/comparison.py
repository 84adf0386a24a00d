"""What is compared: two versions of a chronology, each with the names of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.checks.load import load_valid
from korea_cli.reading.disk import DISK

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.reading.disk import DiskFiles


class ComparedVersion(NamedTuple):
    """A version: what it is called, the names of its files, and where they are read from."""

    label: str
    names: tuple[str, ...]
    files: DiskFiles = DISK

    def load(self, max_size: int) -> LoadResult:
        """Read it; raises DataError with every problem."""
        loaded = load_valid(self.names, max_size=max_size, files=self.files)
        for document in loaded.documents:
            document.tables.clear()  # no longer needed, and large for two versions of a large file
            document.pieces.clear()  # which have the same records
        return loaded


class Comparison(NamedTuple):
    """Two versions to compare, and notes on how their files were found."""

    old: ComparedVersion
    new: ComparedVersion
    notes: tuple[str, ...] = ()
