"""What a chronology has already: ids and names that a new record may refer to, or may not take."""

from __future__ import annotations

import shlex
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import AmbiguousNameError, KoreaError
from korea_cli.base.tokenize import folded, name_key
from korea_cli.editing.toml import require_slug
from korea_cli.model.records import RECORDS, Actor, Topic, title_of
from korea_cli.query.selection import today_meant
from korea_cli.reading.values import is_slug
from korea_cli.store.encode_rows import stored_header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.records import Record

_NEAR, _LIKE = 3, 0.65  # so many names are offered, which are so much alike
_DECLARED_BY_NAMING = (Actor.table, Topic.table)
TITLES = {"fact": "text", "actor": "name", "topic": "label"}  # the key by which a record is shown; others: "title"


class UndeclaredError(KoreaError):
    """A name that nothing is declared by: as typed, the tables where it was looked for, near (title, id), the file."""

    def __init__(self, name: str, tables: Sequence[str], near: Sequence[tuple[str, str]], file: str) -> None:
        super().__init__(name, tables, near, file)
        self.name, self.tables, self.near, self.file = name, tuple(tables), tuple(near), file

    def _message(self) -> str:
        what = " or ".join(table.removesuffix("s") for table in self.tables)
        listed = " or ".join(f"'{title}' ({id_})" if title != id_ else f"'{id_}'" for title, id_ in self.near)
        hint = f" Did you mean {listed}?" if listed else ""
        return f"no {what} is called '{self.name}'.{hint}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what is missing, and how it is added."""
        return (self._message(), f"a new one is added by: {self.remedy}")

    @property
    def remedy(self) -> str:
        """Give the command that declares it."""
        type_ = self.tables[0].removesuffix("s")
        words = self.name.replace("-", " ").title() if is_slug(self.name) else self.name
        named = ["--id", self.name] if is_slug(self.name) else []
        return shlex.join(["korea", "add", type_, *named, f"--{TITLES.get(type_, 'title')}", words, "-d", self.file])


class _Entry(NamedTuple):
    """What an id stands for; without a place it is only named, and declared nowhere."""

    title: str
    place: str


class Known:
    """The ids and names of a chronology that is added to; `target` is the file that is."""

    def __init__(self, loaded: LoadResult, target: Path, clock: dt.date) -> None:
        """Take in what was read; `clock` is today's date."""
        heading = stored_header(loaded.draft)
        self.target = str(target)
        self.kinds = loaded.draft.header.kinds
        self.today = today_meant(None, heading.closed, heading.last, clock)
        self._entries: dict[str, dict[str, _Entry]] = {record.table: {} for record in RECORDS}
        self._declared: dict[str, set[str]] = {record.table: set() for record in RECORDS}
        self._names: dict[str, defaultdict[str, set[str]]] = {record.table: defaultdict(set) for record in RECORDS}
        self._claimed: dict[str, str] = {}
        for record in RECORDS:
            for entry, place in loaded.draft.all_entries(record.table):
                names = entry.aliases if isinstance(entry, Actor) else ()
                where = f"{entry.file}:{entry.line}" if place.table == record.table else ""
                self._take(record.table, entry.id, (title_of(entry) or entry.id, *names), where)
        document = next(each for each in loaded.documents if each.path and each.path.resolve() == target.resolve())
        self._silent = {table for table in _DECLARED_BY_NAMING if not document.tables.get(table)}

    def add(self, record: type[Record], values: dict[str, Any], place: str) -> None:
        """Take in a record that will be added."""
        title, aliases = values.get(TITLES.get(record.type, "title"), ""), values.get("aliases")
        names = [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []
        if isinstance(values["id"], str):
            self._take(record.table, values["id"], (str(title), *names), place)
        self._silent.discard(record.table)

    def _take(self, table: str, id_: str, names: Sequence[str], place: str) -> None:
        if not self.place_of(table, id_):
            self._entries[table][id_] = _Entry(names[0], place)
        if place:
            self._declared[table].add(id_)
        for name in (id_, *names):
            self._names[table][name_key(name)].add(id_)
            if table == Actor.table and place and name:
                self._claimed.setdefault(folded(name), id_)

    def owner_of(self, name: str, own: str) -> str:
        """Return which other actor has this name already; "" where none has. `own` is the id of the one that asks."""
        owner = self._claimed.get(folded(name), own)
        return "" if owner == own else f"actor '{owner}' at {self.place_of(Actor.table, owner)}"

    def place_of(self, table: str, id_: str) -> str | None:
        """Say where an id of a table is declared already."""
        entry = self._entries[table].get(id_)
        return (entry.place or None) if entry else None

    def ids(self, table: str) -> set[str]:
        """Give the ids of a table that cannot be declared again."""
        return self._declared[table]

    def taken(self, table: str) -> set[str]:
        """Return what a new id of a table must not be: ids declared there, and the names of actors."""
        return self._declared[table] | (self._claimed.keys() if table == Actor.table else set())

    def names(self, tables: Iterable[str]) -> list[str]:
        """Give every id and title of some tables."""
        found = (name for table in tables for id_, entry in self._entries[table].items() for name in (id_, entry.title))
        return list(dict.fromkeys(found))

    def resolve(self, tables: Sequence[str], typed: str) -> str:
        """Give the id that an id, name or alias means; raises UndeclaredError or AmbiguousNameError.

        In a file that declares no actors, or topics, an id declares itself.
        """
        if any(typed in self._entries[table] for table in tables):
            return typed
        for table in tables:
            meant = sorted(self._names[table].get(name_key(typed), ()))
            if len(meant) > 1:
                told = [(self._entries[table][id_].title, id_) for id_ in meant]
                raise AmbiguousNameError(table.removesuffix("s"), typed, told)
            if meant:
                return meant[0]
        if len(tables) == 1 and tables[0] in self._silent:
            return require_slug(typed)
        raise UndeclaredError(typed, tables, self._near(tables, typed), self.target)

    def _near(self, tables: Sequence[str], typed: str) -> list[tuple[str, str]]:
        from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

        owners = {name: (table, id_) for table in tables for name, ids in self._names[table].items() for id_ in ids}
        close = get_close_matches(name_key(typed), owners, n=_NEAR, cutoff=_LIKE)
        found = dict.fromkeys(owners[name] for name in close)
        return [(self._entries[table][id_].title, id_) for table, id_ in found]
