"""Silences between events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.report.report import Report, reason_of
from korea_cli.report.sections import Section

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

EXAMPLES = (
    "korea gaps -n 5",
    "korea gaps actor:russia --from 2017",
    "korea gaps by:putin --json | jq '.gaps[0].day_count'",
)


def gaps(chronology: Chronology, selection: Selection) -> Report:
    """List the longest silences between events.

    A silence is a run of days on which certainly nothing happened. It may have been longer if the exact day of an event
    is not known. An event that lasts more than 31 days, or whose date covers more, does not end a silence; such events
    are counted separately.
    """
    from korea_cli.analysis.gaps import columns, find_gaps  # noqa: PLC0415 - help searches nothing

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to gaps, which are in order of length")
    query = chronology.query(selection, "event")
    found = find_gaps(chronology.as_known_by(query.known_by), query)
    listed = selection.listed(found)
    plain = ("day_count", "possible_day_count", "longer_event_count", "from", "to", "previous", "next")
    section = Section(key="gaps", rows=listed, columns=columns(), plain=plain, layout="gaps")
    return Report(
        command="gaps", header=chronology.header, documents=chronology.documents, query=query, sections=(section,),
        listed=len(listed), matched=len(found), reason=reason_of(chronology, query, len(found), ("event",)),
    )  # fmt: skip
