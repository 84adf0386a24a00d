"""TOML: a data file with the records listed and all that they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.sanitize import escape_json
from korea_cli.model.choices import SCHEMA
from korea_cli.model.records import RECORD_TYPES, RECORDS, Header, written_keys
from korea_cli.report.sections import amount
from korea_cli.report.supported import SupportedRows

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".toml",)
CARRIES = tuple(RECORD_TYPES)


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:  # noqa: ARG001 - TOML is UTF-8
    """Write a file that can be read on its own; it has no comments, and no empty values."""
    from korea_cli.editing.toml import toml_record  # noqa: PLC0415 - only this format writes files

    uncounted = report._replace(sections=tuple(each.without_counts() for each in report.sections))
    file, rows = _File(), SupportedRows(uncounted, CARRIES)
    file.add(rows)
    listed = file.counted()
    while missing := file.missing():
        for type_, ids in missing.items():
            file.add(report.related.records(type_, ids))
    head = {key: getattr(report.header, name, None) for key, name in written_keys(Header).items()}
    yield escape_json(toml_record(Header, {**head, "schema": SCHEMA}))
    order = {document.name: number for number, document in enumerate(report.documents)}
    for record in RECORDS:
        placed = sorted(file.blocks[record.type].values(), key=lambda block: (order.get(block.file, 0), block.line))
        yield from (f"\n{block.text}" for block in placed)
    added = {type_: count - listed[type_] for type_, count in file.counted().items()}
    more = [amount(count, f"{type_}s") for type_, count in added.items() if count]
    return (*rows.notes, *([f"added what these refer to: {', '.join(more)}"] if more else []))


class _WrittenRecord(NamedTuple):
    """A record as it is written, and where it was read."""

    text: str
    file: str
    line: int


class _File:
    """The records of a file as they are written, by type and id, and what they refer to."""

    def __init__(self) -> None:
        self.blocks: dict[str, dict[str, _WrittenRecord]] = {type_: {} for type_ in CARRIES}
        self._referred: dict[str, dict[str, None]] = {type_: {} for type_ in CARRIES}

    def add(self, rows: Iterable[Any]) -> None:
        """Add records as JSON has them; one that is there already is kept."""
        from korea_cli.editing.toml import toml_record  # noqa: PLC0415 - as above
        from korea_cli.editing.written import references, written  # noqa: PLC0415 - as above

        for row in rows:
            record = RECORD_TYPES[row["type"]]
            text = escape_json(toml_record(record, written(record, row)))  # which has the same escapes
            block = _WrittenRecord(text, row["file"], row["line"] or 0)
            self.blocks[record.type].setdefault(row["id"], block)
            for type_, id_ in references(record, row):
                self._referred[type_].setdefault(id_)

    def missing(self) -> dict[str, list[str]]:
        """Return the ids by type of what is referred to and was not looked up before."""
        found = {type_: [id_ for id_ in ids if id_ not in self.blocks[type_]] for type_, ids in self._referred.items()}
        self._referred = {type_: {} for type_ in CARRIES}
        return {type_: ids for type_, ids in found.items() if ids}

    def counted(self) -> dict[str, int]:
        """Return how many records of each type there are."""
        return {type_: len(blocks) for type_, blocks in self.blocks.items()}
