"""Who disagrees with whom about what, as the table has it from which disputes are made, and who claims what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from korea_cli.model.records import DISPUTING, Event, Fact, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.store.database import SqlRow


def opponent_rows(by_type: Mapping[type[Record], list[tuple[int, Record]]]) -> Iterator[SqlRow]:
    """Yield each event and fact with all that it disputes or is disputed by: alone, and with each event it is about.

    An event is about itself. Where there is no event, its number is 0. The last column is the dispute that it is in.
    """
    rows = list(_pairs(by_type))
    of = _disputes(rows)
    return ((*row, of[row[0]]) for row in rows)


def _pairs(by_type: Mapping[type[Record], list[tuple[int, Record]]]) -> Iterator[tuple[int, int, int]]:
    """Yield each event and fact with its opponents: alone, and with each event it is about."""
    of_table = {record.table: numbered for record, numbered in by_type.items()}
    numbers = {entry.id: seq for table in reversed(DISPUTING) for seq, entry in of_table[table]}
    events = {entry.id: seq for seq, entry in by_type[Event]}
    dated = [*by_type[Event], *by_type[Fact]]
    opponents: defaultdict[int, set[int]] = defaultdict(set)
    for seq, entry in dated:
        for id_ in entry.disputed_by if isinstance(entry, Event | Fact) else ():
            opponents[seq].add(numbers[id_])
            opponents[numbers[id_]].add(seq)
    for seq, entry in dated if opponents else ():
        if others := opponents.get(seq, set()) - {seq}:
            about = {events[id_] for id_ in entry.events} if isinstance(entry, Fact) else {seq}
            yield from ((seq, other, event) for other in others for event in (0, *about))


def _disputes(rows: Sequence[tuple[int, int, int]]) -> Mapping[int, int]:
    """Return the dispute of each event and fact: the lowest number of all that are connected with it.

    An actor or source that disputes two of them connects them only if both are about the same event.
    """
    members = {seq for seq, *_ in rows}
    wholes: dict[object, object] = {}

    def whole(node: object) -> object:
        while wholes.setdefault(node, node) != node:
            wholes[node] = node = wholes[wholes[node]]
        return node

    for seq, other, about in rows:
        if other in members or about:
            joined = {whole(seq), whole(other if other in members else (other, about))}
            least = min(each for each in joined if isinstance(each, int))
            wholes.update(dict.fromkeys(joined, least))
    return {seq: cast("int", whole(seq)) for seq in members}


def claim_rows(by_type: Mapping[type[Record], list[tuple[int, Record]]]) -> Iterator[SqlRow]:
    """Yield each event with each of its claims, in their order: both by number, with the place of the claim between."""
    facts = {entry.id: seq for seq, entry in by_type[Fact]}
    for seq, entry in by_type[Event]:
        claims = entry.claims if isinstance(entry, Event) else ()
        yield from ((seq, place, facts[claim.id]) for place, claim in enumerate(claims))
