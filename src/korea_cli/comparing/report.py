"""The report of the differences between two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.report.report import Report
from korea_cli.report.sections import Section
from korea_cli.rows.column import plain_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.comparing.changes import Change
    from korea_cli.reading.toml import Document


def report_changes(
    command: str, new: LoadResult, documents: Sequence[Document], section: Section, empty: str = ""
) -> Report:
    """Return the report of a section of changes, which lead to a version; `empty`: the message where it has none."""
    from korea_cli.store.encode_rows import stored_header  # noqa: PLC0415 - help reports no changes

    count = len(tuple(section.rows))
    return Report(
        command=command, header=stored_header(new.draft), documents=tuple(documents), sections=(section,), listed=count,
        matched=count, differs=count > 0, empty=empty,
    )  # fmt: skip


def section_of(changes: tuple[Change, ...] = (), title: str = "") -> Section:
    """Build the section of some changes."""
    columns = plain_columns("change", "change", "record", "id", "title", "key", "old", "new", "words")
    plain = ("change", "record", "id", "key", "words", "title")
    return Section(key="changes", rows=changes, columns=columns, plain=plain, layout="changes", title=title)
