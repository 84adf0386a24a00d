"""Draw how the columns of a file are read: a line a column, two on a narrow screen, samples cut to fit. Wrap texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.text import Text

from korea_cli.base.sanitize import clean_line
from korea_cli.drawing.canvas import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.ingest.dialogue.import_questions import ColumnReading
    from korea_cli.report.screen import Screen

_IGNORED, _EMPTY = "(ignored)", "(empty)"
_NARROW = 60
_MOST = 40  # lines; more columns that are ignored are only named
_BETWEEN = 2
_SHORTEST = 8  # columns of a sample
_ID, _CYAN, _FAINT, _PLAIN = "\x1b[38;5;31m", "\x1b[36m", "\x1b[2m", "\x1b[0m"


def wrap_lines(text: str, width: int) -> str:
    """Return a text whose lines are no wider than the screen; what is wrapped of an indented one is indented more."""
    lines = []
    for line in map(clean_line, text.splitlines()):
        words = line.lstrip()
        indent = len(line) - len(words)
        first, *others = wrapped(Text(words), width - indent, width - 2 * indent)
        lines += [f"{' ' * indent}{first}", *(f"{' ' * 2 * indent}{each}" for each in others)]
    return "".join(f"{line}\n" for line in lines)


def draw_columns(columns: Sequence[ColumnReading], screen: Screen) -> str:
    """Return the lines of a table of columns."""
    ignored = [each for each in columns if not each.key]
    number = max(_MOST - (len(columns) - len(ignored)), 0)
    left = ignored[number:] if len(ignored) > number + 1 else []
    drawing = _ColumnDrawing([each for each in columns if each not in left], screen)
    return "".join((*drawing.lines(), *drawing.others(left)))


class _ColumnDrawing:
    """The lines of some columns on one screen."""

    def __init__(self, columns: Sequence[ColumnReading], screen: Screen) -> None:
        self._columns, self._screen = columns, screen
        self._more, self._dot = ("…", " · ") if screen.unicode else ("...", " | ")
        widest = max((cell_len(clean_line(each.heading)) for each in columns), default=0)
        self._narrow = screen.width < _NARROW
        self._key = max((len(each.key or _IGNORED) for each in columns), default=0)
        room = screen.width - self._key - _BETWEEN if self._narrow else screen.width * 2 // 5
        self._heading = min(widest, room)

    def lines(self) -> Iterator[str]:
        """Yield each column with what it is read as and what is in it."""
        for each in self._columns:
            heading = self._padded(self._cut(each.heading, self._heading), self._heading)
            key = self._padded(each.key or _IGNORED, 0 if self._narrow else self._key)
            shown = self._styled(key, _ID if each.key else _FAINT)
            between = " " * _BETWEEN
            indent = _BETWEEN if self._narrow else self._heading + self._key + 2 * _BETWEEN
            samples = self._samples(each.samples, self._screen.width - indent)
            before = f"\n{between}" if self._narrow else between
            yield f"{heading}{between}{shown}{before}{samples}\n"

    def others(self, columns: Sequence[ColumnReading]) -> Iterator[str]:
        """Yield how many more columns are ignored, and the first of their names."""
        if columns:
            names = ", ".join(clean_line(each.heading) for each in columns)
            yield f"{self._cut(f'and {len(columns):,} more ignored: {names}', self._screen.width)}\n"

    def _samples(self, samples: Sequence[str], room: int) -> str:
        if not samples:
            return self._styled(_EMPTY, _FAINT)
        share = max((room - (len(samples) - 1) * len(self._dot)) // len(samples), _SHORTEST)
        whole = self._dot.join(map(clean_line, samples))
        if cell_len(whole) > room:
            whole = self._dot.join(self._cut(each, share) for each in samples)
        return self._cut(whole, room)

    def _cut(self, text: str, room: int) -> str:
        plain = clean_line(text)
        if cell_len(plain) <= room:
            return plain
        return f"{chop_cells(plain, max(room - len(self._more), 1))[0].rstrip()}{self._more}"

    def _padded(self, text: str, width: int) -> str:
        return text + " " * (width - cell_len(text))

    def _styled(self, text: str, style: str) -> str:
        if not self._screen.color:
            return text
        return f"{_CYAN if style == _ID and not self._screen.palette else style}{text}{_PLAIN}"
