"""The codes by which event data name actors: every TOML file here is a table of them, and says where it is from."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError
from korea_cli.base.tokenize import name_key
from korea_cli.reading.codes.tables import codes, countries, country_names, key_of
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.reading.pieces import TomlValue

_CODE = re.compile("(?:[A-Z]{3})+")
_LETTERS = 3


class ActorCodes:
    """The meanings of codes: groups of three letters, of which each belongs to what is before it.

    actors: the values of all actors that were read by then, and of those they are part of, by name. first: the groups
    that a code may begin with; others are names.
    """

    def __init__(self, table: _CodeTable) -> None:
        self._table = table
        self.actors: dict[str, dict[str, object]] = {}
        self.first = frozenset(table.places.keys() | table.groups.keys() | table.members.keys())
        self._by_name = {name_key(name): code for code, name in (*table.places.items(), *table.groups.items())}
        self._read: dict[str, str] = {}

    def name_of(self, code: str) -> str:
        """Return the name of the actor that a code means; "" if it is no code."""
        if (name := self._read.get(code)) is None:
            groups = [code[place : place + _LETTERS] for place in range(0, len(code), _LETTERS)]
            name = self._read[code] = self._actor(groups) if _CODE.fullmatch(code) and groups[0] in self.first else ""
        return name

    def named(self, name: str) -> str:
        """Return the name of the actor that a code has with the same name, as the table spells it; else the name."""
        code = self._by_name.get(name_key(name))
        return self.name_of(code) if code else name

    def _actor(self, groups: Sequence[str]) -> str:
        """Return the name of the actor that some groups mean, and keep its values."""
        *before, last = groups
        home = self._table.members.get(last, "")
        is_whole = not before or not self._table.country(before[0])
        if last in self._table.organizations and is_whole:
            return self._keep(self._table.organizations[last])
        if home and (is_whole or home in before):
            return self._keep(self._table.groups[last], self._actor([home]), self._table.country(home))
        if not before:
            return self._keep(self._table.word(last, first=True), country=self._table.country(last))
        whole = self._actor(before)
        country = str(self.actors[whole].get("country", ""))
        return self._keep(f"{whole}: {self._table.word(last)}", whole, country)

    def _keep(self, name: str, whole: str = "", country: str = "") -> str:
        more = ({"country": country} if country else {}) | ({"part_of": [whole]} if whole else {})
        self.actors.setdefault(name, {"name": name, **more})
        return name


class _CodeTable(NamedTuple):
    """What a file has: the names of places, of roles, religions and organizations, and where members belong."""

    places: Mapping[str, str]
    groups: Mapping[str, str]
    organizations: Mapping[str, str]
    members: Mapping[str, str]

    def word(self, group: str, *, first: bool = False) -> str:
        """Return what a group adds to a name; itself where nobody knows what it means."""
        names = (self.places, self.groups) if first else (self.groups, self.places)
        word = next((each[group] for each in names if group in each), group)
        return word[:1].upper() + word[1:] if first and group not in self.organizations else word

    def country(self, group: str) -> str:
        """Return the code of the country that a place is; "" for none."""
        name = self.places.get(group, "")
        return countries().get(key_of(name), group if group in codes("countries") else "") if name else ""


@cache
def _load(name: str) -> _CodeTable:
    path = Path(__file__).with_name(f"{name}.toml")
    document, problem = read_document(path.name, path)
    if problem:
        raise DataError((problem,))
    tables = document.tables
    places, roles, religions, organizations = (
        _texts(tables[key]) for key in ("places", "roles", "religions", "organizations")
    )
    homes = tables["members"]
    members = {home: _texts(names) for home, names in homes.items()} if isinstance(homes, dict) else {}
    named = {code: name for names in members.values() for code, name in names.items()}
    return _CodeTable(
        country_names() | places, roles | religions | organizations | named, organizations,
        {code: home for home, names in members.items() for code in names},
    )  # fmt: skip


def _texts(table: TomlValue) -> dict[str, str]:
    return {key: str(value) for key, value in table.items()} if isinstance(table, dict) else {}


def names() -> tuple[str, ...]:
    """List the tables."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


def load(name: str) -> ActorCodes:
    """Return the codes of a table, of which none was read yet."""
    return ActorCodes(_load(name))
