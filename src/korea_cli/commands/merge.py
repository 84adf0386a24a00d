"""Merge a record into another of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument, Option

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable, LocatedRecord
    from korea_cli.editing.outcome import Outcome
    from korea_cli.reading.toml import Document

GROUP = "Record"
EXAMPLES = (
    "korea merge north-korea kim -d mine.toml --dry-run",
    "korea merge north-korea kim --prefer north-korea -d mine.toml",
)


def merge(
    name: Annotated[str, Argument(metavar="ID", help="The id that stays, or TYPE:ID.")],
    other: Annotated[str, Argument(metavar="OTHER", help="The id of the record that is merged into it and goes.")],
    files: Editable,
    prefer: Annotated[
        str | None, Option("--prefer", metavar="ID", help="Whose single values win where the two differ.")
    ] = None,
) -> Outcome:
    """Merge a record into another of its type, with all references to it.

    Lists are united, notes joined, and single values that only OTHER has are taken over. Its name and aliases become
    aliases of an actor or topic. Single values that differ are listed, and refused without --prefer. References are
    changed in all files named with --data.
    """
    from korea_cli.editing.merging import plan_merge  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.outcome import changes_of, outcome_of  # noqa: PLC0415 - as above

    found: list[LocatedRecord] = []
    notes: list[str] = []

    def plan(loaded: LoadResult) -> list[tuple[Document, Edit]]:
        kept, gone = files.locate(loaded, name), files.locate(loaded, other)
        planned = plan_merge(loaded, kept, gone, prefer and prefer.rpartition(":")[2])
        found[:], notes[:] = [planned.kept, gone], planned.notes
        return [*planned.edits]

    written = files.write(plan)
    kept, gone = found
    sentence = f"Merged {gone.record.type} '{gone.id}' into '{kept.id}' ({kept.place})"
    outcome = outcome_of(written, sentence, dry=files.dry, details=lambda: changes_of(kept))
    return outcome._replace(notes=notes)
