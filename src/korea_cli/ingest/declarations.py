"""Resolve the actors, topics and sources that rows name, and declare those that no record has."""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest.registry import NAMED, Registry, id_in, names_in
from korea_cli.ingest.row_date import DATE_KEYS, DateReader
from korea_cli.ingest.sheet import RowError
from korea_cli.model.records import Actor
from korea_cli.model.row import title_key
from korea_cli.reading.values import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Values = dict[str, object]

_LONGEST = 60  # letters of an id made of a title
_URL = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


class Reference(NamedTuple):
    """A record that must exist: the key that refers to it, its id, the tables that may have it."""

    key: str
    id: str
    tables: tuple[str, ...]


class Declarations(Registry):
    """The names of all actors, topics and sources; new ones are pending until their row is accepted.

    references: what the current row refers to and must exist.
    """

    def __init__(self, loaded: LoadResult, target: Path, dates: DateReader) -> None:
        super().__init__(loaded, target, NAMED)
        self._undeclared = set()  # once a file declares any, it must declare all
        self.dates = dates
        self.pending: list[tuple[str, Values]] = []
        self.references: list[Reference] = []

    def refer(self, written: str, key: Key, value: object) -> str:
        """Return the id of a record: that of the row, else the one its name means, else a new one."""
        name, id_ = value, ""
        if isinstance(value, dict):
            name, id_ = (
                next(filter(None, map(value.get, ("name", "label", "title", "id"))), value),
                str(value.get("id") or ""),
            )
        name = " ".join(str(name).split())
        if key.form == "refs" and len(key.refers) == 1 and (table := key.refers[0]) in NAMED:
            known = id_ if self.has(table, id_) else self.find(name, table)
            return known or self._declare(table, name, id_ or name)
        self.references.append(Reference(written, id_ or name, key.refers))
        return id_ or name

    def cite(self, value: object) -> str:
        """Return the citation of a source by an id, an id with a locator, an address, a title, or what JSON has."""
        if isinstance(value, dict):
            return self._cite_object(value)
        text = str(value)
        before, _, locator = text.partition("#")
        if is_slug(before):
            id_ = self.find(before, "sources") or self._declare("sources", before, before)
            return f"{id_}#{locator}" if locator else id_
        address = _address_in(text)
        title = (_without(text, address) if address else text) or text
        return (
            (self.find(address, "sources") if address else None)
            or self.find(title, "sources")
            or self._declare("sources", title, _SCHEME.sub("", title), address)
        )

    def _cite_object(self, source: Mapping[str, object]) -> str:
        id_, title, url = (str(source.get(key) or "") for key in ("id", "title", "url"))
        if not self.has("sources", id_):
            id_ = self._declare("sources", title or id_, id_ or title, url)
        return str(id_in({**source, "id": id_}))

    def date(self, written: str, text: str) -> str:
        """Return a date as a file has it; that of the row itself was read already. Raises RowError."""
        return text if written in DATE_KEYS else self.dates.read(written, text).text

    def unused_id(self, table: str, title: str) -> str:
        """Return an id, made of a title, that no record of a table has."""
        stem = shorten_id(slug_of(title)) or f"{table.removesuffix('s')}-{digest(title)}"
        return next(id_ for id_ in chain([stem], (f"{stem}-{n}" for n in count(2))) if self.is_free(table, id_))

    def _declare(self, table: str, title: str, name: str, url: str = "") -> str:
        if not name.strip():
            raise RowError(f"one of its {table} has no name")
        id_ = self.unused_id(table, name)
        values: Values = {"id": id_, title_key(NAMED[table]): title, **({"url": url} if url else {})}
        self.add(NAMED[table], values)
        self.pending.append((table, values))
        return id_

    def require_own_names(self, record: type[Record], values: Values) -> None:
        """Raise RowError where a name of an actor is one of another."""
        for name in (values["id"], *names_in(record, values)) if record is Actor else ():
            if owner := self.owner_of(str(name), str(values["id"])):
                raise RowError(f"'{name}' is also a name of {owner}")

    def accept(self) -> list[tuple[str, Values]]:
        """Return what the accepted row declares, by table."""
        declared, self.pending = self.pending, []
        return declared

    def reject(self) -> None:
        """Remove what the rejected row would have declared."""
        for table, values in self.pending:
            self.remove(NAMED[table], values)
        self.pending = []


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
