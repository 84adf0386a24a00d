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
        "by": "unit: `day`, `week`, `month`, `quarter` or `year`",
        "lane": "id of the lane; null without lanes, or for events that have no value", "lane_name": "name of the lane",
        "from": "first day", "to": "last day", "label": "name of the period",
        "event_count": "events certain to fall in this period and no other",
        "lasting": "events certain to be ongoing in this period and beyond it",
        "possible": "events that may fall in this period; their dates are not exact enough",
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
    "index": {
        "files": "data files; empty if unknown, as for an unfinished index",
        "size": "size in bytes", "read": "when the files were read, in UTC", "current": "whether it is up to date",
        "place": "name of its files in the cache folder, without extension",
    },
}  # fmt: skip
