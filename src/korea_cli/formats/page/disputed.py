"""What is disputed on the page: each dispute with its sides next to each other, and all positions of each side."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.analysis.dispute_cases import DATES
from korea_cli.analysis.disputes import Disputes
from korea_cli.dates.format import show_stored
from korea_cli.formats.page.entries import source_lines
from korea_cli.formats.page.text import clean_values
from korea_cli.query.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.analysis.disputes import Dispute
    from korea_cli.formats.page.context import PageContext
    from korea_cli.formats.page.entries import SourceLine
    from korea_cli.report.report import Report
    from korea_cli.rows.positions import DisputePosition

_NAMED = 2  # holders that a side names before it counts the others


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

    anchor: that of the event it is about, where the page has it. about: those of the entries of the page it is about.
    """

    id: str
    title: str
    anchor: str
    state: str
    sides: tuple[DisputeSide, ...]
    about: tuple[str, ...]

    @property
    def number(self) -> int:
        """The number of its positions."""
        return sum(len(side.positions) for side in self.sides)


def disputes_of(report: Report, context: PageContext, shown: frozenset[str]) -> tuple[DisputeBlock, ...]:
    """Return the disputes about what a page shows, those with the most positions first; `shown`: its anchors."""
    chronology = report.related.chronology
    if chronology is None or not shown:
        return ()
    selection = report.query.selection if report.query else Selection()
    query = chronology.query(selection._replace(limit=None, reverse=False, sort=None), "event", "fact", opposed=True)
    found = [each for each in Disputes(chronology, query, None) if _anchors(each) & shown]
    return tuple(_block(each, context, shown) for each in sorted(found, key=_order))


def _order(dispute: Dispute) -> tuple[bool, bool, int]:
    return dispute.contested == DATES, dispute.state != "open", -dispute.position_count


def _anchors(dispute: Dispute) -> set[str]:
    return {f"{each.record}:{each.id}" for each in dispute.positions} | {_about(dispute)}


def _about(dispute: Dispute) -> str:
    """Return the anchor of the event that a dispute is about; an empty text where there is none."""
    event: Any = dispute.event
    return f"event:{event['id']}" if event else ""


def _block(dispute: Dispute, context: PageContext, shown: frozenset[str]) -> DisputeBlock:
    positions: list[DisputePosition] = [clean_values(each.to_json()) for each in dispute.positions]
    dated = dispute.contested == DATES
    sides = [_side(list(own), dispute.id, context, dated=dated) for _, own in groupby(positions, itemgetter("side"))]
    anchor = _about(dispute) if _about(dispute) in context.anchors else ""
    about = tuple(sorted(_anchors(dispute) & shown))
    return DisputeBlock(dispute.id, clean_values(dispute.title), anchor, dispute.state, tuple(sides), about)


def _side(positions: Sequence[DisputePosition], first: str, context: PageContext, *, dated: bool) -> DisputeSide:
    """Return a side; it is represented by the claim that the dispute is named after, else by its first claim."""
    speaking = [each for each in positions if each["says"] and (each["holders"] or dated)] or list(positions)
    spoken = next((each for each in speaking if each["id"] == first), speaking[0])
    if dated:
        return DisputeSide(spoken["says"] or "", "; ".join(_sources(spoken)), tuple(_lines(positions, context)))
    holders = [name for each in (spoken, *positions) for name in _holders(each)]
    names = list(dict.fromkeys(holders or _sources(spoken) or ["the record"]))
    others = len(names) - _NAMED
    who = ", ".join(names if others <= 1 else [*names[:_NAMED], f"{others} others"])
    return DisputeSide(who, spoken["says"] or "disputes it", tuple(_lines(positions, context)))


def _holders(position: DisputePosition) -> list[str]:
    """Return who holds a position; nobody where it is what the record itself states."""
    return [each["name"] for each in position["holders"]] or [*filter(None, [position["who"]])]


def _sources(position: DisputePosition) -> list[str]:
    return [each["title"] for each in position["sources"][:1]]


def _lines(positions: Iterable[DisputePosition], context: PageContext) -> Iterator[PositionLine]:
    for each in positions:
        anchor = f"{each['record']}:{each['id']}"
        yield PositionLine(
            who=each["who"] or "the record", says=each["says"] or "disputes it",
            since=show_stored(each["date"]) if each["date"] else "",
            sources=source_lines(each["sources"], context.sources), anchor=anchor if anchor in context.anchors else "",
            hedged=each["hedged"], status=each["status"] if each["status"] in {"contradicted", "withdrawn"} else "",
        )  # fmt: skip
