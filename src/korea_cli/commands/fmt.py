"""Data files in canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome

EXAMPLES = ("korea fmt mine.toml", "korea fmt mine.toml --sort --diff", "korea fmt - < mine.toml")


def fmt(
    named: Editable,
    sort: Annotated[  # noqa: FBT002 - an option
        bool, typer.Option("--sort", help="Also put events in order of date, sources, actors and topics of id.")
    ] = False,
    check: Annotated[  # noqa: FBT002
        bool, typer.Option("--check", help="Write nothing; name what is not in that form and exit 1.")
    ] = False,
) -> Outcome:
    """Put data files in canonical form, without losing a comment; '-' goes from standard input to standard output.

    Keys stand in the order of the format, one on a line, lists on one line where that has at most 100 columns, records
    with one blank line between them. A comment stays with the key or record that it stands above or beside. What says
    the same in a way of its own (texts over several lines, tables within records) is left as it is. Only the files
    named are touched, not those they include.
    """
    from korea_cli.editing.fixing import format_files  # noqa: PLC0415 - help formats nothing

    return format_files(named, sort=sort, check=check)
