"""One JSON document: the query as it was understood, and the records, one per line."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.sanitize import ascii_json, escape_json
from korea_cli.report.report import head_of
from korea_cli.report.sections import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

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
        yield from pieces(next(section.texts(), "null")) if section.single else json_list(section.texts())
    yield "\n}\n"


def json_list(texts: Iterable[str | Iterator[str]]) -> Iterator[str]:
    """Yield a list, one item a line."""
    before = "[\n  "
    for text in texts:
        yield before
        yield from pieces(text)
        before = ",\n  "
    yield "[]" if before == "[\n  " else "\n]"
