"""What a reader takes and returns: an open file, and a sheet of rows, each whole or with the reason why it is not."""

from __future__ import annotations

import io
import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.problems import Problem
from korea_cli.ingest.open_question import OpenQuestion, PossibleAnswer, UndecodedError
from korea_cli.model.records import Event
from korea_cli.reading.syntax import conflict_problem
from korea_cli.reading.toml import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from korea_cli.model.records import Record

    CellsByKey = dict[str, list[object]]
    Counts = Counter[str | tuple[str, str]]  # of what becomes of values: by sort, or by sort and name

_MARKS = ((MARK, "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # at the beginning of a file
_ENCODINGS = ("windows-1252", "windows-1251", "windows-1250", "cp949", "shift_jis", "gb18030")
_AROUND = 20  # letters on each side of a wrong byte
_MARKERS = "<<<<<<< ", "=======", ">>>>>>> "  # of the two sides that git could not merge, in this order


class RowError(Exception):
    """Why a row is rejected, and what such rows are counted as, if they are."""

    counted_as = ""


class SheetRow(NamedTuple):
    """A row as read: its cells in the order of the headings, or by name; those beyond the last heading under "".

    line: where it begins, or which entry of its list it is. error: why it cannot be read, where it cannot.
    """

    line: int
    cells: dict[str, object] | list[str]
    error: str = ""


class Sheet(NamedTuple):
    """The rows of a file, one after the other, and its headings: none where each row names its own.

    unit: what rows are counted in. delimiter: what separates cells. notes: how the file was read, where that is not
    obvious. left_out: what the file has beside the rows, by name; complete when all rows are read. slides: whether it
    is a timeline of TimelineJS. exact: whether each word is meant: none stands for a missing value. record: the type of
    all records, where the format has one; the names in its rows are keys then, or have none. header: what an export
    states about its chronology. questions: what is open about it.
    """

    rows: Iterator[SheetRow]
    headings: tuple[str, ...] = ()
    unit: str = "line"
    delimiter: str = ","
    notes: tuple[str, ...] = ()
    left_out: Counter[str] = Counter()  # noqa: RUF012 - a reader that counts has its own
    slides: bool = False
    exact: bool = False
    record: type[Record] | None = None
    header: Mapping[str, object] = {}
    questions: tuple[OpenQuestion, ...] = ()


class ReaderOptions(NamedTuple):
    """How a file is read.

    encoding: the one requested. at: the path of the records in JSON. header_row: the line with the headings, 0 where it
    has to be found. headings: those of a sheet that has none, as typed. keys: those that are mapped to. record: the
    type of the records. sheet: the name or number of the one to read in a workbook.
    """

    encoding: str = ""
    at: str = ""
    header_row: int = 0
    headings: str = ""
    keys: Mapping[str, str] = {}
    record: type[Record] = Event
    sheet: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The headings of columns that have a key."""
        return tuple(heading for heading, key in self.keys.items() if key)


DEFAULT = ReaderOptions()


class InputFile:
    """An open file: its name, its format, how it is to be read, and how much of it is read, from 0 to 1."""

    def __init__(
        self, name: str, stream: io.BufferedReader, form: str = "", options: ReaderOptions = DEFAULT,
        share: Callable[[], float] = lambda: 0.0,
    ) -> None:  # fmt: skip
        self.name, self.stream, self.form, self.options, self.share = name, stream, form, options, share
        self._text: io.TextIOWrapper | None = None  # it closes the file when nothing refers to it any more

    def lines(self, newline: str | None = None, errors: str = "strict") -> Iterator[str]:
        """Yield the lines of the file, decoded.

        Raises DataError at a line that is not in its encoding, and at an unfinished merge; UsageError for an unknown
        encoding.
        """
        start = self.stream.peek(len(MARK))
        marked = next((known for mark, known in _MARKS if start.startswith(mark)), "")
        unmarked = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be" if start[:1] == b"\0" else "utf-8"
        number = 0
        try:
            self._text = io.TextIOWrapper(self.stream, marked or self.options.encoding or unmarked, errors, newline)
            for number, line in enumerate(unmerged(self.name, self._text), 1):  # noqa: B007 - the last one is used
                yield line
        except LookupError:
            raise UsageError(f"unknown encoding '{self.options.encoding}'. Excel often uses windows-1252.") from None
        except UnicodeDecodeError as error:
            further = len(re.findall(rb"\r\n?|\n", error.object[: error.start]))
            raise undecoded(self.name, error, number + 1 + further) from None


def counts_of(counts: Counts, sort: str) -> dict[str, int]:
    """Return the counts of one sort by name."""
    named = ((each, number) for each, number in counts.items() if not isinstance(each, str))
    return {name: number for (each, name), number in named if each == sort}


def unnamed(number: int) -> str:
    """Return what a column without a heading is called."""
    return f"column {number}"


def unreadable(name: str, message: str, line: int | None = None, column: int | None = None) -> DataError:
    """Return the error for a file that cannot be read at all."""
    return DataError((Problem(file=name, line=line, column=column, message=message, check="readable"),))


def undecoded(name: str, error: UnicodeDecodeError, line: int) -> UndecodedError:
    """Return the error for a byte that is not in the encoding of a file."""
    byte = f"byte 0x{error.object[error.start]:02x} is not {error.encoding.upper()}"
    advice = "Save the file as UTF-8, or name its encoding, such as --encoding windows-1252."
    message = f"{byte}. {advice}"
    problem = Problem(file=name, line=line, column=None, message=message, check="readable")
    text = f"Line {line}: {byte}. Which encoding reads it as it was written?"
    choices = (*_decoded(error), PossibleAnswer("latin-1", "", {"encoding": "latin-1"}))
    return UndecodedError(problem, OpenQuestion("encoding", text, choices, choices[0].name, other="encoding"))


def _decoded(error: UnicodeDecodeError) -> Iterator[PossibleAnswer]:
    """Yield the usual encodings that can read the line of a wrong byte, each with the words there."""
    line = error.object[error.object.rfind(b"\n", 0, error.start) + 1 :].partition(b"\n")[0]
    before = error.object[error.object.rfind(b"\n", 0, error.start) + 1 : error.start]
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            start = max(len(before.decode(encoding)) - _AROUND, 0)
            words = line.decode(encoding)[start : start + 2 * _AROUND].strip()
            yield PossibleAnswer(encoding, words, {"encoding": encoding})


def object_row(number: int, record: object) -> SheetRow:
    """Return the row of a value of JSON."""
    return (
        SheetRow(number, record) if isinstance(record, dict) else SheetRow(number, {"": record}, "it is not an object")
    )


def unmerged(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a file; raises DataError at the end of a git conflict, or where the file begins with one."""
    found: list[int] = []
    begun = False
    for number, line in enumerate(lines, 1):
        marker = _MARKERS[len(found)]
        if line.startswith(marker) and (marker[-1] == " " or line.rstrip("\r\n") == marker):
            found.append(number)
            if len(found) == len(_MARKERS) or not begun:
                raise DataError((conflict_problem(name, found[0]),))
        begun = begun or bool(line.strip(" \t\r\n,;") and not line.startswith("sep="))
        yield line
