"""The entries of the page: events and facts in words, with their links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.citing.sources import cite
from korea_cli.drawing.phrases import in_doubt
from korea_cli.page.context import actors_in, anchor_of
from korea_cli.page.dates import date_of, stored_date
from korea_cli.page.text import safe_link, slug_words
from korea_cli.report.parties import parties, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.model.roles import RoleKey
    from korea_cli.page.context import PageContext, Row
    from korea_cli.page.dates import ShownDate
    from korea_cli.rows.types import ActorReference, RecordReference, SourceCitation, SourceRow, TopicReference

_ACTING = ("agent", "holder", "recipient")


class SourceLine(NamedTuple):
    """A source as it is cited: its authors and title, where and when it appeared, the place in it, whose voice it is.

    title, url: as the data has them; `url` is empty where a page must not link to it.
    """

    id: str
    title: str
    authors: str
    published: str
    place: str
    locator: str
    voice: str
    url: str

    def __str__(self) -> str:
        parts = (self.authors, f"“{self.title}”", self.published, self.place, self.url)
        return ", ".join(filter(None, parts))


def source_lines(citations: Iterable[SourceCitation], sources: Mapping[str, SourceRow]) -> tuple[SourceLine, ...]:
    """Return a line for each citation."""
    return tuple(_line(each, sources.get(each["id"])) for each in citations)


def _line(citation: SourceCitation, source: SourceRow | None) -> SourceLine:
    plain = cite(citation, source)
    published = ", ".join(filter(None, (plain.container, plain.issued)))
    voice = ", ".join(filter(None, (slug_words(source["voice"]), source["country"]))) if source else ""
    return SourceLine(
        id=citation["id"], title=plain.title, authors=plain.authors, published=published, place=plain.place,
        locator=citation["locator"] or "", voice=voice, url=safe_link(plain.url),
    )  # fmt: skip


def citation_of(title: str, date: str, whole: str, name: str, sources: Iterable[SourceLine]) -> str:
    """Return the citation of an entry: its title, date, chronology, id and sources."""
    cited = "; ".join(map(str, sources))
    return f"“{title}”{f', {date}' if date else ''}. In: {whole}, {name}.{f' Sources: {cited}.' if cited else ''}"


class Link(NamedTuple):
    """Another record, with its anchor where the page has it."""

    text: str
    anchor: str


class Rival(NamedTuple):
    """Another date for an event, who gives it and why."""

    date: ShownDate
    note: str
    sources: tuple[SourceLine, ...]


class Party(NamedTuple):
    """Actors with one role in an entry, and the words before their names."""

    role: str
    label: str
    names: tuple[str, ...]


class RelatedRecords(NamedTuple):
    """Records that are related to an entry in the same way, and the words for that."""

    words: str
    links: tuple[Link, ...]


class Entry(NamedTuple):
    """An event or a fact as the page shows it; unknown values are empty.

    anchor: its name on the page. by: who holds a fact and who reported it. actors_named, topics_named: the ids by which
    it is found and drawn; acting: the actors in whose lanes it is.
    """

    type: str
    id: str
    anchor: str
    title: str
    date: ShownDate | None
    kind: str
    status: str
    doubted: bool
    possible: bool
    parties: tuple[Party, ...]
    topics: tuple[str, ...]
    note: str
    sources: tuple[SourceLine, ...]
    relations: tuple[RelatedRecords, ...]
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
        """The days of all its dates for the script: four bounds each, and 1 where it is qualified."""
        dates = [each.days for each in (self.date, *(rival.date for rival in self.rivals)) if each]
        return ";".join(",".join(map(str, (*each.bounds, int(each.qualified)))) for each in dates)

    @property
    def statuses(self) -> tuple[tuple[str, bool], ...]:
        """Its status in words, and for each whether it is a doubt."""
        own = ((self.status, in_doubt({"status": self.status})),) if self.status else ()
        return (*own, ("disputed", True)) if self.doubted and not any(doubt for _, doubt in own) else own


class EntryBuilder:
    """Builds the entries of rows; a claim about several events has its anchor at the first."""

    def __init__(self, context: PageContext, rows: Sequence[Row]) -> None:
        self._context, self._rows = context, rows
        self._anchors = set(map(anchor_of, rows))

    def build(self) -> list[Entry]:
        """Return an entry for each row, in their order."""
        return [self._entry(row, anchor_of(row), self._claims(row)) for row in self._rows]

    def _claims(self, row: Row) -> tuple[Entry, ...]:
        referring = self._context.referring.get(anchor_of(row), {})
        facts = [self._context.facts[each["id"]] for each in referring.get("facts", ())]
        return tuple(self._entry(fact, self._anchor_once(anchor_of(fact)), ()) for fact in facts)

    def _anchor_once(self, anchor: str) -> str:
        """Return an anchor the first time, then an empty text: the page has each once."""
        if anchor in self._anchors:
            return ""
        self._anchors.add(anchor)
        return anchor

    def _entry(self, row: Row, anchor: str, claims: tuple[Entry, ...]) -> Entry:
        date, sources, keys = date_of(row), source_lines(row["sources"], self._context.sources), self._context.keys
        title = row["title"] if row["type"] == "event" else row["text"]
        entry = Entry(
            type=row["type"], id=row["id"], anchor=anchor, title=title, date=date, kind=row["kind"] or "",
            status=row["status"] or "", doubted=in_doubt(row), possible=row["match"] == "possible",
            parties=tuple(_parties(row, keys[row["type"]])), topics=tuple(each["label"] for each in row["topics"]),
            note=row["note"] or "", sources=sources, relations=self._relations(row), claims=claims,
            citation=citation_of(title, date.words if date else "", self._context.whole, row["id"], sources),
            actors_named=_ids(actors_in(row, keys)), topics_named=_ids(row["topics"]),
            acting=_ids(_acting(row, keys[row["type"]])),
        )  # fmt: skip
        if row["type"] == "fact":
            return entry._replace(by=who(row, keys["fact"]), hedged=row["hedged"])
        place, summary, quote = (text or "" for text in (row["place"], row["summary"], row["quote"]))
        rivals = (
            Rival(stored_date(each["date"]), each["note"] or "", source_lines(each["sources"], self._context.sources))
            for each in row["other_dates"]
        )
        return entry._replace(rivals=tuple(rivals), place=place, summary=summary, quote=quote)

    def _relations(self, row: Row) -> tuple[RelatedRecords, ...]:
        """Return what a record answers and what answers it, its events, and what disputes it."""
        referring = self._context.referring.get(anchor_of(row), {})
        related = {
            "Answers": row["responds_to"] if row["type"] == "event" else [],
            "Answered by": referring.get("answered_by", []),
            "About": row["events"] if row["type"] == "fact" else [],
            "Disputed by": row["disputed_by"],
            "Disputes": referring.get("disputes", []),
        }
        return tuple(RelatedRecords(words, self._links(each)) for words, each in related.items() if each)

    def _links(self, references: Iterable[RecordReference]) -> tuple[Link, ...]:
        anchors = self._context.anchors
        return tuple(Link(each["title"], anchor_of(each) if anchor_of(each) in anchors else "") for each in references)


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
