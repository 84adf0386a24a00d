"""Turn rows of the tables of records, as `encode_rows` writes them, back into records."""

from __future__ import annotations

import json
import os

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.once import once
from korea_cli.dates.edtf import StoredDate, one_day_in
from korea_cli.dates.parse import parse_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.citation import Citation, Claim, OtherDate
from korea_cli.model.field_spec import CODES, DERIVED
from korea_cli.model.records import RECORD_TYPES, Record, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from korea_cli.model.field_spec import Key

    Decoder = Callable[[Any], object]

# What is found about a record, other than counts: the SQL of a number, or of both bounds of a day.
DISTANCE = "distance"  # its SQL depends on the query
_CLAIMS = """(SELECT json_group_array(json_array(claim.place, own.id, own.text, own.holders, own.reported_by,
  own.status, json(own.sources))) FROM claim JOIN fact AS own ON own.seq = claim.fact WHERE claim.seq = entry.seq)"""
_FOUND = {
    "source_count": "entry.source_count", "voice_count": "entry.voice_count", "claims": _CLAIMS, DISTANCE: DISTANCE,
}  # fmt: skip
_BOUNDED = {
    "first": ("tally.first_min", "tally.first_max"), "last": ("tally.last_min", "tally.last_max"),
    "known_since": ("entry.known_min", "entry.known_max"),
}  # fmt: skip
_TEXTS = {"match", "claims"}  # what is found, and no number
_ANY_DAY = (OPEN_START, OPEN_END)
_SORTED_AS_TEXT = {"slug", "choice", "time", "url", "ref", "flag", "found"}
# A date is one number: its first day, or the last where the start is open, then its last day.
_AS_WORDS = "NULLIF(LOWER(record.\"{}\"), '')"
_SORTED_BY = {
    **dict.fromkeys(("text", *CODES), _AS_WORDS),
    "date": f"(SELECT CASE WHEN start_min = {OPEN_START} THEN end_max ELSE start_min END * {2 * OPEN_END + 1} + end_max"  # noqa: S608 - numbers
    " FROM moment WHERE moment.seq = entry.seq AND moment.key = '{}')",
}


@once
def columns_of(record: type[Record]) -> tuple[str, ...]:
    """Return the columns of a record type's table: its written keys, then its file and line."""
    return tuple(name for name, key in keys_of(record).items() if key.form not in DERIVED or name in {"file", "line"})


def typed_columns(record: type[Record]) -> str:
    """Return the columns of a record type's table with their types in SQL."""
    types = {"number": "INTEGER", "blob": "BLOB", "text": "TEXT"}
    return ", ".join(f'"{name}" {types[_kind(record, name)]}' for name in columns_of(record))


def _kind(record: type[Record], name: str) -> str:
    return "blob" if name == "file" else "number" if _is_number(record, name) else "text"


def _is_number(record: type[Record], name: str) -> bool:
    return name == "line" or keys_of(record)[name].form == "flag"


class RowDecoder:
    """What to select to read records of one type, and how a row of that becomes a record.

    columns: the SQL of each value; kinds: what each is, a text, a number or a blob. asked: the keys that depend on the
    query, in the order of their columns.
    """

    def __init__(self, type_: str, asked: Mapping[str, str]) -> None:
        """Prepare to read records; `asked` are the SQL of the keys that depend on the query, by name."""
        self._record = RECORD_TYPES[type_]
        stored = columns_of(self._record)
        names = [name for name, key in keys_of(self._record).items() if key.form in DERIVED and name not in stored]
        found = {name: (_FOUND.get(name, f"tally.{name}"),) for name in names}
        self._found = found | {name: _BOUNDED[name] for name in names if name in _BOUNDED}
        self._found |= {name: (sql,) for name, sql in asked.items() if name in names}
        self.asked = [name for name in self._found if name in asked]
        self.columns = [sql for each in self._found.values() for sql in each]
        self.columns += [f'record."{name}"' for name in stored]
        kinds = ("text" if name in _TEXTS else "number" for name, each in self._found.items() for _ in each)
        self.kinds = [*kinds, *(_kind(self._record, name) for name in stored)]

    def record(self, row: Iterable[Any]) -> Record:
        """Return the record of one row."""
        values, found = iter(row), {}
        for name, columns in self._found.items():
            read = [next(values) for _ in columns]
            found[name] = day_between(*read) if name in _BOUNDED else _claims(*read) if name == "claims" else read[0]
        return decode(self._record, values, **{name: value for name, value in found.items() if value is not None})


def day_between(first: int | None, last: int | None) -> StoredDate | None:
    """Return the date of one day within bounds; None if there is none yet."""
    if first is None or last is None or first == OPEN_END or last == OPEN_START or (first, last) == _ANY_DAY:
        return None
    return one_day_in(first, last)


def sortable(types: tuple[str, ...]) -> dict[str, str]:
    """Return the keys by which records of some types can be sorted, each with its SQL; that of DISTANCE is its name."""
    if len(types) > 1:
        keys = {"type": "entry.type", "id": "entry.id", "title": "entry.title", "date": "entry.orders"}
        return keys | {DISTANCE: DISTANCE}
    record = RECORD_TYPES[types[0]]
    sql = {key.shown_as or name: _sort_column(record, name, key) for name, key in keys_of(record).items()}
    return {shown: column for shown, column in sql.items() if column}


def _sort_column(record: type[Record], name: str, key: Key) -> str:
    if key.dated:
        return "entry.orders"
    if key.form in _SORTED_BY:
        return _SORTED_BY[key.form].format(name)
    if name == "match" or key.form not in _SORTED_AS_TEXT:
        return ""
    if name in columns_of(record):
        return f'record."{name}"' if _is_number(record, name) else f"NULLIF(record.\"{name}\", '')"
    if name == "known_since":
        return f"NULLIF(entry.known_max, {OPEN_END})"
    return _BOUNDED[name][0] if name in _BOUNDED else _FOUND.get(name, f"COALESCE(tally.{name}, 0)")


def decode(record: type[Record], row: Iterable[Any], **found: Any) -> Record:  # noqa: ANN401 - any found field
    """Return the record of one row of its table, in the order of `columns_of`; `found` are its other values."""
    for (name, decoder), value in zip(_decoders(record), row, strict=True):
        if value is not None:
            found[name] = decoder(value) if decoder else value
    return record(**found)


@once
def _decoders(record: type[Record]) -> tuple[tuple[str, Decoder | None], ...]:
    keys = keys_of(record)
    decoders: dict[str, Decoder] = {
        "date": parse_stored,
        "refs": _ids,
        "texts": lambda text: tuple(json.loads(text)),
        "cites": lambda text: _citations(json.loads(text)),
        "other_dates": lambda text: tuple(
            OtherDate(parse_stored(date[0]), _citations(sources), note) for date, sources, note in json.loads(text)
        ),
        "flag": bool,
        "file": os.fsdecode,
    }
    return tuple((name, decoders.get(name if name == "file" else keys[name].form)) for name in columns_of(record))


def _claims(text: str) -> tuple[Claim, ...]:
    """Return claims in their order."""
    rows = sorted(json.loads(text)) if text != "[]" else ()
    return tuple(
        Claim(id_, words, _ids(holders), _ids(reported_by), status or "", _citations(sources or ()))
        for _, id_, words, holders, reported_by, status, sources in rows
    )


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(" ")) if text else ()


def _citations(pairs: Iterable[Iterable[str]]) -> tuple[Citation, ...]:
    return tuple(Citation(*pair) for pair in pairs)
