"""Draw one record in full: every key that says something, in the order of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.format import show_stored
from korea_cli.drawing import phrases
from korea_cli.report.sections import in_words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.text import Text

    from korea_cli.drawing.canvas import Canvas
    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section

_SAID_ABOVE = {"type", "id", "title", "name", "label", "text", "file", "line"}
_LEAD = 13
_NARROW = 60


def draw(section: Section, report: Report, canvas: Canvas) -> Iterator[str]:  # noqa: ARG001 - layouts are called alike
    """Draw every record: what it is, then key by key what is known of it, then where it is written."""
    for number, values in enumerate(section.values()):
        if number:
            yield canvas.line()
        yield canvas.line(canvas.text((phrases.name_of(values), "heading")))
        said = f"{values['type']} {values['id']}"
        if values["type"] == "fact":
            said = f"{said}: {phrases.chain(values)}"
        yield canvas.line(canvas.text((said, "faint")))
        for key, value in values.items():
            if key not in _SAID_ABOVE and value not in (None, [], False, ""):
                yield from _key(key, value, canvas)
        yield from _key("written in", f"{values['file']}, line {values['line']}", canvas)


def _key(key: str, value: Any, canvas: Canvas) -> Iterator[str]:  # noqa: ANN401 - any value of JSON
    told = canvas.text((words_of(key), "faint"))
    texts = _texts(key, value, canvas)
    if canvas.width < _NARROW:
        yield canvas.line(told)
        yield canvas.block(texts, indent=2)
    else:
        yield canvas.entry(told, canvas.text(" "), texts, _LEAD, rail=" ")


def _texts(key: str, value: Any, canvas: Canvas) -> list[Text]:  # noqa: ANN401
    if key in _SPECIAL:
        return _SPECIAL[key](value, canvas)
    if isinstance(value, list):
        return [
            canvas.text(in_words(each), (f"  {each['id']}" if isinstance(each, dict) else "", "faint"))
            for each in value
        ]
    return [canvas.text("yes" if value is True else in_words(value))]


def _date(value: str, canvas: Canvas) -> list[Text]:
    shown = show_stored(value)
    return [canvas.text(shown, (f"  {value}" if shown != value else "", "faint"))]


def _quote(value: str, canvas: Canvas) -> list[Text]:
    return [canvas.text(canvas.glyph("open"), value, canvas.glyph("close"))]


_SPECIAL: dict[str, Callable[[Any, Canvas], list[Text]]] = {
    **dict.fromkeys(("date", "issued", "accessed", "first", "last"), _date),
    "quote": _quote,
    **dict.fromkeys(("url", "archive_url"), lambda value, canvas: [canvas.link(value, value)]),
    "sources": lambda value, canvas: [phrases.citation(each, canvas) for each in value],
    "other_dates": lambda value, canvas: [phrases.other_date(each, canvas) for each in value],
}
