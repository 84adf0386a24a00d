"""The canvas that layouts draw on: styled text, cleaned, wrapped to the screen by display width, then made plain."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from korea_cli.base.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.report.screen import Screen

Part = str | tuple[str, str]  # plain text, or text and the name of its style

_NARROWEST_TEXT = 24

# Only what reads well on light and on dark grounds, and nothing that is said by colour alone.
_STYLES = {
    "title": "bold",
    "heading": "bold underline",
    "who": "magenta",
    "id": "cyan",
    "faint": "dim",
    "warn": "bold red",
    "mark": "bold",
}
_GLYPHS = {
    "day": ("●", "*"), "vague": ("○", "o"), "disputed": ("◆", "!"), "rail": ("│", "|"), "line": ("─", "-"),
    "to": ("→", "->"), "dot": ("·", ";"), "dash": ("–", "-"), "bar": ("█", "#"),
    "open": ("“", '"'), "close": ("”", '"'), "lasting": ("━", "="), "none": ("·", "."),
    "levels": ("▁▂▃▄▅▆▇█", "123456789+"),
}  # fmt: skip


class Canvas:
    """Draws lines of styled text for one screen; every method gives text that ends with a newline."""

    def __init__(self, screen: Screen) -> None:
        """Prepare to draw for a screen."""
        self.width = screen.width
        self._unicode = screen.unicode
        self._color = screen.color
        self._console = Console(
            file=io.StringIO(), width=screen.width, height=25, force_terminal=screen.color, no_color=not screen.color,
            color_system="standard" if screen.color else None, legacy_windows=False,
            markup=False, emoji=False, highlight=False,
        )  # fmt: skip

    def glyph(self, name: str) -> str:
        """Give a drawing character, or what stands for it where only ASCII can be written."""
        return _GLYPHS[name][not self._unicode]

    def mark(self, *, disputed: bool = False, vague: bool = False) -> Text:
        """Give the mark at which a record hangs on its rail."""
        if disputed:
            return self.text((self.glyph("disputed"), "warn"))
        return self.text(self.glyph("vague" if vague else "day"))

    def text(self, *parts: Part) -> Text:
        """Join parts to one text; everything that comes from data goes through here and is cleaned."""
        made = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            made.append(clean_line(words), style=_STYLES.get(style, style))
        return made

    def link(self, words: str, url: str | None, style: str = "") -> Text:
        """Give words that can be clicked where the terminal can."""
        made = self.text((words, style))
        if url and self._color:
            made.stylize(Style(link=clean_line(url)))
        return made

    def joined(self, texts: Iterable[Text], between: str) -> Text:
        """Join texts with something between them."""
        return self.text(between).join(texts)

    def line(self, text: Text | str = "", indent: int = 0) -> str:
        """Write one text, wrapped, each line indented."""
        return self.block([self.text(text) if isinstance(text, str) else text], indent=indent)

    def block(self, texts: Sequence[Text], indent: int = 0) -> str:
        """Write several texts below each other, each wrapped and indented."""
        lines = [line for text in texts for line in self._wrapped(text, self.width - indent)]
        return "".join(self._written(self.text(" " * indent).append_text(line)) for line in lines)

    def hanging(self, text: Text, indent: int) -> str:
        """Write a text, wrapped, the lines after its first indented where that leaves room for words."""
        indent = indent if self.width - indent >= _NARROWEST_TEXT else 2
        first, *others = self._wrapped(text, self.width, self.width - indent)
        before = self.text(" " * indent)
        return "".join(map(self._written, (first, *(before.copy().append_text(line) for line in others))))

    def entry(self, lead: Text, mark: Text, texts: Sequence[Text], lead_width: int, rail: str | None = None) -> str:
        """Write texts beside a rail that begins with a mark, and what leads them in a column before it."""
        beside = self.text((self.glyph("rail") if rail is None else rail, "faint"))
        before = lead_width + 1 if lead_width else 0
        leads = self._wrapped(lead, lead_width) if lead_width else []
        lines = [line for text in texts for line in self._wrapped(text, self.width - before - 2)]
        height = max(len(leads), len(lines))
        written = []
        for row in range(height):
            made = leads[row].copy() if row < len(leads) else Text()
            made.append(" " * (before - made.cell_len))
            made.append_text(beside if row else mark).append(" ")
            written.append(self._written(made.append_text(lines[row]) if row < len(lines) else made))
        return "".join(written)

    def columns(self, label: str, width: int, words: str) -> str:
        """Write words behind a label, or below it where the screen leaves them no room."""
        named = self.text((label, "faint"))
        if self.width - width < _NARROWEST_TEXT:
            return self.block([named]) + self.block([self.text(words)], indent=2)
        return self.entry(named, self.text(" "), [self.text(words)], width, rail=" ")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Write a table that fits the screen; long cells are wrapped, never cut."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for head in heads:
            table.add_column(self.text((head, "faint")), overflow="fold")
        for row in rows:
            table.add_row(*map(self.text, row))
        with self._console.capture() as capture:
            self._console.print(table)
        return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())

    def cells(self, words: str) -> int:
        """Count the columns that some words take up on the screen."""
        return self.text(words).cell_len

    def rule(self, words: str) -> str:
        """Write a heading with a line drawn behind it to the edge of the screen."""
        made = self.text((words, "title"), " ")
        return self._written(made.append(self.glyph("line") * (self.width - made.cell_len), style="dim"))

    def _wrapped(self, text: Text, width: int, later: int | None = None) -> list[Text]:
        """Part a text into lines, the first of some width, the others of another where that is given."""
        rooms = max(width, 2), max(width if later is None else later, 2)
        lines = text.divide(list(_line_starts(text.plain, *rooms)))
        for line in lines:
            line.rstrip()
        return list(lines) or [Text()]

    def _written(self, text: Text) -> str:
        text.rstrip()
        with self._console.capture() as capture:
            self._console.print(text, no_wrap=True, overflow="ignore", crop=False)
        return capture.get()


def _line_starts(words: str, room: int, later: int) -> Iterator[int]:
    """Yield where lines after the first start: at words; within one wider than a line, after a hyphen if it has any."""
    column = 0
    for found in re.finditer(r"\s*\S+\s*", words):
        start, word = found.start(), found[0]
        if column and column + cell_len(word.rstrip()) > room:
            yield start
            column, room = 0, later
        while cell_len(word.rstrip()) > room:
            fitting = chop_cells(word, room)[0]
            length = fitting.rfind("-", 1) + 1 or len(fitting)
            start, word, room = start + length, word[length:], later
            yield start
        column += cell_len(word)
