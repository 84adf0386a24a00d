"""Resolve the actors, topics and sources that rows name, and declare those that no record has."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import Actor, Source, Topic
from korea_cli.model.row import title_key
from korea_cli.query.name_index import NameIndex
from korea_cli.reading.values import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

    Values = dict[str, object]

_LONGEST = 60  # letters of an id made of a title
_URL = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
NAMED: dict[str, type[Record]] = {"actors": Actor, "topics": Topic, "sources": Source}


class Declarations:
    """The names of all actors, topics and sources; new ones are pending until their row is accepted."""

    def __init__(self, draft: Draft) -> None:
        self._index = NameIndex(draft, NAMED)
        self._pending: list[tuple[str, Values]] = []

    @property
    def pending(self) -> bool:
        """Whether the current row declares anything."""
        return bool(self._pending)

    def ids(self, table: str) -> Mapping[str, str]:
        """Return the titles of a table by id."""
        return self._index.ids(table)

    def find(self, table: str, name: str) -> str | None:
        """Return the id that an id or name means, if any; raises RowError for several."""
        try:
            return self._index.find(name, table)
        except AmbiguousNameError as error:
            raise RowError(str(error).removesuffix(".")) from None

    def refer(self, table: str, name: str, id_: str = "") -> str:
        """Return the id of an actor or topic: that of the row, else the one its name means, else a new one."""
        found = id_ if id_ in self.ids(table) else self.find(table, name)
        return found or self._declare(table, name, id_ or name)

    def cite(self, text: str, locator: str = "") -> str:
        """Return the citation of a source by an id, an id with a locator, an address or a title."""
        before, _, after = text.partition("#")
        if is_slug(before):
            id_, locator = self.find("sources", before) or self._declare("sources", before, before), after or locator
        else:
            address = _address_in(text)
            title = (_without(text, address) if address else text) or text
            id_ = (
                (self.find("sources", address) if address else None)
                or self.find("sources", title)
                or self._declare("sources", title, _SCHEME.sub("", title), address)
            )
        return f"{id_}#{locator}" if locator else id_

    def cite_object(self, source: Mapping[str, object]) -> str:
        """Return the citation of a source as the JSON of korea has it."""
        id_, title, url = (str(source.get(key) or "") for key in ("id", "title", "url"))
        if id_ not in self.ids("sources"):
            id_ = self._declare("sources", title or id_, id_ or title, url)
        return f"{id_}#{source['locator']}" if source.get("locator") else id_

    def unused_id(self, table: str, title: str) -> str:
        """Return an id, made of a title, that no record of a table has."""
        stem = shorten_id(slug_of(title)) or f"{table.removesuffix('s')}-{digest(title)}"
        id_, number = stem, 1
        while id_ in self.ids(table) or (table in NAMED and self._index.ids_named(table, id_)):
            number += 1
            id_ = f"{stem}-{number}"
        return id_

    def _declare(self, table: str, title: str, name: str, url: str = "") -> str:
        if not name.strip():
            raise RowError(f"one of its {table} has no name")
        id_ = self.unused_id(table, name)
        values: Values = {"id": id_, title_key(NAMED[table]): title, **({"url": url} if url else {})}
        self.add(NAMED[table], values)
        self._pending.append((table, values))
        return id_

    def require_own_names(self, record: type[Record], values: Values) -> None:
        """Raise RowError where a name of an actor is one of another."""
        for name in (values["id"], *_names_in(record, values)) if record is Actor else ():
            others = self._index.ids_named("actors", str(name)) - {values["id"]}
            if others:
                raise RowError(f"'{name}' is also a name of actor '{min(map(str, others))}'")

    def add(self, record: type[Record], values: Values) -> None:
        """Add a record, such as one that has a row of its own."""
        self._index.add(record.table, str(values["id"]), *_names_in(record, values))

    def remove(self, record: type[Record], values: Values) -> None:
        """Remove a record."""
        self._index.remove(record.table, str(values["id"]), *_names_in(record, values))

    def accept(self) -> list[tuple[str, Values]]:
        """Return what the accepted row declares, by table."""
        declared, self._pending = self._pending, []
        return declared

    def reject(self) -> None:
        """Remove what the rejected row would have declared."""
        for table, values in self._pending:
            self.remove(NAMED[table], values)
        self._pending = []


def _names_in(record: type[Record], values: Values) -> list[str]:
    """Return the title of a record, then what else it is called."""
    aliases = values.get("aliases")
    others = aliases if isinstance(aliases, list) else []
    return [str(values.get(title_key(record), "")), *others, *([str(values["url"])] if values.get("url") else [])]


def _address_in(text: str) -> str:
    """Return the address in a text, without the marks of the words around it: `Times (https://x.org/b).`."""
    found = _URL.search(text)
    address = found[0] if found else ""
    while address != text and (address.endswith((".", ",", ";")) or _closes(address)):
        address = address[:-1]
    return address


def _without(text: str, address: str) -> str:
    """Return the words around an address, without the marks that set it apart."""
    words = text.replace(f"({address})", "").replace(address, "")
    return words.strip(" ,;:()-").removesuffix(" .").rstrip(" ,;:-")


def _closes(address: str) -> bool:
    """Whether an address ends with a bracket that it does not open."""
    return address.endswith(")") and address.count("(") < address.count(")")


def shorten_id(slug: str) -> str:
    """Cut an id at a hyphen."""
    return slug if len(slug) <= _LONGEST else slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]


def digest(text: str) -> str:
    """Return eight letters that distinguish a text from others."""
    return blake2b(text.encode(errors="replace"), digest_size=4).hexdigest()
