"""Show how far the making of an index is: on a terminal, once it takes over a second, and gone when it is done."""

from __future__ import annotations

import os
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from korea_cli.cache.progress import ignore_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.cache.progress import Progress, Watch
    from korea_cli.drawing.progress import Bar

_STDERR = 2
_PATIENCE = 1.0  # seconds that nobody needs to be told about


@contextmanager
def shown(*, quiet: bool) -> Iterator[Watch]:
    """Give what shows progress on standard error; nothing is shown where nobody looks, or wants to."""
    if quiet or not os.isatty(_STDERR) or os.environ.get("TERM") in {"", "dumb"}:  # which cannot move back
        yield ignore_progress
        return
    shown = _Shown()
    try:
        yield shown.update
    finally:
        shown.remove()


class _Shown:
    """A bar that appears when it has become clear that it takes a while."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._bar: Bar | None = None

    def update(self, progress: Progress) -> None:
        """Show how far it is now."""
        if self._bar is None and max(monotonic() - self._began, progress.expected) > _PATIENCE:
            from korea_cli.drawing.progress import Bar  # noqa: PLC0415 - few answers take that long

            self._bar = Bar()
        if self._bar is not None:
            self._bar.draw(progress.stage, progress.share)

    def remove(self) -> None:
        """Leave the terminal as it was."""
        if self._bar is not None:
            self._bar.remove()
