"""The records of a chronology: frozen typed values, each field declared once with its help, form and limits."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, ClassVar, Literal
from korea_cli.base.once import once
from korea_cli.model import choices
from korea_cli.model.field_spec import DERIVED, Key, found, key
from korea_cli.model.filled import dataclass, declared_in
from korea_cli.model.row import Row, title_key

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.model.citation import Citation, Claim, OtherDate
    from korea_cli.model.header import Header

DISPUTING = ("facts", "actors", "sources")  # the tables that an id under `disputed_by` may be in, in this order
Match = Literal["certain", "possible"]
_PRIVATE, _EMBARGO = "whether nobody else may see it", "day until which nobody else may see it (EDTF)"
_DISTINCT = "others that are not the same, although they look alike"
EXTENDS = "extends"  # a key instead of `id`: the record of another file that this one adds to


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Event(Row):
    """Something that happened: when, who did it to whom, and the sources."""

    table: ClassVar = "events"
    type: ClassVar = "event"

    id: str = key("permanent id: a-z, 0-9 and hyphens; do not build it from the date", "slug", required=True)
    title: str = key("what happened, in one line", required=True)
    date: StoredDate = key("when, as exactly as you know it (EDTF)", "date", required=True, dated=True)
    date_text: str = key("the date in the words of the source, short", searched=False, words_of="sources", seldom=True)
    date_basis: str = key("how the date is known", "choice", choices=choices.DATE_BASES, seldom=True)
    other_dates: tuple[OtherDate, ...] = key(
        "other dates of the event, each with sources and a note", "other_dates", role="source", seldom=True
    )
    time: str = key("local time, HH:MM", "time", seldom=True)
    timezone: str = key("IANA name of the time zone, such as Asia/Seoul", "time", seldom=True)
    kind: str = key("kind of event", "choice", choices=choices.EVENT_KINDS, more_in="kinds", strict=True)
    summary: str = key("what happened, in your own words")
    actors: tuple[str, ...] = key("who did it", "refs", role="agent", verb="acted")
    recipients: tuple[str, ...] = key(
        "who it was addressed to", "refs", role="recipient", label="to", verb="was addressed"
    )
    via: tuple[str, ...] = key("who relayed it", "refs", role="relay", verb="relayed")
    place: str = key("where it happened")
    topics: tuple[str, ...] = key("what it is about", "refs", role="topic")
    responds_to: tuple[str, ...] = key("events it responds to", "refs", refers=("events",), seldom=True)
    status: str = key("reliability", "choice", choices=choices.EVENT_STATUSES)
    withdrawn: StoredDate | None = key("day it was withdrawn (EDTF)", "date", seldom=True)
    withdrawn_reason: str = key("why it was withdrawn", seldom=True)
    disputed_by: tuple[str, ...] = key("facts, actors or sources that disagree", "refs", refers=DISPUTING, seldom=True)
    sources: tuple[Citation, ...] = key("sources, as `id` or `id#locator`", "cites", role="source", strict=True)
    quote: str = key("very short exact quotation; needs a source with a locator or URL", words_of="sources")
    note: str = key("anything else that readers need to know")
    distinct_from: tuple[str, ...] = key(_DISTINCT, "refs", refers=("events",), seldom=True)
    private: bool = key(_PRIVATE, "flag", seldom=True)
    embargo: StoredDate | None = key(_EMBARGO, "date", seldom=True)
    key: bool = key("whether it is a turning point: the drawing of the page names it", "flag", seldom=True)
    claims: tuple[Claim, ...] = found("what facts about it or against it claim, by date", (), form="claims")
    source_count: int = found("sources it rests on", 0)
    voice_count: int = found("voices among them: sources of one container, publisher or original are one", 0)
    known_since: StoredDate | None = found("day on which the first of them was published (EDTF)")
    match: Match | None = found("whether it is certain or only possible by its date, or by when it was known")
    distance: int | None = found("days before (negative) or after the date of --around; null without it")
    file: str = found("file it was read from", "")
    line: int | None = found("line of that file")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fact(Row):
    """A statement of a holder: a fact, a claim, an assessment or a forecast."""

    table: ClassVar = "facts"
    type: ClassVar = "fact"

    id: str = key("permanent id: a-z, 0-9 and hyphens", "slug", required=True)
    text: str = key("the statement, in your own words", required=True)
    kind: str = key("kind of statement", "choice", choices=choices.FACT_KINDS, strict=True)
    holders: tuple[str, ...] = key(
        "who makes the statement", "refs", role="holder", verb="holds", vital=True, strict=True
    )
    reported_by: tuple[str, ...] = key(
        "who passed it on, closest to the holder first", "refs", role="relay", verb="reports", ordered=True, seldom=True
    )
    about: tuple[str, ...] = key("actors it is about", "refs", role="subject", verb="is the subject of", vital=True)
    topics: tuple[str, ...] = key("what it is about", "refs", role="topic")
    events: tuple[str, ...] = key("events it is about", "refs", refers=("events",), vital=True, seldom=True)
    date: StoredDate | None = key("date of the statement (EDTF)", "date", dated=True)
    hedged: bool = key("whether the holder is cautious (could, likely)", "flag")
    status: str = key("reliability", "choice", choices=choices.FACT_STATUSES)
    withdrawn: StoredDate | None = key("day it was withdrawn (EDTF)", "date", seldom=True)
    withdrawn_reason: str = key("why it was withdrawn", seldom=True)
    disputed_by: tuple[str, ...] = key("facts, actors or sources that disagree", "refs", refers=DISPUTING, seldom=True)
    sources: tuple[Citation, ...] = key("sources, as `id` or `id#locator`", "cites", role="source", strict=True)
    outcome: str = key("what came of it, for a forecast", words_of="outcome_sources", seldom=True)
    outcome_sources: tuple[Citation, ...] = key(
        "sources for the outcome", "cites", role="source", supports=False, seldom=True
    )
    note: str = key("anything else that readers need to know")
    distinct_from: tuple[str, ...] = key(_DISTINCT, "refs", refers=("facts",), seldom=True)
    private: bool = key(_PRIVATE, "flag", seldom=True)
    embargo: StoredDate | None = key(_EMBARGO, "date", seldom=True)
    source_count: int = found("sources it rests on", 0)
    voice_count: int = found("voices among them: sources of one container, publisher or original are one", 0)
    known_since: StoredDate | None = found("day on which the first of them was published (EDTF)")
    match: Match | None = found("whether it is certain or only possible by its date, or by when it was known")
    distance: int | None = found("days before (negative) or after the date of --around; null without it")
    file: str = found("file it was read from", "")
    line: int | None = found("line of that file")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Actor(Row):
    """A person, state, institution or other party."""

    table: ClassVar = "actors"
    type: ClassVar = "actor"

    id: str = key("permanent id: a-z, 0-9 and hyphens", "slug", required=True)
    name: str = key("as it should be displayed, such as Moon Jae-in", required=True)
    kind: str = key("kind of actor", "choice", choices=choices.ACTOR_KINDS, more_in="actor_kinds", strict=True)
    aliases: tuple[str, ...] = key("other names, in any script; unique among all actors", "texts")
    country: str = key("three-letter ISO 3166 code, such as KOR", "country")
    role: str = key("office or position")
    part_of: tuple[str, ...] = key(
        "actors it belongs to; queries for them also find this one", "refs", refers=("actors",), role="whole"
    )
    affiliation: tuple[str, ...] = key(
        "actors it works for or with, without being part of them", "refs", refers=("actors",)
    )
    wikidata: str = key("Wikidata id, such as Q7747", "wikidata", seldom=True)
    note: str = key("anything else that readers need to know")
    distinct_from: tuple[str, ...] = key(_DISTINCT, "refs", refers=("actors",), seldom=True)
    private: bool = key(_PRIVATE, "flag", seldom=True)
    embargo: StoredDate | None = key(_EMBARGO, "date", seldom=True)
    event_count: int = found("events that it or its members take part in", 0)
    fact_count: int = found("facts that it or its members hold or report, or that are about them", 0)
    first: StoredDate | None = found("start of the first of these events (EDTF)")
    last: StoredDate | None = found("end of the last of these events (EDTF); null if one is ongoing")
    file: str = found("file it was read from", "")
    line: int | None = found("line of that file")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Topic(Row):
    """A subject of events and facts."""

    table: ClassVar = "topics"
    type: ClassVar = "topic"

    id: str = key("permanent id: a-z, 0-9 and hyphens", "slug", required=True)
    label: str = key("as it should be displayed, such as Six-party talks", required=True)
    aliases: tuple[str, ...] = key("other names, in any script", "texts")
    broader: str = key("broader topic; queries for it also find this one", "ref", refers=("topics",), role="whole")
    note: str = key("anything else that readers need to know")
    distinct_from: tuple[str, ...] = key(_DISTINCT, "refs", refers=("topics",), seldom=True)
    private: bool = key(_PRIVATE, "flag", seldom=True)
    embargo: StoredDate | None = key(_EMBARGO, "date", seldom=True)
    event_count: int = found("events about it or a narrower topic", 0)
    fact_count: int = found("facts about it or a narrower topic", 0)
    first: StoredDate | None = found("start of the first of these events (EDTF)")
    last: StoredDate | None = found("end of the last of these events (EDTF); null if one is ongoing")
    file: str = found("file it was read from", "")
    line: int | None = found("line of that file")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Source(Row):
    """A source of the record: an article, a transcript, a data set."""

    table: ClassVar = "sources"
    type: ClassVar = "source"

    id: str = key("permanent id: a-z, 0-9 and hyphens", "slug", required=True)
    medium: str = key(
        "type of source", "choice", choices=choices.SOURCE_TYPES, more_in="source_types", strict=True,
        written_as="type", shown_as="source_type",
    )  # fmt: skip
    voice: str = key("whose voice it is", "choice", choices=choices.VOICES, seldom=True)
    country: str = key("three-letter ISO 3166 code of the voice's country", "country")
    title: str = key("title of the source", required=True)
    authors: tuple[str, ...] = key(
        "names, as `Family, Given`; a name without a comma is kept as it is", "texts", ordered=True
    )
    container: str = key("newspaper, site or series it appeared in")
    publisher: str = key("who published it", seldom=True)
    original: str = key("agency or document that it copies, such as Yonhap", seldom=True)
    number: str = key("number of a report, docket or document, such as S/2017/613", seldom=True)
    issued: StoredDate | None = key("date of publication (EDTF)", "date")
    url: str = key("web address, http or https", "url")
    archive_url: str = key("URL of an archived copy, http or https", "url", seldom=True)
    doi: str = key("DOI, such as 10.1000/182", "doi", seldom=True)
    isbn: str = key("ISBN of a book, of 10 or 13 digits", "isbn", seldom=True)
    accessed: StoredDate | None = key("date of access (EDTF)", "date", seldom=True)
    document: str = key(
        "copy of it beside this file, as a path below its folder", "path", written_as="file", shown_as="document",
        searched=False, seldom=True, internal=True,
    )  # fmt: skip
    sha256: str = key("SHA-256 of that copy", "sha256", searched=False, seldom=True, internal=True)
    language: str = key("BCP 47 code, such as en", "language", seldom=True)
    note: str = key("anything else that readers need to know")
    distinct_from: tuple[str, ...] = key(_DISTINCT, "refs", refers=("sources",), seldom=True)
    private: bool = key(_PRIVATE, "flag", seldom=True)
    embargo: StoredDate | None = key(_EMBARGO, "date", seldom=True)
    event_count: int = found("events that cite it", 0)
    fact_count: int = found("facts that cite it", 0)
    alone: int = found("events and facts that cite only this source", 0)
    first: StoredDate | None = found("start of the first of these events (EDTF)")
    last: StoredDate | None = found("end of the last of these events (EDTF); null if one is ongoing")
    file: str = found("file it was read from", "")
    line: int | None = found("line of that file")


Record = Event | Fact | Actor | Topic | Source
RECORDS: tuple[type[Record], ...] = (Source, Actor, Topic, Event, Fact)
RECORD_TYPES: dict[str, type[Record]] = {record.type: record for record in RECORDS}


@once
def keys_of(record: type[Record | Header]) -> dict[str, Key]:
    """Return the keys of a record type by attribute name, in the order they are shown."""
    return {name: each.key for name, each in declared_in(record).items()}


@once
def written_keys(record: type[Record | Header]) -> dict[str, str]:
    """Return the keys a file may write, as written → attribute name."""
    return {each.written_as or name: name for name, each in keys_of(record).items() if each.form not in DERIVED}


@once
def file_keys(record: type[Record]) -> dict[str, Key]:
    """Return the keys of a record type as a file has them."""
    return {written: keys_of(record)[name] for written, name in written_keys(record).items()}


def title_of(record: Record) -> str:
    """Return the title, name, label or text of a record."""
    return str(getattr(record, title_key(type(record))))
