"""Differences between two versions of a data file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import MORE, Argument, Option
from korea_cli.comparing.report import report_changes, section_of
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from korea_cli.report.report import Report

GROUP = "Files"
EXAMPLES = (
    "korea diff old.toml new.toml",
    "korea diff HEAD~1:events.toml events.toml",
    "korea diff HEAD:mine.toml mine.toml -d builtin",
)


def diff(
    before: Annotated[
        str, Argument(metavar="OLD", help="A data file, '-' for stdin, or REVISION:FILE for a version in git.")
    ],
    after: Annotated[str, Argument(metavar="NEW", help="The other version, in the same form.")],
    data: Annotated[
        list[str] | None,
        Option("--data", "-d", metavar="FILE", group="Data", help="Data file that both versions extend; repeatable."),
    ] = None,
    max_size: Annotated[
        int, Option("--max-size", metavar="BYTES", limits=(1, None), group=MORE, help="Largest data file to read.")
    ] = MAX_SIZE,
) -> Report:
    """Compare two versions of a data file, record by record.

    Lists records that were added, removed, renamed, redated or changed. Formatting and order are ignored, except the
    order of authors and of reporters. A record with the same content and a new id is listed as renamed.
    HEAD~1:events.toml is the version before the last commit, :events.toml the staged version.
    """
    from korea_cli.comparing.changes import compare  # noqa: PLC0415 - help compares nothing
    from korea_cli.comparing.versions import read_versions  # noqa: PLC0415 - as above

    old, new = read_versions(before, after, data or (), max_size)
    section = section_of(tuple(compare(old.draft, new.draft)), f"from {before} to {after}")
    documents = (*old.documents, *new.documents)
    return report_changes("diff", new, documents, section, f"no differences between {before} and {after}")
