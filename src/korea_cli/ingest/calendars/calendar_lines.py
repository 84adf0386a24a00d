"""The lines of calendar files (RFC 5545): unfolded, decoded, and grouped into the entries that they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.calendars.calendar_times import iana_name
from korea_cli.ingest.sheet import undecoded

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from korea_cli.ingest.sheet import InputFile

UNREADABLE = "unreadable lines"
_ENTRY, _ZONE = "VEVENT", "VTIMEZONE"
_STRUCTURE = {"VCALENDAR", _ZONE, "STANDARD", "DAYLIGHT"}  # components that hold no entries, or only these
_RULES = {"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}  # of a zone: its name has them too
_FRAME = {"VERSION", "PRODID", "CALSCALE", "METHOD"}  # properties of a calendar that tell nothing of its entries
_LINE = re.compile(r'([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:])*)*):(.*)', re.DOTALL)
_TIME = re.compile(r"(DTSTART|DTEND)(;.*)?:(.*)", re.IGNORECASE | re.DOTALL)  # Outlook has zones with a colon
_PARAMETER = re.compile(r';([\w-]+)=("[^"]*"|[^;]*)')


class CalendarProperty(NamedTuple):
    """A property of an entry: its parameters by name, and its value as written."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value, without the backslashes before commas and other signs."""
        return _plain(self.value)

    @property
    def texts(self) -> list[str]:
        """The values of a list."""
        return [
            text for each in re.findall(r"(?:\\.|[^,\\])+", self.value, re.DOTALL) if (text := _plain(each).strip())
        ]


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value, flags=re.DOTALL)


class CalendarEntry(NamedTuple):
    """An entry: the line where it begins, its properties, the components in it by name, and whether it has an end."""

    line: int
    properties: list[CalendarProperty]
    components: list[CalendarProperty]
    ended: bool = True


def unfolded(source: InputFile) -> Iterator[tuple[int, str]]:
    """Yield each line with its number, decoded when it is whole: a fold may part the bytes of a letter.

    Raises DataError for a line that is not in its encoding.
    """
    number, whole = 0, ""
    for at, line in enumerate(source.lines(errors="surrogateescape"), 1):
        if line.startswith((" ", "\t")) and whole:
            whole = whole.rstrip("\r\n") + line[1:]
            continue
        if whole.strip():
            yield number, _decoded(source, whole, number)
        number, whole = at, line
    if whole.strip():
        yield number, _decoded(source, whole, number)


def _decoded(source: InputFile, line: str, number: int) -> str:
    try:
        return line.encode(errors="surrogateescape").decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise undecoded(source.name, error, number) from None


def read_property(line: str) -> CalendarProperty:
    """Read a line; one without a name and a colon is an unreadable one."""
    match = _TIME.fullmatch(line) or _LINE.fullmatch(line)
    if match is None:
        return CalendarProperty(UNREADABLE, {}, line)
    parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(match[2] or "")}
    return CalendarProperty(match[1].upper(), parameters, match[3])


class EntryGrouper:
    """Groups the lines of a calendar into entries.

    left_out: counts what the calendar has beside them. zones: the IANA names that it has for its own zones.
    """

    def __init__(self, left_out: Counter[str]) -> None:
        self.left_out = left_out
        self.zones: dict[str, str] = {}
        self._around: list[str] = []  # the names of the components that the current line is in
        self._entry: CalendarEntry | None = None
        self._zone = ""

    def entries(self, lines: Iterable[tuple[int, str]]) -> Iterator[CalendarEntry]:
        """Yield each entry of a calendar once it is complete."""
        for number, line in lines:
            found = read_property(line)
            name = found.value.strip().upper()
            if found.name == "BEGIN":
                yield from self._begin(name, number)
            elif found.name == "END":
                yield from self._end(name)
            else:
                self._add(found)
        yield from self._unended()

    def _begin(self, name: str, number: int) -> Iterator[CalendarEntry]:
        if name == _ENTRY:
            yield from self._unended()
            self._entry = CalendarEntry(number, [], [])
        elif self._entry:
            self._entry.components.append(CalendarProperty(name, {}, f"BEGIN:{name}"))
        elif name not in _STRUCTURE and set(self._around) <= _STRUCTURE:
            self.left_out[name] += 1
        self._around.append(name)

    def _end(self, name: str) -> Iterator[CalendarEntry]:
        if name in self._around:
            while self._around.pop() != name:
                pass
        if name == _ZONE and self._zone and not iana_name(self._zone, self.zones):
            self.left_out[_ZONE] += 1
        if self._entry and _ENTRY not in self._around:
            yield self._entry._replace(ended=name == _ENTRY)
            self._entry = None

    def _unended(self) -> Iterator[CalendarEntry]:
        """Yield the entry that another one begins in, or the file ends in."""
        if self._entry:
            yield self._entry._replace(ended=False)
            self._entry = None
            del self._around[self._around.index(_ENTRY) :]

    def _add(self, found: CalendarProperty) -> None:
        """Add a property to the entry or the component that it is in."""
        inner = self._around[-1] if self._around else ""
        if self._entry and inner == _ENTRY:
            self._entry.properties.append(found)
        elif self._entry:
            *_, last = self._entry.components
            self._entry.components[-1] = last._replace(value=f"{last.value}\n{found.name}:{found.value}")
        elif inner == _ZONE and found.name == "TZID":
            self._zone = found.value
        elif inner == _ZONE and found.name == "X-LIC-LOCATION":
            self.zones[self._zone] = found.value
        elif set(self._around) <= _STRUCTURE and found.name not in _FRAME | _RULES and found.value.strip():
            self.left_out[found.name if inner in {"", "VCALENDAR"} else f"{inner}.{found.name}"] += 1
