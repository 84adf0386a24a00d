"""Move records to another file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from korea_cli.base.parameters import Argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable, LocatedRecord
    from korea_cli.editing.moving import MovePlan
    from korea_cli.editing.outcome import Outcome
    from korea_cli.reading.toml import Document

GROUP = "Record"
EXAMPLES = (
    "korea move launch 2017.toml -d mine.toml -d 2017.toml",
    "korea move kim topic:tests people.toml -d mine.toml -d people.toml --dry-run",
)


def move(
    names: Annotated[list[str], Argument(metavar="ID...", help="The exact ids, or TYPE:ID.")],
    target: Annotated[str, Argument(metavar="FILE", help="The file they move to; it is created if there is none.")],
    files: Editable,
) -> Outcome:
    """Move records to another file, with what only they use.

    Records move as they stand, with their comments. Actors, topics and sources of their file that nothing else uses
    move along. An event goes where its day belongs. If FILE is not read with the other files, records that stay must
    not refer to those that move: name FILE with --data too, or include it.
    """
    from korea_cli.editing.moving import moved_records, plan_move, with_target  # noqa: PLC0415 - help changes nothing
    from korea_cli.editing.outcome import outcome_of  # noqa: PLC0415 - as above

    both = with_target(files, target)
    plans: list[MovePlan] = []

    def plan(loaded: LoadResult) -> Sequence[tuple[Document, Edit]]:
        plans.append(plan_move(both, loaded, names, target, files.names))
        return plans[-1].edits

    written = both.write(plan)
    outcome = outcome_of(
        written,
        _sentence(plans[-1], target),
        dry=files.dry,
        changes=lambda: moved_records(plans[-1], written.after.draft),
    )
    return outcome._replace(notes=plans[-1].notes, details=tuple)


def _sentence(plan: MovePlan, target: str) -> str:
    if not plan.named:
        return f"Nothing to move: all are in {target} already"
    along = f", with {_counted(plan.along)} that nothing else uses" if plan.along else ""
    return f"Moved {_counted(plan.named)} to {target}{along}"


def _counted(records: Sequence[LocatedRecord]) -> str:
    from collections import Counter  # noqa: PLC0415 - help changes nothing

    from korea_cli.ingest.summary import listed  # noqa: PLC0415 - as above

    if len(records) == 1:
        return f"{records[0].record.type} '{records[0].id}'"
    return listed(Counter(each.record.table for each in records))
