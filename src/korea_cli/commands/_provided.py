"""What the command line provides to commands: `notices`, as a type. Nothing here runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from korea_cli.cache.progress import Watch
    from korea_cli.report.report import Report


class Notices(Protocol):
    """Writes to standard error; silent with `--quiet`."""

    def note(self, *sentences: str, prefix: str = ...) -> None:
        """Write sentences, each on a line; that of a success has no prefix."""

    def drawn(self, report: Report) -> str:
        """Return a report as it is printed on standard output."""

    def progress(self) -> AbstractContextManager[Watch]:
        """Return a context in which the progress of long work is shown."""
