"""Columns with codes of actors, each beside one with names: a name counts only where there is no code."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.ingest import actor_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.actor_codes import ActorCodes
    from korea_cli.ingest.building.builder_options import BuilderOptions
    from korea_cli.ingest.building.cell_rules import CellRules
    from korea_cli.ingest.sheet import Counts


class CodedColumn(NamedTuple):
    """A column with codes, what these mean, and the column with names; "" if that is not for the same key.

    missing: the words for a missing code or name.
    """

    heading: str
    codes: ActorCodes
    names: str
    missing: frozenset[str]


def coded_columns(options: BuilderOptions, rules: CellRules) -> Iterator[CodedColumn]:
    """Yield the columns with codes that are read."""
    keys = dict(options.columns)
    for table, pairs in options.codes.items():
        codes = actor_codes.load(table)
        for heading, names in pairs.items():
            if key := keys.get(heading, ""):
                missing = rules.column(heading, key, options.record).missing | {""}
                yield CodedColumn(heading, codes, names if keys.get(names) == key else "", missing)


class ActorColumns:
    """Replaces the codes in rows by the names of actors; `counts` are of those that are no code (`unknown codes`).

    actors: the values of the actors that were named by codes, by name.
    """

    def __init__(self, options: BuilderOptions, rules: CellRules, counts: Counts) -> None:
        self._columns, self._counts = tuple(coded_columns(options, rules)), counts
        self._places = {heading: place for place, (heading, _) in enumerate(options.columns)}
        self.actors: ChainMap[str, dict[str, object]] = ChainMap(*(each.codes.actors for each in self._columns))

    def listed(self, cells: list[str]) -> list[str]:
        """Return the cells of a row with names instead of codes."""
        if not self._columns:
            return cells
        read = [*cells, *[""] * (len(self._places) - len(cells))]
        for each in self._columns:
            code, name = self._places[each.heading], self._places.get(each.names, -1)
            read[code], named = self._meant(each, read[code], read[name] if each.names else "")
            if each.names:
                read[name] = named
        return read

    def keyed(self, cells: dict[str, object]) -> dict[str, object]:
        """Return the cells of a row that names its own, with names instead of codes."""
        read = cells if not self._columns else dict(cells)
        for each in self._columns:
            code, name = read.get(each.heading), read.get(each.names)
            if isinstance(code, str | None) and isinstance(name, str | None) and (code or name):
                meant = self._meant(each, code or "", name or "")
                read.update({key: cell for key, cell in zip((each.heading, each.names), meant, strict=True) if key})
        return read

    def _meant(self, column: CodedColumn, code: str, name: str) -> tuple[str, str]:
        """Return what is read instead of a code and a name, of which one is empty."""
        text = code.strip()
        if found := column.codes.name_of(text):
            return found, ""
        if text not in column.missing:
            self._counts["unknown codes", column.heading] += 1
        named = name.strip() not in column.missing
        return ("", column.codes.named(name.strip())) if named else (code, "")
