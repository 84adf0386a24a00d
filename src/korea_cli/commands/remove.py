"""Delete a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.change import Change
    from korea_cli.editing.files import Editable, Located
    from korea_cli.editing.outcome import Outcome

EXAMPLES = ("korea remove launch -d mine.toml", "korea remove topic:tests -d mine.toml --dry-run")


def remove(
    name: Annotated[str, typer.Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    files: Editable,
) -> Outcome:
    """Delete a record.

    Refuses, and lists the references, if anything refers to it.
    """
    from korea_cli.editing.change import removing  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.outcome import done  # noqa: PLC0415 - as above
    from korea_cli.editing.referring import require_unreferred  # noqa: PLC0415 - as above

    def without(loaded: LoadResult, found: Located) -> Change:
        require_unreferred(loaded.draft, found)
        return removing(found.spot)

    written, found = files.change(name, without)
    return done(written, f"Removed {found.record.type} '{found.id}' ({found.place})", dry=files.dry)
