"""What is disputed on the page: each dispute with its sides next to each other, and all positions of each side."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.analysis.dispute_cases import DATES
from korea_cli.analysis.disputes import disputes_about
from korea_cli.dates.format import show_stored
from korea_cli.drawing.phrases import name_of
from korea_cli.formats.page.context import anchor_of
from korea_cli.formats.page.entries import source_lines
from korea_cli.formats.page.text import clean_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.analysis.disputes import Dispute
    from korea_cli.formats.page.context import PageContext
    from korea_cli.formats.page.entries import Entry, SourceLine
    from korea_cli.report.lookups import Related
    from korea_cli.rows.positions import DisputePosition

_TWO_LINES = 38  # letters of names that a side has before it counts the others; the first is never cut


class PositionLine(NamedTuple):
    """A position: who says what, since when, by which sources; the anchor of its record where the page has it."""

    who: str
    says: str
    since: str
    sources: tuple[SourceLine, ...]
    anchor: str
    hedged: bool
    status: str


class DisputeSide(NamedTuple):
    """A side: who holds it, what one of them says, and all its positions."""

    who: str
    says: str
    positions: tuple[PositionLine, ...]


class DisputeBlock(NamedTuple):
    """A dispute as the page shows it.

    anchor: that of the event it is about, where the page has it. contested: claims or dates. about: the anchors of the
    entries of the page it is about.
    """

    id: str
    title: str
    anchor: str
    state: str
    contested: str
    sides: tuple[DisputeSide, ...]
    about: tuple[str, ...]

    @property
    def number(self) -> int:
        """The number of its positions."""
        return sum(len(side.positions) for side in self.sides)


def disputes_of(related: Related, context: PageContext, entries: Iterable[Entry]) -> tuple[DisputeBlock, ...]:
    """Return the disputes about some entries or the claims in them, those with the most positions first."""
    concerned: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for each in (entry, *entry.claims):
            concerned[anchor_of(each.row)].add(entry.anchor)
    if related.chronology is None or not concerned:
        return ()
    found = sorted(disputes_about(related.chronology, concerned), key=_order)
    return tuple(map(_DisputeReader(related, context, concerned, found).block, found))


def _order(dispute: Dispute) -> tuple[bool, bool, int]:
    return dispute.contested == DATES, dispute.state != "open", -dispute.position_count


def _anchors(dispute: Dispute) -> set[str]:
    return {f"{each.record}:{each.id}" for each in dispute.positions} | {_about(dispute)}


def _about(dispute: Dispute) -> str:
    """Return the anchor of the event that a dispute is about; an empty text where there is none."""
    event: Any = dispute.event
    return f"event:{event['id']}" if event else ""


class _DisputeReader:
    """Reads disputes as the page shows them; what their positions refer to is looked up once for all.

    concerned: the anchors of the entries that a record is, or is a claim in, by its own anchor.
    """

    def __init__(
        self, related: Related, context: PageContext, concerned: Mapping[str, set[str]], disputes: Sequence[Dispute]
    ) -> None:
        self._context, self._concerned = context, concerned
        positions = [each for dispute in disputes for each in dispute.positions]
        cited: list[Any] = [source for each in positions for source in each.sources]
        named = [(each.record, each.id) for each in positions if each.record in {"event", "fact"}]
        related.look_up([*(("source", each["id"]) for each in cited), *named])
        self._sources = clean_values(related.known("source", (each["id"] for each in cited)))
        self._contested: dict[str, str] = {}
        for type_ in ("event", "fact"):
            rows = clean_values(related.known(type_, (each.id for each in positions if each.record == type_)))
            for row in rows.values():
                for by in row["disputed_by"]:
                    self._contested.setdefault(anchor_of(by), name_of(row))

    def block(self, dispute: Dispute) -> DisputeBlock:
        """Return a dispute with its sides."""
        positions: list[DisputePosition] = [clean_values(each.to_json()) for each in dispute.positions]
        dated = dispute.contested == DATES
        sides = (self._side(list(own), dispute.id, dated=dated) for _, own in groupby(positions, itemgetter("side")))
        anchor = _about(dispute) if _about(dispute) in self._context.anchors else ""
        about = {entry for anchor in _anchors(dispute) for entry in self._concerned.get(anchor, ())}
        title, state = clean_values(dispute.title), dispute.state
        return DisputeBlock(dispute.id, title, anchor, state, dispute.contested, tuple(sides), tuple(sorted(about)))

    def _side(self, positions: Sequence[DisputePosition], first: str, *, dated: bool) -> DisputeSide:
        """Return a side; it is represented by the claim that the dispute is named after, else by its first claim."""
        speaking = [each for each in positions if each["says"] and (each["holders"] or dated)] or list(positions)
        spoken = next((each for each in speaking if each["id"] == first), speaking[0])
        lines = tuple(map(self._line, positions))
        if dated:
            return DisputeSide(spoken["says"] or "", _in_short(self._outlets(spoken)), lines)
        names = [name for each in (spoken, *positions) for name in _holders(each)] or self._outlets(spoken)
        says = self._says(spoken)
        if not spoken["says"] and spoken["date"]:
            says += f" ({show_stored(spoken['date'])})"
        return DisputeSide(_in_short(names or ["the record"]), says, lines)

    def _line(self, position: DisputePosition) -> PositionLine:
        anchor, status = _key(position), position["status"]
        return PositionLine(
            who=position["who"] or "the record", says=self._says(position),
            since=show_stored(position["date"]) if position["date"] else "",
            sources=source_lines(position["sources"], self._sources),
            anchor=anchor if anchor in self._context.anchors else "", hedged=position["hedged"],
            status=status if status in {"contradicted", "withdrawn"} else "",
        )  # fmt: skip

    def _says(self, position: DisputePosition) -> str:
        """Return what a position states; of one without a statement, what it disputes."""
        contested = self._contested.get(_key(position), "")
        return position["says"] or (f"disputes “{contested}”" if contested else "disputes it")

    def _outlets(self, position: DisputePosition) -> list[str]:
        """Return where the sources of a position appeared; their titles where that is not known."""
        rows = ((each, self._sources.get(each["id"], {})) for each in position["sources"])
        return [row.get("container") or row.get("publisher") or each["title"] for each, row in rows]


def _key(position: DisputePosition) -> str:
    return f"{position['record']}:{position['id']}"


def _holders(position: DisputePosition) -> list[str]:
    """Return who holds a position; nobody where it is what the record itself states."""
    return [each["name"] for each in position["holders"]] or [*filter(None, [position["who"]])]


def _in_short(names: Iterable[str]) -> str:
    """Return some names in about two lines, and how many more there are: `United States, North Korea +3`."""
    each = list(dict.fromkeys(names))
    fitting = sum(len(", ".join(each[:number])) <= _TWO_LINES for number in range(2, len(each) + 1)) + 1
    return f"{', '.join(each[:fitting])}{f' +{len(each) - fitting}' if each[fitting:] else ''}"
