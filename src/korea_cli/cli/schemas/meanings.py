"""The meaning of each key of rows that are not records; the help of the model's fields describes records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "count": {
        "by": "what is counted: `year`, `kind`, `topic`, or a role in events such as `addressed`",
        "value": "value that these have in common, as stored; null if they have none",
        "label": "name of the value",
        "event_count": "events that have it",
        "fact_count": "facts that have it",
        "possible": "those of them that are only possibly in the range, or perhaps not known yet",
    },
    "chronology": {
        "title": "title of the chronology", "summary": "what it covers", "date_rule": "how its dates were chosen",
        "as_of": "day the record was closed", "first": "start of the first event counted",
        "last": "end of the last event counted; null if one is ongoing",
        "event_count": "events counted", "fact_count": "facts counted", "actor_count": "actors in the chronology",
        "topic_count": "topics in the chronology", "source_count": "sources in the chronology",
    },
    "problem": {
        "severity": "`error`, `warning` or `note`", "check": "name of the check",
        "place": "file, line and column, separated by colons", "file": "file", "line": "line",
        "column": "column", "record": "the record: its table, its position there, and its id",
        "message": "what is wrong", "suggestion": "closest valid value",
    },
    "period": {
        "by": "unit: `day`, `week`, `month`, `quarter`, `year`, `decade` or `century`",
        "lane": "id of the lane; null without lanes, or for what has no value", "lane_name": "name of the lane",
        "from": "first day", "to": "last day", "label": "name of the period",
        "event_count": "events certain to fall in this period and no other",
        "fact_count": "the same of facts, which `--lanes holder` counts instead of events",
        "lasting": "events or facts certain to be ongoing in this period and beyond it",
        "possible": "events or facts that may fall in this period; their dates are not exact enough",
    },
    "dispute": {
        "id": "id of its most disputed event, else of its most disputed claim; with `#date` for a dispute on the date",
        "title": "title of the event it is about, else its most disputed claim",
        "state": "`settled`, `one-sided` or `open`",
        "contested": "`claims`, or `dates` for the date of an event", "event": "the event it is about",
        "date": "date of its earliest event or fact (EDTF)", "side_count": "number of sides",
        "position_count": "number of positions",
        "match": "whether it is certain or only possible in the range, or known by the day asked for",
        "positions": "all positions, side by side, with the keys below",
    },
    "position": {
        "dispute": "id of the dispute; only in rows", "title": "title of the dispute; only in rows",
        "state": "state of the dispute; only in rows", "contested": "`claims` or `dates`; only in rows",
        "side": "number of the side, from 1",
        "record": "what the position is: `fact`, `event`, or an `actor` or `source` that disputes without a claim",
        "id": "id of that record", "who": "who holds it, and through whom it is known; null for an event",
        "holders": "who holds it", "reported_by": "who passed it on, closest to the holder first",
        "says": "what is said; null without a claim", "date": "date of the statement, or the contested date (EDTF)",
        "status": "reliability", "hedged": "whether the holder is cautious (could, likely)",
        "sources": "sources that support it", "note": "note of the record, or why the date differs",
        "match": "whether the dispute is certain or only possible in the range; only in rows",
    },
    "speaker": {
        "id": "id of the actor", "name": "name of the actor", "position_count": "number of positions",
        "change_count": "positions that change an earlier one",
        "first": "date of the first position with a date (EDTF)",
        "last": "date of the last one (EDTF)", "positions": "all positions in time, with the keys below",
    },
    "remark": {
        "speaker": "id of the actor; only in rows", "name": "name of the actor; only in rows",
        "record": "`event` or `fact`", "id": "id of that record", "date": "date (EDTF)", "kind": "kind of that record",
        "says": "what was said", "actors": "who said it", "recipients": "who it was addressed to",
        "via": "who relayed or reported it",
        "status": "reliability", "hedged": "whether the holder is cautious (could, likely)",
        "change": "whether it is certain or, as dates are vague, only possible that it changes an earlier position of"
        " the actor; null if it changes none",
        "changes": "the positions that it changes",
        "last": "whether it is certain or only possible that it is the last position; null if it is not the last",
        "match": "whether it is certain or only possible in the range, or known by the day asked for",
        "sources": "sources that support it",
    },
    "citation": {
        "id": "id of the source", "locator": "place in the source", "style": "`chicago` or `apa`",
        "text": "full citation", "italics": "start and end of each italic part of `text`",
        "links": "start and end of each URL in `text`",
        "short": "short form of the citation, with the place", "note": "note of the source",
    },
    "change": {
        "change": "`added`, `removed`, `renamed`, `redated`, `retitled`, `gained`, `lost`, `reordered` or `changed`",
        "record": "type of the record, or `chronology`", "id": "id; the new one if it was renamed",
        "title": "title or name", "key": "key that changed; null if the record itself was added, removed or renamed",
        "old": "old value, as in the file", "new": "new value, as in the file", "words": "the change in words",
    },
    "cell": {
        "by": "what the rows are counted by, such as `month`", "value": "value of the row, as stored; null for none",
        "label": "name of that value", "lanes": "what the columns are counted by, such as `topic`",
        "lane": "value of the column, as stored; null for none", "lane_label": "name of that value",
        "event_count": "events that have both", "fact_count": "facts that have both",
        "possible": "those of them that are only possibly in the range, or perhaps not known yet",
    },
    "pair": {
        "actor": "one of the two, the one that the query fixed", "other": "the other",
        "event_count": "events in which one acted, and the other acted too or was addressed",
        "possible_event_count": "those of them that are only possibly in the range, or perhaps not known yet",
        "kinds": "number of these by kind, the most frequent first",
        "first": "start of the first of them (EDTF)", "last": "end of the last (EDTF); null if one is ongoing",
    },
    "gap": {
        "from": "first day without an event", "to": "last day without an event",
        "day_count": "days on which surely nothing happened",
        "possible_day_count": "days if the events around it are as far away as their dates allow, without rival dates",
        "longer_event_count": "events over more than 31 days, or dated so vaguely, that may touch it",
        "previous": "event before it; null at the start of the range",
        "next": "event after it; null at the end of the range, or of the record",
        "ongoing": "whether it lasts until the end of the record: its `as_of`, or the day of `--known-by`",
    },
    "index": {
        "files": "data files; empty if unknown, as for an unfinished index",
        "size": "size in bytes", "read": "when the files were read, in UTC", "current": "whether it is up to date",
        "place": "name of its files in the cache folder, without extension",
    },
}  # fmt: skip
