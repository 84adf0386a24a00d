"""What is known beyond the rows of a report: the records they refer to, and those that refer to them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import islice

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.model.choices import WITHDRAWN
from korea_cli.model.roles import ACTOR_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.chronology import Chronology
    from korea_cli.model.roles import RoleKey

_AT_ONCE = 500  # records per query
_CLAIMED = ("disputed_by", "disputes", "facts")  # keys of rows under which claims are shown with who holds them


class Related:
    """Looks up records as JSON has them, for formats: they know no chronology and may need more than was listed."""

    def __init__(self, chronology: Chronology | None = None) -> None:
        """Look things up in a chronology; without one, nothing is found."""
        self.chronology = chronology
        self._actor_keys: dict[str, tuple[RoleKey, ...]] = {}
        self._known: dict[tuple[str, str], Any] = {}

    def records(
        self, wanted: Iterable[tuple[str, str]], *, wholes: bool = False, counted: bool = True
    ) -> Iterator[Any]:
        """Yield records by their types and ids, each once and whole, in this order; then what these belong to.

        wholes: whether that is wanted, at any depth. counted: whether what is counted for them is.
        """
        distinct = iter(dict.fromkeys(wanted))
        while some := list(islice(distinct, self._at_once)):
            found = {(row["type"], row["id"]): row for row in self._rows(some, wholes=wholes, counted=counted)}
            yield from (found.pop(each) for each in some if each in found)
            yield from found.values()

    @property
    def _at_once(self) -> int:
        return max(_AT_ONCE, self.chronology.store.at_once if self.chronology else 0)

    def _rows(self, wanted: Iterable[tuple[str, str]], *, wholes: bool, counted: bool) -> Iterator[Any]:
        """Yield rows in any order; reading those stored as JSON is quicker than making records of them."""
        from json import loads  # noqa: PLC0415 - most formats look nothing up

        if self.chronology is None:
            return
        by_type: defaultdict[str, list[str]] = defaultdict(list)
        for type_, id_ in wanted:
            by_type[type_].append(id_)
        for each in self.chronology.records_by_id(by_type, wholes=wholes, counted=counted):
            yield loads(each) if isinstance(each, str) else each.to_dict()

    def look_up(self, wanted: Iterable[tuple[str, str]], *, wholes: bool = False) -> None:
        """Look up records that are shown next, by their types and ids, unless they were before; see `records`."""
        new = (each for each in wanted if each not in self._known)
        self._known |= {(row["type"], row["id"]): row for row in self.records(new, wholes=wholes)}

    def known(self, type_: str, ids: Iterable[str]) -> dict[str, Any]:
        """Return records of one type by their ids, looked up unless they were before."""
        ids = list(ids)
        self.look_up((type_, id_) for id_ in ids)
        return {id_: self._known[type_, id_] for id_ in ids if (type_, id_) in self._known}

    def with_claims(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Yield rows; the facts and sources of which they show who holds them are looked up for many at once."""
        rows = iter(rows)
        while some := list(islice(rows, _AT_ONCE)):
            shown = (each for row in some for key in _CLAIMED for each in row.get(key, ()))
            self.look_up((each["type"], each["id"]) for each in shown if each["type"] in {"fact", "source"})
            yield from some

    def actor_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys under which records of a type name actors, with the role of those and the words for it."""
        if type_ not in self._actor_keys:
            keys = self.chronology.role_keys(type_) if self.chronology else ()
            self._actor_keys[type_] = tuple(key for key in keys if key.role in ACTOR_ROLES)
        return self._actor_keys[type_]

    def referring(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """Return what refers to each row, by the key it refers with: facts and answers of an event, for example."""
        from korea_cli.model.row import Named  # noqa: PLC0415 - most formats look nothing up
        from korea_cli.rows.columns import relations_of  # noqa: PLC0415 - as above

        known = self.chronology
        if known is None:
            return [{} for _ in rows]
        named = [Named(row["type"], row["id"], "") for row in rows]
        known.read_referring(row.id for row in named)
        return [{column.key: column.value(row) for column in relations_of(known, row.type)} for row in named]

    def state_of(self, actor: str) -> str:
        """Return what the actors of one state have in common: its country, else the id of what they belong to."""
        country, wholes = self._actors.get(actor, ("", ""))
        return country or (self.state_of(wholes.split()[0]) if wholes else actor)

    @cached_property
    def set_apart(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What sets records apart, by their type and id: that they were withdrawn, or are private or under embargo."""
        from korea_cli.model.records import RECORD_TYPES  # noqa: PLC0415 - most formats show none of it

        found: defaultdict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
        known = self.chronology
        if known and known.header.withdrawn:
            for type_, id_ in known.store.rows("SELECT type, id FROM entry WHERE status = ?", (WITHDRAWN,)):
                found[type_, id_]["status"] = WITHDRAWN
        for type_ in RECORD_TYPES if known and known.header.hides else ():
            sql = f"SELECT id, private, embargo FROM {type_} WHERE private OR embargo IS NOT NULL"  # noqa: S608 - names
            for id_, private, embargo in known.store.rows(sql) if known else ():
                found[type_, id_].update(private=private, embargo=embargo)
        return dict(found)

    @cached_property
    def place_names(self) -> dict[str, list[str]]:
        """All names of each place of an event, itself first."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        rows = self.chronology.store.rows("SELECT place, name FROM place_name") if self.chronology else ()
        for place, name in rows:
            names[place].append(name)
        return names

    @cached_property
    def _actors(self) -> dict[str, tuple[str, str]]:
        """The country of each actor, and the ids of what it belongs to: all at once is faster than one by one."""
        sql = "SELECT id, COALESCE(country, ''), COALESCE(part_of, '') FROM actor"
        rows = self.chronology.store.rows(sql) if self.chronology else ()
        return {id_: (country, wholes) for id_, country, wholes in rows}
