"""Data files in canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Option

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome

GROUP = "Files"
EXAMPLES = ("korea fmt mine.toml", "korea fmt mine.toml --sort --diff", "korea fmt - < mine.toml")


def fmt(
    named: Editable,
    sort: Annotated[bool, Option("--sort", help="Also sort events by date; sources, actors and topics by id.")] = False,
    check: Annotated[bool, Option("--check", help="Write nothing; list files that would change and exit 1.")] = False,
) -> Outcome:
    """Rewrite data files in canonical form, keeping comments.

    '-' formats standard input to standard output. Keys are put in the order of the format, one per line; lists on one
    line if they fit in 100 columns; one blank line between records. Comments stay with their key or record. Multi-line
    texts and nested tables are left as they are, and so are included files. With --check, --diff shows the changes too.
    """
    from korea_cli.editing.fixing import format_files  # noqa: PLC0415 - help formats nothing

    return format_files(named, sort=sort, check=check)
