"""The positions of a dispute: who says what, since when, by which sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from korea_cli.dates.format import show_stored
from korea_cli.query.field import DATED
from korea_cli.report.lookups import Related
from korea_cli.report.parties import parties as parties_of
from korea_cli.store.sql import EACH_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.analysis.dispute_cases import Party
    from korea_cli.chronology import Chronology
    from korea_cli.rows.column import Json
    from korea_cli.rows.types import EventRow, FactRow

    Rows = Mapping[int, Any]  # by number in the store

_STORED = f"SELECT seq, json FROM record_json WHERE seq IN ({EACH_NUMBER})"  # noqa: S608 - a list that is bound


class Identified(Protocol):
    """A record by its number in the store, its type and its id."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def id(self) -> str:
        """Its id."""


class Stance(NamedTuple):
    """A position in a dispute: the claim of an event or fact, or an actor or source that disputes without a claim.

    side: counted from 1. record, id: of what it is. who: the holders and those through whom it is known. date: of the
    statement, or the date that is contested.
    """

    side: int
    record: str
    id: str
    who: str | None = None
    holders: Sequence[Json] = []
    reported_by: Sequence[Json] = []
    says: str | None = None
    date: str | None = None
    status: str | None = None
    hedged: bool = False
    sources: Sequence[Json] = []
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return self._asdict()


class Witnesses:
    """Looks up the records of disputes, many at once, and returns their positions."""

    def __init__(self, chronology: Chronology) -> None:
        """Look up in a chronology."""
        self.related, self._store = Related(chronology), chronology.store

    def rows(self, parties: Iterable[Identified]) -> Rows:
        """Look up the events and facts among some parties by their numbers."""
        by_type: dict[str, dict[str, int]] = {type_: {} for type_ in DATED}
        for party in parties:
            if party.type in DATED:
                by_type[party.type][party.id] = party.seq
        dated = [seq for numbers in by_type.values() for seq in numbers.values()]
        if self._store.has_json_for(len(dated)):
            return {seq: json.loads(text) for seq, text in self._store.rows(_STORED, (json.dumps(dated),))}
        wanted = ((type_, id_) for type_ in DATED for id_ in by_type[type_])
        return {by_type[row["type"]][row["id"]]: row for row in self.related.records(wanted)}

    def on_claims(self, sides: Sequence[Sequence[Party]], rows: Rows) -> Iterator[Stance]:
        """Yield the positions of a dispute on claims, side by side."""
        for number, side in enumerate(sides, 1):
            for party in side:
                yield Stance(number, party.type, party.id, **self._words(party, rows.get(party.seq)))

    def on_dates(self, event: EventRow) -> Iterator[Stance]:
        """Yield the dates of an event, the recorded one first; each is a side of its own."""
        dated: list[tuple[str, list[Any], str | None]] = [(event["date"], event["sources"], None)]
        dated += [(other["date"], other["sources"], other["note"]) for other in event["other_dates"]]
        for number, (date, sources, note) in enumerate(dated, 1):
            yield Stance(number, "event", event["id"], says=show_stored(date), date=date, sources=sources, note=note)

    def _words(self, party: Party, row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of several types
        if party.type == "actor":
            return {"who": party.title, "holders": [{"id": party.id, "name": party.title}]}
        if party.type == "source":
            cited = {"id": party.id, "locator": None, "title": party.title, "url": party.url}
            return {"who": party.who or party.title, "date": party.issued, "sources": [cited], "note": party.note}
        own = {"date": row["date"], "status": row["status"], "note": row["note"]}
        own["sources"] = row["sources"]
        if party.type == "event":
            return {**own, "says": row["title"]}
        named = {key: row[key] for key in ("holders", "reported_by", "hedged")}
        return {**own, **named, "who": self.who(row), "says": row["text"]}

    def who(self, fact: FactRow) -> str:
        """Return who holds a fact, and through whom it is known."""
        named = [(key, ", ".join(each["name"] for each in actors))
                 for key, actors in parties_of(fact, self.related.actor_keys("fact"))]  # fmt: skip
        holders = [names for key, names in named if key.role == "holder"]
        others = [f"{key.label} {names}" for key, names in named if key.role not in {"holder", "subject"}]
        return ", ".join((*(holders or ["nobody named"]), *others))
