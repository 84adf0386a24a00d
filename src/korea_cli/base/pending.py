"""Whether a change of several files was interrupted: looked up at every start, so nothing heavy is imported here."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Iterable

JOURNAL = ".korea-journal"  # beside the files that are being changed


def is_pending(paths: Iterable[str]) -> bool:
    """Return whether there is a journal beside one of some files, whose links are resolved."""
    return any(os.path.lexists(os.path.join(folder, JOURNAL)) for folder in {*map(os.path.dirname, paths)})
