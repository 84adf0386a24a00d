"""Entries of the page: all that is known of an event or a fact, in words, with its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.drawing.phrases import in_doubt
from korea_cli.page.dated import date_of, other_date
from korea_cli.page.sources import citation_of, cited
from korea_cli.page.surroundings import actors_in, anchor_of
from korea_cli.report.parties import parties, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.model.roles import RoleKey
    from korea_cli.page.dated import Dated
    from korea_cli.page.sources import Cited
    from korea_cli.page.surroundings import Row, Surroundings
    from korea_cli.rows.types import ActorReference, EventRow, RecordReference, TopicReference


_ACTING = ("agent", "holder", "recipient")


class Link(NamedTuple):
    """Another record, with its anchor where the page has it."""

    text: str
    anchor: str


class Rival(NamedTuple):
    """Another date for an event, who gives it and why."""

    date: Dated
    note: str
    sources: tuple[Cited, ...]


class Party(NamedTuple):
    """Actors with one role in an entry, and the words before their names."""

    role: str
    label: str
    names: tuple[str, ...]


class Relation(NamedTuple):
    """Records that stand in some relation to an entry, under the words for that relation."""

    words: str
    links: tuple[Link, ...]


class Entry(NamedTuple):
    """An event or a fact as the page shows it; what is not known is empty.

    anchor: its name in the page. by: whose a fact is, and through whose hands it came. actors_named, topics_named: ids
    by which it is found and drawn; acting: of those the actors in whose lane it stands.
    """

    type: str
    id: str
    anchor: str
    title: str
    date: Dated | None
    kind: str
    status: str
    doubted: bool
    perhaps: bool
    parties: tuple[Party, ...]
    topics: tuple[str, ...]
    note: str
    sources: tuple[Cited, ...]
    relations: tuple[Relation, ...]
    claims: tuple[Entry, ...]
    citation: str
    actors_named: tuple[str, ...]
    topics_named: tuple[str, ...]
    acting: tuple[str, ...]
    by: str = ""
    hedged: bool = False
    rivals: tuple[Rival, ...] = ()
    place: str = ""
    summary: str = ""
    quote: str = ""

    @property
    def day_list(self) -> str:
        """Give the days of all its dates for the page's script: four bounds each, and 1 where it is qualified."""
        dates = [each.days for each in (self.date, *(rival.date for rival in self.rivals)) if each]
        return ";".join(",".join(map(str, (*each.bounds, int(each.qualified)))) for each in dates)

    @property
    def standings(self) -> tuple[tuple[str, bool], ...]:
        """Say how well it stands, and for each of these words whether it is a doubt."""
        own = ((self.status, in_doubt({"status": self.status})),) if self.status else ()
        return (*own, ("disputed", True)) if self.doubted and not any(doubt for _, doubt in own) else own


class Entries:
    """Makes entries of rows; a claim that bears on several is linked to where it stands first."""

    def __init__(self, around: Surroundings, rows: Sequence[Row]) -> None:
        """Take the rows and what lies around them."""
        self._around, self._rows = around, rows
        self._placed = set(map(anchor_of, rows))

    def all(self) -> list[Entry]:
        """Make an entry of each row, in their order."""
        return [self._entry(row, anchor_of(row), self._claims(row)) for row in self._rows]

    def _claims(self, row: Row) -> tuple[Entry, ...]:
        """Make entries of the facts that bear on an event."""
        referring = self._around.referring.get(anchor_of(row), {})
        facts = [self._around.facts[each["id"]] for each in referring.get("facts", ())]
        return tuple(self._entry(fact, self._place(anchor_of(fact)), ()) for fact in facts)

    def _place(self, anchor: str) -> str:
        """Give an anchor to the first that asks for it; the page has each name once."""
        if anchor in self._placed:
            return ""
        self._placed.add(anchor)
        return anchor

    def _entry(self, row: Row, anchor: str, claims: tuple[Entry, ...]) -> Entry:
        date, sources, keys = date_of(row), cited(row["sources"], self._around.sources), self._around.keys
        title = row["title"] if row["type"] == "event" else row["text"]
        entry = Entry(
            type=row["type"], id=row["id"], anchor=anchor, title=title, date=date, kind=row["kind"] or "",
            status=row["status"] or "", doubted=in_doubt(row), perhaps=row["match"] == "possible",
            parties=tuple(_parties(row, keys[row["type"]])), topics=tuple(each["label"] for each in row["topics"]),
            note=row["note"] or "", sources=sources, relations=self._relations(row), claims=claims,
            citation=citation_of(title, date.words if date else "", self._around.whole, row["id"], sources),
            actors_named=_ids(actors_in(row, keys)), topics_named=_ids(row["topics"]),
            acting=_ids(_acting(row, keys[row["type"]])),
        )  # fmt: skip
        if row["type"] == "fact":
            return entry._replace(by=who(row, keys["fact"]), hedged=row["hedged"])
        place, summary, quote = (text or "" for text in (row["place"], row["summary"], row["quote"]))
        return entry._replace(rivals=self._rivals(row), place=place, summary=summary, quote=quote)

    def _rivals(self, row: EventRow) -> tuple[Rival, ...]:
        return tuple(
            Rival(other_date(each["date"]), each["note"] or "", cited(each["sources"], self._around.sources))
            for each in row["other_dates"]
        )

    def _relations(self, row: Row) -> tuple[Relation, ...]:
        """Say what else a record has to do with: what it answers and what answers it, who disputes it."""
        referring = self._around.referring.get(anchor_of(row), {})
        related = {
            "Answers": row["responds_to"] if row["type"] == "event" else [],
            "Answered by": referring.get("answered_by", []),
            "Bears on": row["events"] if row["type"] == "fact" else [],
            "Disputed by": row["disputed_by"],
            "Disputes": referring.get("disputes", []),
        }
        return tuple(Relation(words, self._links(each)) for words, each in related.items() if each)

    def _links(self, named: Iterable[RecordReference]) -> tuple[Link, ...]:
        anchors = self._around.anchors
        return tuple(Link(each["title"], anchor_of(each) if anchor_of(each) in anchors else "") for each in named)


def _parties(row: Row, keys: Iterable[RoleKey]) -> Iterator[Party]:
    """Yield the actors of an event by their roles; of a fact, whose chain names the others, only whom it is about."""
    for key, actors in parties(row, keys):
        if row["type"] == "event" or key.role == "subject":
            yield Party(key.role, key.label, tuple(actor["name"] for actor in actors))


def _acting(row: Row, keys: Iterable[RoleKey]) -> list[ActorReference]:
    """Return who acted, else who holds it, else who was addressed."""
    named = parties(row, keys)
    return next((actors for role in _ACTING for key, actors in named if key.role == role), [])


def _ids(references: Iterable[ActorReference | TopicReference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each["id"] for each in references))
