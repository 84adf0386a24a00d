"""A timeline for web pages, as the JSON that TimelineJS 3 reads."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from korea_cli.base.errors import NotInListError
from korea_cli.base.sanitize import ascii_json, clean, clean_line
from korea_cli.citing.sources import cite_all, with_cited
from korea_cli.dates.days import Day, counted_year
from korea_cli.dates.format import show_stored
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.parts import parse_part
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.drawing.phrases import claims_about, permalink, remarks
from korea_cli.ingest.text_footers import added_block
from korea_cli.report.parties import parties, who
from korea_cli.report.sections import amount
from korea_cli.report.supported import SupportedRows, lost_header

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from korea_cli.citing.sources import PlainCitation
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.dates.parts import Part
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.rows.types import EventRow
    from korea_cli.store.header import StoredHeader

EXTENSIONS: tuple[str, ...] = ()  # .json means the format json
ALL_AT_ONCE = True
FOR_OTHERS = True
CARRIES = ("event",)
GROUPS = ("topic", "actor")
_MOST_GROUPS, _OTHERS = 5, "Other"
_TITLE_ID = "title_slide"  # no event's id has an underscore
_PARTS, _CLOCK = ("year", "month", "day"), ("hour", "minute", "second")
_KNOWN_PARTS = {"year": 1, "day": 3}  # others have year and month
# What TimelineJS embeds; a link to anything else it would load as a picture.
_SHOWN = r"(?i)\.(jpe?g|png|gif|svg|webp|mp4|webm|mp3|wav|m4a|pdf)(\?.*)?$|^https?://(www\.)?(youtube\.com|vimeo\.com)/"
# Words by which it would load a quotation as a page of these sites.
_SITES = r"(?i)youtu|google|documentcloud|imgur|\.pdf|spotify|iframe"


def render(
    report: Report, screen: Screen, *, group: str = "", base_url: str = ""
) -> Generator[str, None, Sequence[str]]:
    """Write a slide for each event; `group` groups them by their first topic or actor."""
    if group and group.casefold() not in GROUPS:
        raise NotInListError("group", group, GROUPS)
    return _document(report, group.casefold(), base_url, unicode=screen.unicode)


def _document(report: Report, by: str, base_url: str, *, unicode: bool) -> Generator[str, None, Sequence[str]]:
    from korea_cli.ingest.json.slides import flatten  # noqa: PLC0415 - as above
    from korea_cli.ingest.read_back import ReadBack  # noqa: PLC0415 - needed only when something is written
    from korea_cli.model.records import Event  # noqa: PLC0415 - as above

    rows, back, left = SupportedRows(report, CARRIES), ReadBack(Event, slides=True), 0
    groups = _Groups(rows, by, report)
    yield f'{{\n"title": {_json(_title(report.header), unicode=unicode)},\n"events": ['
    before = "\n  "
    for values in with_cited(rows, report.related):
        start, end = _ends(parse_stored(values["date"]))
        if start is None:
            left += 1
            continue
        slide = _slide(values, (start, end), groups.name_of(values), report, base_url)
        back.add(values, flatten(slide))
        yield before + _json(slide, unicode=unicode)
        before = ",\n  "
    yield "]\n}\n" if before == "\n  " else "\n]\n}\n"
    note = f"left out {amount(left, 'events')} whose start is not known; TimelineJS requires one"
    return (*rows.notes, *([note] if left else []), *back.notes, *lost_header(report))


def _json(value: object, *, unicode: bool) -> str:
    """Write a value so that it can also be put in a script of a page."""
    from json import dumps  # noqa: PLC0415 - help needs none

    text = dumps(value, ensure_ascii=False).replace("</", r"<\/")
    return text if unicode else ascii_json(text)


def _title(header: StoredHeader) -> dict[str, object]:
    texts = (header.about, header.date_rule, f"As of {show_stored(header.as_of)}." if header.as_of else "")
    text = "".join(_paragraph(each) for each in texts if each)
    return {
        "unique_id": _TITLE_ID,
        "text": {"headline": _line(header.title or "Chronology"), "text": text},
        "autolink": False,
    }


def _ends(date: StoredDate) -> tuple[Part | None, Part | None]:
    """Return the first and the last day, month or year of a date; None where it is open."""
    parts = [parse_part(part) for part in re.split(r"[,/]|\.\.", date.text.strip("[]")) if part]
    first, last = parts[0], parts[-1]
    if date.text.startswith("["):
        first, last = min(parts, key=lambda part: part.first), max(parts, key=lambda part: part.last)
    return None if date.start_min == OPEN_START else first, None if date.end_max == OPEN_END else last


def _span(start: Part, end: Part | None) -> tuple[dict[str, int], dict[str, int] | None]:
    """Return the known parts of both ends; no end where TimelineJS, which reads a month as its first day, has none."""
    first = _parts(start, start.first)
    last = _parts(end, end.last) if end else None
    return first, last if last and (*last.values(),) > (*first.values(),) else None


def _parts(part: Part, ordinal: int) -> dict[str, int]:
    year, *rest = Day.from_ordinal(ordinal)
    return dict(zip(_PARTS[: _KNOWN_PARTS.get(part.precision, 2)], (counted_year(year), *rest), strict=False))


def _slide(
    values: EventRow, ends: tuple[Part, Part | None], group: str, report: Report, base_url: str
) -> dict[str, object]:
    start, end = ends
    cited = cite_all(values["sources"], report.related)
    first, last = _span(start, end)
    shown = show_stored(values["date"])
    if values["time"] and start == end and start.precision == "day":
        first |= dict(zip(_CLOCK, map(int, values["time"].split(":")), strict=False))
        shown = f"{shown}, {values['time']}{' ' if values['timezone'] else ''}{values['timezone'] or ''}"
    slide: dict[str, object] = {"unique_id": values["id"], "start_date": first}
    slide |= {"end_date": last} if last else {}
    text = "".join((*_paragraphs(values, cited, report), _below(values, base_url)))
    slide |= {"display_date": shown, "text": {"headline": _line(values["title"]), "text": text}}
    if group:  # TimelineJS parses this as HTML twice
        slide["group"] = escape(_line(group), quote=False)
    media = _media(values, cited)
    return slide | ({"media": media} if media else {}) | {"autolink": False}


class _Groups:
    """The rows of the navigation: with more of them, TimelineJS has no place for slides, and in the end shows none."""

    def __init__(self, rows: SupportedRows, by: str, report: Report) -> None:
        """Count the events of each group; nothing is read where none are asked for."""
        self._by, self._keys = by, report.related.actor_keys("event")
        counts = Counter(name for values in rows if (name := self._first(values))) if by else Counter[str]()
        self._shown = {name for name, _ in counts.most_common(_MOST_GROUPS)}

    def name_of(self, values: EventRow) -> str:
        """Return the group of an event: one of those with most events, or that for all others."""
        name = self._first(values)
        return name if not name or name in self._shown else _OTHERS

    def _first(self, values: EventRow) -> str:
        """Return the first topic or the first who acted."""
        if self._by == "topic":
            return next((topic["label"] for topic in values["topics"]), "")
        named = parties(values, self._keys) if self._by else ()
        return next((actor["name"] for key, actors in named for actor in actors if key.role == "agent"), "")


def _citation(cited: PlainCitation) -> str:
    link, title = _link(cited.url), _line(cited.title)
    linked = f'<a href="{escape(link)}" target="_blank" rel="noopener">{title}</a>' if link else title
    around = (_line(cited.authors), linked, *map(_line, (cited.container, cited.issued, cited.place)))
    return ", ".join(filter(None, around))


def _media(values: EventRow, cited: Sequence[PlainCitation]) -> dict[str, str]:
    """Return the quotation of an event, else what a source links to where TimelineJS can embed it; {} for neither.

    Half of a slide is for its media, so nothing else is put there.
    """
    linked = [(each, link) for each in cited if (link := _link(each.url))]
    if values["quote"]:
        words = re.sub(_SITES, lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", _line(values["quote"]))
        quoted = {"url": f"<blockquote>“{words}”</blockquote>"}
        if not linked:
            return quoted
        source, link = linked[0]
        return quoted | {"link": link, "caption": _line(source.title), "credit": _line(source.container)}
    shown = ((each, link) for each, link in linked if re.search(_SHOWN, link))
    return next(
        ({"url": link, "caption": _line(each.title), "credit": _line(each.container)} for each, link in shown), {}
    )


def _paragraphs(values: EventRow, cited: Sequence[PlainCitation], report: Report) -> Iterator[str]:
    if actors := who(values, report.related.actor_keys("event")):
        yield f"<p><b>{_line(actors)}</b></p>"
    if values["summary"]:
        yield _paragraph(values["summary"])
    yield from map(_paragraph, remarks(values, report))
    if cited:
        yield f"<p>Sources:</p><ul>{''.join(f'<li>{_citation(each)}</li>' for each in cited)}</ul>"


def _below(values: EventRow, base_url: str) -> str:
    """Return what is claimed about an event, and a link to it on the page at an address."""
    claims = "".join(f"<li>{_line(each)}</li>" for each in claims_about(values))
    link = _link(permalink(base_url, values))
    linked = f'<p><a href="{escape(link)}" target="_blank" rel="noopener">Permalink</a></p>' if link else ""
    return added_block(f"{f'<ul>{claims}</ul>' if claims else ''}{linked}")


def _paragraph(text: str) -> str:
    lines = escape(clean(text), quote=False).split("\n")
    return f"<p>{'<br>'.join(lines)}</p>"


def _line(text: str) -> str:
    return escape(clean_line(text), quote=False)


def _link(url: str | None) -> str:
    """Return an address that a page may link to, with nothing in it that could end an attribute; else nothing."""
    if not (url and re.match("(?i)https?://", url)):
        return ""
    return re.sub(r"""["'<>`\\]""", lambda found: f"%{ord(found[0]):02X}", clean_line(url))
