"""The titles of the records of a draft and who holds its facts, for what shows references to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.records import Fact, Source, title_of

if TYPE_CHECKING:
    from korea_cli.reading.draft import Draft


class DraftTitles:
    """The titles of the records of a draft, the addresses of its sources, and the holders of its facts."""

    def __init__(self, draft: Draft) -> None:
        records = (entry for entries in draft.records.values() for entry in entries)
        self._titles = {(entry.type, entry.id): title_of(entry) for entry in records}
        self._addresses = {source.id: source.url or None for source in draft.records[Source.table]}
        self._holders: dict[str, tuple[str, ...]] = {fact.id: fact.holders for fact in draft.records[Fact.table]}

    def title(self, type_: str, id_: str) -> str | None:
        """Return the title, name or text of a record; None when there is no such record."""
        return self._titles.get((type_, id_))

    def address(self, source: str) -> str | None:
        """Return the address of a source; None when it has none."""
        return self._addresses.get(source)

    def holders(self, fact: str) -> tuple[str, ...]:
        """Return the ids of those who hold a fact."""
        return self._holders.get(fact, ())
