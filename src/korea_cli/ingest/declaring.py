"""Find the actors, topics and sources that rows name, and declare those that nobody has declared."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import name_key
from korea_cli.ingest.rows import Rejected
from korea_cli.model.records import RECORDS, Actor, Source, Topic, title_of
from korea_cli.reading.values import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

_LONGEST = 60  # letters of an id made of a title
_URL = re.compile(r"https?://[^\s/][^\s]*", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
NAMED = {"actors": Actor, "topics": Topic, "sources": Source}
_SHOWN_BY = {"actors": "name", "topics": "label", "sources": "title"}


class Declarations:
    """All actors, topics and sources by what they are called; those that are new are kept until their row is taken."""

    def __init__(self, draft: Draft) -> None:
        self.ids: dict[str, set[str]] = {record.table: set() for record in RECORDS}
        self._known: dict[str, dict[str, set[str]]] = {table: {} for table in NAMED}
        self._pending: list[tuple[str, str, dict[str, Any], list[str]]] = []
        for record in RECORDS:
            for entry, _ in draft.entries(record.table):
                self.ids[record.table].add(entry.id)
                for name in self._names(entry) if record.table in NAMED else ():
                    self._call(record.table, name, entry.id)

    @property
    def pending(self) -> bool:
        """Say whether the row that is being read declares anything."""
        return bool(self._pending)

    @staticmethod
    def _names(entry: Record) -> Iterator[str]:
        yield from (entry.id, entry.id.replace("-", " "), title_of(entry))
        if isinstance(entry, Actor):
            yield from entry.aliases
        if isinstance(entry, Source) and entry.url:
            yield entry.url

    def _call(self, table: str, name: str, id_: str) -> None:
        self._known[table].setdefault(name_key(name), set()).add(id_)

    def find(self, table: str, name: str) -> str | None:
        """Give the id of what is called so; raises Rejected where several are."""
        found = self._known[table].get(name_key(name))
        if not found:
            return None
        if name in found:
            return name
        if len(found) > 1:
            ids = ", ".join(sorted(found))
            raise Rejected(f"'{name}' may be several {table}: {ids}; write the id of one")
        return next(iter(found))

    def refer(self, table: str, name: str, id_: str = "") -> str:
        """Give the id of an actor or topic, by its id where a row says that, else by its name."""
        found = (id_ if id_ in self.ids[table] else None) or self.find(table, name)
        return found or self._declare(table, {_SHOWN_BY[table]: name}, id_ or name)

    def cite(self, text: str, locator: str = "") -> str:
        """Give the citation of a source that is told as an id, an id with a locator, an address or a title."""
        before, _, after = text.partition("#")
        if is_slug(before):
            named = self.find("sources", before) or self._declare("sources", {"title": before}, before)
            return f"{named}#{after or locator}" if after or locator else named
        address = _address_in(text)
        title = (_without(text, address) if address else text) or text
        id_ = (self.find("sources", address) if address else None) or self.find("sources", title)
        if id_ is None:
            url = {"url": address} if address else {}
            id_ = self._declare("sources", {"title": title, **url}, _SCHEME.sub("", title))
        return f"{id_}#{locator}" if locator else id_

    def cite_known(self, told: dict[str, Any]) -> str:
        """Give the citation of a source as our JSON tells it."""
        id_, title, url = (str(told.get(key) or "") for key in ("id", "title", "url"))
        if id_ not in self.ids["sources"]:
            id_ = self._declare("sources", {"title": title or id_, **({"url": url} if url else {})}, id_ or title)
        return f"{id_}#{told['locator']}" if told.get("locator") else id_

    def unused_id(self, table: str, wanted: str) -> str:
        """Make an id of a title that none in a table has."""
        made = shortened(slug_of(wanted)) or f"{table.removesuffix('s')}-{digest(wanted)}"
        id_, number = made, 1
        while id_ in self.ids[table] or (table in NAMED and name_key(id_) in self._known[table]):
            number += 1
            id_ = f"{made}-{number}"
        return id_

    def _declare(self, table: str, values: dict[str, Any], wanted: str) -> str:
        if not wanted.strip():
            raise Rejected(f"one of its {table} has no name")
        id_ = self.unused_id(table, wanted)
        names = [id_, values[_SHOWN_BY[table]], *([values["url"]] if "url" in values else [])]
        self.ids[table].add(id_)
        for name in names:
            self._call(table, name, id_)
        self._pending.append((table, id_, {"id": id_, **values}, names))
        return id_

    def require_own_names(self, record: type[Record], values: dict[str, Any]) -> None:
        """Make sure that no name of an actor is one of another; raises Rejected."""
        for name in (values["id"], values["name"], *values.get("aliases", ())) if record is Actor else ():
            others = self._known["actors"].get(name_key(name), set()) - {values["id"]}
            if others:
                raise Rejected(f"'{name}' is also a name of actor '{min(others)}'")

    def add(self, record: type[Record], values: dict[str, Any]) -> None:
        """Know a record that has a row of its own."""
        self.ids[record.table].add(values["id"])
        if record.table in NAMED:
            others = [*values.get("aliases", ()), *([values["url"]] if "url" in values else [])]
            for name in (values["id"], values[_SHOWN_BY[record.table]], *others):
                self._call(record.table, name, values["id"])

    def taken(self) -> list[tuple[str, dict[str, Any]]]:
        """Give what the row that was just taken declares, by table."""
        declared = [(table, values) for table, _, values, _ in self._pending]
        self._pending.clear()
        return declared

    def forget(self) -> None:
        """Take back what the row that was just rejected would have declared."""
        for table, id_, _, names in self._pending:
            self.ids[table].discard(id_)
            for name in set(map(name_key, names)):
                if found := self._known[table].get(name):
                    found.discard(id_)
                    if not found:
                        del self._known[table][name]
        self._pending.clear()


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


def shortened(slug: str) -> str:
    """Cut an id at a hyphen."""
    return slug if len(slug) <= _LONGEST else slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]


def digest(text: str) -> str:
    """Give eight letters that tell a text from others."""
    return blake2b(text.encode(errors="replace"), digest_size=4).hexdigest()
