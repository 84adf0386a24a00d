"""Records in full."""

from __future__ import annotations

from functools import partial

from korea_cli.base.hints import TYPE_CHECKING, Annotated
from korea_cli.base.parameters import Argument
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.model.records import Record
    from korea_cli.query.results import Answer
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = (
    "korea show hwasong-14-launch",
    "korea show icbm-us icbm-russia",
    "korea show putin-emissary-offer --json | jq '.results[0].other_dates'",
)


def show(
    names: Annotated[list[str], Argument(metavar="ID...", help="Ids, names or aliases, or a unique start of one.")],
    chronology: Chronology,
    selection: Selection,
) -> Report:
    """Show records in full: claims, disputes, sources and links."""
    from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - help needs no columns

    found = chronology.records(names, selection)
    report = listing("show", chronology, found, "records", ("type", "id", "title", "name", "label", "text"))
    (section,) = report.sections
    columns = section.columns.extended(partial(relations_of, chronology.as_known_by(found.query.known_by)))
    sections = (section._replace(columns=columns, layout="full", stored=None),)
    return report._replace(sections=sections, typed=tuple(names), reason=_reason(chronology, found, names))


def _reason(chronology: Chronology, found: Answer[Record], names: Sequence[str]) -> str:
    """Return since when the records are known, where none of them was by the day that is asked for."""
    if found.matched:
        return ""
    from korea_cli.report.reasons import known_later  # noqa: PLC0415 - most records are found

    named = [chronology.named(name) for name in names]
    return known_later(chronology, found.query, [each.type for each in named], [each.id for each in named])
