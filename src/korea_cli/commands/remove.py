"""Delete a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable, LocatedRecord
    from korea_cli.editing.outcome import Outcome

GROUP = "Record"
EXAMPLES = ("korea remove launch -d mine.toml", "korea remove topic:tests -d mine.toml --dry-run")


def remove(
    name: Annotated[str, Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    files: Editable,
) -> Outcome:
    """Delete a record.

    Refuses, and lists the references, if anything refers to it.
    """
    from korea_cli.editing.edits import remove_record  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.outcome import outcome_of  # noqa: PLC0415 - as above
    from korea_cli.editing.references import require_unreferred  # noqa: PLC0415 - as above

    def without(loaded: LoadResult, found: LocatedRecord) -> Edit:
        require_unreferred(loaded.draft, found)
        return remove_record(found.ref)

    written, found = files.change(name, without)
    return outcome_of(written, f"Removed {found.record.type} '{found.id}' ({found.place})", dry=files.dry)
