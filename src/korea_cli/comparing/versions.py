"""Read the two versions that are compared: files, standard input, or files as git has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.base.gc_paused import gc_paused
from korea_cli.checks.load import load_valid
from korea_cli.comparing.git import asked_of_git, text_in_git
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.checks.load import LoadResult, Replacements


@gc_paused()
def read_versions(old: str, new: str, beside: Sequence[str], max_size: int) -> tuple[LoadResult, LoadResult]:
    """Read two versions of a file, each after the files that stand `beside` it in the chronology.

    Raises DataError with every problem, and UsageError when standard input would have to be read twice.
    """
    if (old, new).count(STDIN) + 2 * list(beside).count(STDIN) > 1:
        raise UsageError("standard input can be read once only; name a file for one of the two")
    return _version(old, beside, max_size), _version(new, beside, max_size)


def _version(name: str, beside: Sequence[str], max_size: int) -> LoadResult:
    instead: Replacements = {}
    if asked_of_git(name):
        instead = {
            Path(name).resolve(): parse_document(Document(name=name, path=Path(name), text=text_in_git(name, max_size)))
        }
    loaded = load_valid([*beside, name], max_size=max_size, replacements=instead)
    for document in loaded.documents:
        document.tables.clear()  # the records are made; of two versions of a large file this is much
    return loaded
