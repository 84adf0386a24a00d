"""TOML: a data file with the records listed and all that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import escape_json
from korea_cli.model.choices import SCHEMA
from korea_cli.model.header import Header
from korea_cli.model.records import RECORD_TYPES, RECORDS, written_keys

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".toml",)
ALL_AT_ONCE = True
CARRIES = tuple(RECORD_TYPES)


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:  # noqa: ARG001 - TOML is UTF-8
    """Write a file that can be read on its own; it has no comments, and no empty values."""
    from korea_cli.editing.referred import RowsWithReferred  # noqa: PLC0415 - only formats of whole files need it
    from korea_cli.editing.toml import toml_record  # noqa: PLC0415 - as above
    from korea_cli.editing.written import written  # noqa: PLC0415 - as above

    sections = tuple(each.without_counts() for each in report.sections)
    rows = RowsWithReferred(report._replace(sections=sections), counted=False)
    blocks: dict[str, list[_WrittenRecord]] = {type_: [] for type_ in CARRIES}
    for row in rows:
        record = RECORD_TYPES[row["type"]]
        text = escape_json(toml_record(record, written(record, row)))  # which has the same escapes
        blocks[record.type].append(_WrittenRecord(text, row["file"], row["line"] or 0))
    head = {key: getattr(report.header, name, None) for key, name in written_keys(Header).items()}
    yield escape_json(toml_record(Header, {**head, "schema": SCHEMA}))
    order = {document.name: number for number, document in enumerate(report.documents)}
    for each in RECORDS:
        placed = sorted(blocks[each.type], key=lambda block: (order.get(block.file, 0), block.line))
        yield from (f"\n{block.text}" for block in placed)
    return rows.notes


class _WrittenRecord(NamedTuple):
    """A record as it is written, and where it was read."""

    text: str
    file: str
    line: int
