"""A chronology as it could be read on a day: tables without what surely came later, in the place of the whole ones.

Every query that reads them sees the same: filters, order, counts and the records that are shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from korea_cli.model.records import Event, Fact, Record, Source, keys_of
from korea_cli.model.support import all_supporting_keys
from korea_cli.store.database import AS_VIEW, Store
from korea_cli.store.decode_rows import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.dates.days import Day
    from korea_cli.model.field_spec import Key
    from korea_cli.store.database import SqlRow

_PUBLISHED = ("source", "event", "fact")  # the types of record that became known on some day
_SUPPORTING = ", ".join(f"'{key}'" for key in all_supporting_keys())
_RESTS_ON = f"link.seq = own.seq AND link.key IN ({_SUPPORTING})"
_VOICE = "belongs ON belongs.type = 'voice' AND belongs.id = link.target"
# Only what rests on a source that came later needs to be counted again.
_ENTRY = f"""SELECT seq, type, id, title, start_min, start_max, end_min, end_max, orders, clock, precision,
  year, month, kind, status, basis,
  CASE WHEN seq NOT IN ({{lost}}) THEN source_count
    ELSE (SELECT COUNT(DISTINCT target) FROM link WHERE {_RESTS_ON}) END AS source_count,
  CASE WHEN seq NOT IN ({{lost}}) THEN voice_count
    ELSE (SELECT COUNT(DISTINCT whole) FROM link JOIN {_VOICE} WHERE {_RESTS_ON}) END AS voice_count,
  known_min, known_max FROM main.entry AS own WHERE known_min <= {{day}}"""  # noqa: S608 - names of keys
_LOST = "SELECT seq FROM main.link WHERE role = 'source' AND target IN ({later})"
_SPAN = "SELECT * FROM main.span WHERE known_min <= {day}"
_WAS_KNOWN = "(SELECT known_min FROM main.entry WHERE seq = own.{}) <= {{day}}"
_OPPONENT = f"""SELECT * FROM main.opponent AS own WHERE {_WAS_KNOWN.format("seq")} AND {_WAS_KNOWN.format("other")}
  AND (about = 0 OR {_WAS_KNOWN.format("about")})"""  # noqa: S608 - as above
_LINK = "SELECT * FROM main.link AS own WHERE CASE {cases} ELSE 1 END"


class KnownStore(Store):
    """A store without what was surely not known by a day; it has the connection of the whole one."""

    def __init__(self, whole: Store, day: Day) -> None:
        """Look at a store as it could be read on a day."""
        self.has_json, self.known_by = False, day
        self._whole, self._views = whole, _views(day.ordinal)

    @property
    def whole(self) -> Store:
        """The store with all records."""
        return self._whole

    def close(self) -> None:
        """Close the whole store."""
        self._whole.close()

    def require_open(self) -> None:
        """Raise ClosedError if the whole store was closed."""
        self._whole.require_open()

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[SqlRow]:
        """Yield the rows of a query on the tables as they could be read on the day."""
        words = re.findall(r"\w+", sql)
        needed = {name for name in self._views if name in words}
        needed |= {"link"} if "entry" in needed else set()
        views = ", ".join(f"{name} AS {AS_VIEW}({view})" for name, view in self._views.items() if name in needed)
        rest = sql.strip().removeprefix("WITH ")
        joint = "" if not views else ", " if rest != sql.strip() else " "
        return self._whole.rows(f"WITH {views}{joint}{rest}" if views else sql, values)


@lru_cache(maxsize=8)
def _views(day: int) -> dict[str, str]:
    """Return the queries that take the place of tables, by name; each may name those before it."""
    keys = {name: key for record in (Event, Fact) for name, key in keys_of(record).items()}
    later = {name: _later(key, day) for name, key in keys.items() if _may_be_later(key)}
    cases = " ".join(f"WHEN key = '{name}' THEN {_is_known(name, ids, keys)}" for name, ids in later.items())
    records = {record.type: _record(record, later) for record in (Event, Fact)}
    return {
        "link": _LINK.format(cases=cases),
        "entry": _ENTRY.format(day=day, lost=_LOST.format(later=_came_later(Source.type, day))),
        "span": _SPAN.format(day=day),
        "opponent": _OPPONENT.format(day=day),
    } | records


def _is_known(name: str, later: str, keys: Mapping[str, Key]) -> str:
    """Return the SQL of whether a link under a key is to what was known; all sources of one text must have been."""
    if _text_of(name, keys):
        others = f"SELECT 1 FROM main.link AS other WHERE other.seq = own.seq AND other.key = '{name}'"  # noqa: S608 - a name
        return f"NOT EXISTS ({others} AND other.target IN ({later}))"
    return f"target NOT IN ({later})"


def _text_of(name: str, keys: Mapping[str, Key]) -> str:
    """Return the key of the text whose sources are under a key: `outcome`, for `outcome_sources`."""
    text = name.removesuffix("_sources")
    return text if text != name and text in keys else ""


def _may_be_later(key: Key) -> bool:
    return any(table.removesuffix("s") in _PUBLISHED for table in key.refers)


def _later(key: Key, day: int) -> str:
    """Return the SQL of the ids under a key that mean what came surely later."""
    types = [table.removesuffix("s") for table in key.refers]
    published = [(type_, types[:number]) for number, type_ in enumerate(types) if type_ in _PUBLISHED]
    return " UNION ".join(_came_later(type_, day, earlier) for type_, earlier in published)


def _came_later(type_: str, day: int, earlier: Sequence[str] = ()) -> str:
    """Return the SQL of the ids of a type that came surely later and that none of the earlier types has."""
    sql = f"SELECT id FROM main.entry AS own WHERE type = '{type_}' AND known_min > {day}"  # noqa: S608 - a name and a number
    same = "SELECT 1 FROM main.entry AS other WHERE other.id = own.id AND other.type"
    return sql + "".join(f" AND NOT EXISTS ({same} = '{each}')" for each in earlier)


def _record(record: type[Record], later: dict[str, str]) -> str:
    """Return the SQL of a table of records whose values name nothing that came later."""
    columns = ", ".join(f'{_column(record, name, later)} AS "{name}"' for name in columns_of(record))
    return f"SELECT seq, {columns} FROM main.{record.type} AS own"  # noqa: S608 - names of columns


def _column(record: type[Record], name: str, later: dict[str, str]) -> str:
    column, keys = f'own."{name}"', keys_of(record)
    sources = name if _text_of(name, keys) else f"{name}_sources"
    if sources in keys:
        return f"CASE WHEN {_all_cited(sources, later[sources])} THEN {column} END"
    if name not in later:
        return column
    form = keys[name].form
    if form == "refs":  # ids, joined by blanks
        ids = f"""'["' || REPLACE({column}, ' ', '","') || '"]'"""
        return f"(SELECT GROUP_CONCAT(value, ' ') FROM json_each({ids}) WHERE value NOT IN ({later[name]}))"  # noqa: S608 - as above
    if form == "cites":
        return f"NULLIF({_cited(column, later[name])}, '[]')"
    sources = _cited("date.value, '$[1]'", later[name])
    known = f"json_array_length(date.value, '$[1]') = 0 OR {sources} <> '[]'"
    dates = f"SELECT json_group_array(json_set(date.value, '$[1]', json({sources}))) FROM json_each({column}) AS date"  # noqa: S608 - as above
    return f"NULLIF(({dates} WHERE {known}), '[]')"


def _all_cited(name: str, later: str) -> str:
    """Return the SQL of whether no citation under a key is of a later source."""
    cited = f"SELECT json_extract(value, '$[0]') FROM json_each(own.\"{name}\")"  # noqa: S608 - as above
    return f"NOT EXISTS ({cited} WHERE json_extract(value, '$[0]') IN ({later}))"


def _cited(array: str, later: str) -> str:
    """Return the SQL of a JSON list of citations without those of later sources."""
    return (
        "(SELECT json_group_array(json(cited.value)) FROM"  # noqa: S608 - as above
        f" json_each({array}) AS cited WHERE json_extract(cited.value, '$[0]') NOT IN ({later}))"
    )
