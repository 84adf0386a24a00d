"""Declare the actors and topics that are only named, in files that declare none: a small file needs no lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.records import EXTENDS, Actor, Event, Fact, Topic, keys_of
from korea_cli.reading.findings import Finding, RecordPlace
from korea_cli.reading.values import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft, Values
    from korea_cli.reading.toml import Document

_TITLES = {Actor: "name", Topic: "label"}


def declare_named(draft: Draft, documents: Sequence[Document]) -> None:
    """Add the actors and topics to a draft that are named in documents which declare none of their kind."""
    for record in (Actor, Topic):
        # A document that only extends records of others declares none.
        declares = (any(EXTENDS not in raw for raw in document.records(record.table)) for document in documents)
        silent = {number for number, declared in enumerate(declares) if not declared}
        ids = {entry.id for entry, _ in draft.all_entries(record.table)} if silent else set()
        for table in (Event.table, Fact.table) if silent else ():
            for entry, place in draft.as_written(table):
                if place.document in silent:
                    _declare(record, entry, place, ids, draft)


def _declare(record: type[Actor | Topic], entry: Record, place: RecordPlace, ids: set[str], draft: Draft) -> None:
    keys = [name for name, key in keys_of(type(entry)).items() if key.refers == (record.table,)]
    for name, id_ in ((key, id_) for key in keys for id_ in getattr(entry, key)):
        if id_ in ids:
            continue
        ids.add(id_)
        if not is_slug(id_):
            message = f"{name} '{id_}' is not an id: only a-z, 0-9 and hyphens"
            draft.findings.append(Finding(place, name, message, slug_of(id_) or None, "types"))
        values: Values = {"id": id_, "file": entry.file, "line": entry.line, _TITLES[record]: id_}
        draft.records[record.table].append(record(**values))
        draft.places[record.table].append(RecordPlace(place.document, place.table, place.entry, id_))
