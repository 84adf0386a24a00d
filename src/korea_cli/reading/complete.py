"""Complete a draft once all files are read: add extensions to their records, and declare what is only named."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.base.errors import DateError
from korea_cli.base.slugs import is_slug, slug_of
from korea_cli.dates.parse import from_toml
from korea_cli.model.field_spec import DERIVED, LISTS
from korea_cli.model.header import EMBARGO, HIDING
from korea_cli.model.records import EXTENDS, Actor, Event, Fact, Topic, keys_of, written_keys
from korea_cli.model.row import title_key
from korea_cli.reading.findings import Finding, RecordPlace, Typo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.model.header import Header
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft, Placed, Values
    from korea_cli.reading.toml import Document

IMPLICIT: tuple[type[Actor | Topic], ...] = (Actor, Topic)  # of which an id declares one in a file that has none
_OF_NO_FILE = DERIVED | {"slug"}  # or different in each file
_OWN = {"note", *HIDING}  # keys that each part may have a value of its own under


def inherit(draft: Draft) -> None:
    """Make every record private, or place it under embargo, where the header of its file does so."""
    hidden = {place.document: header for header, place in draft.headers if header.private or header.embargo}
    for table in draft.records if hidden else ():
        own = draft.records[table]
        own[:] = [_hidden_as(entry, hidden.get(place.document)) for entry, place in draft.entries(table)]
        more = draft.extensions[table]
        more[:] = [(_hidden_as(entry, hidden.get(place.document)), place) for entry, place in more]


def _hidden_as(entry: Record, header: Header | None) -> Record:
    """Return a record that is hidden as long as the file is that has a header, or for longer."""
    if header is None:
        return entry
    days = [day for day in (entry.embargo, header.embargo) if day]
    embargo = max(days, key=attrgetter("end_max"), default=None)
    return replace(entry, private=entry.private or header.private, embargo=embargo)


def hide_values(values: Values, hiding: Values) -> Values:
    """Return the values of a record as its file has them, hidden as long as by some header, or for longer."""
    days = [day for day in (values.get(EMBARGO), hiding.get(EMBARGO)) if day]
    with suppress(DateError):  # an embargo that is no date is reported where it is read
        days.sort(key=lambda day: from_toml(day).end_max)
    return {**values, **hiding, **({EMBARGO: days[-1]} if days else {})}


def extend(draft: Draft) -> None:
    """Add every extension in a draft to the record that it names, and note what cannot be added.

    A list gets new items, a note another paragraph. Any other value is added only if there is none yet: a value is
    never silently contradicted.
    """
    for table, extensions in draft.extensions.items():
        records, places = draft.records[table], draft.places[table]
        for number, parts in _extensions_by_record(extensions, draft, table).items():
            draft.parts[places[number]] = [(records[number], places[number]), *parts]
            draft.findings.extend(_contradictions(draft.parts[places[number]]))
            records[number] = joined([part for part, _ in draft.parts[places[number]]])


def _extensions_by_record(extensions: list[Placed], draft: Draft, table: str) -> dict[int, list[Placed]]:
    """Return the extensions of each record, by its number in its table; note those that extend none."""
    numbers: dict[str, int] = {}
    for number, entry in enumerate(draft.records[table] if extensions else ()):
        numbers.setdefault(entry.id, number)
    broken = {entry.id: place for entry, place in draft.broken[table]}
    ids = sorted(filter(None, {*numbers, *broken}))
    found: dict[int, list[Placed]] = {}
    for extension, place in extensions:
        at = numbers.get(extension.id, -1)
        own = draft.places[table][at] if at >= 0 else broken.get(extension.id)
        if own is None or own.document == place.document:
            draft.findings.extend(_misplaced(extension, place, own, ids))
        elif at >= 0:
            found.setdefault(at, []).append((extension, place))
    return found


def place_in_part(finding: Finding, draft: Draft) -> Finding:
    """Return a finding with the place of its value: in the record itself, or in what extends it."""
    parts = draft.parts.get(finding.place)
    if not (parts and finding.key):
        return finding
    name = written_keys(type(parts[0][0])).get(finding.key, finding.key)
    for part, place in parts:
        value = getattr(part, name)
        if value and (not finding.item or finding.item in value):
            return finding._replace(place=place)
    return finding


def _misplaced(extension: Record, place: RecordPlace, own: RecordPlace | None, ids: list[str]) -> Iterator[Finding]:
    """Report that the record to extend does not exist, or is in the same file."""
    if own is not None:
        message = f"{EXTENDS} names a record of this same file, {own.table}[{own.entry + 1}]; add the keys there"
        yield Finding(place, EXTENDS, message, check=EXTENDS)
    elif place.id:
        typo = Typo(extension.id, ids, "; name its file with -d too")
        message = f"{EXTENDS} names '{extension.id}', but no {extension.type} of another file has that id"
        yield Finding(place, EXTENDS, message, typo, EXTENDS)


def _contradictions(parts: list[Placed]) -> Iterator[Finding]:
    """Find single values that differ from those in an earlier part; the record itself is the first."""
    first_parts: dict[str, Record] = {}
    keys = keys_of(type(parts[0][0]))
    single = {name: key for name, key in keys.items() if name not in _OWN and key.form not in LISTS | _OF_NO_FILE}
    for part, place in parts:
        for name, key in single.items():
            new = getattr(part, name)
            first = first_parts.setdefault(name, part) if new else part
            if first is not part and (old := getattr(first, name)) != new:
                written = key.written_as or name
                values = f"'{getattr(new, 'text', new)}' contradicts '{getattr(old, 'text', old)}'"
                advice = "; put another date under other_dates" if part.type == "event" and key.dated else ""
                message = f"{written} {values} at {first.file}:{first.line}{advice}"
                yield Finding(place, written, message, check=EXTENDS)


def joined(parts: Sequence[Record]) -> Record:
    """Return a record with all that extends it; it is for nobody else if a part of it is, until none is."""
    whole: Values = {}
    for name, key in keys_of(type(parts[0])).items():
        values = [value for part in parts if (value := getattr(part, name))]
        if not values or key.form in _OF_NO_FILE:
            continue
        if key.form in LISTS:
            whole[name] = tuple(dict.fromkeys(chain.from_iterable(values)))
        elif name == EMBARGO:
            whole[name] = max(values, key=attrgetter("end_max"))
        else:
            whole[name] = "\n\n".join(dict.fromkeys(values)) if name == "note" else values[0]
    return replace(parts[0], **whole)


def declare_named(draft: Draft, documents: Sequence[Document]) -> None:
    """Add the actors and topics that documents name without declaring any of their kind."""
    for record in IMPLICIT:
        # A document that only extends records of others declares none.
        declares = (any(EXTENDS not in raw for raw in document.records(record.table)) for document in documents)
        silent = {number for number, declared in enumerate(declares) if not declared}
        ids = {entry.id for entry, _ in draft.all_entries(record.table)} if silent else set()
        for referring in (Event, Fact) if silent else ():
            keys = [name for name, key in keys_of(referring).items() if key.refers == (record.table,)]
            for entry, place in draft.as_written(referring.table):
                if place.document in silent:
                    named = [(key, id_) for key in keys for id_ in getattr(entry, key)]
                    _declare(record, (entry, place), named, ids, draft)


def _declare(
    record: type[Actor | Topic], referring: Placed, named: Sequence[tuple[str, str]], ids: set[str], draft: Draft
) -> None:
    """Add the records that another names by their ids, each under a key, unless these are among some ids already."""
    entry, place = referring
    for name, id_ in named:
        if id_ in ids:
            continue
        ids.add(id_)
        if not is_slug(id_):
            message = f"{name} '{id_}' is not an id: only a-z, 0-9 and hyphens"
            draft.findings.append(Finding(place, name, message, slug_of(id_) or None, "types"))
        values: Values = {"id": id_, "file": entry.file, "line": entry.line, title_key(record): id_}
        draft.records[record.table].append(record(**values))
        draft.places[record.table].append(RecordPlace(place.document, place.table, place.entry, id_))
