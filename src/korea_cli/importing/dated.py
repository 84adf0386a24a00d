"""Put the date of a row together, of whichever columns it stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from korea_cli.dates.edtf import parse_stored
from korea_cli.importing.dates import Dated, read_date, short_kind
from korea_cli.importing.joining import between, coarsened, from_parts
from korea_cli.importing.rows import Rejected
from korea_cli.safety import clean_line

if TYPE_CHECKING:
    from korea_cli.importing.dates import Rules
    from korea_cli.importing.rows import Given

_PARTS = ("year", "month", "day")
_OWN = {"date", "end_date", "precision", *_PARTS, *(f"end_{part}" for part in _PARTS)}
DATED = frozenset({*_OWN, "time"})
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(:\d\d)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_LONGEST = 60
_NOON = 12


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
        said = {key: clean_line(str(given.pop(key)[0])).strip() for key in _OWN & given.keys()}
        shown = clean_line(str(given["date_text"][0])).strip() if "date_text" in given else ""
        values: dict[str, Any] = {}
        dated = self._dated(said, shown)
        time, zone = (dated.time, dated.zone) if dated else ("", "")
        clock = _clock(str(given.pop("time")[0])) if "time" in given else time
        if dated is not None:
            contradicted = (time and time != clock) or (zone and given.get("timezone", [zone]) != [zone])
            dated = dated._replace(partial=dated.partial or bool(contradicted))
            self.inferred += dated.inferred
            values["date"] = dated.text
            if words := self._words(dated, said, shown):
                values["date_text"] = words
            if dated.inferred and "date_basis" not in given:
                values["date_basis"] = "year-inferred"
        if clock:
            values["time"] = clock
        if zone and "timezone" not in given:
            values["timezone"] = zone
        return values

    def _words(self, dated: Dated, said: dict[str, str], shown: str) -> str:
        """Return the words to keep of a date; raises Rejected where there is no place for those that must be kept."""
        written = " \u2013 ".join(said[key] for key in ("date", "end_date") if said.get(key))
        if dated.partial:
            if shown:
                raise Rejected(f"date '{written}' says more of the time than can be stored, and 'date_text' is taken")
            self.partial += 1
            return written
        plain = "end_date" in said or written.startswith(dated.text) or shown or len(written) > _LONGEST
        return "" if plain else written

    def _dated(self, said: dict[str, str], shown: str) -> Dated | None:
        start = self._end_of(said, "", "date")
        end = self._end_of(said, "end_", "end_date")
        if start is None:
            if end is not None:
                raise Rejected("it has an end but no beginning")
            return None
        if "precision" in said:
            start, end = coarsened(start, said["precision"]), end and coarsened(end, said["precision"])
        dated = between(start, end) if end else start
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
        wider = words.a <= own.a and own.d <= words.d and ((words.a, words.d) != (own.a, own.d) or words.qualified)
        return dated._replace(text=words.text, time="") if wider else dated


def _clock(text: str) -> str:
    """Give a time as a file has it; what is none is left for reading to refuse."""
    match = _CLOCK.fullmatch(" ".join(text.split()))
    if match is None:
        return text.strip()
    hour, half = int(match[1]), (match[4] or "").lower()
    if half and hour in range(1, _NOON + 1):
        hour = hour % _NOON + _NOON * (half == "p")
    return f"{hour:02}:{match[2]}{match[3] or ''}"
