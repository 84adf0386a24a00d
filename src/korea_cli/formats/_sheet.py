"""Delimited rows of a report: which columns they have, and what is left out or would be lost by an import."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Any

from korea_cli.formats._cell_form import CellForm
from korea_cli.formats._stored_rows import StoredRows
from korea_cli.ingest.building.own_cells import cell_of, short_cell_of
from korea_cli.model.header import HIDING
from korea_cli.model.records import RECORD_TYPES, file_keys
from korea_cli.report.sections import DATA_FILE, LISTS, amount, in_words
from korea_cli.report.supported import lost_header
from korea_cli.rows.short import short_keys
from korea_cli.rows.stored_keys import stored_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from korea_cli.report.report import Report
    from korea_cli.report.sections import Section


def sheet_of(
    report: Report, delimiter: str, mark: str, write: Callable[[str], str]
) -> Generator[str, None, Sequence[str]]:
    """Write a report as delimited rows after a mark; `write` makes a text harmless. Return sentences for the user."""
    whole = report.in_lines()
    report = _shortened(whole)
    several, keys, lost, unwritten = len(report.sections) > 1, report.keys, Counter[str](), dict[str, bool]()
    line = _writer(delimiter)
    yield mark + _writer(delimiter, quoted=write is str)(["section", *keys] if several else keys)
    for section, all_of_it in zip(report.sections, whole.sections, strict=True):
        start, form = [section.key] if several else [], _form_of(section, report, write, line)
        left_out = _left_out(section, all_of_it)
        unwritten |= {key: unwritten.get(key, False) for key in left_out}
        if texts := _texts_of(section) if len([*start, *keys]) > 1 else None:  # an empty cell alone is quoted
            rows = StoredRows(stored_keys(RECORD_TYPES[section.columns.types[0]]), keys, form, left_out)
            yield from rows.lines(texts, delimiter, "".join(f"{cell}{delimiter}" for cell in start))
            unwritten |= dict.fromkeys(rows.filled, True)
        else:
            values = all_of_it.only((*section.keys, *left_out)).values() if left_out else section.values()
            for row in values:
                unwritten |= dict.fromkeys(filter(row.get, left_out), True)
                yield line([*start, *form.cells(row, keys)])
        lost += form.lost
    lost_of = {key: lost[key] for key in keys if lost[key]}
    return (*_notes(lost_of, [key for key, has_values in unwritten.items() if has_values]), *lost_header(report))


def _notes(lost: Mapping[str, int], unwritten: Sequence[str]) -> Iterator[str]:
    """Yield what an import does not bring back as it is, and which columns with values were left out."""
    if lost:
        from korea_cli.ingest.read_back import lost_values  # noqa: PLC0415 - hardly ever needed

        yield from lost_values(lost)
    if unwritten:
        yield f"left out {amount(len(unwritten), 'columns')} with values: {', '.join(unwritten)}. Use --fields all"


def _texts_of(section: Section) -> Iterator[Any] | None:
    """Return the records of a section as JSON text; None where the store has none, or where types are mixed."""
    return section.stored_texts() if len(section.columns.types) == 1 else None


def _left_out(section: Section, whole: Section) -> list[str]:
    """Return the keys of files that only the whole of a section has."""
    return [] if section is whole else [key for key in _file_keys(section) if key not in section.keys]


def _file_keys(section: Section) -> Iterator[str]:
    """Yield the keys of files of all records that a section may have, as its columns are called."""
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


def _form_of(
    section: Section, report: Report, write: Callable[[str], str], line: Callable[[Iterable[str]], str]
) -> CellForm:
    """Return how values of rows become cells: of records so that they can be imported, unless columns are chosen."""
    if not RECORD_TYPES.keys() & section.columns.types or (section.narrowed and report.fields is not None):
        return CellForm(in_words, write, line, ())
    words = short_cell_of if section.narrowed else cell_of
    return CellForm(words, write, line, frozenset(_file_keys(section)))


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
