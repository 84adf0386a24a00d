"""Know which records are there already, so that the same sheet can be imported again and adds only what is new."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from korea_cli.ingest.declaring import NAMED, digest, shorten_id
from korea_cli.ingest.rows import Rejected
from korea_cli.model.records import RECORDS, Event, Fact
from korea_cli.reading.values import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.ingest.declaring import Declarations
    from korea_cli.ingest.record_builder import Made
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

_TITLES: dict[type[Record], str] = {Event: "title", Fact: "text"}
_SHOWN = 5  # keys named


class DifferingError(Rejected):
    """A row whose record is there with other values; it is not overwritten."""


class Known:
    """The records that there are: with their values those of the files, as two checksums those just taken."""

    def __init__(self, documents: Sequence[Document], declarations: Declarations) -> None:
        self._declarations = declarations
        self._old: dict[str, dict[str, dict[str, Any]]] = {
            record.table: {
                str(raw["id"]): raw for each in documents for raw in each.records(record.table) if "id" in raw
            }
            for record in RECORDS
        }
        self._new: dict[str, dict[str, bytes]] = {record.table: {} for record in RECORDS}

    def is_new(self, made: Made) -> bool:
        """Give a record its id, and say whether it is new; raises DifferingError where it is there but differs."""
        values = made.values
        if "id" in values:
            id_ = slug_of(str(values["id"]))
            if not id_:
                raise Rejected(f"id '{values['id']}' has no letter or digit that an id may have")
            values["id"] = id_ if not id_.isdecimal() else f"{made.record.type}-{id_}"  # a number alone names nothing
            return self._compared(made, values["id"])
        for id_ in self._candidates(made):
            if self._may_be(made, id_):
                values["id"] = id_
                return self._compared(made, id_)
        raise Rejected("no id can be made for it; give it one in a column 'id'")

    def _candidates(self, made: Made) -> Iterator[str]:
        """Give the ids that a row without one may have, from its title, or title and date, always in the same order."""
        if made.record.table in NAMED:
            name = made.values[
                "name" if made.record.table == "actors" else "label" if made.record.table == "topics" else "title"
            ]
            yield self._declarations.find(made.record.table, name) or self._declarations.unused_id(
                made.record.table, name
            )
            return
        title, date = made.values[_TITLES[made.record]], made.values.get("date", "")
        slug, mark = shorten_id(slug_of(title)), digest(f"{title}\n{date}")
        if slug:
            yield slug
            yield f"{slug}-{slug_of(date) or 'undated'}"
        yield f"{slug or made.record.type}-{mark}"

    def _may_be(self, made: Made, id_: str) -> bool:
        """Say whether an id is free, or has the same title and date."""
        table = made.record.table
        if table in NAMED:
            return True
        title = _TITLES[made.record]
        if old := self._old[table].get(id_):
            return [str(old.get(key, "")) for key in (title, "date")] == [
                made.values.get(key, "") for key in (title, "date")
            ]
        new = self._new[table].get(id_)
        return new is None or new[:8] == _checksums(made)[:8]

    def _compared(self, made: Made, id_: str) -> bool:
        table = made.record.table
        old = self._old[table].get(id_)
        if old is not None:
            differing = [key for key, value in made.values.items() if not _same(old.get(key), value)]
            if differing:
                keys = ", ".join(differing[:_SHOWN])
                raise DifferingError(f"{made.record.type} '{id_}' is there already and differs in {keys}")
            return False
        new = self._new[table].get(id_)
        if new is None:
            return True
        if new != _checksums(made):
            raise DifferingError(f"{made.record.type} '{id_}' stands twice in the sheet and differs")
        return False

    def add(self, made: Made) -> None:
        """Know a record that was taken."""
        self._new[made.record.table][made.values["id"]] = _checksums(made)


def _same(old: Any, new: Any) -> bool:  # noqa: ANN401 - values of any key
    """Say whether a file has a value already; a day need not be in quotation marks there."""
    return bool(old == new or (isinstance(new, str) and old is not None and str(old) == new) or (not old and not new))


def _checksums(made: Made) -> bytes:
    """Give eight bytes for title and date, and eight for all values."""
    values = made.values
    named = f"{values.get(_TITLES.get(made.record, ''), '')}\n{values.get('date', '')}"
    whole = repr(sorted((key, value) for key, value in values.items() if key != "id"))
    return b"".join(blake2b(text.encode(), digest_size=8).digest() for text in (named, whole))
