"""Give keys of a record other values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable

EXAMPLES = (
    "korea set launch status=confirmed -d mine.toml",
    "korea set launch actors+=north-korea 'note=Seen from Japan.' -d mine.toml",
    "korea set actor:north-korea country=PRK -d mine.toml",
)


def set(  # noqa: A001 - the command's name
    name: Annotated[str, typer.Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=VALUE...",
            help="Keys as the file has them. Repeat one that holds a list; += adds to it, -= takes from it; nothing"
            " after = takes the key away.",
        ),
    ],
    files: Editable,
) -> str:
    """Give keys of a record other values, and leave every other byte of the file as it is."""
    from korea_cli.editing.assigning import assigned  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.told import told  # noqa: PLC0415 - as above

    with files.located(name) as (_, found):
        done = files.change(found, assigned(found, values))
    return told(f"changed {found.record.type} '{found.id}' in {found.document.name}", done, dry=files.dry)
