"""The positions of each actor as rows: what was said, to whom, by which sources, what it changes, and which is last."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.analysis.speakers import Testimony
from korea_cli.analysis.stances import Witnesses
from korea_cli.query.ordering import sort_key
from korea_cli.rows.column import Column, Columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from korea_cli.analysis.stances import Rows
    from korea_cli.analysis.utterances import Course, Utterance, Voice
    from korea_cli.chronology import Chronology
    from korea_cli.query.resolve import Query
    from korea_cli.rows.column import Json

_AT_ONCE = 500  # positions whose records are looked up together


class Remark(NamedTuple):
    """A position of an actor: a statement, or a claim that it holds.

    actors: who said it, as written. recipients: whom it was addressed to. via: through whom it is known. changes:
    earlier positions of the same actor. change: whether that is sure, or the dates are too vague to tell which was
    first. last: the same of the last one.
    """

    record: str
    id: str
    date: str | None
    kind: str | None
    says: str
    actors: Sequence[Json]
    recipients: Sequence[Json]
    via: Sequence[Json]
    status: str | None
    hedged: bool
    change: str | None
    changes: Sequence[Json]
    last: str | None
    match: str | None
    sources: Sequence[Json]


class Speaker(NamedTuple):
    """An actor with all its positions in time: how many, how many of them change an earlier one, and the last."""

    id: str
    name: str
    position_count: int
    change_count: int
    first: str | None
    last: str | None
    positions: Iterator[Remark]
    type: str = "speaker"


class RemarkOf(NamedTuple):
    """A position with its actor: a row for formats with one row a line."""

    voice: Voice
    own: Remark
    type: str = "remark"


_SORT_KEYS: dict[str, Callable[[Voice], Any]] = {
    "name": lambda voice: voice.name.lower(),
    "id": attrgetter("id"),
    "position_count": attrgetter("number"),
    "first": attrgetter("first"),
    "last": attrgetter("last"),
}


class Speakers:
    """The actors whose statements and claims a query matches, those with most first; iterating looks these up."""

    def __init__(self, chronology: Chronology, query: Query, *, roll_up: bool) -> None:
        """Find what was said, and by whom; raises NotInListError for a key that actors cannot be sorted by.

        roll_up: whether actors count as the outermost that they belong to.
        """
        sort = query.selection.sort
        key = None if sort is None else sort_key(sort, _SORT_KEYS)
        self._query, self._witnesses = query, Witnesses(chronology)
        self._testimony = Testimony(chronology, query, roll_up=roll_up)
        found = self._testimony.voices()
        found = sorted(found, key=key) if key else found
        self.matched = len(found)
        self._listed = query.selection.listed(found)

    def __len__(self) -> int:
        """Count the actors that iterating yields."""
        return len(self._listed)

    @property
    def possible(self) -> tuple[int, int]:
        """The number of positions listed that match only possibly, and of all."""
        return sum(voice.possible for voice in self._listed), sum(voice.number for voice in self._listed)

    def __iter__(self) -> Iterator[Speaker]:
        """Yield the actors, each with all its positions, which are read while they are iterated."""
        for voice, remarks in groupby(self.remarks(), attrgetter("voice")):
            course = self._courses[voice.id]
            positions = (remark.own for remark in remarks)
            yield Speaker(
                voice.id, voice.name, voice.number, len(course.changes), course.first, course.until, positions
            )

    def remarks(self) -> Iterator[RemarkOf]:
        """Yield the positions of all actors, one actor after the other; the records of many are looked up at once."""
        said, voices = self._testimony.of(self._courses), {voice.id: voice for voice in self._listed}
        while some := list(islice(said, _AT_ONCE)):
            rows = self._witnesses.rows(each for _, one in some for each in (one, *one.earlier))
            for id_, one in some:
                yield RemarkOf(voices[id_], self._remark(one, rows))

    @cached_property
    def _courses(self) -> Mapping[str, Course]:
        return self._testimony.courses(self._listed)

    def _remark(self, said: Utterance, rows: Rows) -> Remark:
        row, is_fact = rows[said.seq], said.type == "fact"
        match = None if not self._query.limits_time else "possible" if said.possible else "certain"
        return Remark(
            record=said.type, id=said.id, date=row["date"], kind=row["kind"], says=row["text" if is_fact else "title"],
            actors=row["holders" if is_fact else "actors"], recipients=[] if is_fact else row["recipients"],
            via=row["reported_by" if is_fact else "via"],
            status=row["status"], hedged=is_fact and row["hedged"], change=said.change,
            changes=[_reference(rows[each.seq]) for each in said.earlier], last=said.last, match=match,
            sources=row["sources"],
        )  # fmt: skip


def _reference(row: Any) -> Json:  # noqa: ANN401 - of an event or a fact
    return {"type": row["type"], "id": row["id"], "title": row["text" if row["type"] == "fact" else "title"]}


class Remarks:
    """A row for each position of actors, read when they are iterated."""

    def __init__(self, speakers: Speakers) -> None:
        """Prepare to read the positions of actors."""
        self._speakers = speakers

    def __iter__(self) -> Iterator[RemarkOf]:
        """Yield each position with its actor."""
        return self._speakers.remarks()


def columns() -> Columns:
    """Return the columns of actors, each with its positions in it."""
    keys = ("type", *(key for key in Speaker._fields if key not in {"positions", "type"}))
    own = [Column(key, attrgetter(key)) for key in keys]
    own.append(Column("positions", attrgetter("positions"), partial(map, Remark._asdict), streamed=True))
    return Columns(("speaker",), lambda _: tuple(own))


def columns_of_remarks() -> Columns:
    """Return the columns of positions, each behind the id and name of its actor."""
    own = [Column("speaker", attrgetter("voice.id")), Column("type", attrgetter("type"))]
    own += [Column("name", attrgetter("voice.name"))]
    own += [Column(key, attrgetter(f"own.{key}")) for key in Remark._fields]
    return Columns(("remark",), lambda _: tuple(own))
