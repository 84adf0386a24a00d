"""Read the two versions to compare: files, standard input, or files from git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.base.gc_paused import gc_paused
from korea_cli.checks.load import load_valid
from korea_cli.comparing.git import is_git_name, read_from_git
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.checks.load import LoadResult, Replacements


@gc_paused()
def read_versions(old: str, new: str, others: Sequence[str], max_size: int) -> tuple[LoadResult, LoadResult]:
    """Read two versions of a file, each after the `others`, the other files of the chronology.

    Raises DataError with every problem, and UsageError when standard input would have to be read twice.
    """
    if (old, new).count(STDIN) + 2 * list(others).count(STDIN) > 1:
        raise UsageError("standard input can be read only once; use a file for one of the two")
    return _version(old, others, max_size), _version(new, others, max_size)


def _version(name: str, others: Sequence[str], max_size: int) -> LoadResult:
    instead: Replacements = {}
    if is_git_name(name):
        instead = {
            Path(name).resolve(): parse_document(
                Document(name=name, path=Path(name), text=read_from_git(name, max_size))
            )
        }
    loaded = load_valid([*others, name], max_size=max_size, replacements=instead)
    for document in loaded.documents:
        document.tables.clear()  # no longer needed, and large for two versions of a large file
    return loaded
