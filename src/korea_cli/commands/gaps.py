"""Silences between events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.report.possible import possible_of
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report
from korea_cli.report.sections import Section

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query
    from korea_cli.query.selection import Selection

EXAMPLES = (
    "korea gaps -n 5",
    "korea gaps actor:russia --from 2017",
    "korea gaps by:putin --json | jq '.gaps[0].day_count'",
)


def gaps(chronology: Chronology, selection: Selection) -> Report:
    """List the longest silences between events.

    A silence is a run of days on which certainly nothing happened. It may have been longer if the exact day of an event
    is not known. An event that lasts more than 31 days, or whose date covers more, ends no silence and is counted
    separately. A silence ends with the record.
    """
    from korea_cli.analysis.gaps import columns, find_gaps  # noqa: PLC0415 - help searches nothing

    if selection.sort is not None:
        raise UsageError("'--sort' does not apply to gaps, which are in order of length")
    known, query = chronology.ask(selection, "event")
    found = find_gaps(known, query)
    listed = selection.listed(found)
    plain = ("day_count", "possible_day_count", "longer_event_count", "from", "to", "previous", "next", "ongoing")
    section = Section(key="gaps", rows=listed, columns=columns(known, listed), plain=plain, layout="gaps")
    return Report(
        command="gaps", header=chronology.header, documents=chronology.documents, query=query, sections=(section,),
        listed=len(listed), matched=len(found), possible=possible_of(known, query, "event"),
        reason=reason_of(chronology, query, len(found), ("event",)) or _beyond(known, query),
    )  # fmt: skip


def _beyond(chronology: Chronology, query: Query) -> str:
    """Return that the range begins after the end of the record; "" if it does not."""
    if not query.window or query.window.ends[0] <= chronology.end:
        return ""
    from korea_cli.dates.format import span_text  # noqa: PLC0415 - rarely needed

    return f"the record ends on {span_text(chronology.end, chronology.end)}"
