"""Read times of day as people and programs write them, alone or after a day, with their zone."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import clean_line
from korea_cli.ingest.sheet import RowError
from korea_cli.reading.values import CLOCK

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import CellsByKey

_OFFSET_OR_UTC = r"(?P<zone>Z|(?:(?:UTC|GMT) ?)?(?:[+\u2212-]\d\d?(?::?\d\d)?)?)"
_HALF = r"[ap]\.? ?m\b\.?"
_EAST_ASIAN = re.compile(
    r"(?:(?P<am>午前|오전|上午)|(?P<pm>午後|오후|下午))? ?(?P<hour>\d{1,2}) ?[時时點点시]"
    r"(?: ?(?P<minute>\d{1,2}) ?[分분])?$"
)
# Each at the end of a text, with its hour and its minutes; the last two have no minutes.
_FORMS = (
    r"(\d{1,2}) ?h ?([0-5]\d)(?: ?m(?:in)?\.?)?",
    rf"(\d{{1,2}})\.([0-5]\d)(?: ?Uhr|(?= ?{_HALF}))",
    r"(\d\d)([0-5]\d)(?:(?=Z)| ?h(?:ou)?rs?\.?)",
    r"(?<!.)(\d\d)([0-5]\d)(?= ?(?:UTC|GMT))",  # not the year of `16 May 2031 UTC`
    r"(\d{1,2}):([0-5]\d(?::\d\d)?) ?(?:Uhr|h(?:(?:ou)?rs?)?\.?)",
    r"(\d{1,2}) ?(?:Uhr|h)()",
    rf"(\d{{1,2}})()(?= ?{_HALF})",
)
_LATEST_LETTER = 12  # from the end of a text with a time and a zone
_CLOCK = (
    r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?|(?<=\d{8}T)\d{4}(?:\d\d)?)(?:[.,](?P<fraction>\d+))?"
    rf"(?: ?(?P<half>[ap])\.? ?m?\.?)? ?{_OFFSET_OR_UTC}"
    r"(?: \((?P<name>.+)\))?"  # how JavaScript names the zone, and we that of a calendar
)
_ALONE = re.compile(rf"T?{_CLOCK}", re.ASCII | re.IGNORECASE)
_ZONE_ALONE = re.compile(_OFFSET_OR_UTC, re.ASCII | re.IGNORECASE)
_DIGITS = re.compile(r"(\d?\d)([0-5]\d)(?: ?h(?:ou)?rs?\.?)?", re.ASCII | re.IGNORECASE)  # `0905`, in a column of times
_BEHIND_DAY = re.compile(
    rf"(?P<day>.*(?:\d|[일日]|г\.?))(?:T|,? (?:(?:at|um|à|om|alle|в) )?){_CLOCK}", re.ASCII | re.IGNORECASE
)
_SPAN = re.compile(r"(?:.* )?\d{1,2}:\d\d-\d\d:\d\d", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?", re.ASCII)
_ZONED_HOURS = range(-12, 15)  # the whole hours ahead of UTC that have a zone of their own
_ZONE = re.compile(r"UTC|[A-Z][\w+-]*(?:/[A-Z][\w+-]*)+", re.ASCII)
_NOON = 12


class SpokenClock(NamedTuple):
    """A text with a time at its end in the usual spelling; `whole`: only the hour was written."""

    text: str
    whole: bool = False


def usual_clock(text: str) -> SpokenClock:
    """Return a text with the time at its end in the usual spelling; any other text as it is."""
    if not any(map(str.isalpha, text[-_LATEST_LETTER:])):
        return SpokenClock(text)
    if match := _EAST_ASIAN.search(text):
        half = " am" if match["am"] else " pm" if match["pm"] else ""
        before = text[: match.start()].rstrip()
        clock = f"{match['hour']}:{match['minute'] or '0':0>2}{half}"
        return SpokenClock(f"{before} {clock}".lstrip(), not match["minute"])
    for form in _forms():
        if match := form.search(text):
            clock = f"{match[1]}:{match[2] or '00'}{match['rest']}"
            return SpokenClock(text[: match.start()] + clock, not match[2])
    return SpokenClock(text)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Compile the forms once they are needed: that takes long, and few sheets have such times."""
    return tuple(
        re.compile(rf"(?:^|(?<=[\sT,])){form}(?P<rest>(?: ?{_HALF})? ?{_OFFSET_OR_UTC})$", re.ASCII | re.IGNORECASE)
        for form in _FORMS
    )


class SheetDate(NamedTuple):
    """A stored date, with the time of day and its zone, or only a time; and whether its century was inferred.

    partial: whether more of the time was written than can be stored. coarsened: whether it is less precise than it was
    written. whole: whether only the hour of the time was written, in a column of its own.
    """

    text: str = ""
    inferred: bool = False
    time: str = ""
    zone: str = ""
    partial: bool = False
    coarsened: bool = False
    whole: bool = False


def read_clock(text: str) -> SheetDate:
    """Read a time that has its own column; the reader of the file refuses what is not one. Raises RowError."""
    plain = " ".join(text.split())
    clock = usual_clock(_DIGITS.sub(r"\1:\2", plain) if _DIGITS.fullmatch(plain) else plain)
    match = _ALONE.fullmatch(clock.text)
    return _read(match, "time")._replace(whole=clock.whole) if match else SheetDate(time=text.strip())


def is_clock(time: str) -> bool:
    """Whether a text is a time of day as it is stored, or there is none."""
    return not time or bool(re.fullmatch(CLOCK, time))


def zone_in(cells: CellsByKey) -> str:
    """Return the zone that has its own column, by its name if it is an offset of whole hours; "" for none."""
    text = clean_line(str(cells.get("timezone", [""])[0])).strip()
    match = _ZONE_ALONE.fullmatch(text)
    if match and (name := _zone(match["zone"], "")):
        cells["timezone"] = [text := name]
    return text


def split_day(text: str) -> tuple[str, SheetDate] | None:
    """Return the day of a text and the time after it; None where there is none. Raises RowError."""
    match = _BEHIND_DAY.fullmatch(text)
    return (match["day"], _read(match, "date")) if match else None


def _read(match: re.Match[str], key: str) -> SheetDate:
    if _SPAN.fullmatch(text := match[0]):
        offset = f"{text[:-6]}:00{text[-6:]}"
        raise RowError(
            f"{key} '{text}' may be a time span, or a time with a UTC offset. Write '{offset}' for the latter."
        )
    hour, *others = re.findall(r"\d\d?", match["clock"])
    half = (match["half"] or "").lower()
    if half and int(hour) in range(1, _NOON + 1):
        hour = str(int(hour) % _NOON + _NOON * (half == "p"))
    zone = _zone(match["zone"], match["name"] or "")
    written = match["zone"] or match["name"]
    lost = (match["fraction"] or "").strip("0") or (written and not zone) or (match["zone"] and match["name"])
    return SheetDate(time=":".join((hour.zfill(2), *others)), zone=zone, partial=bool(lost))


def _zone(offset: str, name: str) -> str:
    """Return the zone of a name, else the name of the one with a fixed offset from UTC; "" for none."""
    if not offset:
        return name if is_zone(name) else ""
    ahead = _OFFSET.search(offset.replace("\u2212", "-"))
    hours = int(f"{ahead[1]}{ahead[2]}") if ahead else 0
    if (ahead and int(ahead[3] or 0)) or hours not in _ZONED_HOURS:
        return ""
    return f"Etc/GMT{-hours:+}" if hours else "UTC"  # in these names, zones ahead of UTC have a minus


def is_zone(name: str) -> bool:
    """Whether a text is the IANA name of a time zone."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few sheets name any

    try:
        return bool(_ZONE.fullmatch(name) and ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # also the name of a folder
        return False


def with_clock(day: SheetDate, clock: SheetDate, zone: str) -> SheetDate:
    """Return a date with a time and zone that were written apart from it, which override its own."""
    whole = day._replace(time=clock.time or day.time, zone=zone or clock.zone or day.zone)
    other = clock.time and day.time and without_seconds(clock.time) != day.time
    others = [each for each in (day.zone, clock.zone) if each and not _agree(whole, each)]
    return whole._replace(partial=bool(day.partial or clock.partial or other or others))


def _agree(dated: SheetDate, zone: str) -> bool:
    """Whether a date is the same instant in another zone."""
    instant = instant_of(dated)
    return dated.zone == zone or (instant is not None and instant == instant_of(dated._replace(zone=zone)))


def instant_of(dated: SheetDate) -> dt.datetime | None:
    """Return when a time was, in its zone; None where that is unknown."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few sheets have times

    if dated.partial or not dated.time:
        return None
    try:
        local = dt.datetime.fromisoformat(f"{dated.text}T{dated.time}")
        return local.replace(tzinfo=ZoneInfo(dated.zone)).astimezone(dt.UTC) if dated.zone else local
    except (KeyError, ValueError, OSError, OverflowError):  # no whole day, or no such zone
        return None


def without_seconds(time: str) -> str:
    """Return a time without seconds of 0."""
    return time.removesuffix(":00") if time.count(":") > 1 else time
