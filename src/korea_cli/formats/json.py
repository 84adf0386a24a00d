"""One document for programs: what was asked, as understood, and the records, one a line."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from korea_cli.reports import head_of
from korea_cli.safety import escape_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reports import Report, Section
    from korea_cli.screen import Screen

EXTENSIONS = (".json",)


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Write the document; it is valid also when nothing matched."""
    yield "{"
    yield ",".join(f'\n"{key}": {written(value, screen)}' for key, value in head_of(report).items())
    for section in report.sections:
        yield f',\n"{section.key}": '
        yield from _one(section, screen) if section.single else _list(section, screen)
    yield "\n}\n"


def written(value: object, screen: Screen) -> str:
    """Write one value of JSON on one line."""
    return escape_json(dumps(value, ensure_ascii=not screen.unicode))


def as_object(section: Section, row: Any) -> dict[str, object]:  # noqa: ANN401 - a row of any type
    """Give a row as JSON has it."""
    return {column.key: column.value(row) for column in section.columns[row.type]}


def _one(section: Section, screen: Screen) -> Iterator[str]:
    row = next(iter(section.rows), None)
    yield "null" if row is None else written(as_object(section, row), screen)


def _list(section: Section, screen: Screen) -> Iterator[str]:
    yield "["
    before = "\n  "
    for row in section.rows:
        yield before + written(as_object(section, row), screen)
        before = ",\n  "
    yield "]" if before == "\n  " else "\n]"
