"""What lies beyond the rows of a report: the records they refer to, whole, and those that refer to them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.chronology import Chronology

_AT_ONCE = 500  # records read in one question


class Related:
    """Gives records as JSON has them: for formats, which know no chronology and may need more than was listed."""

    def __init__(self, chronology: Chronology) -> None:
        """Look things up in a chronology."""
        self._chronology = chronology

    def records(self, type_: str, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Give records of one type by their ids, each once and whole, in the order of the ids."""
        wanted = iter(dict.fromkeys(ids))
        while some := list(islice(wanted, _AT_ONCE)):
            found = {record.id: record for record in self._chronology.records_by_id(type_, some)}
            for id_ in some:
                yield found[id_].to_dict()

    def referring(self, type_: str, id_: str) -> dict[str, Any]:
        """Give what refers to a record, by how it does: for an event the facts that bear on it and what answers it."""
        from korea_cli.model.named import Named  # noqa: PLC0415 - as above
        from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - most formats look nothing up

        row = Named(type_, id_, "")
        return {column.key: column.value(row) for column in relations_of(self._chronology, type_)}
