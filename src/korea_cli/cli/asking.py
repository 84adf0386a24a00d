"""Questions on standard error, so that standard output has the answer of the command alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from korea_cli.base.streams import read_line, write_stderr
from korea_cli.cli.terminal import stderr_screen
from korea_cli.ingest.dialogue.import_dialogue import ColumnsTerminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.ingest.dialogue.import_questions import ColumnReading


class StderrTerminal(ColumnsTerminal):
    """Shows texts on standard error, and reads answers from standard input."""

    def say(self, text: str) -> None:
        """Show a text; lines are broken between words."""
        from korea_cli.drawing.import_columns import wrap_lines  # noqa: PLC0415 - only questions need it

        write_stderr(wrap_lines(text, stderr_screen(os.environ).width))

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Return the next line, stripped; raises EOFError where there is none."""
        self.offer(offers)
        return read_line(self.PROMPT).strip()

    def show_columns(self, columns: Sequence[ColumnReading]) -> None:
        """Draw a table of columns that fits the screen."""
        from korea_cli.drawing.import_columns import draw_columns  # noqa: PLC0415 - only questions need it

        write_stderr(draw_columns(columns, stderr_screen(os.environ)))
