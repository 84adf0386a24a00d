"""Put the date of a row together, of whichever columns it stands in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from korea_cli.base.sanitize import clean_line
from korea_cli.dates.parse import parse_stored
from korea_cli.ingest.clocks import read_clock
from korea_cli.ingest.dates import Dated, read_date, short_kind
from korea_cli.ingest.joining import between, coarsened, from_parts, timed
from korea_cli.ingest.rows import Rejected

if TYPE_CHECKING:
    from korea_cli.ingest.clocks import Clock
    from korea_cli.ingest.dates import Rules
    from korea_cli.ingest.rows import Given

_PARTS = ("year", "month", "day")
_OWN = {"date", "end_date", "precision", *_PARTS, *(f"end_{part}" for part in _PARTS)}
DATED = frozenset({*_OWN, "time"})
_LONGEST = 60
_MIDNIGHT = "00:00:00"


class Dating:
    """Reads the dates of one sheet.

    inferred: how many had a year of two digits. partial: how many say more of the time than can be stored.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        self.inferred = self.partial = 0

    @property
    def mixed(self) -> bool:
        """Whether a column has spans of years and months that may be such spans too, and nobody said what they are."""
        return not self._rules.short and any(len(kinds - {""}) > 1 for kinds in self._kinds.values())

    def plain(self, key: str, text: str) -> str:
        """Read a date that stands alone; raises Rejected."""
        return self._read(key, text).text

    def _read(self, key: str, text: str) -> Dated:
        self._kinds[key].add(short_kind(text))
        return read_date(text, self._rules)

    def take(self, given: Given) -> dict[str, Any]:
        """Take the columns of the date out of a row; give the keys of a record that they make. Raises Rejected."""
        said = {key: clean_line(str(given.pop(key)[0])).strip() for key in DATED & given.keys()}
        shown, zone = (clean_line(str(given.get(key, [""])[0])).strip() for key in ("date_text", "timezone"))
        clock = read_clock(said.get("time", ""))
        dated = self._dated(said, clock, zone, shown)
        values = {"date": dated.text, "date_text": self._words(dated, said, clock, shown)}
        self.inferred += dated.inferred
        if dated.inferred and "date_basis" not in given:
            values["date_basis"] = "year-inferred"
        values["time"] = clock.time or dated.time
        values["timezone"] = "" if zone else dated.zone
        return {key: value for key, value in values.items() if value}

    def _words(self, dated: Dated, said: dict[str, str], clock: Clock, shown: str) -> str:
        """Return the words to keep of a date; raises Rejected where there is no place for those that must be kept."""
        if dated.partial:
            start, end = (_written(said, before, whole) for before, whole in (("", "date"), ("end_", "end_date")))
            if clock.zone or clock.partial or ":" not in start:
                start = f"{start} {said.get('time', '')}".strip()
            written = " \u2013 ".join(filter(None, (start, end)))
            if shown:
                raise Rejected(f"date '{written}' says more of the time than can be stored, and 'date_text' is taken")
            self.partial += 1
            return written
        written = " \u2013 ".join(said[key] for key in ("date", "end_date") if said.get(key))
        plain = "end_date" in said or written.startswith(dated.text) or shown or len(written) > _LONGEST
        return "" if plain else written

    def _dated(self, said: dict[str, str], clock: Clock, zone: str, shown: str) -> Dated:
        start = self._end_of(said, "", "date")
        end = self._end_of(said, "end_", "end_date")
        if start is None and end is not None:
            raise Rejected("it has an end but no beginning")
        if "precision" in said:
            start, end = (each and coarsened(each, said["precision"]) for each in (start, end))
        dated = timed(start or Dated(""), clock, zone)
        if end:
            if dated.time and end.text != dated.text and _MIDNIGHT in said.get("end_date", ""):
                end = end._replace(time=end.time or _MIDNIGHT)
            dated = between(dated, end._replace(zone=end.zone or zone))
        return self._as_shown(dated, shown) if shown and "year" in said else dated

    def _end_of(self, said: dict[str, str], before: str, whole: str) -> Dated | None:
        if said.get(whole):
            return self._read(whole, said[whole])
        year, month, day = (said.get(before + part, "") for part in _PARTS)
        if not year and (month or day):
            raise Rejected("it has a month or day but no year")
        return from_parts(year, month, day, self._rules) if year else None

    def _as_shown(self, dated: Dated, shown: str) -> Dated:
        """Prefer the date in words where it says less than the columns of numbers: those have no way to say less."""
        try:
            words = parse_stored(read_date(shown, self._rules).text)
        except Rejected:
            return dated
        own = parse_stored(dated.text)
        wider = (
            words.start_min <= own.start_min
            and own.end_max <= words.end_max
            and ((words.start_min, words.end_max) != (own.start_min, own.end_max) or words.qualified)
        )
        return dated._replace(text=words.text, time="") if wider else dated


def _written(said: dict[str, str], before: str, whole: str) -> str:
    """Return an end of a date as its columns have it."""
    return said.get(whole) or "-".join(filter(None, (said.get(before + part) for part in _PARTS)))
