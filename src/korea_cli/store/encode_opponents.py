"""Who disagrees with whom about what, as the table has it from which disputes are made, and who claims what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.model.records import DISPUTING, Event, Fact, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.store.database import SqlRow


def opponent_rows(by_type: Mapping[type[Record], list[tuple[int, Record]]]) -> Iterator[SqlRow]:
    """Yield each event and fact with all that it disputes or is disputed by: alone, and with each event it is about.

    An event is about itself. Where there is no event, its number is 0.
    """
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


def claim_rows(by_type: Mapping[type[Record], list[tuple[int, Record]]]) -> Iterator[SqlRow]:
    """Yield each event with each of its claims, in their order: both by number, with the place of the claim between."""
    facts = {entry.id: seq for seq, entry in by_type[Fact]}
    for seq, entry in by_type[Event]:
        claims = entry.claims if isinstance(entry, Event) else ()
        yield from ((seq, place, facts[claim.id]) for place, claim in enumerate(claims))
