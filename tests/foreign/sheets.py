"""Random sheets: known, unknown and nameless columns, ragged and repeated rows, text above the headings."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.comments import Comment

from foreign.values import NAMED, ForeignFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from foreign.values import Scribe

    Cell = Callable[[Scribe, str], str]
    Table = list[list[str]]

_ZONES = ("Asia/Seoul", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Perth")


def _time(scribe: Scribe, name: str) -> str:
    number = scribe.next()
    scribe.note(name, text := f"{number % 24:02}:{number % 60:02}:{1 + number % 59:02}")
    return text


def _zone(scribe: Scribe, name: str) -> str:
    zones = [each for each in _ZONES if not any(value.forms == (each.casefold(),) for value in scribe.values)]
    if not zones or scribe.chance(0.1):
        return scribe.word(name)
    scribe.note(name, zone := scribe.dice.choice(zones))
    return zone


def _date(scribe: Scribe, name: str) -> str:
    day, kind = scribe.day(), scribe.dice.randrange(8)
    if kind == 0:
        return scribe.word(name)  # none
    written = day.isoformat() if kind > 2 else f"{day.day} {day:%B} {day.year}"
    scribe.note(name, *dict.fromkeys((written, day.isoformat())))
    return written


# By heading: what its cells are like.
_KNOWN: dict[str, Cell] = {
    "Where": lambda scribe, name: scribe.text(name),
    "Description": lambda scribe, name: scribe.text(name),
    "Notes": lambda scribe, name: scribe.text(name),
    "quote": lambda scribe, name: scribe.text(name),
    "date_text": lambda scribe, name: scribe.word(name),
    "Participants": lambda scribe, name: "; ".join(scribe.words(name)),
    "Actor1": lambda scribe, name: f"{scribe.word(name)} ({scribe.word(name)} president)",
    "recipients": lambda scribe, name: str(scribe.words(name)),
    "Tags": lambda scribe, name: "|".join(scribe.words(name)),
    "Event type": lambda scribe, name: scribe.word(name),
    "Type": lambda scribe, name: scribe.word(name),
    "Source": lambda scribe, name: f"{scribe.word(name)} {scribe.address(name)}",
    "Link": lambda scribe, name: scribe.address(name),
    "page": lambda scribe, name: scribe.word(name),
    "Time": _time,
    "tz": _zone,
    "status": lambda scribe, name: scribe.word(name) if scribe.chance(0.1) else "",
    "End": lambda scribe, name: scribe.date(name),
    "other_dates": lambda scribe, name: f"{scribe.date(name)}; {scribe.date(name)}",
    "responds_to": lambda scribe, _: scribe.word("references"),
    "Media": lambda scribe, name: scribe.address(name),
    "Media Credit": lambda scribe, name: scribe.word(name),
    "Media Caption": lambda scribe, name: scribe.word(name),
}  # fmt: skip
_UNKNOWN = (
    "Colour", "GoldsteinScale", "Region code", "file", "line", "match", "first", "last", "distance", "Deaths (est.)",
    "rejected", "Place name", "X", "Δ", "source_count", "earliest",
)  # fmt: skip


def table(scribe: Scribe, *, filled: bool = False) -> tuple[Table, int]:
    """Return a sheet with its headings, and how many rows it has; `filled`: all of them get as many cells."""
    dice = scribe.dice
    known = dice.sample([*_KNOWN], dice.randint(0, 8))
    unknown = dice.sample(_UNKNOWN, dice.randint(0, 6))
    columns: list[tuple[str, str, Cell]] = [("title", "Title", lambda *_: ""), ("date", "Date", _date)]
    columns += [(each, each, _KNOWN[each]) for each in known]
    columns += [(each, each, _any) for each in [*unknown, *unknown[: dice.randint(0, 1)]]]
    if scribe.chance():
        columns.append(("id", "id", lambda scribe, name: scribe.word(name)))
    columns += [("", "", _any)] * dice.randint(0, 2)
    dice.shuffle(columns)
    headings = [heading for _, heading, _ in columns]
    names = _names(headings)
    rows = [_row(scribe, names, columns, filled=filled) for _ in range(dice.randint(1, 6))]
    if scribe.chance(0.3):
        rows.append(_again(scribe, rows[-1], names, columns))
    return [headings, *rows], len(rows)


def _names(headings: list[str]) -> list[str]:
    """Return what columns are reported as: those without a heading by number, a second one with a number."""
    names: list[str] = []
    for number, heading in enumerate(headings, 1):
        names.append(heading or f"column {number}")
    return [f"{each} 2" if each in names[:place] else each for place, each in enumerate(names)]


def _row(scribe: Scribe, names: list[str], columns: list[tuple[str, str, Cell]], *, filled: bool) -> list[str]:
    title = scribe.begin_row()
    cells = []
    for name, (key, _, cell) in zip(names, columns, strict=True):
        if key == "title":
            cells.append(f"{title} happens")
        elif key in {"date", "id"} or scribe.chance(0.8):
            cells.append(cell(scribe, name))
        else:
            cells.append("")
    while cells[-1] == "" and scribe.chance():
        cells.pop()
    if scribe.chance(0.1):
        cells += [""] * (len(columns) - len(cells)) + [
            scribe.word(f"column {len(columns) + 1}" if filled else "too many cells")
        ]
    return cells


def _again(scribe: Scribe, row: list[str], names: list[str], columns: list[tuple[str, str, Cell]]) -> list[str]:
    """Return a row with the same cells, but for those of a column that has no key."""
    cells = [*row]
    identified = any(key == "id" for key, *_ in columns)  # then it is the same record, and names nothing again
    for place, cell in enumerate(row):
        name = names[place] if place < len(names) else f"column {place + 1}"
        called = "references" if name == "responds_to" else name
        if cell and place < len(names) and columns[place][0] in {*_UNKNOWN, ""} and scribe.chance():
            cells[place] = scribe.word(name)
        elif not (identified and called == "references"):
            scribe.values += [each for each in scribe.values if each.row == scribe.row and each.name == called]
    return cells


def _any(scribe: Scribe, name: str) -> str:
    kind = scribe.dice.randrange(5)
    return scribe.missing(name) if kind == 0 else str(scribe.number(name)) if kind == 1 else scribe.word(name)


def delimited(delimiter: str, extension: str) -> Callable[[Scribe], ForeignFile]:
    """Return what makes sheets of text with a delimiter."""

    def make(scribe: Scribe) -> ForeignFile:
        rows, count = table(scribe)
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows([*_above(scribe), *rows])
        return ForeignFile(f"x.{extension}", text.getvalue().encode(), count, scribe.values)

    return make


def _above(scribe: Scribe) -> Table:
    scribe.row = ""
    return [[scribe.word(NAMED)] for _ in range(scribe.dice.choice((0, 0, 1, 2)))]


def workbook(scribe: Scribe) -> ForeignFile:
    """Return a workbook of Excel."""
    rows, count = table(scribe, filled=True)
    book = openpyxl.Workbook()
    above = _above(scribe)
    for row in [*above, *rows]:
        book.worksheets[0].append([each or None for each in row])
    _behind_cells(scribe, book.worksheets[0], rows, len(above))
    raw = io.BytesIO()
    book.save(raw)
    return ForeignFile("x.xlsx", raw.getvalue(), count, scribe.values)


def _behind_cells(scribe: Scribe, sheet: Worksheet, rows: Table, above: int) -> None:
    """Put links and comments behind cells, but not of the last row, which may be one again."""
    titles, names = rows[0].index("Title"), _names(rows[0])
    for number, row in enumerate(rows[1:-2], above + 2):
        scribe.row = row[titles].partition(" ")[0]
        for column, (name, text) in enumerate(zip(names, row, strict=False), 1):
            cell = sheet.cell(number, column)
            if text and scribe.chance(0.1):
                cell.hyperlink = scribe.address(f"{name} (link)")
            if text and scribe.chance(0.1):
                cell.comment = Comment(scribe.word(f"{name} (comment)"), "")


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_ENTRIES = "".join(
    f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
    for path, kind in (("/", _SPREADSHEET), ("content.xml", "text/xml"))
)
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0" manifest:version="1.3">{_ENTRIES}</manifest:manifest>'
)


def spreadsheet(scribe: Scribe) -> ForeignFile:
    """Return a spreadsheet of LibreOffice."""
    rows, count = table(scribe, filled=True)
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{each}="{_OFFICE}:{each}:1.0"' for each in ("office", "table", "text"))
    content = (
        f'<office:document-content {spaces} office:version="1.3"><office:body><office:spreadsheet><table:table'
        f' table:name="A">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, text in (("mimetype", _SPREADSHEET), ("META-INF/manifest.xml", _MANIFEST), ("content.xml", content)):
            archive.writestr(zipfile.ZipInfo(name), text)
    return ForeignFile("x.ods", raw.getvalue(), count, scribe.values)


def _cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
