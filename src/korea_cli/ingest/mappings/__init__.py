"""The mappings that korea has: every TOML file here is one, for the data set that the file is named after.

It is a mapping as `--save-mapping` writes one, and has three keys more. `about` is its line of help. `recognized_by`
lists headings; a file that has all of a list is read with this mapping. `headings` lists those of files without any.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, NotInListError
from korea_cli.ingest.dates.dates import is_date
from korea_cli.ingest.mapping import ColumnMapping, load_mapping, mapping_in
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.reading.pieces import TomlValue

NONE = "none"  # instead of a name: columns are guessed
_DATED = {"date", "year"}


class ShippedMapping(NamedTuple):
    """A mapping with the name of its data set, what that is, and the headings by which its files are known."""

    name: str
    about: str
    recognized_by: tuple[frozenset[str], ...]
    headings: tuple[tuple[str, ...], ...]
    mapping: ColumnMapping


def names() -> tuple[str, ...]:
    """List the data sets."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


@cache
def load(name: str) -> ShippedMapping:
    """Load the mapping of a data set; raises NotInListError when there is none."""
    if name.casefold() not in names():
        raise NotInListError("mapping", name, (*names(), NONE))
    path = Path(__file__).with_name(f"{name.casefold()}.toml")
    document, problem = read_document(path.name, path)
    if problem:
        raise DataError((problem,))
    tables = {**document.tables}
    about, recognized_by, headings = (tables.pop(key, "") for key in ("about", "recognized_by", "headings"))
    known = tuple(frozenset(map(plain, each)) for each in _lists(recognized_by))
    return ShippedMapping(path.stem, str(about), known, _lists(headings), mapping_in(path.name, tables))


def find_mapping(typed: str) -> ColumnMapping:
    """Return the mapping of a data set, else of a file; raises DataError, or NotInListError for a name of neither."""
    if typed.casefold() == NONE:
        return ColumnMapping(())
    path = Path(typed)
    named = not typed or typed.casefold() in names() or not (path.suffix or path.name != typed or path.exists())
    return load(typed).mapping if named else load_mapping(typed)


def recognize(headings: Iterable[str]) -> ShippedMapping | None:
    """Return the mapping of the data set that a file with some headings is from."""
    found = set(map(plain, headings))
    return next((each for each in map(load, names()) if any(known <= found for known in each.recognized_by)), None)


def headings_for(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the headings of a data set whose files have none, if some rows are as long and have its dates."""
    for each in map(load, names()):
        dated = {heading for heading, key in each.mapping.keys if key in _DATED}
        for headings in each.headings:
            places = [place for place, heading in enumerate(headings) if heading in dated]
            if all(len(row) == len(headings) and all(is_date(row[place]) for place in places) for row in rows):
                return headings
    return ()


def _lists(value: TomlValue) -> tuple[tuple[str, ...], ...]:
    """Return lists of headings, each in a line with commas between them."""
    return tuple(tuple(str(each).split(",")) for each in value) if isinstance(value, list) else ()


def plain(heading: str) -> str:
    """Return a heading as data sets and their copies all have it, whatever its case, blanks and signs."""
    return re.sub(r"[\W_]+", "", heading.casefold())
