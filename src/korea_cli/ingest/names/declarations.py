"""Resolve the actors, topics and sources that rows name, and declare those that no record has."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.base.slugs import is_slug, slug_of
from korea_cli.base.tokenize import name_key
from korea_cli.ingest.dates.row_date import DATE_KEYS, DateReader
from korea_cli.ingest.names.addresses import source_in
from korea_cli.ingest.names.declared import DeclaredRecords
from korea_cli.ingest.names.ids import Reference, digest, record_id, replaced, shorten_id
from korea_cli.ingest.names.registry import NAMED, Registry, names_in
from korea_cli.ingest.names.values import fit_values
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import RECORD_TYPES, Actor, Fact, Source, Topic
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Values = dict[str, object]

_OF_NAMES = re.compile(r"[\s/,;&+|]")  # signs that no id has
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


class Declarations(Registry):
    """The names of all actors, topics and sources; new ones are declared once their row is accepted.

    references: what the current row refers to that is neither an actor nor a topic or source. own: whether korea wrote
    the current row, so that its ids are those of records. described: the values of actors that codes mean, by name.
    """

    named_tables: Iterable[str] = NAMED  # whose records are found by their names

    def __init__(self, loaded: LoadResult, target: Path, dates: DateReader, record: type[Record] | None = None) -> None:
        """Index the names of a chronology; record: the type of the rows, which may declare those that they name."""
        self.own_table = record.table if record and record.table in NAMED else ""
        self._titled: dict[tuple[str, int], str] = {}  # the first record with a title, by table and hash of the title
        super().__init__(loaded, target, self.named_tables)
        self._undeclared = set()  # once a file declares any, it must declare all
        self.dates = dates
        self.references: list[Reference] = []
        self.own = False
        self.described: Mapping[str, Mapping[str, object]] = {}
        self.declared = DeclaredRecords(loaded.documents)
        self._identified: set[tuple[str, str]] = set()  # new records that a row names by their ids
        self._numbers: dict[tuple[str, str], int] = {}  # the last one that an id of a table and a stem got

    def _index_names(self, table: str, id_: str, *names: str) -> bool:
        if shared := super()._index_names(table, id_, *names):
            self.declared.cells.clear()
        if table not in NAMED:
            self._titled.setdefault((table, hash(name_key(names[0]))), id_)
        return shared

    def add(self, record: type[Record], values: Mapping[str, object], place: str = "") -> None:
        """Register a record that will be added; its names are indexed at once, where cells can have them."""
        super().add(record, values, place)
        if record.table in NAMED:
            self._ids_by_name(record.table)

    def named(self, tables: Sequence[str], name: str) -> str:
        """Return the id of the record of some tables that has a name or title; "" if there is none.

        A claim may have the names of who holds it before it, as in a sheet: `Moscow: A claim`.
        """
        for table in tables:
            self._ids_by_name(table)
        titles = [name, *(name[each.end() :] for each in re.finditer(": ", name) if Fact.table in tables)]
        pairs = ((table, self._titled.get((table, hash(name_key(title))), "")) for title in titles for table in tables)
        known = self.find(name, *(table for table in tables if table in NAMED))
        return known or next((id_ for table, id_ in pairs if self.has(table, id_)), "")

    def is_there(self, reference: Reference) -> bool:
        """Return whether a record exists that is referred to."""
        return any(self.has(table, reference.id) for table in reference.tables)

    def resolved(self, values: Values, references: Iterable[Reference]) -> tuple[Values, list[Reference]]:
        """Return values without references to what is not there, and these; some name a record by its title."""
        missing: list[Reference] = []
        for reference in references:
            if not self.is_there(reference):
                id_ = "" if reference.by_id else self.named(reference.tables, reference.text)
                values = replaced(values, reference.key, reference.id, id_)
                missing += [] if id_ else [reference]
        return values, missing

    def settled(self, values: Values, references: Iterable[Reference]) -> tuple[Values, list[Reference]]:
        """Return values as `resolved` does, but declare the actors, topics and sources that no row has."""
        written, (values, missing) = values, self.resolved(values, references)
        own = [each for each in missing if each.tables[0] == self.own_table]
        for each in own:
            id_ = self._declare_named(self.own_table, each.text)
            items = values.get(each.key, [] if isinstance(written[each.key], list) else id_)
            values = {**values, each.key: [*items, id_] if isinstance(items, list) else id_}
        self.accept()
        return values, [each for each in missing if each not in own]

    def refer(self, written: str, key: Key, value: object) -> str:
        """Return the id of a record: that of the row, else the one its name means, else a new one."""
        if len(key.refers) == 1 and (table := key.refers[0]) in NAMED:
            if isinstance(value, dict):
                return self._id_of(table, value)
            name = " ".join(str(value).split())
            known = self.find(name, table) or self._changed_id(table, name)
            if known or table != self.own_table:
                return known or self._declare_named(table, name)
            value = name  # a later row may have it, with an id of its own
        tables, text = key.refers, str(value)
        if isinstance(value, dict):
            text = str(next(filter(None, map(value.get, ("id", "name", "label", "title"))), ""))
            tables = tuple(each for each in tables if each == f"{value.get('type')}s") or tables
        text = " ".join(text.split())
        id_ = self._id_in(tables, text)
        by_id = isinstance(value, dict) and bool(value.get("id"))
        self.references.append(Reference(written, id_, tables, text, by_id=by_id))
        return id_

    def _id_in(self, tables: Sequence[str], text: str) -> str:
        """Return the id that a text is or may mean in some tables; a later row may have it."""
        ids = [text, *(self.id_of(RECORD_TYPES[table.removesuffix("s")], text) for table in tables)]
        return next((id_ for id_ in ids if any(self.has(table, id_) for table in tables)), ids[1])

    def id_of(self, record: type[Record], text: str) -> str:
        """Return a text as an id; "" if it has no letter or digit."""
        return text if self.own and is_slug(text) else record_id(record, text)

    def _changed_id(self, table: str, text: str) -> str | None:
        """Return the id of the record whose id another file writes otherwise; `War/Peace` is a name and no id."""
        id_ = "" if _OF_NAMES.search(text) and "://" not in text else record_id(NAMED[table], text)
        return id_ if self.has(table, id_) else None

    def cite(self, value: object) -> str:
        """Return the citation of a source by an id, an id with a locator, an address, a title, or what JSON has."""
        if isinstance(value, dict):
            id_, locator = self._id_of("sources", value), value.get("locator")
            return f"{id_}#{locator}" if locator else id_
        text = str(value)
        before, _, locator = text.partition("#")
        if is_slug(before) or self._changed_id("sources", before):
            id_ = self._titled_source(before)
            return f"{id_}#{locator}" if locator else id_
        named = source_in(text)
        if not named.address:
            return self._titled_source(named.title or text)
        spelled = {"title": named.title, "url": named.address}
        return self._id_of("sources", {key: value for key, value in spelled.items() if value})

    def _titled_source(self, title: str) -> str:
        """Return the id of the source that a text names, of several the one without an address, else of a new one."""
        try:
            known = self.find(title, "sources") or self._changed_id("sources", title)
        except AmbiguousNameError as error:
            without = [id_ for _, id_ in error.meant if not self.declared.value("sources", id_, "url")]
            if len(without) > 1:
                raise
            known = next(iter(without), None)
        return known or self._declare_named("sources", title)

    def _id_of(self, table: str, spelled: Mapping[str, object]) -> str:
        """Return the id of the record that some values are of; raises RowError where one is invalid."""
        record, named = NAMED[table], title_key(NAMED[table])
        id_ = self.id_of(record, str(spelled["id"])) if "id" in spelled else ""
        url = str(spelled.get("url", ""))
        title = " ".join(str(spelled.get(named) or id_ or url).split())
        typed = {key: value for key, value in spelled.items() if key not in {"id", "locator"}}
        values, invalid = fit_values(record, {**typed, named: title}, self)
        if invalid:
            raise RowError(f"{record.type} '{title}': {invalid[0]}" if title else f"one of its {table} has no name")
        known = self._known(table, id_, title, url)
        if known is None:
            self._identified.add((table, id_))
            return self._declare(table, _SCHEME.sub("", title) or title, values, id_)
        self.require_own_names(record, {**values, "id": known})
        self.declared.complete(table, known, values if named in typed else {key: values[key] for key in typed})
        return known

    def _known(self, table: str, id_: str, title: str, url: str) -> str | None:
        """Return the id of the record that has an id, or else an address or a title."""
        if self.has(table, id_):
            return id_
        if table == Topic.table and id_:  # several topics may be called the same, each with an id of its own
            named = self._ids_by_name(table).get(name_key(title), ())
            return next((each for each in sorted(named) if (table, each) not in self._identified), None)
        if table != Source.table:
            return self.find(title, table)
        if id_:
            return None
        found = self.find(url, table) if url else None
        # Another address means another source, also one with the same title.
        return found or (self.find(title, table) if not url else None)

    def date(self, written: str, text: str) -> str:
        """Return a date as a file has it; that of the row itself was read already. Raises RowError."""
        return text if written in DATE_KEYS else self.dates.text_of(written, text)

    def unused_id(self, table: str, title: str, date: str = "") -> str:
        """Return an id that no record of a table has: of a title, else of title and date, else with a number too."""
        slug = shorten_id(slug_of(title))
        if slug and self.is_free(table, slug):
            return slug
        mark = slug_of(date) if slug else digest("\n".join(filter(None, (title, date))))
        stem = "-".join(filter(None, (slug or table.removesuffix("s"), mark)))
        if self.is_free(table, stem):
            return stem
        for number in count(self._numbers.get((table, stem), 2)):  # many rows may have the same title
            if self.is_free(table, f"{stem}-{number}"):
                break
        self._numbers[table, stem] = number
        return f"{stem}-{number}"

    def _declare_named(self, table: str, name: str) -> str:
        known = self.described.get(name) if table == Actor.table else None
        return self._id_of(table, known) if known else self._declare(table, name, {title_key(NAMED[table]): name})

    def _declare(self, table: str, name: str, values: Mapping[str, object], given_id: str = "") -> str:
        if not name.strip():
            raise RowError(f"one of its {table} has no name")
        record, whole = NAMED[table], {"id": (id_ := given_id or self.unused_id(table, name)), **values}
        self.require_own_names(record, whole)
        self.add(record, whole)
        self.declared.declare(table, whole)
        return id_

    def require_own_names(self, record: type[Record], values: Values) -> None:
        """Raise RowError where a name of an actor is one of another."""
        for name in (values["id"], *names_in(record, values)) if record is Actor else ():
            if owner := self.owner_of(str(name), str(values["id"])):
                raise RowError(f"'{name}' is also a name of {owner}")

    def accept(self) -> None:
        """Keep what the accepted row declares, with the names that it adds to what others declared."""
        for record, values in self.declared.accept():
            self.add(record, values)

    def reject(self) -> None:
        """Remove what the rejected row would have declared."""
        for table, values in self.declared.reject():
            self.remove(NAMED[table], values)
