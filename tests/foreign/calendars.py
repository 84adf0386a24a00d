"""Random calendars: properties with parameters, persons, alarms, zones, and components that are no events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foreign.values import ForeignFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from foreign.values import Scribe

_PLAIN = ("COMMENT", "CONTACT", "GEO", "CLASS", "PRIORITY", "SEQUENCE", "X-APPLE-TRAVEL", "DTSTAMP", "RELATED-TO")
_ZONES = {"Asia/Seoul": "", "Korea Standard Time": "", "Mars": "", "Custom": "Europe/Berlin"}
_LONG = 60  # octets of a line


def calendar(scribe: Scribe) -> ForeignFile:
    """Return a calendar."""
    zones = scribe.dice.sample([*_ZONES], scribe.dice.randint(0, 3))
    mapped = [name for name in ("ATTENDEE", "GEO") if scribe.chance(0.3)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y", *_around(scribe)]
    for zone in zones:
        lines += _zone(scribe, zone)
    number = scribe.dice.randint(1, 5)
    for _ in range(number):
        lines += _event(scribe, zones)
    scribe.row = ""
    if scribe.chance(0.3):
        lines += ["BEGIN:VTODO", f"SUMMARY:{scribe.word('VTODO')}", "END:VTODO"]
    raw = "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()
    maps = tuple(f"{name}={'recipients' if name == 'ATTENDEE' else 'note'}" for name in mapped)
    return ForeignFile("x.ics", raw, number, scribe.values, maps)


def _folded(line: str) -> str:
    return "\r\n ".join(line[start : start + _LONG] for start in range(0, len(line), _LONG))


def _around(scribe: Scribe) -> list[str]:
    names = scribe.dice.sample(("X-WR-CALNAME", "X-WR-TIMEZONE", "NAME", "REFRESH-INTERVAL"), scribe.dice.randint(0, 3))
    return [f"{name}:{scribe.word(name)}" for name in names]


def _zone(scribe: Scribe, zone: str) -> list[str]:
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if _ZONES[zone]:
        lines.append(f"X-LIC-LOCATION:{_ZONES[zone]}")
    if scribe.chance(0.3):
        lines.append(f"TZURL:https://example.org/{scribe.word('VTIMEZONE.TZURL')}")
    if zone == "Mars":
        scribe.note("VTIMEZONE")
    rules = ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:X"]
    if scribe.chance(0.3):
        rules.append(f"COMMENT:{scribe.word('STANDARD.COMMENT')}")
    return [*lines, *rules, "END:STANDARD", "END:VTIMEZONE"]


def _event(scribe: Scribe, zones: list[str]) -> list[str]:
    title = scribe.begin_row()
    lines = [_with_parameter(scribe, "SUMMARY", f"{title} happens"), *_time(scribe, zones)]
    others: tuple[Callable[[], list[str]], ...] = (
        lambda: [f"UID:{scribe.word('UID')}"],
        lambda: [_with_parameter(scribe, "DESCRIPTION", rf"{scribe.word('DESCRIPTION')}\, {scribe.next()}")],
        lambda: [_with_parameter(scribe, "LOCATION", scribe.word("LOCATION"))],
        lambda: [f"URL:{scribe.address('URL')}"],
        lambda: [f"CATEGORIES:{','.join(scribe.words('CATEGORIES'))}"],
        lambda: [line for name in scribe.dice.sample(_PLAIN, 2) for line in _plain(scribe, name)],
        lambda: _attendees(scribe),
        lambda: _statuses(scribe),
        lambda: ["RRULE:FREQ=DAILY", f"EXDATE:{scribe.word('EXDATE')}"] if scribe.chance(0.2) else [],
        lambda: [f"no colon {scribe.word('unreadable lines')}"] if scribe.chance(0.2) else [],
        lambda: [f"RECURRENCE-ID:{scribe.word('RECURRENCE-ID')}"] if scribe.chance(0.2) else [],
    )
    for each in scribe.dice.sample(others, scribe.dice.randint(0, len(others))):
        lines += each()
    for _ in range(scribe.dice.randint(0, 2)):
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{scribe.word('VALARM')}", "END:VALARM"]
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def _plain(scribe: Scribe, name: str) -> list[str]:
    words = scribe.words(name, 2)
    for _ in words:
        scribe.note(f"{name};X-P")
    return [f"{name};X-P=1:{word}" for word in words]


def _attendees(scribe: Scribe) -> list[str]:
    words = scribe.words("ATTENDEE[].name", 2)
    for _ in words:
        scribe.note("ATTENDEE;ROLE")
        scribe.note("ATTENDEE[].address")
    return [f"ATTENDEE;CN={word};ROLE=CHAIR:mailto:x@example.org" for word in words]


def _statuses(scribe: Scribe) -> list[str]:
    if scribe.chance(0.2):
        return ["STATUS:CANCELLED"]
    first, *others = (f"mark{scribe.next()}q" for _ in range(scribe.dice.randint(1, 2)))
    scribe.note(f"STATUS:{first.upper()}", first)
    for each in others:
        scribe.note("further STATUS", each)
    return [f"STATUS:{each}" for each in (first, *others)]


def _with_parameter(scribe: Scribe, name: str, value: str) -> str:
    if scribe.chance(0.7):
        return f"{name}:{value}"
    return f'{name};ALTREP="cid:{scribe.word(f"{name};ALTREP")}":{value}'


def _time(scribe: Scribe, zones: list[str]) -> list[str]:
    day, kind = scribe.day(), scribe.dice.randrange(5)
    scribe.note("DTSTART", day.isoformat())
    plain = f"{day:%Y%m%d}"
    if kind == 0:
        return [f"DTSTART;VALUE=DATE:{plain}"]
    if kind == 1:
        last = scribe.date("DTEND").replace("-", "")
        end = str(int(last) + 1) if int(last) % 100 < 28 else last
        if end == last:
            scribe.values.pop()
        return [f"DTSTART;VALUE=DATE:{plain}", f"DTEND;VALUE=DATE:{end}"]
    if kind == 3:
        scribe.note("further DURATION", "P9D")
        return [f"DTSTART;VALUE=DATE:{plain}", f"DTEND;VALUE=DATE:{plain}", "DURATION:P9D"]
    zone = scribe.dice.choice(zones) if zones and scribe.chance() else ""
    if zone == "Mars":
        scribe.note("DTSTART;TZID", "mars")
    start = f"DTSTART{f';TZID={zone}' if zone else ''}:{plain}T091500"
    if kind == 2:
        number = scribe.next()
        scribe.note("DTEND", f"{10 + number % 13}:{number % 60:02}")
        return [start, f"DTEND{f';TZID={zone}' if zone else ''}:{plain}T{10 + number % 13}{number % 60:02}00"]
    return [start]
