"""A chronology as it could be read on a day: tables without what surely came later, in the place of the whole ones.

Every query that reads them sees the same: filters, order, counts and the records that are shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.model.records import Event, Fact, Record, keys_of
from korea_cli.model.support import all_supporting_keys, text_of
from korea_cli.store.database import AS_VIEW, Store
from korea_cli.store.decode_rows import columns_of
from korea_cli.store.sql import EACH_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.dates.days import Day
    from korea_cli.model.field_spec import Key
    from korea_cli.store.database import SqlRow
    from korea_cli.store.sql import Counting

_PUBLISHED = ("source", "event", "fact")  # the types of record that became known on some day
_SUPPORTING = ", ".join(f"'{key}'" for key in all_supporting_keys())
_RESTS_ON = f"link.seq = own.seq AND link.key IN ({_SUPPORTING})"
_VOICE = "belongs ON belongs.type = 'voice' AND belongs.id = link.target"
# Only what rests on a source that came later needs to be counted again. The plus sign leaves the choice of an index to
# the query: most records were known, so that the day seldom leads to few.
_ENTRY = f"""SELECT seq, type, id, title, start_min, start_max, end_min, end_max, orders, clock, precision,
  year, month, kind, status, basis,
  CASE WHEN all_min <= {{day}} THEN source_count
    ELSE (SELECT COUNT(DISTINCT target) FROM link WHERE {_RESTS_ON}) END AS source_count,
  CASE WHEN all_min <= {{day}} THEN voice_count
    ELSE (SELECT COUNT(DISTINCT whole) FROM link JOIN {_VOICE} WHERE {_RESTS_ON}) END AS voice_count,
  known_min, known_max FROM main.entry AS own WHERE +known_min <= {{day}}"""  # noqa: S608 - names of keys
_LINK = "SELECT seq, key, role, target, locator FROM main.link WHERE known_min <= {day}"
_LATER = "SELECT target FROM main.link WHERE link.seq = own.seq AND key = '{name}' AND known_min > {day}"
_SPAN = "SELECT * FROM main.span WHERE known_min <= {day}"
_WAS_KNOWN = "(SELECT known_min FROM main.entry WHERE seq = own.{}) <= {{day}}"
_CLAIM = f"SELECT * FROM main.claim AS own WHERE {_WAS_KNOWN.format('fact')}"  # noqa: S608 - as above
_OPPONENT = f"""SELECT * FROM main.opponent AS own WHERE {_WAS_KNOWN.format("seq")} AND {_WAS_KNOWN.format("other")}
  AND (about = 0 OR {_WAS_KNOWN.format("about")})"""  # noqa: S608 - as above


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

    @property
    def counting(self) -> Counting:
        """How its records are counted: those that are alike may have become known on different days."""
        return EACH_ROW

    def has_json_for(self, count: int) -> bool:  # noqa: ARG002 - as of any store
        """Return False: what was known on the day is not what the text has."""
        return False

    def keeps(self, table: str, *, making: bool) -> bool:  # noqa: ARG002 - as of any store
        """Return False: what is kept is what is known by now."""
        return False

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
    views = {"link": _LINK, "entry": _ENTRY, "span": _SPAN, "opponent": _OPPONENT, "claim": _CLAIM}
    return {name: sql.format(day=day) for name, sql in views.items()} | {
        record.type: _record(record, day) for record in (Event, Fact)
    }


def _record(record: type[Record], day: int) -> str:
    """Return the SQL of a table of records whose values name nothing that came later."""
    later = {name: _LATER.format(name=name, day=day) for name, key in keys_of(record).items() if _may_be_later(key)}
    columns = ", ".join(f'{_column(record, name, later)} AS "{name}"' for name in columns_of(record))
    return f"SELECT seq, {columns} FROM main.{record.type} AS own"  # noqa: S608 - names of columns


def _may_be_later(key: Key) -> bool:
    return any(table.removesuffix("s") in _PUBLISHED for table in key.refers)


def _column(record: type[Record], name: str, later: dict[str, str]) -> str:
    column, keys = f'own."{name}"', keys_of(record)
    sources = name if text_of(record, name) else f"{name}_sources"
    if sources in keys:
        return f"CASE WHEN NOT EXISTS ({later[sources]}) THEN {column} END"
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
    known_date = (
        f"json_array(json(json_extract(date.value, '$[0]')), json({sources}), json_extract(date.value, '$[2]'))"
    )
    dates = f"SELECT json_group_array({known_date}) FROM json_each({column}) AS date"  # noqa: S608 - as above
    return f"NULLIF(({dates} WHERE {known}), '[]')"


def _cited(array: str, later: str) -> str:
    """Return the SQL of a JSON list of citations without those of later sources."""
    return (
        "(SELECT json_group_array(json(cited.value)) FROM"  # noqa: S608 - as above
        f" json_each({array}) AS cited WHERE json_extract(cited.value, '$[0]') NOT IN ({later}))"
    )
