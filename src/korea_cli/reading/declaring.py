"""Declare the actors and topics that are only named, in files that declare none: the smallest file needs no lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.records import EXTENDS, Actor, Event, Topic, keys_of
from korea_cli.reading.findings import Finding, RecordPlace
from korea_cli.reading.values import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.toml import Document


def declare_named(draft: Draft, documents: Sequence[Document]) -> None:
    """Declare, in the draft of some documents, what those name that declare none of its kind."""
    for record in (Actor, Topic):
        silent = {number for number, document in enumerate(documents) if not _declares(document, record.table)}
        if not silent:
            continue
        known = {entry.id for entry, _ in draft.all_entries(record.table)}
        for table in (Event.table, "facts"):
            for entry, place in draft.as_written(table):
                if place.document in silent:
                    _declare(record, entry, place, known, draft)


def _declares(document: Document, table: str) -> bool:
    """Say whether a document declares records of a table: to extend those of others is not to declare any."""
    written = document.tables.get(table)
    if not isinstance(written, list):
        return bool(written)
    return not all(isinstance(raw, dict) and EXTENDS in raw for raw in written)


def _declare(record: type[Actor | Topic], entry: Record, place: RecordPlace, known: set[str], draft: Draft) -> None:
    for name, key in keys_of(type(entry)).items():
        if key.refers != (record.table,):
            continue
        for named in getattr(entry, name):
            if named in known:
                continue
            known.add(named)
            if not is_slug(named):
                message = f"{name} '{named}' is not an id: only a-z, 0-9 and hyphens"
                draft.findings.append(Finding(place, name, message, slug_of(named) or None, "types"))
            made = {"id": named, "file": entry.file, "line": entry.line}
            draft.records[record.table].append(
                Actor(name=named, **made) if record is Actor else Topic(label=named, **made)
            )
            draft.places[record.table].append(RecordPlace(place.document, place.table, place.entry, named))
