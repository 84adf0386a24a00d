"""Merge data files as git asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.commands._provided import Notices

GROUP = "More"
EXAMPLES = (
    "git config merge.korea.driver 'korea merge-driver %O %A %B %L %P'",
    "korea merge-driver old.toml mine.toml new.toml; korea diff old.toml mine.toml",
)


def merge_driver(
    notices: Notices,
    base: Annotated[str, Argument(metavar="BASE", help="The version that both began with: %O.")],
    ours: Annotated[str, Argument(metavar="OURS", help="Our version, which becomes the merged one: %A.")],
    theirs: Annotated[str, Argument(metavar="THEIRS", help="Their version: %B.")],
    marker: Annotated[int, Argument(metavar="[SIZE]", help="Length of conflict markers: %L.")] = 7,
    name: Annotated[str, Argument(metavar="[NAME]", help="What messages call the file: %P.")] = "the file",
) -> str:
    """Merge three versions of a data file by record and key, for git.

    'korea init --git' sets it up. Records that either side added are kept, in order of date where both added some at
    one place, and lists unite. What both sides changed differently is marked as git does. A file that is not valid TOML
    is merged line by line.

    Exits 1 if there are conflicts, and 129 if OURS could not be written.
    """
    from korea_cli.versioning.driver import merge_into_ours  # noqa: PLC0415 - help merges nothing

    notices.note(*merge_into_ours(base, ours, theirs, name, marker))
    return ""
