"""Draw how times grow with the number of events, as a picture in SVG: both scales are logarithmic."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 900, 420, 70, 310, 20, 50
_HUES = ("#0550ae", "#1a7f37", "#8250df", "#1b7c83", "#8a5a00", "#57606a", "#b42318", "#bf3989", "#9a6700")
_STYLE = (
    "text { font: 13px sans-serif; fill: #24292f } .rule { stroke: #d0d7de } .ground { fill: #ffffff }"
    " path { fill: none; stroke-width: 2 }"
    " @media (prefers-color-scheme: dark) {"
    " text { fill: #e6edf3 } .rule { stroke: #30363d } .ground { fill: #0d1117 } }"
)
_LINE_HEIGHT = 17  # so far apart are the names of lines that end close together

Lines = "Mapping[str, Mapping[int, float]]"


def drawn(lines: Mapping[str, Mapping[int, float]]) -> str:
    """Draw lines, each a name with seconds by number of events."""
    sizes = sorted({size for line in lines.values() for size in line})
    seconds = [value for line in lines.values() for value in line.values()]
    chart = _Chart(log10(sizes[0]), log10(sizes[-1]), floor(log10(min(seconds))), ceil(log10(max(seconds))))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        "<title>CPU time of a command by number of events</title>"
        f'<style>{_STYLE}</style><rect class="ground" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
    )
    return "\n".join((head, *chart.rules(sizes), *chart.paths(lines), "</svg>\n"))


class _Chart:
    """Knows where a number of events and a time lie."""

    def __init__(self, first: float, last: float, least: int, most: int) -> None:
        self._first, self._last, self._least, self._most = first, last, least, most

    def x(self, size: int) -> float:
        share = (log10(size) - self._first) / (self._last - self._first or 1)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, seconds: float) -> float:
        share = (log10(seconds) - self._least) / (self._most - self._least or 1)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    def rules(self, sizes: list[int]) -> Iterator[str]:
        """Draw the scales."""
        for power in range(self._least, self._most + 1):
            y = self.y(10**power)
            name = f"{10**power:g} s" if power >= 0 else f"{10 ** (power + 3):g} ms"
            yield f'<line class="rule" x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{name}</text>'
        for size in sizes:
            yield f'<text x="{self.x(size)}" y="{_HEIGHT - _BOTTOM + 22}" text-anchor="middle">{size:,}</text>'
        yield f'<text x="{_LEFT}" y="{_HEIGHT - 8}">events</text>'

    def paths(self, lines: Mapping[str, Mapping[int, float]]) -> Iterator[str]:
        """Draw the lines, and their names where they end, none over another."""
        below = float(_HEIGHT)
        by_end = sorted(lines.items(), key=lambda line: line[1][max(line[1])])
        for (name, line), hue in zip(by_end, _HUES * len(by_end), strict=False):
            points = " L".join(f"{self.x(size)},{self.y(value)}" for size, value in sorted(line.items()))
            yield f'<path d="M{points}" stroke="{hue}"/>'
            below = min(self.y(line[max(line)]) + 4, below - _LINE_HEIGHT)
            x = self.x(max(line)) + 8
            yield f'<text x="{x}" y="{round(below, 1)}" style="fill: {hue}">{name}</text>'
