"""Draw what is wrong in data files, and how two versions of one differ."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from korea_cli.base.problems import Problem
    from korea_cli.comparing.changes import Change
    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.sections import Section

_SEVERITIES = {"error": "warn", "warning": "title", "note": "faint"}  # each with its style
_MARKS = {"added": "+", "gained": "+", "removed": "-", "lost": "-"}
_CHANGED = "~"
_STYLES = {"+": "mark", "-": "warn", _CHANGED: "mark"}
_LEAD = 18
_INDENT = 2


def draw_problems(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every problem as editors read them, and how many of each severity there are."""
    found: Counter[str] = Counter()
    problem: Problem
    for problem in section.rows:
        found[problem.severity] += 1
        yield canvas.line(canvas.text(f"{problem.place}: ", (problem.severity, _SEVERITIES[problem.severity])))
        yield canvas.line(problem.sentence, indent=2)
    if found:
        yield canvas.line()
        yield canvas.line(", ".join(amount(count, f"{name}s") for name, count in found.items()))


def draw_changes(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every record that changed: `+` for what is new, `-` for what is gone, `~` for what is different."""
    yield canvas.line(canvas.text((section.title, "faint")))
    for record, changes in groupby(section.rows, attrgetter("record")):
        yield canvas.line()
        yield canvas.rule(record if record == "chronology" else f"{record}s")
        for _, of_one in groupby(changes, attrgetter("id")):
            yield from _record(tuple(of_one), canvas)


def draw_lines(section: Section, canvas: Canvas) -> Iterator[str]:
    """Draw every problem or change as a line, for `--oneline`."""
    line = _line_of_problem if section.layout == "problems" else _line_of_change
    for row in section.rows:
        yield canvas.hanging(line(row, canvas), _INDENT)


def _line_of_problem(problem: Problem, canvas: Canvas) -> Text:
    return canvas.text(f"{problem.place}: ", (problem.severity, _SEVERITIES[problem.severity]), f": {problem.sentence}")


def _line_of_change(change: Change, canvas: Canvas) -> Text:
    sign, key = _MARKS.get(change.change, _CHANGED), change.key.replace("_", " ")
    values = f" {canvas.glyph('to')} ".join(filter(None, (change.before, change.after)))
    words = ": ".join(filter(None, (key, values)))
    title = canvas.text((sign, _STYLES[sign]), f" {change.record} ", (change.title, "title"))
    return canvas.joined(filter(None, (title, canvas.text(words), canvas.text((change.id, "id")))), "  ")


def _record(changes: Sequence[Change], canvas: Canvas) -> Iterator[str]:
    """Draw one record: its title and id behind its mark, then key by key."""
    first = changes[0]
    whole = first.change in {"added", "removed"}
    sign = _MARKS.get(first.change, _CHANGED) if whole else _CHANGED
    named = canvas.text((sign, _STYLES[sign]), " ", (first.title, "title"), "  ", (first.id, "id"))
    yield canvas.hanging(named, _INDENT)
    if whole and first.words:
        yield canvas.line(canvas.text((first.words, "faint")), indent=_INDENT)
    for change in () if whole else changes:
        yield _key(change, canvas)


def _key(change: Change, canvas: Canvas) -> str:
    """Draw what changed under one key, indented; below its name where the screen is narrow."""
    sign = _MARKS.get(change.change, _CHANGED)
    label = canvas.text((sign, _STYLES[sign]), " ", (change.key.replace("_", " "), "faint"))
    texts = _values(change, canvas)
    if canvas.narrow:
        return canvas.line(label, indent=_INDENT) + canvas.block(texts, indent=2 * _INDENT)
    return canvas.entry(canvas.text(" " * _INDENT).append_text(label), canvas.text(" "), texts, _LEAD)


def _values(change: Change, canvas: Canvas) -> list[Text]:
    """Return the old and the new value, on one line where there is room for both."""
    arrow = canvas.glyph("to")
    if not (change.before and change.after):
        return [canvas.text(change.before or change.after)]
    together = canvas.text(f"{change.before} {arrow} {change.after}")
    if together.cell_len <= canvas.width - _LEAD - 3:
        return [together]
    return [canvas.text(change.before), canvas.text(f"{arrow} {change.after}")]
