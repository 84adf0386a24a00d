"""A workbook of records: a sheet for each type, written row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import UsageError
from korea_cli.base.sanitize import clean, clean_line
from korea_cli.ingest.building.own_cells import cell_of
from korea_cli.model.internal import INTERNAL
from korea_cli.model.records import RECORD_TYPES, Event, file_keys, keys_of
from korea_cli.report.sections import amount, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from korea_cli.model.records import Record
    from korea_cli.store.header import StoredHeader

_SHEETS = ("event", "fact", "actor", "topic", "source")
_CLAIMS, _DATE, _TYPE = "claims", "date", "type"
_BOUNDS = ("earliest", "latest", "precision")  # of a date
_DATES = {"earliest", "latest", "known_since", "first", "last"}  # which are found
_HIDDEN = {_TYPE, "precision"}  # by the first of these, import knows how to read a row
_LOCAL = {"file", "line", *INTERNAL}  # which concern nobody whom the workbook is sent to
_DAY = r"\d{4}-\d\d-\d\d"
_FIRST_DAY = "1900-03-01"  # before it, Excel and LibreOffice count the days differently
_LINK = r"(?i)https?://\S{1,2000}"
_MOST_ROWS, _MOST_LETTERS, _MOST_LINKS = 1_048_576, 32_767, 65_530  # of Excel
_LINE, _TALLEST = 15, 409  # points
_WIDE = {"title": 44, "text": 60, "summary": 60, _CLAIMS: 60, "quote": 40, "note": 40, "name": 28, "label": 28}
_WIDTHS = {"slug": 26, _DATE: 12, "choice": 13, "flag": 8, "time": 10, "refs": 28, "cites": 28, "texts": 28,
           "other_dates": 32, "url": 36}  # fmt: skip
_WIDTH = 16


class RecordBook:
    """A workbook that is written row by row, each to the sheet of its type."""

    def __init__(self, path: str, folder: str, header: StoredHeader) -> None:
        """Write to a file; rows wait in files of the folder, and not in memory."""
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = _library()(path, options)
        # No clock: the same data give the same workbook.
        closed = dt.date.fromordinal(max(header.closed or 1, dt.date(1980, 1, 1).toordinal()))
        self._book.set_properties(
            {"title": clean_line(header.title), "created": dt.datetime.combine(closed, dt.time())}
        )
        styles = _CellStyles(self._book)
        self._sheets = {type_: _RecordSheet(self._book, type_, styles) for type_ in _SHEETS}

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a record, as JSON has it."""
        self._sheets[row[_TYPE]].add(row)

    def close(self, types: Iterable[str]) -> None:
        """Finish the file, which opens at the first sheet that has rows; a sheet without any is hidden."""
        filled = [sheet for sheet in self._sheets.values() if sheet.rows]
        shown = filled or [self._sheets[type_] for type_ in types if type_ in self._sheets]
        for sheet in self._sheets.values():
            sheet.finish(hidden=sheet not in shown, first=sheet is shown[0])
        self._book.close()

    @property
    def notes(self) -> Iterator[str]:
        """Sentences on what a sheet cannot hold, and on what import would not read as it is."""
        from korea_cli.ingest.read_back import lost_values  # noqa: PLC0415 - needed only when something is written

        cut, lost = Counter[str](), Counter[str]()
        for sheet in self._sheets.values():
            cut.update(sheet.cut)
            lost.update(sheet.lost)
            if sheet.left:
                yield f"left out {amount(sheet.left, f'{sheet.type}s')}: a sheet holds {_MOST_ROWS:,} rows"
        if cut:
            cells = ", ".join(f"{count:,} of {key}" for key, count in cut.items())
            yield f"shortened to the {_MOST_LETTERS:,} characters that a cell holds: {cells}"
        yield from lost_values(lost)


class _CellStyles:
    """How the cells of a workbook look."""

    def __init__(self, book: Workbook) -> None:
        top = {"valign": "top"}
        self.heading = book.add_format({**top, "bold": True, "bottom": 1})
        self.text = book.add_format({**top, "text_wrap": True})
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.link = book.add_format({**top, "text_wrap": True, "hyperlink": True})


class _RecordSheet:
    """The sheet of one type of record.

    rows: how many it has. left: how many more it cannot hold. cut: how many texts were shortened, by key. lost: how
    many values import does not bring back as they are, by key.
    """

    def __init__(self, book: Workbook, type_: str, styles: _CellStyles) -> None:
        self.type, self.rows, self.left = type_, 0, 0
        self.cut, self.lost = Counter[str](), Counter[str]()
        self._sheet: Worksheet = book.add_worksheet(RECORD_TYPES[type_].table)
        self._styles, self._links = styles, 0
        self._forms = {spec.shown_as or key: spec.form for key, spec in file_keys(RECORD_TYPES[type_]).items()}
        self._keys = _keys_of(RECORD_TYPES[type_])
        self._used: set[str] = set()

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a record as the next row."""
        if not self.rows:
            self._write_headings()
        if self.rows + 1 >= _MOST_ROWS:
            self.left += 1
            return
        self.rows += 1
        cells = {key: self._cell(key, row[key]) for key in self._keys if key not in _LOCAL and _is_known(row.get(key))}
        self._used |= cells.keys()
        lines = max(_lines(str(cell), self._width(key)) for key, cell in cells.items())
        self._sheet.set_row(self.rows, min(lines * _LINE, _TALLEST))  # not every program finds it out
        for column, key in enumerate(self._keys):
            if key in cells:
                self._write(column, key, cells[key])

    def finish(self, *, hidden: bool, first: bool) -> None:
        """Set what concerns the whole sheet; columns without any value are hidden."""
        if not (self.rows or hidden):
            self._write_headings()
        for column, key in enumerate(self._keys):
            unused = bool(self.rows) and key not in self._used
            self._sheet.set_column(column, column, self._width(key), None, {"hidden": unused or key in _HIDDEN})
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.autofilter(0, 0, self.rows, len(self._keys) - 1)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # a year, for example
        if first:
            self._sheet.activate()
            self._sheet.set_first_sheet()
        elif hidden:
            self._sheet.hide()

    def _write_headings(self) -> None:
        for column, key in enumerate(self._keys):
            self._sheet.write_string(0, column, key, self._styles.heading)

    def _form(self, key: str) -> str:
        return _DATE if key in _DATES else self._forms.get(key, "found")

    def _width(self, key: str) -> int:
        return _WIDE.get(key) or _WIDTHS.get(self._form(key), _WIDTH)

    def _cell(self, key: str, value: Any) -> str | int:  # noqa: ANN401 - any value of JSON
        """Return what a cell shows; count where it is not all of the value, or import would read it otherwise."""
        if type(value) is int:
            return value
        cell = "\n".join(map(in_words, value)) if key == _CLAIMS else cell_of(value)
        text = self._fitting(key, cell)
        if key in self._forms and text.strip() != cell:
            self.lost[key] += 1
        return text

    def _write(self, column: int, key: str, cell: str | int) -> None:
        """Write a cell as a number, a day, a link or a text."""
        form, place, styles = self._form(key), (self.rows, column), self._styles
        if isinstance(cell, int):
            self._sheet.write_number(*place, cell, styles.text)
        elif form == _DATE and re.fullmatch(_DAY, cell) and cell >= _FIRST_DAY:
            self._sheet.write_datetime(*place, dt.date.fromisoformat(cell), styles.day)
        elif form == "url" and self._links < _MOST_LINKS and re.fullmatch(_LINK, cell):
            self._links += 1
            self._sheet.write_url(*place, cell, styles.link, cell)
        else:
            self._sheet.write_string(*place, cell, styles.text)

    def _fitting(self, key: str, cell: str) -> str:
        """Return a text that a cell can hold: Excel counts the halves of characters beyond the first 65,536."""
        text = re.sub("[\ufffe\uffff]", "", clean(cell))  # which XML cannot hold
        if len(text) * 2 > _MOST_LETTERS and len(halves := text.encode("utf-16-le")) > _MOST_LETTERS * 2:
            self.cut[key] += 1
            text = halves[: _MOST_LETTERS * 2].decode("utf-16-le", "ignore")
        if text.startswith("<r>") and text.endswith("</r>"):  # which the library writes as its own XML
            return f" {text[:-1] if len(text) >= _MOST_LETTERS else text}"
        return text


def _is_known(value: object) -> bool:
    """Whether a value is worth a cell: a number is, also 0, but not what is false or empty."""
    return bool(value) or type(value) is int


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a cell; a character beyond Latin letters may take twice the width."""
    wide = 1 if text.isascii() else 1 + sum(letter > "\u1100" for letter in text) / len(text)
    return sum(1 + int(len(line) * wide / width) for line in text.split("\n"))


def _keys_of(record: type[Record]) -> tuple[str, ...]:
    """Return the keys of the columns: first what a file has, with the claims about an event, then what is found."""
    own = [spec.shown_as or key for key, spec in file_keys(record).items()]
    found = [name for name, spec in keys_of(record).items() if spec.form == "found" and name != _CLAIMS]
    if record is Event:
        own.insert(own.index("disputed_by") + 1, _CLAIMS)
    return (*own, *(_BOUNDS if _DATE in own else ()), *found, _TYPE)


def _library() -> Any:  # noqa: ANN401 - a class of the library, which has no types
    """Return the class that writes workbooks; raises UsageError when the library is not installed."""
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - only this format needs it
    except ImportError:
        raise UsageError("'-f xlsx' needs XlsxWriter: pip install 'korea-cli[xlsx]'") from None
    return Workbook
