"""The canvas that layouts draw on: styled text, cleaned, wrapped to the screen by display width, then made plain."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from zlib import crc32

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from korea_cli.base.sanitize import clean_line
from korea_cli.dates.format import show_stored
from korea_cli.model.choices import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import JustifyMethod

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.rows.types import ActorReference

Part = str | tuple[str, str]  # plain text, or text and the name of its style

_NARROWEST_TEXT = 24
_NARROW, _WIDE = 60, 100  # columns from which there is room for a column at the left, and for one at the right
_WIDEST_ASIDE = 60
BETWEEN = 2  # blanks between the columns of a table

# Of the 256 colours, some that contrast at least 4:1 with white and with black, and as different as such can be. Which
# of them an actor gets depends on its state, so that neighbours may share one: no meaning rests on colour alone.
HUES = (28, 63, 163, 130, 64, 98, 132, 30, 131)
_STYLES = {
    "title": "bold",
    "heading": "bold underline",
    "id": "color(31)",
    "faint": "dim",
    "warn": "bold red",
    "mark": "bold",
}
_GLYPHS = {
    "day": ("●", "*"), "vague": ("○", "o"), "disputed": ("◆", "!"), "rail": ("│", "|"), "line": ("─", "-"),
    "to": ("→", "->"), "dot": ("·", ";"), "dash": ("–", "-"), "bar": ("█", "#"),
    "more": ("…", "..."), "most": ("≤", "<="), "open": ("“", '"'), "close": ("”", '"'),
    "lasting": ("━", "="), "none": ("·", "."),
    "levels": ("▁▂▃▄▅▆▇█", "123456789+"),
}  # fmt: skip


class Canvas:
    """Draws lines of styled text for one screen; every method that draws returns text that ends with a newline."""

    def __init__(self, screen: Screen, report: Report) -> None:
        self.report, self.width = report, screen.width
        self.narrow, self.wide = screen.width < _NARROW, screen.width >= _WIDE
        self._screen = screen
        self._console = Console(
            file=io.StringIO(), width=screen.width, height=25, force_terminal=screen.color, no_color=not screen.color,
            color_system=None if not screen.color else "256" if screen.palette else "standard", legacy_windows=False,
            markup=False, emoji=False, highlight=False,
        )  # fmt: skip

    def glyph(self, name: str) -> str:
        """Return a drawing character, or its replacement where only ASCII can be written."""
        return _GLYPHS[name][not self._screen.unicode]

    def text(self, *parts: Part) -> Text:
        """Join parts to one text; everything that comes from data goes through here and is cleaned."""
        text = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            text.append(clean_line(words), style=_STYLES.get(style, style))
        return text

    def actor(self, reference: ActorReference) -> Text:
        """Return the name of an actor in the hue of its state."""
        state = self.report.related.state_of(reference["id"]) if self._screen.color else ""
        return self.text((reference["name"], f"color({HUES[crc32(state.encode()) % len(HUES)]})"))

    def identified(self, name: Text, reference: Mapping[str, Any]) -> Text:
        """Return what a reference names with its id, struck through if it was withdrawn, and what sets it apart."""
        apart = self.report.related.set_apart.get((reference.get("type", ""), reference["id"]), {})
        if apart.get("status") == WITHDRAWN:
            name.stylize("strike")
        return name.append_text(self.text("  ", (reference["id"], "id"))).append_text(self.state(apart))

    def hidden(self, type_: str, id_: str) -> Text:
        """Return that others may not see a record."""
        return self.state({**self.report.related.set_apart.get((type_, id_), {}), "status": None})

    def state(self, values: Mapping[str, Any]) -> Text:
        """Return that a record was withdrawn, and that others may not see it."""
        withdrawn = WITHDRAWN if values.get("status") == WITHDRAWN else ""
        embargo = f"embargo until {show_stored(values['embargo'])}" if values.get("embargo") else ""
        words = self.dotted(withdrawn, "private" if values.get("private") else "", embargo)
        return self.text("  " if words else "", (words, "warn"))

    def link(self, words: str, url: str | None, style: str = "") -> Text:
        """Return words that can be clicked where the terminal can; only addresses of the web, in ASCII."""
        text = self.text((words, style))
        if url and self._screen.color and re.match(r"https?://[^/\s]", url, re.IGNORECASE):
            text.stylize(Style(link=re.sub("[^!-~]", _percent, url)))
        return text

    def address(self, url: str) -> Text:
        """Return an address as a link: its host alone where the terminal opens links, else the whole."""
        host = re.match(r"https?://(?:www\.)?([a-z\d.-]+)(?::\d+)?(?:[/?#]|$)", url, re.IGNORECASE)
        return self.link(host[1] if host and self._screen.links else url, url, "faint")

    def quoted(self, words: str) -> Text:
        """Put words in quotation marks."""
        return self.text(self.glyph("open"), words, self.glyph("close"))

    def joined(self, texts: Iterable[Text], between: str = "") -> Text:
        """Join texts with something between them."""
        return self.text(between).join(texts)

    def line(self, text: Text | str = "", indent: int = 0) -> str:
        """Write one text, wrapped, each line indented."""
        return self.block([self.text(text) if isinstance(text, str) else text], indent=indent)

    def block(self, texts: Sequence[Text], indent: int = 0) -> str:
        """Write several texts below each other, each wrapped and indented."""
        lines = [line for text in texts for line in wrapped(text, self.width - indent)]
        return "".join(self._written(self.text(" " * indent).append_text(line)) for line in lines)

    def hanging(self, text: Text, indent: int) -> str:
        """Write a text, wrapped, the lines after its first indented where that leaves room for words."""
        indent = indent if self.width - indent >= _NARROWEST_TEXT else 2
        first, *others = wrapped(text, self.width, self.width - indent)
        before = self.text(" " * indent)
        return "".join(map(self._written, (first, *(before.copy().append_text(line) for line in others))))

    def entry(self, lead: Text, mark: Text, texts: Sequence[Text], lead_width: int, aside: Sequence[Text] = ()) -> str:
        """Write texts along a rail that begins with a mark, a text in a column before it, and others at the right.

        A blank mark has a blank rail.
        """
        rail = self.text((self.glyph("rail") if mark.plain.strip() else " ", "faint"))
        before = lead_width + 1 if lead_width else 0
        room = self.width - before - 2
        right = min(room * 2 // 5, _WIDEST_ASIDE) if aside else 0
        left = room - right - 3 if aside else room
        leads = wrapped(lead, lead_width) if lead_width else []
        lines, others = ([line for text in each for line in wrapped(text, width)]
                         for each, width in ((texts, left), (aside, right)))  # fmt: skip
        written = []
        for row in range(max(len(leads), len(lines), len(others))):
            text = leads[row].copy() if row < len(leads) else Text()
            text.append(" " * (before - text.cell_len)).append_text(rail if row else mark).append(" ")
            text.append_text(lines[row] if row < len(lines) else Text())
            if row < len(others):
                gap = max(before + 2 + left + 3 - text.cell_len, 3)  # an address may be wider than its column
                text.append(" " * gap).append_text(others[row])
            written.append(self._written(text))
        return "".join(written)

    def columns(self, label: str, width: int, words: str | Text) -> str:
        """Write words behind a label, or below it where the screen leaves them no room."""
        named, text = self.text((label, "faint")), self.text(words) if isinstance(words, str) else words
        if self.width - width < _NARROWEST_TEXT:
            return self.block([named]) + self.block([text], indent=2)
        return self.entry(named, self.text(" "), [text], width)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> str:
        """Write a table that fits the screen; long cells are wrapped.

        widths: those of the columns where they are known; all but the first then have numbers, aligned right.
        """
        table = Table(box=None, pad_edge=False, padding=(0, BETWEEN, 0, 0))
        for place, head in enumerate(heads):
            width = widths[place] if widths else None
            justify: JustifyMethod = "right" if widths and place else "left"
            table.add_column(self.text((head, "faint")), overflow="fold", width=width, justify=justify)
        for row in rows:
            table.add_row(*map(self.text, row))
        with self._console.capture() as capture:
            self._console.print(table)
        return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())

    def wrapped_within(self, words: str, lines: int, widest: int) -> int:
        """Return how many columns words need on some lines, at most so many; blanks part them."""
        longest = max((self.text(word).cell_len for word in words.split()), default=0)
        return next(
            (width for width in range(longest, widest) if len(wrapped(self.text(words), width)) <= lines), widest
        )

    def shortened(self, words: str, width: int) -> str:
        """Cut each word that is wider than a column, with an ellipsis."""
        short = (self._cut(word, width) if self.text(word).cell_len > width else word for word in words.split())
        return " ".join(short)

    def _cut(self, word: str, width: int) -> str:
        more = self.glyph("more")
        return f"{chop_cells(word, max(width - len(more), 1))[0]}{more}"

    def dotted(self, *words: str | None) -> str:
        """Join words with dots between, leaving out what is empty."""
        return f" {self.glyph('dot')} ".join(filter(None, words))

    def rule(self, words: str) -> str:
        """Write a heading with a line drawn behind it to the edge of the screen."""
        text = self.text((words, "title"), " ")
        return self._written(text.append(self.glyph("line") * (self.width - text.cell_len), style="dim"))

    def _written(self, text: Text) -> str:
        text.rstrip()
        with self._console.capture() as capture:
            self._console.print(text, no_wrap=True, overflow="ignore", crop=False)
        return capture.get()


def wrapped(text: Text, width: int, later: int | None = None) -> list[Text]:
    """Part a text into lines, the first of some width, the others of another where that is given."""
    lines = list(text.divide(list(_line_starts(text.plain, max(width, 2), max(later or width, 2)))))
    for line in lines:
        line.rstrip()
    return lines or [Text()]


def _line_starts(words: str, room: int, later: int) -> Iterator[int]:
    """Yield where lines after the first start: at words, and within one that is wider than a line.

    Such a word breaks after a hyphen, if it has one; an address never does, so that it can be copied and clicked.
    """
    column = 0
    for found in re.finditer(r"\s*\S+\s*", words):
        start, word = found.start(), found[0]
        if column and column + cell_len(word.rstrip()) > room:
            yield start
            column, room = 0, later
        while cell_len(word.rstrip()) > room and not word.lstrip().startswith(("http://", "https://")):
            fitting = chop_cells(word, room)[0]
            length = fitting.rfind("-", 1) + 1 or len(fitting)
            start, word, room = start + length, word[length:], later
            yield start
        column += cell_len(word)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
