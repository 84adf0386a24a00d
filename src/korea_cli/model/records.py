"""The records of a chronology: frozen typed values; each key's help, form and limits stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from korea_cli.model import choices
from korea_cli.model.field_spec import Key, found, key, once
from korea_cli.model.roles import RoleKey
from korea_cli.model.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.dates.edtf import StoredDate

DISPUTING = ("facts", "actors", "sources")  # the tables that an id under `disputed_by` may be in, in this order
Match = Literal["certain", "possible"]
EXTENDS = "extends"  # a key in the place of `id`: which record of another file this adds to; none is kept under it


class Citation(NamedTuple):
    """A source and the place in it: `ramani-2017#p6` is source `ramani-2017`, locator `p6`."""

    id: str
    locator: str | None = None


class OtherDate(NamedTuple):
    """Another date for the same event, with who says so."""

    date: StoredDate
    sources: tuple[Citation, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Event(Row):
    """Something that happened: when, as far as anyone knows, who did it to whom, and who says so."""

    table: ClassVar = "events"
    type: ClassVar = "event"

    id: str = key("its permanent name: a-z, 0-9 and hyphens; not built from the date", "slug", required=True)
    title: str = key("one line saying what happened", required=True)
    date: StoredDate = key("when, no more precise than known (EDTF)", "date", required=True, dated=True)
    date_text: str = key("the source's own words for the date, short", searched=False)
    date_basis: str = key("how the date is known", "choice", choices=choices.DATE_BASES)
    other_dates: tuple[OtherDate, ...] = key(
        "other dates given for it, each with sources and a note", "other_dates", role="source"
    )
    time: str = key("local clock time, HH:MM", "time")
    timezone: str = key("IANA name of the zone of `time`, such as Asia/Seoul", "time")
    kind: str = key("what sort of event", "choice", choices=choices.EVENT_KINDS, strict=True)
    summary: str = key("what happened, in the keeper's own words")
    actors: tuple[str, ...] = key("who did it", "refs", role="agent", verb="did")
    recipients: tuple[str, ...] = key(
        "to whom it was done or said", "refs", role="recipient", label="to", verb="was addressed"
    )
    via: tuple[str, ...] = key("who relayed it", "refs", role="relay", verb="relayed")
    place: str = key("where")
    topics: tuple[str, ...] = key("what it is about", "refs", role="topic")
    responds_to: tuple[str, ...] = key("events it answers", "refs", refers=("events",))
    status: str = key("how well it stands", "choice", choices=choices.EVENT_STATUSES)
    disputed_by: tuple[str, ...] = key("facts, actors or sources that disagree", "refs", refers=DISPUTING)
    sources: tuple[Citation, ...] = key("what it rests on, `id#locator`", "cites", role="source", strict=True)
    quote: str = key("a very short exact quotation; needs a source with a locator or address")
    note: str = key("anything a reader must know beside it")
    match: Match | None = found("how surely it falls in the window asked for; null without a window")
    file: str = found("the file it was read from", "")
    line: int | None = found("the line of that file where it begins")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fact(Row):
    """Something somebody holds: a flat fact, a claim, an assessment or a forecast, never without its holder."""

    table: ClassVar = "facts"
    type: ClassVar = "fact"

    id: str = key("its permanent name: a-z, 0-9 and hyphens", "slug", required=True)
    text: str = key("what is held, in the keeper's own words", required=True)
    kind: str = key(
        "how it is held: stated flatly, claimed by a party, assessed by an author, or foreseen",
        "choice", choices=choices.FACT_KINDS, strict=True,
    )  # fmt: skip
    holders: tuple[str, ...] = key("whose claim it is", "refs", role="holder", verb="holds", strict=True)
    reported_by: tuple[str, ...] = key(
        "who passed it on, nearest the holder first", "refs", role="relay", verb="reports", ordered=True
    )
    about: tuple[str, ...] = key("whom it is about", "refs", role="subject", verb="is spoken of")
    topics: tuple[str, ...] = key("what it is about", "refs", role="topic")
    events: tuple[str, ...] = key("events it bears on", "refs", refers=("events",))
    date: StoredDate | None = key("when it was held or said (EDTF)", "date", dated=True)
    hedged: bool = key("the holder's own caution (could, likely)", "flag")
    status: str = key("where it stands", "choice", choices=choices.FACT_STATUSES)
    disputed_by: tuple[str, ...] = key("facts, actors or sources that disagree", "refs", refers=DISPUTING)
    sources: tuple[Citation, ...] = key("what it rests on, `id#locator`", "cites", role="source", strict=True)
    note: str = key("anything a reader must know beside it")
    match: Match | None = found("how surely it falls in the window asked for; null without a window")
    file: str = found("the file it was read from", "")
    line: int | None = found("the line of that file where it begins")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Actor(Row):
    """A person, state, institution or other party that acts, is addressed, relays or holds."""

    table: ClassVar = "actors"
    type: ClassVar = "actor"

    id: str = key("its permanent name: a-z, 0-9 and hyphens", "slug", required=True)
    name: str = key("the name it is shown by", required=True)
    kind: str = key("what sort of actor", "choice", choices=choices.ACTOR_KINDS, strict=True)
    aliases: tuple[str, ...] = key("other names, native script included; unique over all actors", "texts")
    country: str = key("ISO 3166-1 alpha-3 code")
    role: str = key("office or position, as of the chronology")
    part_of: tuple[str, ...] = key(
        "what it belongs to; asking for that finds this too", "refs", refers=("actors",), role="whole"
    )
    wikidata: str = key("Wikidata number, such as Q7747")
    note: str = key("anything a reader must know beside it")
    event_count: int = found("events it or its members have a part in", 0)
    fact_count: int = found("facts it or its members hold, report or are the subject of", 0)
    first: StoredDate | None = found("when the first of those events began, as far as known (EDTF)")
    last: StoredDate | None = found("when the last of them ended (EDTF); null while one goes on")
    file: str = found("the file it was read from", "")
    line: int | None = found("the line of that file where it begins")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Topic(Row):
    """What events and facts are about."""

    table: ClassVar = "topics"
    type: ClassVar = "topic"

    id: str = key("its permanent name: a-z, 0-9 and hyphens", "slug", required=True)
    label: str = key("the words it is shown by", required=True)
    broader: str = key(
        "the wider topic it belongs to; asking for that finds this too", "ref", refers=("topics",), role="whole"
    )
    note: str = key("anything a reader must know beside it")
    event_count: int = found("events about it or a narrower topic", 0)
    fact_count: int = found("facts about it or a narrower topic", 0)
    first: StoredDate | None = found("when the first of those events began, as far as known (EDTF)")
    last: StoredDate | None = found("when the last of them ended (EDTF); null while one goes on")
    file: str = found("the file it was read from", "")
    line: int | None = found("the line of that file where it begins")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Source(Row):
    """What the record rests on: an article, a transcript, a data set, with whose voice it is."""

    table: ClassVar = "sources"
    type: ClassVar = "source"

    id: str = key("its permanent name: a-z, 0-9 and hyphens", "slug", required=True)
    medium: str = key(
        "what sort of source; `type` in the file, `source_type` in JSON",
        "choice", choices=choices.SOURCE_TYPES, strict=True, written_as="type", shown_as="source_type",
    )  # fmt: skip
    voice: str = key("whose voice it is", "choice", choices=choices.VOICES)
    country: str = key("of which country the voice is, ISO 3166-1 alpha-3")
    title: str = key("its title", required=True)
    authors: tuple[str, ...] = key(
        "who wrote it: `Family, Given`; a name without a comma is kept as it is", "texts", ordered=True
    )
    container: str = key("the paper, site or series it appeared in")
    publisher: str = key("who published it")
    number: str = key("its number: of a report, a docket, a document (S/2017/613)")
    issued: StoredDate | None = key("when it appeared (EDTF)", "date")
    url: str = key("address, http or https", "url")
    archive_url: str = key("address of an archived copy, http or https", "url")
    doi: str = key("DOI, such as 10.1000/182")
    isbn: str = key("ISBN of a book")
    accessed: StoredDate | None = key("when it was read (EDTF)", "date")
    language: str = key("BCP 47 code")
    note: str = key("anything a reader must know beside it")
    event_count: int = found("events that rest on it", 0)
    fact_count: int = found("facts that rest on it", 0)
    alone: int = found("events and facts that rest on it alone", 0)
    first: StoredDate | None = found("when the first of those events began, as far as known (EDTF)")
    last: StoredDate | None = found("when the last of them ended (EDTF); null while one goes on")
    file: str = found("the file it was read from", "")
    line: int | None = found("the line of that file where it begins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file says of itself, under `[chronology]`."""

    table: ClassVar = "chronology"

    title: str = key("the chronology's title")
    schema: int = key("version of the format of the file: 1", "whole")
    as_of: StoredDate | None = key('the day the record was closed; what "today" means to it', "date")
    about: str = key("one paragraph on what it covers")
    date_rule: str = key("how its dates were chosen")
    kinds: tuple[str, ...] = key("further kinds of event it uses", "texts")
    include: tuple[str, ...] = key("further files to read with it, patterns relative to this file", "texts")


Record = Event | Fact | Actor | Topic | Source
RECORDS: tuple[type[Record], ...] = (Source, Actor, Topic, Event, Fact)
RECORD_TYPES: dict[str, type[Record]] = {record.type: record for record in RECORDS}


@once
def keys_of(record: type[Record | Header]) -> dict[str, Key]:
    """Give the keys of a record type by attribute name, in the order they are shown."""
    return {f.name: f.metadata["key"] for f in fields(record)}


@once
def written_keys(record: type[Record | Header]) -> dict[str, str]:
    """Give the keys a file may write, as written → attribute name."""
    return {each.written_as or name: name for name, each in keys_of(record).items() if each.form != "found"}


def role_keys() -> tuple[RoleKey, ...]:
    """Return the keys of all records under which others have a role, in the order they are shown."""
    keys = ((record.type, name, key) for record in RECORDS for name, key in keys_of(record).items() if key.role)
    return tuple(
        RoleKey(type_, name, key.role, key.label or name.replace("_", " "), key.verb or name.replace("_", " "))
        for type_, name, key in keys
    )


def title_of(record: Record) -> str:
    """Give the words a record is shown by."""
    if isinstance(record, Actor):
        return record.name
    if isinstance(record, Topic):
        return record.label
    return record.text if isinstance(record, Fact) else record.title


def ids_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a reference key holds
    """Yield the ids in the value of a key that refers: one id, several, citations, or dates with citations."""
    if isinstance(value, str):
        yield from (value,) if value else ()
        return
    for item in value:
        if isinstance(item, OtherDate):
            yield from (citation.id for citation in item.sources)
        else:
            yield item if isinstance(item, str) else item.id
