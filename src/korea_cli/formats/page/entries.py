"""The entries of the page: events and facts in words, with their links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.sanitize import clean_line
from korea_cli.citing.sources import cite
from korea_cli.dates.days import year_name
from korea_cli.dates.parse import parse_stored
from korea_cli.drawing.phrases import distance, in_doubt, standing
from korea_cli.formats.page.context import actors_in, anchor_of
from korea_cli.formats.page.dates import remarks_on
from korea_cli.formats.page.text import safe_link, slug_words
from korea_cli.model.choices import WITHDRAWN
from korea_cli.report.parties import chain, parties, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.citing.sources import PlainCitation
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.formats.page.context import PageContext, Row
    from korea_cli.model.roles import RoleKey
    from korea_cli.rows.types import ActorReference, RecordReference, SourceCitation, SourceRow, TopicReference

_ACTING = ("agent", "holder", "recipient")


class SourceLine(NamedTuple):
    """A source as it is cited, in plain words without an address that a page must not link to.

    published: where and when it appeared. voice: whose voice it is. archived: the address of a copy.
    """

    citation: SourceCitation
    plain: PlainCitation
    published: str
    voice: str
    archived: str = ""

    def __str__(self) -> str:
        plain = self.plain
        return ", ".join(filter(None, (plain.authors, f"“{plain.title}”", self.published, plain.place, plain.url)))


def source_lines(citations: Iterable[SourceCitation], sources: Mapping[str, SourceRow]) -> tuple[SourceLine, ...]:
    """Return a line for each citation."""
    return tuple(_line(each, sources.get(each["id"])) for each in citations)


def _line(citation: SourceCitation, source: SourceRow | None) -> SourceLine:
    plain = cite(citation, source)
    voice = ", ".join(filter(None, (slug_words(source["voice"]), source["country"]))) if source else ""
    archived = safe_link(clean_line(source["archive_url"] or "")) if source else ""
    return SourceLine(citation, plain._replace(url=safe_link(plain.url)), plain.published, voice, archived)


def citation_of(title: str, date: str, whole: str, name: str, sources: Iterable[SourceLine]) -> str:
    """Return the citation of an entry: its title, date, chronology, id and sources."""
    cited = "; ".join(map(str, sources))
    return f"“{title}”{f', {date}' if date else ''}. In: {whole}, {name}.{f' Sources: {cited}.' if cited else ''}"


class Rival(NamedTuple):
    """Another date for an event, who gives it and why."""

    date: StoredDate
    note: str
    sources: tuple[SourceLine, ...]


class Relative(NamedTuple):
    """A related record: its title, its anchor where the page has it, who holds a fact, whether it was withdrawn."""

    title: str
    anchor: str
    holders: str = ""
    withdrawn: bool = False


class Entry(NamedTuple):
    """An event or a fact as the page shows it: its row, and what follows from that.

    anchor: its name on the page. words: its date. remarks: how precisely and from where its date is known. clock: the
    time of day. parties: the keys under which it names actors, each with those. relations: related records by how they
    are related. by: who holds a fact and who reported it; chain: the same without the words for what kind of statement
    it is. actors_named, topics_named: the ids by which it is found and drawn; acting: the actors in whose lanes it is.
    """

    row: Row
    anchor: str
    title: str
    date: StoredDate | None
    words: str
    remarks: str
    doubted: bool
    parties: list[tuple[RoleKey, list[ActorReference]]]
    sources: tuple[SourceLine, ...]
    relations: dict[str, list[Relative]]
    claims: tuple[Entry, ...]
    citation: str
    actors_named: tuple[str, ...]
    topics_named: tuple[str, ...]
    acting: tuple[str, ...]
    by: str = ""
    chain: str = ""
    outcome_sources: tuple[SourceLine, ...] = ()
    rivals: tuple[Rival, ...] = ()
    clock: str = ""
    place_names: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def heading(self) -> str:
        """The year in which it begins at the earliest."""
        if self.date is None:
            return "No date"
        return year_name(self.date.earliest.year) if self.date.earliest else "Start not known"

    @property
    def place(self) -> str:
        """Where it happened."""
        return (self.row["place"] or "") if self.row["type"] == "event" else ""

    @property
    def dates(self) -> list[StoredDate]:
        """All its dates."""
        return [each for each in (self.date, *(rival.date for rival in self.rivals)) if each]

    @property
    def claim_anchors(self) -> frozenset[str]:
        """The anchors of the claims about it."""
        return frozenset(map(anchor_of, (claim.row for claim in self.claims)))

    @property
    def opponents(self) -> list[Relative]:
        """What disputes it."""
        return self.relations.get("Disputed by", [])

    @property
    def who(self) -> str:
        """Who did it, to whom; or who holds it."""
        return self.by or "; ".join(", ".join(actor["name"] for actor in actors) for _, actors in self.parties)

    @property
    def opponent_anchors(self) -> frozenset[str]:
        """The anchors of what disputes it."""
        return frozenset(each.anchor for each in self.opponents)

    @property
    def distance(self) -> str:
        """How far it is from what was asked."""
        return distance(self.row) if self.row["distance"] is not None else ""

    @property
    def statuses(self) -> tuple[tuple[str, bool], ...]:
        """Its status in words, and for each whether it is a doubt."""
        status = self.row["status"]
        words = standing(self.row) if status == WITHDRAWN else slug_words(status)
        own = ((words, in_doubt({"status": status})),) if status else ()
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
        claims = row["claims"] if row["type"] == "event" else []
        facts = [self._context.facts[each["id"]] for each in claims]
        return tuple(self._entry(fact, self._anchor_once(anchor_of(fact)), ()) for fact in facts)

    def _anchor_once(self, anchor: str) -> str:
        """Return an anchor the first time, then an empty text: the page has each once."""
        if anchor in self._anchors:
            return ""
        self._anchors.add(anchor)
        return anchor

    def _entry(self, row: Row, anchor: str, claims: tuple[Entry, ...]) -> Entry:
        date = parse_stored(row["date"]) if row["date"] else None
        sources, keys = source_lines(row["sources"], self._context.sources), self._context.keys
        title, words = row["title"] if row["type"] == "event" else row["text"], str(date or "")
        entry = Entry(
            row=row, anchor=anchor, title=title, date=date, words=words,
            remarks=remarks_on(row, date) if date else "", doubted=in_doubt(row),
            parties=_parties(row, keys[row["type"]]), sources=sources, relations=self._relations(row), claims=claims,
            citation=citation_of(title, words, self._context.whole, row["id"], sources),
            actors_named=_ids(actors_in(row, keys)), topics_named=_ids(row["topics"]),
            acting=_ids(_acting(row, keys[row["type"]])),
            doubt=self._context.doubt if row["match"] == "possible" else "",
        )  # fmt: skip
        if row["type"] == "fact":
            outcome_sources = source_lines(row["outcome_sources"], self._context.sources)
            by, held = who(row, keys["fact"]), chain(row, keys["fact"])
            return entry._replace(by=by, chain=held, outcome_sources=outcome_sources)
        rivals = (
            Rival(parse_stored(each["date"]), each["note"] or "", source_lines(each["sources"], self._context.sources))
            for each in row["other_dates"]
        )
        clock = ", ".join(filter(None, (row["time"], row["timezone"])))
        names = tuple(self._context.places.get(row["place"] or "", ()))
        return entry._replace(rivals=tuple(rivals), clock=clock, place_names=names)

    def _relations(self, row: Row) -> dict[str, list[Relative]]:
        """Return what a record answers and what answers it, its events, and what disputes it."""
        referring = self._context.referring.get(anchor_of(row), {})
        related: dict[str, Sequence[RecordReference]] = {
            "Answers": row["responds_to"] if row["type"] == "event" else [],
            "Answered by": referring.get("answered_by", []),
            "About": row["events"] if row["type"] == "fact" else [],
            "Disputed by": row["disputed_by"],
            "Disputes": referring.get("disputes", []),
        }
        return {words: [self._relative(each) for each in records] for words, records in related.items() if records}

    def _relative(self, reference: RecordReference) -> Relative:
        anchor = anchor_of(reference)
        fact = self._context.facts.get(reference["id"]) if reference["type"] == "fact" else None
        holders = ", ".join(each["name"] for each in fact["holders"]) if fact else ""
        withdrawn = (reference["type"], reference["id"]) in self._context.withdrawn
        return Relative(reference["title"], anchor if anchor in self._context.anchors else "", holders, withdrawn)


def _parties(row: Row, keys: Iterable[RoleKey]) -> list[tuple[RoleKey, list[ActorReference]]]:
    """Return the actors of an event by their roles; of a fact, whose chain names the others, only whom it is about."""
    return [pair for pair in parties(row, keys) if row["type"] == "event" or pair[0].role == "subject"]


def _acting(row: Row, keys: Iterable[RoleKey]) -> list[ActorReference]:
    """Return who acted, else who holds it, else who was addressed."""
    named = parties(row, keys)
    return next((actors for role in _ACTING for key, actors in named if key.role == role), [])


def _ids(references: Iterable[ActorReference | TopicReference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each["id"] for each in references))
