"""Actors with those they are part of, and topics with the broader ones, at any depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.formats.page.text import clean_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.report.lookups import Related
    from korea_cli.rows.types import ActorRow, TopicRow

    MemberRow = ActorRow | TopicRow


class Member(NamedTuple):
    """An actor or a topic: its name, its aliases, and the ids of those it belongs to, the nearest first."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class Family(dict[str, Member]):
    """Actors or topics by id."""

    def tops(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the widest of some members and all they belong to, each once."""
        reached = (self[each] for id_ in ids for each in (id_, *self[id_].within))
        return tuple(dict.fromkeys(member.id for member in reached if not member.within))

    def trees(self, ids: Iterable[str]) -> Iterator[tuple[Member, int]]:
        """Yield some members and all they belong to, each below the first it belongs to, with its depth."""
        members = dict.fromkeys(each for id_ in ids for each in (id_, *self[id_].within))
        below: dict[str, list[str]] = {}
        for id_ in members:
            below.setdefault(next(iter(self[id_].within), ""), []).append(id_)
        return self._under("", below, 0)

    def _under(self, id_: str, below: dict[str, list[str]], depth: int) -> Iterator[tuple[Member, int]]:
        for child in below.get(id_, ()):
            yield self[child], depth
            yield from self._under(child, below, depth + 1)


def family(type_: str, ids: Iterable[str], related: Related) -> Family:
    """Read some actors or topics, with all those they belong to."""
    rows: dict[str, MemberRow] = {}
    missing = list(ids)
    while missing:
        rows.update((id_, clean_values(row)) for id_, row in related.known(type_, missing).items())
        missing = [id_ for row in rows.values() for id_ in _parents(row) if id_ not in rows]
    return Family({id_: _member(row, rows) for id_, row in rows.items()})


def _member(row: MemberRow, rows: dict[str, MemberRow]) -> Member:
    wholes = [row["id"]]
    for whole in wholes:  # grows as it goes
        wholes.extend(above for above in _parents(rows[whole]) if above not in wholes)
    name = row["name"] if row["type"] == "actor" else row["label"]
    return Member(row["id"], name, tuple(row["aliases"]), tuple(wholes[1:]))


def _parents(row: MemberRow) -> list[str]:
    if row["type"] == "actor":
        return [each["id"] for each in row["part_of"]]
    return [row["broader"]["id"]] if row["broader"] else []
