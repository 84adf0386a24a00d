"""What lies beyond the rows of a report: the records they refer to, whole, and those that refer to them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, overload

from korea_cli.model.roles import ACTOR_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.chronology import Chronology
    from korea_cli.model.roles import RoleKey
    from korea_cli.rows.types import FactRow, SourceRow

_AT_ONCE = 500  # records read in one question


class Related:
    """Gives records as JSON has them: for formats, which know no chronology and may need more than was listed."""

    def __init__(self, chronology: Chronology) -> None:
        """Look things up in a chronology."""
        self._chronology = chronology
        self._actor_keys: dict[str, tuple[RoleKey, ...]] = {}

    @overload
    def records(self, type_: Literal["fact"], ids: Iterable[str]) -> Iterator[FactRow]: ...
    @overload
    def records(self, type_: Literal["source"], ids: Iterable[str]) -> Iterator[SourceRow]: ...
    @overload
    def records(self, type_: str, ids: Iterable[str]) -> Iterator[Any]: ...
    def records(self, type_: str, ids: Iterable[str]) -> Iterator[Any]:
        """Give records of one type by their ids, each once and whole, in the order of the ids."""
        wanted = iter(dict.fromkeys(ids))
        while some := list(islice(wanted, _AT_ONCE)):
            found = {record.id: record for record in self._chronology.records_by_id(type_, some)}
            for id_ in some:
                yield found[id_].to_dict()

    def actor_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys under which records of a type name actors, with the role of those and the words for it."""
        if type_ not in self._actor_keys:
            keys = self._chronology.role_keys(type_)
            self._actor_keys[type_] = tuple(key for key in keys if key.role in ACTOR_ROLES)
        return self._actor_keys[type_]

    def referring(self, type_: str, id_: str) -> dict[str, Any]:
        """Give what refers to a record, by how it does: for an event the facts that bear on it and what answers it."""
        from korea_cli.model.named import Named  # noqa: PLC0415 - as above
        from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - most formats look nothing up

        row = Named(type_, id_, "")
        return {column.key: column.value(row) for column in relations_of(self._chronology, type_)}
