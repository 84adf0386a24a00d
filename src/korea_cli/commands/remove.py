"""Take a record away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable

EXAMPLES = ("korea remove launch -d mine.toml", "korea remove topic:tests -d mine.toml --dry-run")


def remove(
    name: Annotated[str, typer.Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    files: Editable,
) -> str:
    """Take a record away, unless something refers to it; that is named then."""
    from korea_cli.editing.change import removing  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.referring import require_unreferred  # noqa: PLC0415 - as above
    from korea_cli.editing.told import told  # noqa: PLC0415 - as above

    with files.located(name) as (loaded, found):
        require_unreferred(loaded.draft, found)
        done = files.change(found, removing(found.record.table, found.number))
    return told(f"removed {found.record.type} '{found.id}' from {found.document.name}", done, dry=files.dry)
