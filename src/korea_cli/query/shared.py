"""Answers about several types of records that are asked together: for their rows, and then for their records."""

from __future__ import annotations

from functools import cached_property

from korea_cli.base.hints import TYPE_CHECKING, Any, Protocol
from korea_cli.query.read_records import read_together
from korea_cli.query.together import ask_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.query.read_records import RecordPart
    from korea_cli.query.together import QueryPart
    from korea_cli.store.database import Store

_FEW = 1000  # rows; an answer with more reads its own, so that few are held


class Shareable(Protocol):
    """What can be read together with others: an answer."""

    shared: SharedAnswers | None

    def count_part(self) -> QueryPart:
        """Return the question for how many records there are, and how many of these are only possible."""

    def found_part(self, limit: int | None) -> QueryPart:
        """Return the question for the rows of what is listed, in order."""

    def parts_of(self, rows: Iterable[Any], *, as_texts: bool) -> list[RecordPart]:
        """Return the questions for the records of some rows."""

    def expect(self, found: Mapping[int, Any]) -> None:
        """Note records that were read together."""

    def alone_uncounted(self) -> Any:  # noqa: ANN401 - an answer of the same kind
        """Return the same without what is counted for them."""


class SharedAnswers:
    """The answers of one query by type; each takes from here what was read for all, where that is little."""

    def __init__(self, store: Store, answers: Mapping[str, Shareable], limit: int | None) -> None:
        """Have some answers, each of at most so many records, be read together."""
        self._store, self._answers, self._most = store, answers, _FEW + 1 if limit is None else min(limit, _FEW + 1)
        self._records: dict[bool, Mapping[int, Any]] = {}
        for answer in answers.values():
            answer.shared = self

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Any]]:
        """The rows of each answer that lists few, in order, by its type."""
        found = ask_together(self._store, [each.found_part(self._most) for each in self._answers.values()])
        return {type_: rows for type_, rows in zip(self._answers, found, strict=True) if len(rows) <= _FEW}

    @cached_property
    def counted(self) -> Mapping[str, tuple[int, int]]:
        """How many records each answer has, whatever the limit, and how many are only possible, by its type."""
        found = ask_together(self._store, [each.count_part() for each in self._answers.values()])
        return {type_: numbers for type_, (numbers,) in zip(self._answers, found, strict=True)}

    def records(self, *, as_texts: bool) -> Mapping[int, Any] | None:
        """Return the records of all answers by number, or their texts where there are such; None unless all are few."""
        if sum(len(self.rows.get(type_, range(_FEW + 1))) for type_ in self._answers) > _FEW:
            return None
        if as_texts not in self._records:
            parts = [
                part for type_, rows in self.rows.items()
                for part in self._answers[type_].parts_of(rows, as_texts=as_texts)
            ]  # fmt: skip
            self._records[as_texts], _ = read_together(self._store, parts) if parts else ({}, [])
            next(iter(self._answers.values())).expect(self._records[as_texts])
        return self._records[as_texts]

    @cached_property
    def uncounted(self) -> Mapping[str, Any]:
        """The same answers without what is counted for them, where nothing needs that."""
        own = {type_: each.alone_uncounted() for type_, each in self._answers.items()}
        if all(each.shared is None for each in own.values()):
            SharedAnswers(self._store, own, None)  # with a limit, the counts are needed
        return own
