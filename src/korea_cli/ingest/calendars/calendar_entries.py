"""Read the entries of a calendar as rows, with a cell for each property, also those that no key is for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from korea_cli.ingest.calendars.calendar_lines import EntryGrouper, unfolded
from korea_cli.ingest.calendars.calendar_times import after, day_cells, read_duration, read_moment
from korea_cli.ingest.columns.headings import own_keys
from korea_cli.ingest.sheet import SheetRow
from korea_cli.ingest.text_footers import split_lines
from korea_cli.model.choices import EVENT_KINDS
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.ingest.calendars.calendar_lines import CalendarEntry, CalendarProperty
    from korea_cli.ingest.sheet import InputFile

    Properties = Mapping[str, list[CalendarProperty]]

_OURS = ".korea-cli"  # ends the UID of an entry that korea wrote
_DERIVED = {"DTSTAMP", "TRANSP", "STATUS"}  # what korea adds to its entries
_KIND = "X-KOREA-KIND"  # which of the categories is a kind that only a header allows
_KEYS = {"UID": "id", "SUMMARY": "title", "DESCRIPTION": "summary", "LOCATION": "place", "URL": "sources"}
_TIMES = {"DTSTART", "DTEND", "DURATION"}
_PERSONS = {"ATTENDEE", "ORGANIZER"}
_WRITTEN = {"VALUE", "TZID", "ENCODING", "CHARSET"}  # parameters: how a value is written


def entry_rows(source: InputFile, left_out: Counter[str]) -> Iterator[SheetRow]:
    """Yield the row of each entry of a calendar; raises DataError where a line is not in its encoding."""
    return _rows(unfolded(source), EntryGrouper(left_out))


def read_entry(text: str) -> dict[str, object]:
    """Return the cells of the one entry of a text."""
    lines = enumerate(re.sub(r"\r\n[ \t]", "", text).split("\r\n"), 1)
    (row,) = _rows(lines, EntryGrouper(Counter()))
    return row.cells if isinstance(row.cells, dict) else {}


def _rows(lines: Iterable[tuple[int, str]], grouper: EntryGrouper) -> Iterator[SheetRow]:
    for entry in grouper.entries(lines):
        yield _row(entry, grouper.zones)


def _row(entry: CalendarEntry, zones: Mapping[str, str]) -> SheetRow:
    found: defaultdict[str, list[CalendarProperty]] = defaultdict(list)
    for each in (*entry.properties, *entry.components):
        if each.value.strip():
            found[each.name].append(each)
    cells, error = _cells(found), _reason(found) if entry.ended else "the entry has no end"
    try:
        cells |= _days(found, zones)
    except ValueError as wrong:
        cells |= {name: found[name][0].value for name in _TIMES if name in found}
        error = error or f"it is not a calendar entry: {wrong}"
    return SheetRow(entry.line, cells, error)


def _reason(found: Properties) -> str:
    """Return why an entry is no event."""
    if "RRULE" in found or "RDATE" in found:
        return "it repeats; an event happens once"
    if _status(found) == "CANCELLED":
        return "it is cancelled (STATUS:CANCELLED)"
    return "" if "DTSTART" in found else "no valid day (DTSTART)"


def _status(found: Properties) -> str:
    return found["STATUS"][0].value.strip().upper() if "STATUS" in found else ""


def _cells(found: Properties) -> dict[str, object]:
    """Return the cells of an entry, those that no key is for under the names that calendars have for them."""
    uid = found["UID"][0].text if "UID" in found else ""
    ours = uid.endswith(_OURS)
    skipped = _TIMES | {"UID", "CATEGORIES", "STATUS", _KIND} | (_DERIVED if ours else set())
    skipped |= {"RECURRENCE-ID"} if uid else set()
    cells: dict[str, object] = {}
    for name, several in found.items():
        cells |= _parameters(name, several)
        if name not in skipped:
            values = [_value(each) for each in several]
            cells[_KEYS.get(name, name)] = values[0] if len(values) == 1 and name not in _PERSONS else values
    if uid:
        times = [each.value for each in found.get("RECURRENCE-ID", ())]  # one of several entries with the same UID
        cells["id"] = uid.rpartition("@")[0] if ours else "-".join((uid, *times))
    if ours:
        cells |= _without_added(cells)
        cells = {**dict.fromkeys(own_keys(Event), ""), **cells, "type": Event.type}  # as rows that korea writes
    return cells | ({} if ours else _reliability(_status(found))) | _categories(found) | _further(found)


def _without_added(cells: Mapping[str, object]) -> dict[str, object]:
    """Return the text of an entry of korea without what is below it, and its address unless that is the permalink."""
    text, address = split_lines(str(cells.get("summary", "")))
    sources = cells.get("sources", "")
    return {"summary": text, "sources": "" if sources == address else sources}


def _parameters(name: str, several: Iterable[CalendarProperty]) -> dict[str, object]:
    """Return the parameters of a property, each under its own name, such as `ATTENDEE;ROLE`."""
    used = _WRITTEN | ({"CN"} if name in _PERSONS else set())
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for each in several:
        for parameter in each.parameters.keys() - used:
            cells[f"{name};{parameter}"].append(each.parameters[parameter])
    return {**cells}


def _further(found: Properties) -> dict[str, object]:
    """Return the values beside the first of what an entry has only one of."""
    further = {name: found[name][1:] for name in ("UID", "STATUS", *_TIMES) if name in found}
    if "DTEND" in found:
        further["DURATION"] = found.get("DURATION", [])
    return {f"further {name}": [each.text for each in several] for name, several in further.items() if several}


def _reliability(status: str) -> dict[str, object]:
    """Return the cell of a status: a plan that is confirmed is not an event that is."""
    if status in {"TENTATIVE", "CANCELLED"}:
        return {"status": "unverified" if status == "TENTATIVE" else "cancelled"}
    return {f"STATUS:{status}": status} if status else {}


def _value(found: CalendarProperty) -> object:
    """Return a value as text; of a person, by name."""
    name = found.parameters.get("CN")
    return {"name": name, "address": found.text} if name and found.name in _PERSONS else found.text


def _categories(found: Properties) -> dict[str, object]:
    labels = [each for several in found.get("CATEGORIES", ()) for each in several.texts]
    own = [each.text for each in found.get(_KIND, ())]
    kind = labels.pop(0) if labels and labels[0] in (*EVENT_KINDS, *own) else ""
    return ({"kind": kind} if kind else {}) | ({"topics": labels} if labels else {})


def _days(found: Properties, zones: Mapping[str, str]) -> dict[str, str]:
    if "DTSTART" not in found:
        return {}
    moments = {
        name: [read_moment(each.value, each.parameters.get("TZID", ""), zones) for each in found.get(name, ())]
        for name in ("DTSTART", "DTEND")
    }
    (start, *_), ends = moments["DTSTART"], moments["DTEND"]
    lasting = [after(start, read_duration(each.value)) for each in found.get("DURATION", ())]
    return day_cells(start, [*ends, *lasting, start][0], inclusive=not ends and start.clock is None)
