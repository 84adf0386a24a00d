"""Differences between two versions of data files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import MORE, Argument, Option
from korea_cli.comparing.report import report_changes, section_of
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from korea_cli.commands._provided import Notices
    from korea_cli.report.report import Report

GROUP = "Files"
EXAMPLES = (
    "korea diff old.toml new.toml",
    "korea diff HEAD~1 -d mine.toml -f markdown",
    "korea diff HEAD~1:events.toml events.toml",
)


def diff(
    notices: Notices,
    before: Annotated[
        str | None,
        Argument(metavar="[OLD]", help="A revision (HEAD~3, main..branch), a data file, '-' or REVISION:FILE."),
    ] = None,
    after: Annotated[str | None, Argument(metavar="[NEW]", help="The other version.")] = None,
    data: Annotated[
        list[str] | None,
        Option(
            "--data", "-d", metavar="FILE", group="Data",
            help="Data file to compare, or that both versions extend; repeatable.",
        ),
    ] = None,
    max_size: Annotated[
        int, Option("--max-size", metavar="BYTES", limits=(1, None), group=MORE, help="Largest data file to read.")
    ] = MAX_SIZE,
) -> Report:  # fmt: skip
    """Compare two versions of data files, record by record.

    Without arguments, compares the data files (-d, $KOREA_DATA) with HEAD, the last commit. OLD may be another
    revision; 'main..branch' compares two, and 'main...branch' shows what the branch changed. Or name two files:
    HEAD~1:events.toml is the version before the last commit, :events.toml the staged one.

    Lists records that were added, removed, renamed, redated or changed. Formatting and order are ignored, except the
    order of authors and of reporters. A record with the same content and a new id is listed as renamed, and so is an
    actor or topic with a new id whose old name is still a name or alias.
    """
    import os  # noqa: PLC0415 - help compares nothing

    from korea_cli.comparing.changes import compare  # noqa: PLC0415 - as above
    from korea_cli.comparing.versions import choose_versions  # noqa: PLC0415 - as above

    versions = choose_versions(before, after, data or (), os.environ)
    notices.note(*versions.notes)
    old, new = (version.load(max_size) for version in versions[:2])
    between = f"{versions.old.label} and {versions.new.label}"
    title = f"from {versions.old.label} to {versions.new.label}"
    section = section_of(tuple(compare(old.draft, new.draft)), title)
    return report_changes("diff", new, (*old.documents, *new.documents), section, f"no differences between {between}")
