"""Find events and facts that rest on a single source or voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.citation import ids_in
from korea_cli.model.support import supporting_keys
from korea_cli.reading.corroboration import SupportFinder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Event, Fact
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace


def resting_on_one(draft: Draft) -> Iterator[tuple[Event | Fact, RecordPlace, str]]:
    """Yield events and facts that rest on one source, or on several that are one voice, with their places and which."""
    find = SupportFinder(draft.records["sources"])
    for table in ("events", "facts"):
        for entry, place in draft.entries(table):
            if find.support_of(entry).voice_count == 1:
                cited = (getattr(entry, key) for key in supporting_keys(type(entry)))
                ids = dict.fromkeys(id_ for value in cited for id_ in ids_in(value))
                yield entry, place, f"{'voice' if len(ids) > 1 else 'source'} ({', '.join(ids)})"
