"""Give a record another id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from korea_cli.editing.files import Editable

EXAMPLES = (
    "korea rename launch first-launch -d mine.toml",
    "korea rename actor:kim kim-jong-un -d mine.toml --dry-run",
)


def rename(
    name: Annotated[str, typer.Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new id: a-z, 0-9 and hyphens.")],
    files: Editable,
) -> str:
    """Give a record another id, everywhere: in all files named, in every key that refers to it."""
    from korea_cli.editing.rename import renaming  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.told import told  # noqa: PLC0415 - as above
    from korea_cli.editing.toml import require_slug  # noqa: PLC0415 - as above

    loaded = files.load()
    located = files.locate(loaded, name)
    ids = {table: {entry.id for entry in entries} for table, entries in loaded.draft.records.items()}
    change = renaming(located.record.table, located.id, require_slug(new), ids)
    done = files.rewrite(files.everywhere(loaded, change))
    return told(f"renamed {located.record.type} '{located.id}' to '{new}'", done, dry=files.dry)
