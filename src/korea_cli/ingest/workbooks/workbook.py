"""Read a sheet of a workbook: its cells as text, with what merged cells cover filled in, and what is left out named."""

from __future__ import annotations

import datetime as dt
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.ingest.columns.headings import guess_key, missing_keys
from korea_cli.ingest.open_question import OpenQuestion, PossibleAnswer
from korea_cli.ingest.sheet import Sheet, SheetRow, unreadable
from korea_cli.ingest.sheet_headings import distinct, find_headings
from korea_cli.ingest.workbooks.behind_cells import behind_cells
from korea_cli.ingest.workbooks.extra_columns import ExtraColumns
from korea_cli.ingest.workbooks.record_sheets import is_record_sheet, joined
from korea_cli.report.sections import amount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from korea_cli.ingest.sheet import InputFile, ReaderOptions
    from korea_cli.ingest.workbooks.behind_cells import Place
    from korea_cli.model.records import Record

_COMPARED = 40  # rows among which the headings are
_LISTED = 5  # other sheets


def read_workbook(source: InputFile) -> Sheet:
    """Read the sheet requested, else all those of korea, else the first with headings of records, else any with rows.

    Raises DataError for a workbook that cannot be read, NotInListError for a sheet that it does not have, UsageError
    where python-calamine is not installed, or for a row that the sheet does not have.
    """
    stream = source.stream if source.stream.seekable() else io.BytesIO(source.stream.read())
    workbook = _opened(source.name, stream)
    sheets = [_sheet(workbook, name, source) for name in workbook.sheet_names]
    if own := _record_sheets(sheets, source.options):
        read = {each.name: _read(each, stream, source) for each in own}
        return joined(read, _left_out(sheets, read) or "--sheet NAME reads one")
    sheet = _chosen(sheets, source)
    others = _left_out(sheets, [sheet.name])
    read_from = [f"read the sheet '{sheet.name}'. {others}"] if others else []
    asked = _which_sheet(sheet, sheets, source, *read_from)
    found = _read(sheet, stream, source)
    return found._replace(notes=(*read_from, *found.notes), questions=(*asked, *found.questions))


def _read(sheet: CalamineSheet, stream: BinaryIO, source: InputFile) -> Sheet:
    if not sheet.height:
        raise unreadable(source.name, f"the sheet '{sheet.name}' is empty")
    covered, notes = _covered(sheet)
    rows = _rows(sheet, covered)
    first = list(islice(rows, max(_COMPARED, source.options.header_row)))
    if not first:
        raise unreadable(source.name, f"the sheet '{sheet.name}' has only blank cells")
    found = find_headings(first, source.options)
    headings = distinct([" ".join(cell.split()) for cell in found.cells])
    notes = [*notes, *found.notes]
    below_headings = range(first[found.rows - 1].line if found.rows else 0, (sheet.end or (0, 0))[0] + 1)
    extras = behind_cells(stream, sheet.name)
    columns = ExtraColumns(extras, headings, source.options, rows=below_headings, left=_left(sheet))
    below = columns.rows(chain(first[found.rows :], rows))
    return Sheet(
        below, columns.headings, unit="row", notes=tuple(notes), questions=found.questions, left_out=columns.left_out
    )


def _record_sheets(sheets: Iterable[CalamineSheet], options: ReaderOptions) -> list[CalamineSheet]:
    """Return the sheets that korea wrote, where there are several and none was requested."""
    if options.sheet or options.header_row or options.headings:
        return []
    own = [each for each in sheets if each.height and is_record_sheet(each.name, next(each.iter_rows(), ()))]
    return own if len(own) > 1 else []


def _opened(name: str, stream: BinaryIO) -> CalamineWorkbook:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        raise UsageError(
            "reading a workbook needs python-calamine: pip install 'korea-cli[xlsx]'. Or save the sheet as CSV."
        ) from None
    try:
        return CalamineWorkbook.from_filelike(stream)
    except CalamineError as error:
        raise unreadable(name, f"this workbook cannot be read: {error}. Save the sheet as CSV.") from None


def _chosen(sheets: Sequence[CalamineSheet], source: InputFile) -> CalamineSheet:
    """Return the sheet to read."""
    typed, names = source.options.sheet, [each.name for each in sheets]
    filled = [each for each in sheets if each.height]
    if not typed:
        likely = (each for each in filled if len(filled) > 1 and _has_records(each, source.options.record))
        found = next(likely, None) or next((each for each in filled if each.height > 1), filled[0] if filled else None)
    else:
        number = int(typed) if typed.isdecimal() and typed not in names else 0
        found = next((each for each in sheets if each.name == typed), None)
        found = found or (sheets[number - 1] if 0 < number <= len(sheets) else None)
    if typed and not found:
        raise NotInListError("sheet", typed, tuple(names))
    if not found:
        raise unreadable(source.name, "this workbook has no rows")
    return found


def _left_out(sheets: Iterable[CalamineSheet], read: Collection[str]) -> str:
    """Return a sentence on the sheets that have rows and are not read; "" where there are none."""
    others = (each for each in sheets if each.height and each.name not in read)
    rest = [f"'{each.name}' ({amount(each.height, 'rows')})" for each in others]
    more = f" and {len(rest) - _LISTED:,} more" if len(rest) > _LISTED else ""
    return f"Left out: {', '.join(rest[:_LISTED])}{more}. --sheet NAME reads another" if rest else ""


def _has_records(sheet: CalamineSheet, record: type[Record]) -> bool:
    """Whether a row near the top of a sheet has headings for all that a record needs."""
    first = islice(_rows(sheet, {}), _COMPARED)
    return any(not missing_keys(record, {guess_key(cell, record) for cell in row.cells}) for row in first)


def _which_sheet(
    chosen: CalamineSheet, sheets: Iterable[CalamineSheet], source: InputFile, note: str = ""
) -> list[OpenQuestion]:
    """Return which of several sheets is to be read, if none was requested."""
    sizes = {each.name: each.height for each in sheets if each.height > 1}
    choices = tuple(PossibleAnswer(name, amount(size, "rows"), {"sheet": name}) for name, size in sizes.items())
    text = "The workbook has several sheets. Which one has the records?"
    asks = len(sizes) > 1 and not source.options.sheet
    return [OpenQuestion("sheet", text, choices, chosen.name, note=note)] if asks else []


def _sheet(workbook: CalamineWorkbook, name: str, source: InputFile) -> CalamineSheet:
    from python_calamine import CalamineError  # noqa: PLC0415 - as above

    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise unreadable(source.name, f"the sheet '{name}' cannot be read: {error}") from None


def _covered(sheet: CalamineSheet) -> tuple[dict[Place, Place], list[str]]:
    """Return the first cell of each that is merged with one above it, and a sentence on how many there are."""
    before = _left(sheet)
    covered = {
        (row, left - before): (top, left - before)
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
        for row in range(top + 1, min(bottom + 1, sheet.total_height + top + 1))
    }
    number = len(set(covered.values()))
    filled = f"filled {amount(len(covered), 'cells')} below {amount(number, 'merged cells')} with what is there"
    return covered, [filled] if covered else []


def _left(sheet: CalamineSheet) -> int:
    """Return the first column that has anything, from which rows are read."""
    return (sheet.start or (0, 0))[1]


def _rows(sheet: CalamineSheet, covered: dict[Place, Place]) -> Iterator[SheetRow]:
    """Yield every row that is not blank, numbered as in the workbook."""
    kept: dict[Place, str] = {}
    firsts = set(covered.values())
    for row, values in enumerate(sheet.iter_rows()):
        cells = [each if isinstance(each, str) else _text(each) for each in values]
        for column, text in enumerate(cells):
            if (row, column) in firsts:
                kept[row, column] = text
            elif (first := covered.get((row, column))) and not text:
                cells[column] = kept.get(first, "")
        if any(map(str.strip, cells)):
            yield SheetRow(row + 1, cells)


def _text(value: object) -> str:
    """Return a value as a person would type it: whole numbers without a point, days as 2017-05-25."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - all that a float counts exactly
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, dt.time):
        return value.isoformat("minutes" if not value.second else "seconds")
    return str(value)
