"""Find the headings of a sheet: the first row that looks like some, else the row or the names that were given."""

from __future__ import annotations

import csv
import io
import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.ingest.columns.headings import guess_key, missing_keys
from korea_cli.ingest.dates.dates import is_date
from korea_cli.ingest.mappings import headings_for
from korea_cli.ingest.open_question import OpenQuestion, PossibleAnswer
from korea_cli.ingest.sheet import unnamed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.ingest.sheet import ReaderOptions, SheetRow

_NUMBER = re.compile(r"[-+]?[\d.,]*\d%?", re.ASCII)
_LONGEST = 60  # letters of a heading
_SHOWN = 3  # cells, and rows


class SheetHeadings(NamedTuple):
    """The headings of a sheet as they are written, how many of its first rows they use up, notes and questions."""

    cells: list[str]
    rows: int
    notes: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()


def find_headings(rows: Sequence[SheetRow], options: ReaderOptions) -> SheetHeadings:
    """Return the headings of a sheet that begins with some rows; raises UsageError for a line that has no row."""
    given = given_headings(options.headings) if options.headings else []
    if given and not options.header_row:
        return SheetHeadings(given, 0)
    if not (given or options.header_row) and (known := _known(rows)):
        return SheetHeadings([*known], 0, ("the sheet has no headings: those of its data set are used",))
    number = _row_at(rows, options.header_row) if options.header_row else _likeliest(rows, options)
    row = rows[number]
    notes = [_left_out(rows[:number], row)] if number else []
    data = [] if given else [each for each in _cells(row) if _is_data(each)][:_SHOWN]
    questions = [_about(data, row)] if data and not options.header_row else []
    notes += [each.note for each in questions]
    return SheetHeadings(given or [*row.cells], number + 1, tuple(notes), tuple(questions))


def _about(data: list[str], row: SheetRow) -> OpenQuestion:
    """Return whether a row has the headings, though some look like data."""
    problem = f"the headings in line {row.line} look like data: {', '.join(data)}."
    note = f"{problem} Use --headings a,b,c if the sheet has none, or --header-row N."
    text = f"{problem[:1].upper()}{problem[1:]} If the sheet has none, type some with commas between."
    choice = PossibleAnswer("y", "these are the headings", {"header_row": row.line})
    return OpenQuestion("headings", text, (choice,), "y", other="headings", note=note)


def _known(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """Return the headings of a sheet without any, if it is of a known data set."""
    first = [row for row in rows[:_SHOWN] if not row.error]
    return headings_for([[*row.cells] for row in first]) if first and any(map(_is_data, _cells(first[0]))) else ()


def _row_at(rows: Sequence[SheetRow], line: int) -> int:
    number = next((n for n, row in enumerate(rows) if row.line == line), None)
    if number is None:
        raise UsageError(f"no row begins in line {line}, which --header-row names")
    return number


def _likeliest(rows: Sequence[SheetRow], options: ReaderOptions) -> int:
    """Return which row has the headings; the first of all where none looks like it."""
    filled = [[] if row.error else _cells(row) for row in rows]
    width = sorted(map(len, filled))[len(filled) // 2]
    tests: tuple[Callable[[list[str]], bool], ...] = (
        lambda row: 2 * len({*options.named} & {*row}) > len(options.named),  # a mapping may have more columns
        lambda row: not missing_keys(options.record, {guess_key(cell, options.record) for cell in row}),
        lambda row: 2 * len(row) > width and len({*row}) == len(row) and not any(map(_is_data, row)),
    )
    return next((n for test in tests for n, row in enumerate(filled) if row and test(row)), 0)


def _cells(row: SheetRow) -> list[str]:
    return [text for cell in row.cells if (text := cell.strip())]


def _left_out(rows: Sequence[SheetRow], headings: SheetRow) -> str:
    """Return what is above the headings, in a sentence."""
    texts = [f"'{' '.join(_cells(row))[:_LONGEST]}'" for row in rows[:_SHOWN]]
    more = [f"and {len(rows) - _SHOWN:,} more rows"] if len(rows) > _SHOWN else []
    return f"read the headings from line {headings.line}; left out above them: {', '.join([*texts, *more])}"


def _is_data(cell: str) -> bool:
    if "://" in cell or len(cell) > _LONGEST:
        return True
    return any(map(str.isnumeric, cell)) and (bool(_NUMBER.fullmatch(cell)) or is_date(cell))


def distinct(headings: Sequence[str]) -> tuple[str, ...]:
    """Return headings that all differ: a column without one is called by its number, a second one gets a number."""
    names: list[str] = []
    for number, heading in enumerate(headings, 1):
        name = heading or unnamed(number)
        others = {*headings, *names} if name in names else set()
        names.append(next(each for n in count(2) if (each := f"{name} {n}") not in others) if others else name)
    return tuple(names)


def heading_line(typed: str) -> str:
    """Return headings as typed, or from a file, in one line with commas between them; raises UsageError."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(given_headings(typed))
    return line.getvalue()


def given_headings(typed: str) -> list[str]:
    """Read headings: with commas between them, or from a file with one a line or commas; raises UsageError."""
    if "," not in typed and Path(typed).is_file():
        try:
            typed = Path(typed).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--headings {typed}: {error}") from None
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    return [name.strip() for name in next(csv.reader(lines))] if len(lines) == 1 else lines
