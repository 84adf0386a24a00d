"""From changed cells to assignments, as `korea set` makes them: single values are set, lists get and lose values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.ingest.adding.assignments import Assignment
from korea_cli.ingest.building.own_cells import cell_of
from korea_cli.ingest.names.registry import Registry
from korea_cli.ingest.names.values import InvalidValue, InvalidValuesError, as_written, fit_value
from korea_cli.ingest.sheet import RowError
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import file_keys, written_keys
from korea_cli.report.sections import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.ingest.building.cells import CellReader
    from korea_cli.ingest.dates.row_date import DateReader
    from korea_cli.ingest.sheet import CellsByKey
    from korea_cli.ingest.updating.shown_records import ShownRecords
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.rows.column import Json

    Shown = list[tuple[Json, object]]  # the items of a list as JSON has them and as the file has them

_TITLES = ("name", "label", "title")


class KnownNames(Registry):
    """The names of a chronology, all of which must be known, and dates as a sheet has them."""

    def __init__(self, loaded: LoadResult, target: Path, dates: DateReader) -> None:
        super().__init__(loaded, target)
        self._dates = dates

    def date(self, written: str, text: str) -> str:
        """Return a date as a file has it; raises RowError for one with a time."""
        date = self._dates.read(written, text)
        if date.time or date.partial:
            raise RowError(f"{written} '{text}' has a time, which is not part of a date")
        return date.text


class ChangedKeys:
    """Makes assignments of the changed cells of records. derived: names of parts of references that korea adds."""

    def __init__(self, cells: CellReader, shown: ShownRecords, names: KnownNames) -> None:
        self._cells, self._shown, self.names = cells, shown, names
        self.derived: list[str] = []

    def assignments(self, located: LocatedRecord, entry: Record, key: str, cells: list[object]) -> Iterator[Assignment]:
        """Yield what changes a key of a record to what its cells have; raises KoreaError or RowError."""
        spec = file_keys(type(entry))[key]
        stored = as_written(getattr(entry, written_keys(type(entry))[key]))
        if spec.form in LISTS:
            yield from self._of_list(entry, key, spec, cells)
        elif not cells:
            yield Assignment(key, "=", "")
        else:
            _require_whole(located, key, stored)
            yield Assignment(key, "=", self._single(entry, key, spec, cells))

    def parts(self, located: LocatedRecord, entry: Record, cells: CellsByKey) -> Iterator[Assignment]:
        """Yield what changes a record to what cells for parts of its values have, and remove these.

        A place is one in the only source, media are a paragraph of the note.
        """
        media = "\n".join(map(str, cells.pop("media", ())))
        if media and media not in str(located.values.get("note", "")).split("\n"):
            yield Assignment("note", "+=", media)
        if "locator" not in cells:
            return
        place, old = self._cells.single("locator", cells.pop("locator")), as_written(getattr(entry, "sources", ()))
        typed = cells.pop("sources", [])
        spec = file_keys(type(entry))["sources"]
        shown = self._shown_items(entry, "sources")
        named = [str(self._fit(entry, "sources", each, shown)) for each in self._items("sources", spec, typed, shown)]
        sources = named if typed else _ids_in(old)
        if len(sources) != 1 or "#" in sources[0]:
            raise RowError(f"'{place}' is a place in one source, but the record names {len(sources)}")
        cited = f"{sources[0]}#{place}"
        if old != [cited]:
            yield Assignment("sources", "=", cited)

    def citation(self, located: LocatedRecord, entry: Record, source: str) -> Iterator[Assignment]:
        """Yield what adds the source of a whole sheet to a record that it changes, if that does not cite it yet."""
        if source and "sources" in file_keys(type(entry)):
            cited = str(self.names.cite(source))
            if cited.partition("#")[0] not in _ids_in(located.values.get("sources")):
                yield Assignment("sources", "+=", cited)

    def _single(self, entry: Record, key: str, spec: Key, cells: list[object]) -> object:
        if spec.form == "ref" and isinstance(cells[0], dict):
            shown = self._json(entry, key)
            return self._fit(entry, key, cells[0], [(shown, shown["id"])] if isinstance(shown, dict) else [])
        if spec.form == "ref":
            return self._cells.single(key, cells)
        return self._cells.value(key, spec, cells) if cells != [True] else True

    def _of_list(self, entry: Record, key: str, spec: Key, cells: list[object]) -> Iterator[Assignment]:
        shown = self._shown_items(entry, key)
        old = [stored for _, stored in shown]
        new = _each_once(self._fit(entry, key, item, shown) for item in self._items(key, spec, cells, shown))
        removed, added = [each for each in old if each not in new], [each for each in new if each not in old]
        if spec.ordered and new != [*(each for each in old if each in new), *added]:
            yield from (Assignment(key, "=", each) for each in new)
            return
        if not new:
            yield Assignment(key, "=", "")
            return
        yield from (Assignment(key, "+=", each) for each in added)
        yield from (Assignment(key, "-=", each) for each in removed)

    def _json(self, entry: Record, key: str) -> Json:
        column = self._shown.column(type(entry), key)
        return self._shown.json(column, entry) if column else None

    def _shown_items(self, entry: Record, key: str) -> Shown:
        shown, stored = self._json(entry, key), as_written(getattr(entry, written_keys(type(entry))[key]))
        return list(zip(shown, stored, strict=True)) if isinstance(shown, list) and isinstance(stored, list) else []

    def _items(self, key: str, spec: Key, cells: list[object], shown: Shown) -> Iterator[object]:
        """Yield the items in cells; a title may have a semicolon in it, which also parts items."""
        words = {word for each, _ in shown for word in (cell_of(each), in_words(each))}
        for cell in cells:
            if not isinstance(cell, str):
                yield from cell if isinstance(cell, list) else [cell]
                continue
            if cell.startswith("["):
                yield from self._split(key, spec, cell)
                continue
            parts, start = cell.split(";"), 0
            while start < len(parts):
                names = ((end, ";".join(parts[start:end]).strip()) for end in range(len(parts), start, -1))
                whole = next(((end, name) for end, name in names if name in words or self._is_name(name, spec)), None)
                if whole:
                    start, name = whole
                    yield name
                else:
                    yield from self._split(key, spec, parts[start])
                    start += 1

    def _split(self, key: str, spec: Key, part: str) -> Iterable[object]:
        value = self._cells.value(key, spec, [part]) if part.strip() else []
        return value if isinstance(value, list) else [value]

    def _is_name(self, text: str, spec: Key) -> bool:
        try:
            return bool(spec.refers) and self.names.find(text, *spec.refers) is not None
        except AmbiguousNameError:
            return True

    def _fit(self, entry: Record, key: str, item: object, shown: Shown) -> object:
        """Return an item as a file has it: that of the record which is shown so, else what it means."""
        for each, stored in shown:
            if item in (each, stored, cell_of(each), in_words(each)):
                return stored
            if isinstance(item, dict) and isinstance(each, dict) and _is_same_reference(item, each):
                self.derived += [f"{key}[].{name}" for name, value in item.items() if value != each.get(name)]
                return stored
        listed = file_keys(type(entry))[key].form in LISTS
        fit = fit_value(type(entry), key, [_name_of(item)] if listed else _name_of(item), self.names, entry.id)
        if isinstance(fit, InvalidValue):
            raise InvalidValuesError([fit])
        return fit[0] if isinstance(fit, list) else fit


def _ids_in(citations: object) -> list[str]:
    return [str(each).partition("#")[0] for each in citations] if isinstance(citations, list) else []


def _is_same_reference(item: Mapping[str, object], shown: Mapping[str, object]) -> bool:
    """Whether two references of JSON are to the same place, whatever titles they have."""
    return "id" in shown and all(item.get(key) == shown.get(key) for key in ("id", "locator", "type"))


def _name_of(item: object) -> object:
    """Return the name in a reference of JSON that has no id."""
    if isinstance(item, dict) and not item.get("id") and "date" not in item:
        return next((item[key] for key in _TITLES if item.get(key)), item)
    return item


def _each_once(items: Iterable[object]) -> list[object]:
    found: list[object] = []
    for each in items:
        if each not in found:
            found.append(each)
    return found


def _require_whole(located: LocatedRecord, key: str, stored: object) -> None:
    """Raise RowError where a part of a value, or all of it, is in another file that extends the record."""
    own = located.values.get(key)
    if stored and own is None:
        raise RowError(f"{key} is in another file, which extends the record. Change it there.")
    if isinstance(stored, str) and isinstance(own, str) and stored != own and stored.startswith(own):
        raise RowError(f"{key} is continued in another file, which extends the record. Change it there.")
