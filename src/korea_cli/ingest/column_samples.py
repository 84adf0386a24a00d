"""How each column of a file is read, with samples of what is in it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.building.objects import TEXTS
from korea_cli.ingest.columns.headings import guess_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record

_SAMPLES = 3
_LONGEST = 200  # letters: no screen shows more


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
