"""Change the id of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable, LocatedRecord
    from korea_cli.editing.outcome import Outcome

GROUP = "Record"
EXAMPLES = (
    "korea rename launch first-launch -d mine.toml",
    "korea rename actor:kim kim-jong-un -d mine.toml --dry-run",
)


def rename(
    name: Annotated[str, Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    new: Annotated[str, Argument(metavar="NEW", help="The new id: a-z, 0-9 and hyphens.")],
    files: Editable,
) -> Outcome:
    """Change the id of a record and every reference to it.

    References are changed in all files named with --data.
    """
    from korea_cli.editing.outcome import outcome_of  # noqa: PLC0415 - as above
    from korea_cli.editing.references import rename_record  # noqa: PLC0415 - as above
    from korea_cli.editing.toml import require_slug  # noqa: PLC0415 - as above
    from korea_cli.ingest.names.registry import Registry  # noqa: PLC0415 - as above
    from korea_cli.ingest.names.values import InvalidValue, InvalidValuesError, fit_value  # noqa: PLC0415 - help changes nothing

    def renamed(loaded: LoadResult, found: LocatedRecord) -> Edit:
        change = rename_record(found, require_slug(new), loaded.draft)
        fit = fit_value(found.record, "id", new, Registry(loaded, found.path), found.id)
        if isinstance(fit, InvalidValue):
            raise InvalidValuesError((fit,))
        return change

    written, found = files.change(name, renamed, everywhere=True)
    return outcome_of(written, f"Renamed {found.record.type} '{found.id}' to '{new}' ({found.place})", dry=files.dry)
