"""Draw how far something is, as a bar on standard error that goes when it is done."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn


class Bar(Progress):
    """A bar that is drawn only on request, as Python may be busy for seconds, and that leaves the streams alone."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), console=Console(stderr=True),
            transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False,
        )  # fmt: skip
        self._bar = self.add_task("", total=1.0)

    def draw(self, doing: str, share: float) -> None:
        """Draw what is being done, and the share of it that is done."""
        self.update(self._bar, description=doing, completed=share, refresh=True)
