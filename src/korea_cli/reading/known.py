"""Records that were read already: after a change of a file, only what is different is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.header import HIDING
from korea_cli.model.vocabulary import own_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.toml import Document


class KnownRecords(NamedTuple):
    """Valid records by the identity of the parsed tables that they were read from, and the headers by which."""

    records: Mapping[int, Record]
    own_words: Mapping[str, Sequence[str]]
    hiding: Sequence[object]

    def is_read_as(self, draft: Draft) -> bool:
        """Return whether the headers of a draft make the same of a record."""
        return self[1:] == (own_words(draft.header), _hiding(draft))


def _hiding(draft: Draft) -> list[object]:
    """Return what each header hides, and until when."""
    return [getattr(header, name) for header, _ in draft.headers for name in HIDING]


def known_records(draft: Draft, documents: Sequence[Document]) -> KnownRecords:
    """Return the valid records of some documents, without those that others extend.

    The documents must stay in memory as long as the records are used.
    """
    parsed: list[dict[str, Any]] = [each.parsed.tables() for each in documents]
    found: dict[int, Record] = {}
    for table in draft.records:
        for entry, place in draft.entries(table):
            if place.table == table and place not in draft.parts:
                found[id(parsed[place.document][table][place.entry])] = entry
    return KnownRecords(found, own_words(draft.header), _hiding(draft))


def moved(entry: Record, line: int | None) -> Record:
    """Return a record as it is on a line. It is moved itself, as thousands are: nothing shows the lines of before."""
    if entry.line != line:
        object.__setattr__(entry, "line", line)
    return entry
