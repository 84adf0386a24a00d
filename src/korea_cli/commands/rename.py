"""Give a record another id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable
    from korea_cli.editing.told import Done

EXAMPLES = (
    "korea rename launch first-launch -d mine.toml",
    "korea rename actor:kim kim-jong-un -d mine.toml --dry-run",
)


def rename(
    name: Annotated[str, typer.Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id: a-z, 0-9 and hyphens.")],
    files: Editable,
) -> Done:
    """Give a record another id, everywhere: in all files named, in every key that refers to it."""
    from korea_cli.editing.rename import renaming  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.told import done  # noqa: PLC0415 - as above
    from korea_cli.editing.toml import require_slug  # noqa: PLC0415 - as above

    written, found = files.change(
        name, lambda loaded, found: renaming(found, require_slug(new), loaded.draft), everywhere=True
    )
    return done(written, f"Renamed {found.record.type} '{found.id}' to '{new}' ({found.place})", dry=files.dry)
