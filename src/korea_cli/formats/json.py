"""One JSON document: the query as it was understood, and the records, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.sanitize import ascii_json, escape_json
from korea_cli.report.report import head_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.report.sections import Section

EXTENSIONS = (".json",)


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Write the document; it is valid also when nothing matched."""
    text = _document(report)
    return text if screen.unicode else map(ascii_json, text)


def _document(report: Report) -> Iterator[str]:
    from json import dumps  # noqa: PLC0415 - help needs none

    head = (f'\n"{key}": {dumps(value, ensure_ascii=False)}' for key, value in head_of(report).items())
    yield escape_json("{" + ",".join(head))
    for section in report.sections:
        yield f',\n"{section.key}": '
        yield from _one(section) if section.single else _list(section)
    yield "\n}\n"


def _one(section: Section) -> Iterator[str]:
    yield next(section.texts(), "null")


def _list(section: Section) -> Iterator[str]:
    yield "["
    before = "\n  "
    for text in section.texts():
        yield before + text
        before = ",\n  "
    yield "]" if before == "\n  " else "\n]"
