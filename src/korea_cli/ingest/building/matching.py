"""Match rows without ids to records: each row to one that has all its values, and each record to one row at most."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from korea_cli.ingest.names.values import as_written
from korea_cli.model.records import file_keys, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.model.records import Record

    Values = Mapping[str, object]
    Group = tuple[object, ...]  # the values of the required keys

_FEW = 8  # records that are compared one by one


def values_of(entry: Record, keys: Iterable[str]) -> Values:
    """Return the values of a record under some keys, as a file writes them."""
    names = written_keys(type(entry))
    return {key: as_written(getattr(entry, names[key])) for key in keys}


def differing_keys(whole: Values, part: Values) -> list[str]:
    """Return the keys under which a record does not have all of some values; it may have more."""
    return [key for key, value in part.items() if key != "id" and not _contains(whole.get(key), value)]


def _contains(whole: object, part: object) -> bool:
    if whole == part or not part:
        return True
    return isinstance(part, list) and isinstance(whole, list) and all(each in whole for each in part)


def _has_more(entry: Record, values: Values) -> bool:
    """Whether a record that has all of some values has more of them."""
    for key, name in written_keys(type(entry)).items():
        value, part = getattr(entry, name), values.get(key)
        if value and key != "id" and (not part or (isinstance(part, list) and len(part) < len(value))):
            return True
    return False


class _EqualRows:
    """Rows with the same values: the records with just these, and those with more, which some rows may be matched to.

    position: how many of those with more were given away. exhausted: whether none is left, not even in exchange.
    """

    __slots__ = ("exact", "exhausted", "more", "position")

    def __init__(self, exact: list[str], more: list[str]) -> None:
        self.exact, self.more, self.position, self.exhausted = exact, more, 0, not more


_Path = dict[_EqualRows, tuple[_EqualRows, str]]  # from some rows to those that want a record of theirs
_TAKEN = _EqualRows([], [])


class RecordMatcher:
    """Matches the rows of a sheet to the records of one type.

    A row whose values are just those of a record is matched at once. A record may have got more values since it was
    imported, but a later row may be this record just as it is. So all other rows are matched at the end: as many as can
    be. Rows and records are only compared within a group, which has the same values under the keys that are required.
    """

    def __init__(self, record: type[Record], entries: Mapping[str, Record]) -> None:
        self._entries = entries
        self.required = [key for key, spec in file_keys(record).items() if spec.required and key != "id"]
        self._rows: dict[int, _EqualRows] = {}  # by the hash of their values
        self._owners: dict[str, _EqualRows] = {}
        self._index: defaultdict[int, list[str]] = defaultdict(list)
        self._indexed: set[int] = set()
        self._new: defaultdict[Group, list[tuple[str, _EqualRows | None]]] = defaultdict(list)

    @cached_property
    def _groups(self) -> dict[Group, list[str]]:
        groups: defaultdict[Group, list[str]] = defaultdict(list)
        for id_, entry in self._entries.items():
            groups[tuple(values_of(entry, self.required).values())].append(id_)
        return dict(groups)

    def _group(self, values: Values) -> Group:
        return tuple(values.get(key) for key in self.required)

    def match(self, values: Values) -> bool | None:
        """Match a row to a record with just its values; return whether there is one, None if later rows decide."""
        if not self._groups or not (ids := self._groups.get(self._group(values))):
            return False
        if len(ids) == 1:  # as in most chronologies: that needs little memory
            exact = ids[0] not in self._owners and self._fits(ids[0], values)
            if exact:
                self.take(ids[0])
            return exact
        rows = self._equal_rows(ids, values)
        while rows.exact:  # the first of them is the last here
            if (id_ := rows.exact.pop()) not in self._owners:
                self.take(id_)
                return True
        return None if self._free(rows) else False

    def match_last(self, values: Values) -> bool:
        """Match a row to a record with more values, if need be by matching other rows to other records."""
        return self._assign(self._equal_rows(self._groups[self._group(values)], values))

    def _equal_rows(self, ids: Sequence[str], values: Values) -> _EqualRows:
        key = hash(tuple(sorted((key, repr(value)) for key, value in values.items())))
        if key not in self._rows:
            exact: list[str] = []
            more: list[str] = []
            for id_ in ids if len(ids) <= _FEW else self._look_up(ids, values):
                if (fits := self._fits(id_, values)) is not False:
                    (exact if fits else more).append(id_)
            self._rows[key] = _EqualRows(exact[::-1], more)
        return self._rows[key]

    def _fits(self, id_: str, values: Values) -> bool | None:
        """Return whether a record has just some values; None if it has more, False if it does not have all."""
        entry = self._entries[id_]
        if differing_keys(values_of(entry, values), values):
            return False
        return None if _has_more(entry, values) else True

    def _look_up(self, ids: Sequence[str], values: Values) -> list[str]:
        """Return the records with the single values of a row and the first item of its first list."""
        listed = next((key for key, value in values.items() if isinstance(value, list)), "")
        keys = sorted(key for key, value in values.items() if key == listed or not isinstance(value, list))
        form = hash((self._group(values), listed, *keys))
        if form not in self._indexed:
            self._indexed.add(form)
            for id_ in ids:
                for each in _hashes(form, values_of(self._entries[id_], keys), listed):
                    self._index[each].append(id_)
        return self._index.get(next(_hashes(form, {key: values[key] for key in keys}, listed)), [])

    def _assign(self, start: _EqualRows) -> bool:
        """Match one more of some equal rows, if need be by matching others to other records."""
        queue, path = [start], _Path()
        for rows in queue:  # it grows
            if free := self._free(rows):
                self._pass_on(free, rows, start, path)
                return True
            for id_ in () if rows.exhausted else rows.more:
                owner = self._owners[id_]
                if owner is not start and owner not in path and not owner.exhausted:
                    path[owner] = rows, id_
                    queue.append(owner)
        for rows in queue:
            rows.exhausted = True  # every record that they could ever get is given away
        return False

    def _pass_on(self, free: str, rows: _EqualRows, start: _EqualRows, path: _Path) -> None:
        """Pass a free record to some rows, and theirs to those that want it, up to those where the path starts."""
        self._owners[free] = rows
        while rows is not start:
            rows, id_ = path[rows]
            self._owners[id_] = rows

    def _free(self, rows: _EqualRows) -> str:
        """Return the first record that some rows could have and no row has; "" for none."""
        while rows.position < len(rows.more):
            if (id_ := rows.more[rows.position]) not in self._owners:
                return id_
            rows.position += 1
        return ""

    def take(self, id_: str) -> None:
        """Leave a record to a row that names its id."""
        self._owners.setdefault(id_, _TAKEN)

    def add(self, values: Values, *, identified: bool) -> None:
        """Remember a new record that may be an existing one: with all its values, if its row has an id, or some."""
        if not self._groups:
            return
        group = self._group(values)
        if ids := self._groups.get(group):
            own = {key: value for key, value in values.items() if key != "id"}
            rows = self._equal_rows(ids, own) if identified else None
            if rows is None or rows.exact or rows.more:
                self._new[group].append((str(values["id"]), rows))

    def lookalikes(self) -> list[tuple[str, str]]:
        """Return new records and those that they may be, by their ids: an existing one that no row is."""
        pairs: list[tuple[str, str]] = []
        for group, new in self._new.items():
            left = (id_ for id_ in self._groups[group] if id_ not in self._owners)
            for id_, rows in new:
                fit = left if rows is None else (each for each in (*rows.exact, *rows.more) if each not in self._owners)
                if old := next(fit, None):
                    self.take(old)
                    pairs.append((id_, old))
        return pairs


def _hashes(form: int, values: Values, listed: str) -> Iterator[int]:
    """Yield a hash of the single values of a row or record for each item of one list."""
    single = [value for key, value in values.items() if key != listed]
    items = values[listed] if listed else [None]
    yield from (hash((form, *single, repr(item))) for item in (items if isinstance(items, list) else []))
