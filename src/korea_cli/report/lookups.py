"""What is known beyond the rows of a report: the records they refer to, and those that refer to them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, overload

from korea_cli.model.roles import ACTOR_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.chronology import Chronology
    from korea_cli.model.roles import RoleKey
    from korea_cli.rows.types import ActorRow, FactRow, SourceRow

_AT_ONCE = 500  # records per query


class Related:
    """Looks up records as JSON has them, for formats: they know no chronology and may need more than was listed."""

    def __init__(self, chronology: Chronology) -> None:
        """Look things up in a chronology."""
        self._chronology = chronology
        self._actor_keys: dict[str, tuple[RoleKey, ...]] = {}
        self._states: dict[str, str] = {}

    @overload
    def records(self, type_: Literal["fact"], ids: Iterable[str]) -> Iterator[FactRow]: ...
    @overload
    def records(self, type_: Literal["source"], ids: Iterable[str]) -> Iterator[SourceRow]: ...
    @overload
    def records(self, type_: Literal["actor"], ids: Iterable[str]) -> Iterator[ActorRow]: ...
    @overload
    def records(self, type_: str, ids: Iterable[str]) -> Iterator[Any]: ...
    def records(self, type_: str, ids: Iterable[str]) -> Iterator[Any]:
        """Yield records of one type by their ids, each once and whole, in the order of the ids."""
        distinct = iter(dict.fromkeys(ids))
        while some := list(islice(distinct, _AT_ONCE)):
            found = {row["id"]: row for row in self._rows(type_, some)}
            for id_ in some:
                yield found[id_]

    def _rows(self, type_: str, ids: list[str]) -> Iterator[Any]:
        """Yield rows in any order; reading those stored as JSON is quicker than making records of them."""
        from json import loads  # noqa: PLC0415 - most formats look nothing up

        answer = self._chronology.records_by_id(type_, ids)
        for each in answer.stored_json() or answer:
            yield loads(each) if isinstance(each, str) else each.to_dict()

    def actor_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys under which records of a type name actors, with the role of those and the words for it."""
        if type_ not in self._actor_keys:
            keys = self._chronology.role_keys(type_)
            self._actor_keys[type_] = tuple(key for key in keys if key.role in ACTOR_ROLES)
        return self._actor_keys[type_]

    def referring(self, type_: str, id_: str) -> dict[str, Any]:
        """Return what refers to a record, by the key it refers with: facts and answers of an event, for example."""
        from korea_cli.model.named import Named  # noqa: PLC0415 - most formats look nothing up
        from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - as above

        row = Named(type_, id_, "")
        return {column.key: column.value(row) for column in relations_of(self._chronology, type_)}

    def state_of(self, actor: str) -> str:
        """Return what the actors of one state have in common: its country, else the id of what they belong to."""
        if actor not in self._states:
            self._states[actor] = actor  # also for what belongs to itself
            for record in self.records("actor", [actor]):
                wholes = (self.state_of(whole["id"]) for whole in record["part_of"])
                self._states[actor] = record["country"] or next(wholes, actor)
        return self._states[actor]
