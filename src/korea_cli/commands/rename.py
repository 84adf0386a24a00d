"""Change the id or the name of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import UsageError
from korea_cli.base.parameters import Argument, Option

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable, LocatedRecord
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.names.registry import Registry
    from korea_cli.reading.toml import Document

GROUP = "Record"
EXAMPLES = (
    "korea rename launch first-launch -d mine.toml",
    "korea rename actor:kim kim-jong-un -d mine.toml --dry-run",
    "korea rename actor:kim --name 'Kim Jong-un' -d mine.toml",
)


def rename(
    name: Annotated[str, Argument(metavar="ID", help="The exact id, or TYPE:ID.")],
    files: Editable,
    new: Annotated[str | None, Argument(metavar="[NEW]", help="The new id: a-z, 0-9 and hyphens.")] = None,
    new_name: Annotated[
        str | None,
        Option("--name", metavar="NAME", help="The new name of an actor or topic."),
    ] = None,
) -> Outcome:
    """Change the id of a record and every reference to it, or its name.

    References are changed in all files named with --data. With --name, the old name of an actor or topic stays as an
    alias.
    """
    from korea_cli.editing.edits import join_edits  # noqa: PLC0415 - as above
    from korea_cli.editing.files import containing  # noqa: PLC0415 - as above
    from korea_cli.editing.outcome import changes_of, outcome_of  # noqa: PLC0415 - as above
    from korea_cli.ingest.names.registry import Registry  # noqa: PLC0415 - help changes nothing

    if not (new or new_name):
        raise UsageError("what is the new id, or the new name? Give NEW, or --name NAME, or both.")
    found: list[LocatedRecord] = []

    def plan(loaded: LoadResult) -> list[tuple[Document, Edit]]:
        found.append(files.locate(loaded, name))
        own, registry = found[-1].document, Registry(loaded, found[-1].path)
        everywhere = [_new_id(loaded, found[-1], new, registry)] if new and new != found[-1].id else []
        there = [_new_name(found[-1], new_name, registry)] if new_name else []
        documents = containing(loaded, found[-1].id) if everywhere else [own]
        return [(each, join_edits([*everywhere, *(there if each is own else [])])) for each in documents]

    result = files.write(plan)
    what, place = f"{found[-1].record.type} '{found[-1].id}'", found[-1].place
    changed = f"Renamed {what} to '{new_name if new in {None, found[-1].id} else new}'"
    sentence = changed if result.files else f"Nothing to change: {what} has this {'name' if new_name else 'id'} already"
    details = (lambda: changes_of(found[-1])) if new_name else None
    return outcome_of(result, f"{sentence} ({place})", dry=files.dry, details=details)


def _new_id(loaded: LoadResult, found: LocatedRecord, new: str, registry: Registry) -> Edit:
    """Return the edit of every file by which a record gets another id; raises UsageError."""
    from korea_cli.editing.references import rename_record  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.toml import require_slug  # noqa: PLC0415 - as above
    from korea_cli.ingest.names.values import InvalidValue, InvalidValuesError, fit_value  # noqa: PLC0415 - as above

    change = rename_record(found, require_slug(new), loaded.draft)
    fit = fit_value(found.record, "id", new, registry, found.id)
    if isinstance(fit, InvalidValue):
        raise InvalidValuesError((fit,))
    return change


def _new_name(found: LocatedRecord, new: str, registry: Registry) -> Edit:
    """Return the edit that changes the name of an actor or topic, and keeps the old one as an alias."""
    from korea_cli.ingest.adding.assignments import Assignment, assign  # noqa: PLC0415 - help changes nothing
    from korea_cli.model.records import file_keys  # noqa: PLC0415 - as above
    from korea_cli.model.row import title_key  # noqa: PLC0415 - as above

    key = title_key(found.record)
    if "aliases" not in file_keys(found.record):
        raise UsageError(
            f"--name is for actors and topics, which can have aliases. To change the {key} of this {found.record.type},"
            f" run: korea set {found.record.type}:{found.id} {key}=..."
        )
    old, aliases = found.values.get(key), found.values.get("aliases")
    alias = [Assignment("aliases", "-=", new)] if isinstance(aliases, list) and new in aliases else []
    if old and old != new:
        alias.append(Assignment("aliases", "+=", old))
    return assign(found, [Assignment(key, "=", new), *alias], registry)
