"""What a chronology has that a new record may refer to, or must not repeat."""

from __future__ import annotations

import datetime as dt
import shlex
from typing import TYPE_CHECKING

from korea_cli.base.errors import UnknownNameError
from korea_cli.base.tokenize import folded
from korea_cli.editing.toml import require_slug
from korea_cli.model.records import RECORD_TYPES, RECORDS, Actor, Topic, title_of
from korea_cli.model.row import title_key
from korea_cli.query.name_index import NameIndex
from korea_cli.query.selection import today_meant
from korea_cli.reading.values import is_slug
from korea_cli.store.encode_rows import stored_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document


class UndeclaredError(UnknownNameError):
    """A name that no record of some types has; `file` is where one can be added."""

    def __init__(self, types: Sequence[str], name: str, near: Sequence[tuple[str, str]], file: str) -> None:
        super().__init__(" or ".join(types), name, near)
        self.args = (types, name, near, file)
        self.types, self.file = tuple(types), file

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is missing, and the command that adds it."""
        return (self._message(), f"to add it, run: {self.remedy}")

    @property
    def remedy(self) -> str:
        """The command that declares it."""
        record = RECORD_TYPES[self.types[0]]
        words = self.name.replace("-", " ").title() if is_slug(self.name) else self.name
        id_ = ["--id", self.name] if is_slug(self.name) else []
        return shlex.join(["korea", "add", record.type, *id_, f"--{title_key(record)}", words, "-d", self.file])


class Registry:
    """The ids and names of a chronology, and where they are declared; `target` is the file that is added to."""

    def __init__(self, loaded: LoadResult, target: Path) -> None:
        """Register what was read."""
        header = stored_header(loaded.draft)
        self.loaded, self.target = loaded, str(target)
        self.document = next(each for each in loaded.documents if each.path and each.path.resolve() == target.resolve())
        self.kinds = loaded.draft.header.kinds
        self.today = today_meant(None, header.closed, header.last, dt.date.today())  # noqa: DTZ011 - the user's own day
        self._index = NameIndex(loaded.draft, (record.table for record in RECORDS))
        self._places: dict[tuple[str, str], str] = {}
        self._owners: dict[str, str] = {}  # the actor that has a name
        for record in RECORDS:
            for entry, place in loaded.draft.all_entries(record.table):
                if place.table == record.table:  # else it is used, and declared nowhere
                    names = (title_of(entry), *entry.aliases) if isinstance(entry, Actor) else ()
                    self._declare(record, entry.id, names, f"{entry.file}:{entry.line}")
        self._implicit = {table for table in (Actor.table, Topic.table) if not self.document.tables.get(table)}

    def add(self, record: type[Record], values: Mapping[str, object], place: str) -> None:
        """Register a record that will be added."""
        id_, title, aliases = values["id"], str(values.get(title_key(record), "")), values.get("aliases")
        if isinstance(id_, str):
            names = [each for each in aliases if isinstance(each, str)] if isinstance(aliases, list) else []
            self._index.add(record.table, id_, title, *names)
            self._declare(record, id_, (title, *names), place)
        self._implicit.discard(record.table)

    def _declare(self, record: type[Record], id_: str, names: Iterable[str], place: str) -> None:
        self._places.setdefault((record.table, id_), place)
        for name in (id_, *names) if record is Actor else ():
            if name:
                self._owners.setdefault(folded(name), id_)

    def owner_of(self, name: str, own: str) -> str:
        """Return which other actor has this name; "" where none has. `own`: the id of the actor in question."""
        owner = self._owners.get(folded(name), own)
        return "" if owner == own else f"actor '{owner}' at {self.place_of(Actor.table, owner)}"

    def place_of(self, table: str, id_: str) -> str | None:
        """Return where an id is declared."""
        return self._places.get((table, id_))

    def is_free(self, table: str, id_: str) -> bool:
        """Whether a new record may have an id."""
        return (table, id_) not in self._places and not (table == Actor.table and id_ in self._owners)

    def names(self, tables: Iterable[str]) -> list[str]:
        """Return every id and title of some tables."""
        return list(dict.fromkeys(name for each in tables for pair in self._index.ids(each).items() for name in pair))

    def resolve(self, tables: Sequence[str], typed: str) -> str:
        """Return the id that an id, name or alias means; raises UndeclaredError or AmbiguousNameError.

        In a file that declares no actors, or topics, an id declares itself.
        """
        if id_ := self._index.find(typed, *tables):
            return id_
        if len(tables) == 1 and tables[0] in self._implicit:
            return require_slug(typed)
        types = [record.type for table in tables for record in RECORDS if record.table == table]
        raise UndeclaredError(types, typed, self._index.nearest(typed, tables), self.target)


def implicit_records(record: type[Record], loaded: LoadResult, document: Document) -> Iterator[dict[str, object]]:
    """Yield the records of a type that a file uses and does not declare: once it declares one, it must declare all."""
    if not document.tables.get(record.table):
        number = loaded.documents.index(document)
        for entry, place in loaded.draft.entries(record.table):
            if place.document == number:
                yield {"id": entry.id, title_key(record): title_of(entry)}
