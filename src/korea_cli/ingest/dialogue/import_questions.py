"""The questions that a file leaves open: about its columns, with samples of what is in them, and about its rows."""

from __future__ import annotations

from itertools import islice
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.building.objects import TEXTS
from korea_cli.ingest.columns.headings import guess_key, missing_keys, plain_heading
from korea_cli.ingest.dates.dates import is_date
from korea_cli.ingest.open_question import OpenQuestion, PossibleAnswer, yes_or_no
from korea_cli.model.records import Event
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.open_question import MissingColumnError
    from korea_cli.ingest.row_processor import ProcessedRows
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record

_SHORTEST = 12  # letters of what may be a title, on average
_ORDERS = (
    PossibleAnswer("d", "the day: 01/02/1950 is 1 February", {"order": "day"}),
    PossibleAnswer("m", "the month: 01/02/1950 is 2 January", {"order": "month"}),
    PossibleAnswer("r", "reject such rows"),
)
_SHORT = (
    PossibleAnswer("m", "a month: 2004-5 is May 2004", {"short": "month"}),
    PossibleAnswer("y", "years: 2004-5 is 2004 to 2005", {"short": "years"}),
    PossibleAnswer("r", "reject such rows"),
)
_SAMPLES = 3
_LONGEST = 200  # letters: no screen shows more


def about_missing(error: MissingColumnError, columns: Sequence[ColumnReading]) -> OpenQuestion:
    """Return which of the columns that are not read as something else has what every record must have."""
    taken = {*missing_keys(error.record, ())}
    free = sorted((each for each in columns if each.key not in taken and each.samples), key=lambda each: bool(each.key))
    likely = max((each for each in free if not each.key), key=lambda each: _likeliness(error.key, each), default=None)
    default = likely.heading if likely and _likeliness(error.key, likely) else ""
    composed = error.key == title_key(Event) and error.record is Event
    return OpenQuestion(
        error.key,
        f"No column looks like the {error.key}, which every {error.record.type} must have. Which one is it?",
        tuple(_as_choice(each, error.key) for each in free),
        default,
        other="title" if composed else "",
        hint="or several as in '{COLUMN} and {COLUMN}'" if composed else "",
    )


def _as_choice(column: ColumnReading, key: str) -> PossibleAnswer:
    use = f"(now {column.key})" if column.key not in {"", key} else ""
    return PossibleAnswer(column.heading, use, {"maps": ((column.heading, key),)})


def _likeliness(key: str, column: ColumnReading) -> float:
    """Return how much the values of a column look like dates, or else like texts: 0 for not at all."""
    dates = mean(map(is_date, column.samples))
    if key == "date":
        return dates
    length = mean(map(len, column.samples))
    return 0 if dates or length < _SHORTEST or not any(" " in each for each in column.samples) else length


def about_columns(
    record: type[Record], columns: Sequence[ColumnReading], chosen: Collection[str]
) -> Iterator[OpenQuestion]:
    """Yield which of several columns has what every record must have, where none is called just like that.

    chosen: the keys that are decided.
    """
    for key in missing_keys(record, chosen):
        called = [each for each in columns if guess_key(each.heading, record) == key and each.samples]
        named = [each for each in called if each.key in {"", key}]  # others are read by their values
        if len(named) > 1 and not any(plain_heading(each.heading) == key for each in named):
            read = next((each.heading for each in named if each.key == key), "")
            choices = tuple(_as_choice(each, key) for each in named)
            yield OpenQuestion(key, f"{len(named)} columns look like the {key}. Which one is it?", choices, read)


def about_rows(rows: ProcessedRows, id_heading: str) -> Iterator[OpenQuestion]:
    """Yield what the rows leave open; Enter always means what happens without an answer."""
    counts, examples = rows.counts, rows.examples
    for about, question, answers in (("order", "Which comes first?", _ORDERS), ("short", "Which is it?", _SHORT)):
        if number := counts[about]:
            reason = examples[about].partition(" Use --")[0]
            yield OpenQuestion(about, f"{_rows(number)} rejected: {reason} {question}", answers, "r")
    sharing = "rejected, with the id of an earlier row"
    if number := counts["joinable"]:
        text = f"{_rows(number)} {sharing} and another value in one list only. Join such rows?"
        yield yes_or_no("join_rows", text, {"join_rows": "yes"})
    if number := counts["sharing"]:
        text = f"{_rows(number)} {sharing}. Ignore the column '{id_heading}'?"
        yield yes_or_no("id", text, {"maps": ((id_heading, ""),)})
    if number := counts["identical"]:
        text = f"{_rows(number)} identical to an earlier one. Import one of each only?"
        yield yes_or_no("skip_identical", text, {"skip_identical": "yes"})
    if together := list(rows.actors.together):
        cells = "cell" if len(together) == 1 else "cells"
        text = (
            f"{len(together):,} {cells} may name several new actors, such as '{together[0]}'. Separate them at commas?"
        )
        yield yes_or_no("separator", text, {"separator": ","})


def _rows(number: int) -> str:
    return "1 row is" if number == 1 else f"{number:,} rows are"


class ColumnReading(NamedTuple):
    """A column: its heading, the key that it is read as ("" where it is ignored), and some of its values."""

    heading: str
    key: str
    samples: tuple[str, ...]


def read_columns(
    sheet: Sheet, rows: Sequence[SheetRow], record: type[Record], mapping: ColumnMapping | None = None
) -> list[ColumnReading]:
    """Return every column of some rows; without a mapping, each as its heading suggests."""
    found = _values(sheet.headings, rows)
    keys = dict((*mapping.keys, *mapping.guessed)) if mapping else {}
    return [
        ColumnReading(heading, keys[heading] if heading in keys else guess_key(heading, record), tuple(samples))
        for heading, samples in found.items()
    ]


def _values(headings: Sequence[str], rows: Sequence[SheetRow]) -> dict[str, dict[str, None]]:
    """Return the first different values under each heading, or name of rows that name their own cells."""
    found: dict[str, dict[str, None]] = {heading: {} for heading in headings}
    for row in rows:
        cells = zip(headings, row.cells, strict=False) if isinstance(row.cells, list) else _flat(row.cells)
        for name, value in cells if not row.error else ():
            values = found.setdefault(name, {})
            if len(values) < _SAMPLES and (text := _text(value)):
                values[text] = None
    return found


def _flat(values: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Yield the values of an object by their paths, as `--map` names them."""
    for name, value in values.items():
        if isinstance(value, dict) and value.keys().isdisjoint(TEXTS):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _text(value: object) -> str:
    """Return a value on one line, as far as a screen can show it."""
    if isinstance(value, dict):
        named = next((value[each] for each in TEXTS if value.get(each)), None)
        return _text(named) if named else ", ".join(filter(None, map(_text, islice(value.values(), _SAMPLES))))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, islice(value, _SAMPLES))))
    return "" if value is None else " ".join(str(value)[:_LONGEST].split())
