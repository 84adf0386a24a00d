"""Read the events of a Markwhen timeline: `2017-05 / 2017-06: text #tag`, in groups and sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.dates.months import month_number
from korea_cli.ingest.dates.dates import is_date
from korea_cli.ingest.sheet import SheetRow

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

_COLON = re.compile(r":(?=\s|$)|:")
_GROUP = re.compile(r"(?:group|section)\b:?[ \t]*(.*)", re.IGNORECASE)
_END = re.compile(r"end[ \t]*(?:group|section)\b", re.IGNORECASE)
_BREAK = re.compile(r"_-_-_break_-_-_")
_HEADER = re.compile(r"(#?[\w .-]+):")
_TAG = re.compile(r"(?<!\S)#([\w-]+)")
_ID = re.compile(r"(?<!\S)!([\w-]+)")
_LINK = re.compile(r"\[([^\]]*)\]\(([^()\s]+)\)")
_PLACE = "location"
_ADDRESS = re.compile(r"(?<![\w(])https?://\S+")
_AMERICAN = re.compile(r"(?<![\d/-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])", re.ASCII)
_MONTH = re.compile(r"(?<![\d/-])(\d{1,2})/(\d{4})(?![\d/])", re.ASCII)
_BETWEEN = re.compile(r"\s+to\s+|\s*[-\u2013/]\s*", re.IGNORECASE)  # a start and an end
_WORDS = {"bc", "bce", "ad", "ce", "now", "to", "th", "st", "nd", "rd", "t", "z", "am", "pm", "utc", "c", "ca", "of"}
_RELATIVE = re.compile(
    r"(?:after|before|by|every|now|today|tomorrow|yesterday|!)\b.*|!.*|[\d.]+\s*(?:day|week|month|year|hour|minute|d|w|h)s?\b.*",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"d+/M+/y+", re.IGNORECASE)
_FEWEST = 3  # words of a link that are a title
_LONGEST = 80  # letters of a date


class MarkwhenReader:
    """Reads one timeline. left_out: what it has beside events, by name."""

    def __init__(self, left_out: Counter[str]) -> None:
        self._left_out = left_out
        self._groups: list[str] = []
        self._day_first = False
        self._begun = False  # whether the header is over

    def rows(self, lines: Iterable[str]) -> Iterator[SheetRow]:
        """Yield the events, each with the line where it begins, and lines that belong to none."""
        event: tuple[int, str, list[str]] | None = None
        for number, line in enumerate(lines, 1):
            text = line.strip()
            if text.startswith("//"):
                self._left_out["comments"] += 1
            elif found := _dated(text):
                if event:
                    yield self._event(*event)
                event, self._begun = (number, found, [text[len(found) :].lstrip().removeprefix(":").strip()]), True
            elif _GROUP.fullmatch(text) or _END.match(text) or _BREAK.fullmatch(text):
                if event:
                    yield self._event(*event)
                event, self._begun = None, True
                self._nest(text)
            elif event:
                event[2].append(text)
            elif text and not self._is_header(text):
                yield SheetRow(number, {"text": text}, "it has no date and belongs to no event")
        if event:
            yield self._event(*event)

    def _nest(self, text: str) -> None:
        if match := _GROUP.fullmatch(text):
            self._groups.append(" ".join(_TAG.sub("", match[1]).split()).rstrip(":") or "group")
        elif _END.match(text) and self._groups:
            self._groups.pop()

    def _is_header(self, text: str) -> bool:
        """Count a line before the first event by its name."""
        if self._begun:
            return False
        match = _HEADER.match(text)
        self._day_first |= text.startswith("dateFormat") and bool(_DAY_FIRST.search(text))
        if text != "---":
            self._left_out[f"{match[1].strip()} (header)" if match else "header"] += 1
        return True

    def _event(self, line: int, date: str, lines: list[str]) -> SheetRow:
        cells = _cells(lines)
        if groups := [each for each in self._groups if each != "group"]:
            cells["group"] = groups
        if _RELATIVE.fullmatch(date):
            return SheetRow(line, {"date": date, **cells}, f"'{date}' is a date relative to others. Write it as a day")
        return SheetRow(line, {**self._days(date), **cells})

    def _days(self, date: str) -> dict[str, object]:
        """Return the start and the end of a date, those in numbers in the order that the timeline has."""
        plain = _MONTH.sub(r"\2-\1", _AMERICAN.sub(self._iso, date))
        if is_date(plain):
            return {"date": plain}
        for match in _BETWEEN.finditer(plain):
            start, end = plain[: match.start()], plain[match.end() :]
            if is_date(start) and end.casefold() == "now":
                return {"date": f"since {start}", "date_text": date}
            if is_date(start) and is_date(end):
                return {"date": start, "end_date": end}
        return {"date": plain}

    def _iso(self, match: re.Match[str]) -> str:
        one, other, year = match.groups()
        month, day = (other, one) if self._day_first else (one, other)
        return f"{year}-{int(month):02}-{int(day):02}"


def _dated(line: str) -> str:
    """Return the date before the first colon of a line that ends one; "" where a line begins with none."""
    for match in sorted(_COLON.finditer(line[:_LONGEST]), key=lambda each: not line[each.end() :][:1].isspace()):
        before = line[: match.start()].strip()
        if before and (_RELATIVE.fullmatch(before) or _is_period(before)):
            return before
    return ""


def _is_period(text: str) -> bool:
    """Whether a text has a number, and no words but those of dates."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return any(map(str.isdigit, text)) and all(each in _WORDS or month_number(each) for each in words)


def _cells(lines: list[str]) -> dict[str, object]:
    """Return the title, the text, the tags, the id, the links and the place of an event."""
    whole = "\n".join(lines)
    links = [(label, address) for label, address in _LINK.findall(whole) if "://" in address]
    places = [label for label, address in _LINK.findall(whole) if address == _PLACE]
    addresses = [address.rstrip(".,;)") for address in _ADDRESS.findall(_LINK.sub("", whole))]
    plain = [_plain(line) for line in lines]
    sources = [{"url": url} | ({"title": label} if len(label.split()) >= _FEWEST else {}) for label, url in links]
    cells: dict[str, object] = {
        "title": plain[0],
        "summary": re.sub(r"\n{3,}", "\n\n", "\n".join(plain[1:])).strip(),
        "tags": list(dict.fromkeys(_TAG.findall(_LINK.sub("", whole)))),
        "place": "; ".join(places),
        "sources": [*sources, *({"url": each} for each in addresses)],
        "id": next(iter(_ID.findall(lines[0])), ""),
    }
    return {key: value for key, value in cells.items() if value}


def _plain(line: str) -> str:
    """Return a line without what is taken out of it."""
    text = _LINK.sub(lambda match: "" if match[2] == _PLACE else match[1], line)
    return " ".join(_ADDRESS.sub("", _TAG.sub("", _ID.sub("", text))).split())
