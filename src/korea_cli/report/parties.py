"""Who had which part in an event or a fact, in words, by the roles that the keys of the model declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.model.roles import RoleKey
    from korea_cli.rows.types import ActorReference, EventRow, FactRow

    Piece = str | ActorReference

ARROW = "→"  # from who acted to who was addressed
_BETWEEN = {"agent": (", ", ""), "recipient": (" ", f"{ARROW} ")}  # in this order; those of other roles follow
_HELD = {"fact": "Stated by", "claim": "Claim of", "assessment": "Assessment of", "forecast": "Forecast of"}


def parties(row: Mapping[str, Any], keys: Iterable[RoleKey]) -> list[tuple[RoleKey, list[ActorReference]]]:
    """Return the keys under which a row names actors, each with those actors."""
    first = tuple(_BETWEEN)
    named = [(key, row[key.key]) for key in keys if row.get(key.key)]
    return sorted(named, key=lambda pair: first.index(pair[0].role) if pair[0].role in first else len(first))


def who(row: EventRow | FactRow, keys: Iterable[RoleKey]) -> str:
    """Return on a line of plain text who did an event, to whom, and through whom; or who holds and reports a fact."""
    return "".join(piece if isinstance(piece, str) else piece["name"] for piece in pieces(row, keys))


def chain(row: FactRow, keys: Iterable[RoleKey]) -> str:
    """Return who holds a fact, and through whom it is known, without the words for what kind of statement it is."""
    return "".join(piece if isinstance(piece, str) else piece["name"] for piece in _chain(row, keys))


def pieces(row: EventRow | FactRow, keys: Iterable[RoleKey]) -> Iterator[Piece]:
    """Yield the same as actors and the words between them."""
    return _of_fact(row, keys) if row["type"] == "fact" else _of_event(row, keys)


def _of_event(row: EventRow, keys: Iterable[RoleKey]) -> Iterator[Piece]:
    for number, (key, actors) in enumerate(parties(row, keys)):
        between, label = _BETWEEN.get(key.role, ("; ", f"{key.label} "))
        yield f"{between if number else ''}{label}"
        yield from _joined(actors)


def _of_fact(row: FactRow, keys: Iterable[RoleKey]) -> Iterator[Piece]:
    yield f"{_HELD.get(row['kind'] or '', 'Held by')} "
    yield from _chain(row, keys)


def _chain(row: FactRow, keys: Iterable[RoleKey]) -> Iterator[Piece]:
    """Yield the holders of a fact, then those through whom it is known, nearest the holder first."""
    named = parties(row, keys)
    holders = [actor for key, actors in named if key.role == "holder" for actor in actors]
    yield from _joined(holders) if holders else ("nobody named",)
    for key, actors in named:
        for actor in actors if key.role not in {"holder", "subject"} else ():
            yield f", {key.label} "
            yield actor


def _joined(actors: Iterable[ActorReference]) -> Iterator[Piece]:
    for number, actor in enumerate(actors):
        yield ", " if number else ""
        yield actor
