"""The tables that are made of the others: an index of words, events and facts as JSON text, and what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.records import RECORDS, Event, Fact, Source
from korea_cli.model.row import title_key
from korea_cli.store.database import Table
from korea_cli.store.encode_words import title_name_rows, word_rows
from korea_cli.store.tallies import TALLIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.store.database import SqlRow
    from korea_cli.store.engine import Read


class StoredTitles:
    """The titles of all records of a store, the addresses of its sources, and the holders of its facts."""

    def __init__(self, read: Read) -> None:
        titles = (f"SELECT '{each.type}', id, {title_key(each)} FROM {each.type}" for each in RECORDS)  # noqa: S608 - names
        self._titles = {(type_, id_): title for sql in titles for type_, id_, title in read(sql)}
        self._addresses: dict[str, str | None] = dict(read(f"SELECT id, url FROM {Source.type}"))  # noqa: S608 - as above
        self._holders: dict[str, str | None] = dict(read(f"SELECT id, holders FROM {Fact.type}"))  # noqa: S608 - as above

    def title(self, type_: str, id_: str) -> str | None:
        """Return the title, name or text of a record; None when there is no such record."""
        return self._titles.get((type_, id_))

    def address(self, source: str) -> str | None:
        """Return the address of a source; None when it has none."""
        return self._addresses.get(source) or None

    def holders(self, fact: str) -> list[str]:
        """Return the ids of those who hold a fact."""
        return (self._holders.get(fact) or "").split()


def _json_rows(read: Read) -> Iterator[SqlRow]:
    """Yield every event and fact as JSON, by number, with the day that it is ordered by."""
    from korea_cli.rows.columns import columns_for  # noqa: PLC0415 - an answer that is not stored needs none
    from korea_cli.rows.json_rows import row_writer  # noqa: PLC0415 - as above
    from korea_cli.store.decode_rows import RowDecoder  # noqa: PLC0415 - as above

    names = StoredTitles(read)
    for record in (Event, Fact):
        decoder = RowDecoder(record.type, {"match": "NULL", "distance": "NULL"})
        write = row_writer(columns_for(record, names))
        source = f"{record.type} AS record JOIN entry USING (seq)"
        columns = ", ".join(("record.seq", "entry.orders", *decoder.columns))
        for seq, orders, *row in read(f"SELECT {columns} FROM {source} ORDER BY record.seq"):  # noqa: S608 - as above
            yield seq, orders, write(decoder.record(row))


# words: an index of the words of every record, in its title and names, in its searched keys but the outcome, in its
# outcome, in its place, in its container and publisher. title_name: every name of events and facts. record_json: events
# and facts as JSON, with the day that each is ordered by: files that are sorted by it need not be read as a whole.
DERIVED = TALLIES | {
    "words": Table("seq, head, text, outcome, place, container", word_rows, "words", derived=True),
    "title_name": Table("seq INTEGER, name TEXT", title_name_rows, "sorted", "name, seq", derived=True),
    "record_json": Table("seq INTEGER PRIMARY KEY, orders INTEGER, json TEXT", _json_rows, derived=True),
}  # fmt: skip
