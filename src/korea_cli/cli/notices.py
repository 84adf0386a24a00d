"""Notes and the progress of long work, on standard error."""

from __future__ import annotations

import os
from contextlib import contextmanager
from time import monotonic

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.streams import print_stderr
from korea_cli.cache.progress import Progress, ignore_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.cache.progress import Watch
    from korea_cli.drawing.progress import Bar
    from korea_cli.report.report import Report

_STDERR = 2
_DELAY = 1.0  # seconds of work that need no progress bar


class StderrNotices(NamedTuple):
    """Writes notes and progress to standard error, or nothing with `--quiet`."""

    quiet: bool

    def note(self, *sentences: str, prefix: str = "korea: ") -> None:
        """Write sentences, each on a line; that of a success has no prefix."""
        if not self.quiet:
            print_stderr(*sentences, prefix=prefix)

    def drawn(self, report: Report) -> str:
        """Return a report as it is printed on standard output: drawn on a terminal, else one record a line."""
        from korea_cli import formats  # noqa: PLC0415 - few commands show a report and do more
        from korea_cli.cli.terminal import stdout_is_read, stdout_screen  # noqa: PLC0415 - as above

        form = formats.load("table" if stdout_is_read(os.environ) else "plain")
        return "".join(formats.render(form, report, stdout_screen(os.environ), {}))

    def querying(self) -> Callable[[float | None], None] | None:
        """Return a function that shows the share of a query that is done, until it is called with None.

        It is None where nobody would see that.
        """
        if not self._are_seen():
            return None
        bar = _LateBar()

        def show(share: float | None) -> None:
            bar.show(Progress("" if share is None else "querying", share or 0.0, _DELAY + 1))

        return show

    @contextmanager
    def progress(self) -> Iterator[Watch]:
        """Yield a function that shows progress on a terminal once the work takes a while; at the end the bar goes."""
        if not self._are_seen():
            yield ignore_progress
            return
        bar = _LateBar()
        try:
            yield bar.show
        finally:
            bar.end()

    def _are_seen(self) -> bool:
        """Return whether there is a terminal on which something can be drawn over."""
        return not self.quiet and os.isatty(_STDERR) and os.environ.get("TERM") not in {"", "dumb"}


class _LateBar:
    """A progress bar that appears once the work takes a while."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._bar: Bar | None = None

    def show(self, progress: Progress) -> None:
        """Draw the bar if it is time for it; it goes where something else will be shown."""
        if not progress.stage:
            self.end()
            return
        if self._bar is None and max(monotonic() - self._began, progress.expected) > _DELAY:
            from korea_cli.drawing.progress import Bar  # noqa: PLC0415 - few answers take that long

            self._bar = Bar()
            self._bar.start()
        if self._bar is not None:
            self._bar.draw(progress.stage, progress.share)

    def end(self) -> None:
        """Let the bar go; it may appear again."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
