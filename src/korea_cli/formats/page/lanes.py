"""The lanes of the drawing: by actor and by topic, and which of them each entry is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.formats.page.facets import count_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.formats.page.families import Family


class Lanes(NamedTuple):
    """The names of lanes, and for each entry the numbers of those it is in."""

    names: tuple[str, ...]
    of_entries: tuple[tuple[int, ...], ...]


def lanes(named: Sequence[tuple[str, ...]], family: Family) -> Lanes:
    """Return the lanes of the widest actors or topics that entries name, the most frequent first."""
    tops = [family.tops(ids) for ids in named]
    names = _names(family, named, [id_ for id_, _ in count_entries(family, tops).most_common()])
    numbers = {id_: number for number, id_ in enumerate(names)}
    return Lanes(tuple(names.values()), tuple(tuple(numbers[id_] for id_ in ids) for ids in tops))


def _names(family: Family, named: Iterable[tuple[str, ...]], tops: Iterable[str]) -> dict[str, str]:
    """Name each lane by the narrowest actor or topic that covers all in it: by an author, not by his university."""
    count = count_entries(family, named)
    depth = {id_: (number, len(family[id_].within)) for id_, number in count.items()}
    inside = {top: [id_ for id_ in count if top in (id_, *family[id_].within)] for top in tops}
    return {top: family[max(ids, key=depth.__getitem__)].name for top, ids in inside.items()}
