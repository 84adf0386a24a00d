"""Sources, and places in them, as a query names them."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.nearest import COMPARED
from korea_cli.base.tokenize import name_key, words_of
from korea_cli.query.conditions import Condition
from korea_cli.query.resolve_names import find

if TYPE_CHECKING:
    from korea_cli.store.database import Store


def source_ids(store: Store, value: str) -> Condition:
    """Find sources by id or title, else by voice, else by container or publisher, else by a unique beginning."""
    alone, key = value.startswith("="), name_key(value.removeprefix("="))
    readings = [Condition("seq IN (SELECT seq FROM name WHERE name = ?)", (key,))]
    if not alone:
        readings.append(Condition("voice = ?", (key,)))
    if words_of(value) and not alone:
        rows, words = store.words.rows("container", value)
        readings.append(Condition(f"seq IN (SELECT seq FROM {rows})", words))  # noqa: S608 - values are bound
    for reading in readings:
        ids = Condition(f"SELECT id FROM source WHERE {reading.sql}", reading.values)  # noqa: S608 - values are bound
        if next(store.rows(ids.sql, ids.values), None):
            return ids
    return Condition("?", (find(store, key, "source", inside=False).id,))


def cited_place(store: Store, value: str) -> tuple[str, str, str]:
    """Split `ID#p6`, or `ID p6` as it is displayed, into the source, the mark and the place; "" where there is none.

    With a blank, it may be the title of a source as well.
    """
    name, blank, place = value.strip().rpartition(" ")
    if "#" in value or not blank or _is_source(store, "name.name", value) or not _is_source(store, "source.id", name):
        return value.partition("#")
    return name, blank, place


def places_in(store: Store, value: str) -> list[str]:
    """Return the places that are cited in a source, if a place in it is named."""
    name, mark, _ = cited_place(store, value)
    return _places(store, source_ids(store, name)) if mark else []


def places_cited(store: Store, _: str) -> list[str]:
    """Return the places that are cited in any source."""
    return _places(store, Condition("SELECT id FROM source"))


def _places(store: Store, ids: Condition) -> list[str]:
    sql = f"SELECT DISTINCT locator FROM link WHERE role = 'source' AND locator <> '' AND target IN ({ids.sql}) LIMIT ?"  # noqa: S608 - values are bound
    return [place for (place,) in store.rows(sql, (*ids.values, COMPARED))]


def _is_source(store: Store, column: str, value: str) -> bool:
    sql = f"SELECT 1 FROM source JOIN name ON name.seq = source.seq WHERE {column} = ?"  # noqa: S608 - names of columns
    return next(store.rows(sql, (name_key(value),)), None) is not None
