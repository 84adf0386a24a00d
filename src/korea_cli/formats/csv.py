"""Comma-separated rows with a header, for spreadsheets; formulas are escaped.

A spreadsheet reads a text as a formula if it begins with `=`, `+`, `-` or `@`, or its full-width form, even after
spaces and quotation marks. Such a text is prefixed with an apostrophe, also after a comma, semicolon, tab or line break
within it, because a spreadsheet may split the row there. So is a text that begins with a tab or line break. Numbers and
dates are not changed. `--raw` changes no text, and quotes the header, by which `import` knows that no apostrophe was
added. `--excel` writes dates and times as `="2017-05"`, because Excel would turn them into other dates.

Lists of records have a few keys only. `--fields all` and `korea export` write all, with ids for `import` to read.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import ConflictError
from korea_cli.base.formulas import HARMFUL, MARK, START, escape_formula, for_excel
from korea_cli.base.sanitize import clean
from korea_cli.model.header import HIDING
from korea_cli.report.sections import DATA_FILE, LISTS, amount, in_words
from korea_cli.report.supported import lost_header
from korea_cli.rows.short import short_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen
    from korea_cli.report.sections import Section
    from korea_cli.rows.column import Json

EXTENSIONS = (".csv",)


def render(
    report: Report, screen: Screen, *, raw: bool = False, excel: bool = False
) -> Generator[str, None, Sequence[str]]:
    """Write comma-separated rows; `raw` does not escape formulas, `excel` writes dates as text."""
    return rows(report, screen, ",", raw=raw, excel=excel)


def rows(
    report: Report, screen: Screen, delimiter: str, *, raw: bool, excel: bool
) -> Generator[str, None, Sequence[str]]:
    """Write the rows; where a report has several sections, the first column names the section.

    A file begins with a byte order mark: without one, spreadsheets do not read UTF-8.
    """
    if raw and excel:
        raise ConflictError(("raw", ""), ("excel", ""))
    return _rows(report, delimiter, MARK if screen.file else "", str if raw else for_excel if excel else escape_formula)


def _rows(
    report: Report, delimiter: str, mark: str, write: Callable[[str], str]
) -> Generator[str, None, Sequence[str]]:
    whole = report.in_lines()
    report = _shortened(whole)
    several, keys, lost, unwritten = len(report.sections) > 1, report.keys, Counter[str](), dict[str, bool]()
    line = _writer(delimiter)
    yield mark + _writer(delimiter, quoted=write is str)(["section", *keys] if several else keys)
    for section, all_of_it in zip(report.sections, whole.sections, strict=True):
        start, words = [section.key] if several else [], _words_of(section, chosen=report.fields is not None)
        for row in _values(section, all_of_it, unwritten):
            values = [*map(row.get, keys)]
            cells = [*map(words, values)]
            safe = [*map(clean, cells)]
            if words is not in_words and (safe != cells or any(cell != cell.strip() for cell in cells)):
                lost.update(_lost_keys(row.get("type", section.columns.types[0]), keys, cells))
            yield line([*start, *_cells(values, safe, write)])
    return (*_notes(lost, [key for key, has_values in unwritten.items() if has_values]), *lost_header(report))


def _notes(lost: Mapping[str, int], unwritten: Sequence[str]) -> Iterator[str]:
    """Yield what an import does not bring back as it is, and which columns with values were left out."""
    if lost:
        from korea_cli.ingest.read_back import lost_values  # noqa: PLC0415 - hardly ever needed

        yield from lost_values(lost)
    if unwritten:
        yield f"left out {amount(len(unwritten), 'columns')} with values: {', '.join(unwritten)}. Use --fields all"


def _values(section: Section, whole: Section, unwritten: dict[str, bool]) -> Iterator[Any]:
    """Yield the rows of a section, and note which keys of files only the whole one has: True if one has values."""
    keys = [] if section is whole else [key for key in _file_keys(section) if key not in section.keys]
    unwritten |= {key: unwritten.get(key, False) for key in keys}
    for row in whole.only((*section.keys, *keys)).values() if keys else section.values():
        unwritten |= dict.fromkeys(filter(row.get, keys), True)
        yield row


def _file_keys(section: Section) -> Iterator[str]:
    from korea_cli.model.records import RECORD_TYPES, file_keys  # noqa: PLC0415 - help lists formats

    for type_ in section.columns.types:
        yield from (spec.shown_as or key for key, spec in file_keys(RECORD_TYPES[type_]).items())


def _shortened(report: Report) -> Report:
    """Return a report whose lists of records have the usual keys only, but for a whole chronology.

    Where any record is private, all say whether they are: an import would publish what does not.
    """
    if report.form == DATA_FILE:
        return report
    doubt = ("match",) if report.query and report.query.limits_time else ()
    distance = ("distance",) if report.query and report.query.around else ()
    asked = (*doubt, *distance, *(HIDING if report.header.hides else ()))
    return report._replace(sections=tuple(_short(section, asked) for section in report.sections))


def _short(section: Section, asked: tuple[str, ...]) -> Section:
    """Return a section with the usual keys, and those that the query asks for."""
    keys = short_keys(section.columns.types) if section.layout in LISTS else ()
    return section.only((*keys, *asked)) if keys else section


def _words_of(section: Section, *, chosen: bool) -> Callable[[Json], str]:
    """Return what writes the values of rows: records so that they can be imported again, unless columns are chosen."""
    from korea_cli.model.records import RECORD_TYPES  # noqa: PLC0415 - help lists formats

    if not RECORD_TYPES.keys() & section.columns.types or (section.narrowed and chosen):
        return in_words
    from korea_cli.ingest.building.own_cells import cell_of, short_cell_of  # noqa: PLC0415 - as above

    return short_cell_of if section.narrowed else cell_of


def _lost_keys(type_: str, keys: Iterable[str], cells: Iterable[str]) -> Iterator[str]:
    """Yield the keys of a record whose texts have control characters, or blanks around them, which import removes."""
    from korea_cli.model.records import RECORD_TYPES, file_keys  # noqa: PLC0415 - hardly ever needed

    shown = {spec.shown_as or key for key, spec in file_keys(RECORD_TYPES[type_]).items()}
    return (key for key, cell in zip(keys, cells, strict=True) if key in shown and clean(cell).strip() != cell)


def _cells(values: list[Json], cells: list[str], write: Callable[[str], str]) -> list[str]:
    """Return the cells of a row as they are written; one search in all of them is faster than one in each."""
    if write is not for_excel and not re.search(HARMFUL, START.join(("", *cells))):
        return cells
    return [cell if isinstance(value, int) else write(cell) for value, cell in zip(values, cells, strict=True)]


class _Echo:
    """A file that returns what is written to it, so that a line need not be collected first."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def _writer(delimiter: str, *, quoted: bool = False) -> Callable[[Iterable[str]], str]:
    writer = csv.writer(
        _Echo(), delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    return writer.writerow
