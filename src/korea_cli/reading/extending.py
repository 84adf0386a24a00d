"""Add what files say of records of other files to those: `extends = "id"` stands there in the place of `id`."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import EXTENDS, keys_of, written_keys
from korea_cli.reading.findings import Finding, RecordPlace, Typo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

    Part = tuple[Any, RecordPlace]

_OF_NO_FILE = {"found", "slug"}  # … or of each file its own


def extend(draft: Draft) -> None:
    """Add every extension of a draft to the record that it names, file by file, and note what cannot be added.

    A list gets what it has not yet, a note becomes a further paragraph. Anything else is said only where nothing was:
    what was said is not contradicted in silence.
    """
    for table, extensions in draft.extensions.items():
        records, places = draft.records[table], draft.places[table]
        for number, parts in _gathered(extensions, draft, table).items():
            draft.parts[places[number]] = [(records[number], places[number]), *parts]
            draft.findings.extend(_contradictions(draft.parts[places[number]]))
            records[number] = _joined(records[number], [part for part, _ in parts])


def _gathered(extensions: list[Part], draft: Draft, table: str) -> dict[int, list[Part]]:
    """Give what extends each record, by its number in its table; notes what extends none."""
    numbers: dict[str, int] = {}
    for number, entry in enumerate(draft.records[table] if extensions else ()):
        numbers.setdefault(entry.id, number)
    broken = {entry.id: place for entry, place in draft.broken[table]}
    known = sorted(filter(None, {*numbers, *broken}))
    found: dict[int, list[Part]] = {}
    for extension, place in extensions:
        at = numbers.get(extension.id, -1)
        own = draft.places[table][at] if at >= 0 else broken.get(extension.id)
        if own is None or own.document == place.document:
            draft.findings.extend(_misplaced(extension, place, own, known))
        elif at >= 0:
            found.setdefault(at, []).append((extension, place))
    return found


def part_of(finding: Finding, draft: Draft) -> Finding:
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


def _misplaced(extension: Any, place: RecordPlace, own: RecordPlace | None, known: list[str]) -> Iterator[Finding]:  # noqa: ANN401 - a record
    """Say that what is extended is not there, or stands in the same file."""
    if own is not None:
        message = f"{EXTENDS} names an entry of this same file, {_label(own)}; write it there"
        yield Finding(place, EXTENDS, message, check=EXTENDS)
    elif place.id:
        meant = Typo(extension.id, known, "; name its file with -d too")
        message = f"{EXTENDS} names '{extension.id}', but no {extension.type} of another file has that id"
        yield Finding(place, EXTENDS, message, meant, EXTENDS)


def _label(place: RecordPlace) -> str:
    return f"{place.table}[{place.entry + 1}]"


def _contradictions(parts: list[Part]) -> Iterator[Finding]:
    """Find, in what extends a record, the single values that are not what was said before; the record comes first."""
    said: dict[str, Any] = {}
    keys = keys_of(type(parts[0][0]))
    single = {name: key for name, key in keys.items() if name != "note" and key.form not in LISTS | _OF_NO_FILE}
    for part, place in parts:
        for name, key in single.items():
            new = getattr(part, name)
            first: Any = said.setdefault(name, part) if new else part
            if first is not part and getattr(first, name) != new:
                written, old = key.written_as or name, _told(getattr(first, name))
                message = f"{written} '{_told(new)}' contradicts '{old}' at {first.file}:{first.line}"
                advice = "; another date goes under other_dates" if part.type == "event" and key.dated else ""
                yield Finding(place, written, f"{message}{advice}", check=EXTENDS)


def _joined(record: Record, extensions: list[Any]) -> Record:
    """Give a record with all that extends it."""
    joined: dict[str, Any] = {}
    for name, key in keys_of(type(record)).items():
        values = [value for part in (record, *extensions) if (value := getattr(part, name))]
        if not values or key.form in _OF_NO_FILE:
            continue
        if key.form in LISTS:
            joined[name] = tuple(dict.fromkeys(chain.from_iterable(values)))
        else:
            joined[name] = "\n\n".join(dict.fromkeys(values)) if name == "note" else values[0]
    return replace(record, **joined)


def _told(value: Any) -> str:  # noqa: ANN401 - of any key with one value
    return str(getattr(value, "text", value))
