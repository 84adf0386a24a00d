"""Guess which columns have the ids and dates of records: by what they are called, and by their first values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.ingest.columns.headings import guess_key, missing_keys, plain_heading
from korea_cli.ingest.dates.dates import is_date
from korea_cli.ingest.names.ids import item_in
from korea_cli.ingest.names.values import FLAGS
from korea_cli.model.records import RECORDS, file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.ingest.sheet import SheetRow
    from korea_cli.model.records import Record

COMPARED = 1000  # rows
# In the heading of a date: what was done to the data then, or is no event.
_OF_THE_DATA = {
    "accessed", "added", "birth", "born", "checked", "created", "downloaded", "edited", "entered", "imported", "issued",
    "modified", "published", "publication", "recorded", "retrieved", "timestamp", "update", "updated", "verified",
}  # fmt: skip
_DATES = 50  # rows whose dates are read to find their column
_NO_DATE = {"", "day", "month"}  # the keys of columns that may have dates although no heading means one
_OF_ALL = 0.9  # so many rows have an id
_UNIQUE = 0.5  # so many ids differ at least: several rows may be about one record
# What data sets call them: ACLED, GDELT, and others.
_KNOWN = (
    "event_id_cnty", "globaleventid", "global_event_id", "eventid", "incident_id", "record_id", "entry_id", "row_id",
    "uuid", "guid",
)  # fmt: skip
# Things other than records that rows may name by an id.
THINGS = {
    "admin", "area", "author", "batch", "campaign", "category", "city", "class", "coder", "conflict", "country",
    "dataset", "district", "dyad", "file", "group", "iso", "job", "media", "parent", "party", "province", "region",
    "side", "state", "station", "story", "tag", "team", "unit", "user", "version", "war", "zone",
}  # fmt: skip
_NUMBER = re.compile(r"Q\d+")
_FLAGS = {"", *FLAGS, *map(str.title, FLAGS), *map(str.upper, FLAGS)}

Columns = dict[str, list[str]]  # the values of each, by heading


def guess_by_values(record: type[Record], columns: Columns, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of columns whose values decide, by heading: the one with the ids, and those with labels of items.

    A column that is only called `id` has none. chosen: the keys that are decided otherwise, by heading.
    """
    called = [each for each in columns if guess_key(each, record) == "id"]
    keys = [each for each in columns if each not in chosen and _is_no_flag(record, each, columns[each])]
    named = called or keys
    wrong = [each for each in named if each not in chosen and not _identifies(record, each, columns)]
    guessed = dict.fromkeys([*keys, *wrong], "") | {each: "id" for each in named[:1] if each in keys and not wrong}
    free = {heading: values for heading, values in columns.items() if heading not in {*chosen, *named}}
    if given := next((each for each in columns if chosen.get(each) == "id"), None):
        return {**guessed, **_labels(record, given, columns)}
    if wrong == named and (
        own := _known_column(record, free) or _item_column(record, free) or _own_column(record, free)
    ):
        guessed |= {own: "id", **_labels(record, own, free)}
    return guessed


def _is_no_flag(record: type[Record], heading: str, values: Sequence[str]) -> bool:
    """Whether a column is called `key` as other people call an id, and not as the key of a record that is a flag."""
    spec = file_keys(record).get(guess_key(heading, record))
    return bool(spec and spec.form == "flag") and plain_heading(heading) == "key" and not _FLAGS.issuperset(values)


def date_columns(record: type[Record], columns: Columns, chosen: Mapping[str, str]) -> list[str]:
    """Return the columns with days or months, the fullest first, where no heading means the date that records need.

    A column called `day` or `month` is one if its values are whole dates.
    """
    keys = {each: chosen.get(each, guess_key(each, record)) for each in columns}
    if "date" not in missing_keys(record, {*keys.values()}):
        return []
    free = [each for each in columns if each not in chosen and keys[each] in _NO_DATE and not is_date(each)]
    free = [each for each in free if _OF_THE_DATA.isdisjoint(plain_heading(each).split("_"))]
    found = [each for each in free if _are_dates([*filter(None, columns[each][:_DATES])])]
    return sorted(found, key=lambda each: columns[each].count(""))


def _are_dates(values: Sequence[str]) -> bool:
    """Whether nearly all values are dates, and not just numbers."""
    return bool(values) and sum(is_date(each) and not each.isdecimal() for each in values) >= _OF_ALL * len(values)


def columns_of(headings: Sequence[str], rows: Sequence[SheetRow]) -> Columns:
    """Return the values of each column, "" where a row has none or no text."""
    by_name = [
        dict(zip(headings, row.cells, strict=False)) if isinstance(row.cells, list) else row.cells
        for row in rows if not row.error
    ]  # fmt: skip
    names = dict.fromkeys(name for row in by_name for name in row)
    return {name: [_text(row.get(name)) for row in by_name] for name in names}


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _identifies(record: type[Record], heading: str, columns: Columns) -> bool:
    """Whether most values of a column differ, or most rows that share one agree in what every record must have."""
    present = [(row, value) for row, value in enumerate(columns[heading]) if value]
    first: dict[str, int] = {}
    for row, value in present:
        first.setdefault(value, row)
    if len(first) >= _UNIQUE * len(present):
        return True
    required = [columns[each] for each in columns if guess_key(each, record) in {title_key(record), "date", "year"}]
    repeated = [(first[value], row) for row, value in present if first[value] != row]
    agreeing = sum(all(values[one] == values[other] for values in required) for one, other in repeated)
    return agreeing >= _UNIQUE * len(repeated)


def _is_filled(values: Sequence[str]) -> bool:
    return sum(map(bool, values)) >= _OF_ALL * len(values)


def _known_column(record: type[Record], columns: Columns) -> str | None:
    named = {plain_heading(heading): heading for heading, values in columns.items() if _is_filled(values)}
    found = (named[name] for name in _KNOWN if name in named)
    return next((heading for heading in found if _identifies(record, heading, columns)), None)


def _item_column(record: type[Record], columns: Columns) -> str | None:
    """Return the column with the most different items of Wikidata, if no other key means it."""
    counts = {
        heading: len(set(values)) for heading, values in columns.items()
        if guess_key(heading, record) in {"", title_key(record)} and all(_is_item(heading, each) for each in values)
    }  # fmt: skip
    return max(counts, key=lambda heading: counts[heading], default=None)


def _is_item(heading: str, value: str) -> bool:
    return bool(item_in(value) or (plain_heading(heading) in {"item", "qid"} and _NUMBER.fullmatch(value)))


def _own_column(record: type[Record], columns: Columns) -> str | None:
    """Return the first column called `SOMETHING_id` with another value in each row, unless that is something else."""
    for heading, values in columns.items():
        thing, _, last = plain_heading(heading).rpartition("_")
        if last == "id" and not _is_other_thing(record, thing) and len(set(values)) == len(values) and "" not in values:
            return heading
    return None


def _is_other_thing(record: type[Record], thing: str) -> bool:
    """Whether something that has an id is no record of a type: another key or type, or a part of the world."""
    words = set(thing.split("_"))
    types = {each.type for each in RECORDS if each is not record}
    return not words.isdisjoint(types | THINGS) or guess_key(thing, record) not in {"", title_key(record)}


def _labels(record: type[Record], own: str, columns: Columns) -> Mapping[str, str]:
    """Return the keys of the columns in which Wikidata has the label of each item, instead of its address."""
    found: dict[str, str] = {}
    for heading in columns:
        label = next((name for name in (f"{heading}Label", f"{heading}_label") if name in columns), "")
        key = title_key(record) if heading == own else guess_key(heading, record)
        if label and key:
            found |= {label: key} if heading == own else {label: key, heading: ""}
    return found
