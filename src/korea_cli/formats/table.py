"""For reading at a terminal: a timeline, summaries and lists, wrapped to fit the screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS: tuple[str, ...] = ()
ALL_AT_ONCE = True
_LISTINGS = ("timeline", "facts", "records", "list", "grid")
_ENDLESS = 1 << 20  # columns
# The modules of `drawing` that draw each layout; `draw_` and its name is the function.
_MODULES = {
    **dict.fromkeys(_LISTINGS, "listings"),
    **dict.fromkeys(("actor", "overview", "counts", "bars"), "summaries"),
    **dict.fromkeys(("full", "citations"), "full"),
    **dict.fromkeys(("problems", "changes"), "changes"),
    **dict.fromkeys(("pairs", "gaps"), "findings"),
    "chart": "chart",
    "disputes": "disputes",
    "pivot": "pivot",
    "positions": "positions",
}
_LINES = {**_MODULES, "full": "listings"}  # what draws --oneline
_SUMMARIES = {"actor", "overview", "counts", "bars", "pivot", "chart"}  # list no records, so --oneline leaves them
_UNHEADED = {"problems", "full", "actor", "overview"}  # layouts that say themselves what they show


def render(report: Report, screen: Screen, *, oneline: bool = False) -> Iterator[str]:
    """Draw a heading, every section by its layout, and a footer with the count and the range; `oneline`: only lines."""
    from korea_cli.drawing.canvas import Canvas  # noqa: PLC0415 - brings Rich, which only this format needs

    if oneline and (layout := report.sections[0].layout) not in _SUMMARIES:
        canvas = Canvas(screen._replace(width=_ENDLESS) if screen.endless else screen, report)
        module = import_module(f"korea_cli.drawing.{_LINES[layout]}")
        yield from module.draw_lines(report.sections[0], canvas)
        return
    canvas = Canvas(screen, report)
    headed = report.sections[0].layout not in _UNHEADED
    if headed:
        yield from _heading(report, canvas)
    elif report.sections[0].layout == "full" and (words := canvas.dotted(*report.filters, report.window)):
        yield canvas.line(canvas.text((words, "faint")))
        yield canvas.line()
    for section in report.sections:
        module = import_module(f"korea_cli.drawing.{_MODULES[section.layout]}")
        yield from getattr(module, f"draw_{section.layout}")(section, canvas)
    if headed:
        yield from _footer(report, canvas)


def _heading(report: Report, canvas: Canvas) -> Iterator[str]:
    yield canvas.line(canvas.text((report.header.title or "Chronology", "heading")))
    if report.terms:
        yield canvas.line(canvas.text((canvas.dotted(*report.terms), "faint")))


def _footer(report: Report, canvas: Canvas) -> Iterator[str]:
    yield canvas.line()
    yield canvas.line(canvas.dotted(report.counted_of_all, report.window, report.possibly))
    if report.sections[0].layout == "timeline" and report.listed:
        marks = {"day": "day known", "vague": "day not known", "disputed": "disputed or unverified"}
        legend = "   ".join(f"{canvas.glyph(name)} {words}" for name, words in marks.items())
        yield canvas.line(canvas.text((legend, "faint")))
