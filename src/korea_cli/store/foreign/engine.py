"""DuckDB as the engine of a store on Parquet files of somebody else, which our tables are views of."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.store.duck import types_of
from korea_cli.store.foreign.alike import ALIKE, COUNTING, alike_view
from korea_cli.store.foreign.findings import OWN, ForeignFindings
from korea_cli.store.foreign.plans import on_rows
from korea_cli.store.foreign.rows import FILE_BITS
from korea_cli.store.tallies import SEVERAL, TALLIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from korea_cli.store.engine import Cursor

# Records of one type that are looked up by their numbers alone: no other row is needed.
_BY_NUMBER = re.compile(
    r" FROM entry JOIN event AS record ON record\.seq = entry\.seq WHERE"
    r" entry\.seq IN \((?P<numbers>[?, ]+|SELECT CAST\(value AS INTEGER\) FROM json_each\(\?\))\) ORDER BY \+entry\.seq"
)
# Records that are looked up by their ids alone.
_BY_ID = re.compile(
    r" FROM entry (?:LEFT JOIN \w+ ON \w+\.seq = entry\.seq )*WHERE (?:type = (?:\?|'event') AND id = \?"
    r"|(?:entry\.)?id IN \(SELECT value FROM json_each\(\?\)\)"
    r"|\(entry\.type IN \([?, ]+\) AND entry\.type = \? AND entry\.id = \?\) ORDER BY [^?]+"
    r"|\+?type IN \([?, ]+\) AND seq IN \(SELECT seq FROM (?:\(SELECT seq, name FROM name UNION ALL SELECT seq, name"
    r" FROM title_name\) AS )?name WHERE name = \?\) ORDER BY seq)$"
)
# What is beside records: what refers to them, and what they name. No event is beside an actor, topic or source.
_BESIDE = " AND link.role IN ('', 'whole')"
_SEARCHES = re.compile(r"SELECT seq FROM words WHERE INSTR\(words\.")
_FEW = 1_000  # more records are read by one query alone, and would be copied
_WORDED = {"words", "phrase"}  # tables with the words of texts
_ALL = re.compile(r"(?:SELECT|\.|,) ?\*")


class ForeignEngine(ForeignFindings):
    """The rows of foreign files as our tables; nothing is copied but what some columns mean.

    Each query sees views that have only the columns that it names, so that no other column is read.
    """

    counting = COUNTING
    _events = True  # whether views have those
    _sizes: Mapping[str, int] = {}  # how many rows tables of what cells mean have

    def execute(self, sql: str, values: Sequence[str | int]) -> Cursor:
        """Start a query on views that have what it names."""
        for table in TALLIES:
            if re.search(rf"(?:FROM|JOIN) {table}\b", sql) and f"{table} AS (" not in sql:
                self._have_tally(table)
        self.sql.rows, self.sql.phrases = _numbers_in(sql, values), _phrases_in(sql, values)
        ids = {table: _ids_in(sql, values, self.sql.prefix, table) for table in self._tables}
        needed = _needs_events(sql, values, self.sql.prefix)
        sql, values = on_rows(sql, values, self.sql.shape)
        words = set(re.findall(r"\w+", sql))
        self._events = needed
        for table in self._tables:
            if table in words and table not in TALLIES:
                self._view(table, words, ids[table], whole=_ALL.search(sql) is not None)
        if ALIKE in words:
            self._create(ALIKE, alike_view(self.sql, sql, self._size, f"{OWN}entry"))
        self._have_names(words)
        return super().execute(sql.replace(" AS INTEGER)", " AS BIGINT)"), values)  # numbers of records are large

    def _view(self, table: str, words: set[str], ids: Sequence[str] | None, *, whole: bool) -> None:
        """Make a view of a table that has the columns which a query names."""
        if table in _WORDED:
            self._need_words()
        types = types_of(self._tables[table])
        columns = [name for name in types if whole or name in words or name == "seq"] or [*types][:1]
        more = [name for name in sorted(words) if self.sql.is_of_events(name)] if table == "entry" else []
        listed = ", ".join(
            [f'"{name}"' for name in columns] + [f"{self.sql.of_others(name)} AS {name}" for name in more]
        )
        events = self.sql.events_in(table, [*columns, *more], ids) if self._events else ""
        if events and 0 < len(self.sql.rows) <= _FEW:
            events = self._few(table, events)
        self._create(table, f"SELECT {listed} FROM {OWN}{table}" + (f" UNION ALL {events}" if events else ""))

    def _few(self, table: str, events: str) -> str:
        """Return the query of few events, read once: DuckDB plans a view each time that a query names it."""
        self._have_names(re.findall(r"\w+", events))
        self._fetched(f"CREATE OR REPLACE TABLE few_{table} AS {events}")
        return f"FROM few_{table}"

    def _size(self, name: str) -> int:
        self._have_names([name])
        if name not in self._sizes:
            self._sizes = {**self._sizes, name: self._fetched(f"SELECT COUNT(*) FROM {name}")[0][0]}
        return self._sizes[name]

    def _create(self, table: str, view: str) -> None:
        if self._made.get(table) != view:
            self._have_names(re.findall(r"\w+", view))
            self._run(f"CREATE OR REPLACE VIEW {table} AS {view}")
            self._made[table] = view

    def _have_names(self, words: Iterable[str]) -> None:
        """Have those tables of names that are among some words."""
        for each in words:
            if each in self._groups.get("names", ()):
                self._have(each)

    def _make_counts(self, table: str, of: str) -> list[str]:
        """Count all events once, by what is asked of them."""
        self._have_names([*self._groups["names"]])
        rows = [] if table == "tally" else list(self._counts.totals(OWN))
        self._load(of, types_of(TALLIES[table]), rows)
        if table == "tally":
            self._fetched(f"INSERT INTO {of} BY NAME {self._counts.tally(of.removeprefix('tally_'), OWN)}")
        return [of]

    def _have_tally(self, table: str, types: Iterable[str] = ROLES_BY_TYPE) -> None:
        """Have what is counted: for records of some types, or in all."""
        parts = [f"tally_{type_}" for type_ in types] if table == "tally" else [table]
        if table != "tally":
            self._have_tally("tally", SEVERAL)
        for part in parts:
            self._need(part, partial(self._make_counts, table, part))
            self._have(part)
        if len(parts) == len(ROLES_BY_TYPE):
            self._create(table, " UNION ALL ".join(f"FROM {part}" for part in parts))


def _ids_in(sql: str, values: Sequence[str | int], prefix: str, table: str) -> list[str] | None:
    """Return the ids of the only events that a query needs of a table; None if it may need all."""
    if table != "name" and not _BY_ID.search(" ".join(sql.replace("main.", "").split())):
        return None
    return sorted(each for each in _texts_of(values) if each.startswith(prefix))


def _texts_of(values: Sequence[str | int]) -> set[str]:
    """Return the texts among values, and in lists of these."""
    texts = [each for each in values if isinstance(each, str)]
    listed = [each for text in texts if text.startswith("[") for each in json.loads(text)]
    return {each for each in (*texts, *listed) if isinstance(each, str)}


def _needs_events(sql: str, values: Sequence[str | int], prefix: str) -> bool:
    """Return whether a query may need any event: not if it looks up other records by their ids, with what is beside."""
    texts = _texts_of(values)
    named = not texts.isdisjoint({"event", "fact"}) or any(each.startswith(prefix) for each in texts)
    return (
        named
        or _BESIDE not in sql
        or "tally AS (SELECT listed" in sql
        or not texts
        or any(isinstance(each, int) for each in values)
    )


def _phrases_in(sql: str, values: Sequence[str | int]) -> list[str]:
    """Return the phrases that a query looks for in words; none if it may read words for something else."""
    found = re.findall(r"\bwords\b(?!\.)", sql)
    phrases = [each for each in values if isinstance(each, str) and each.startswith(" ")]
    return sorted({*phrases}) if len(found) == len(_SEARCHES.findall(sql)) else []


def _numbers_in(sql: str, values: Sequence[str | int]) -> list[int]:
    """Return the numbers of the only records that a query needs; none if it may need all."""
    found = _BY_NUMBER.search(sql)
    if not found:
        return []
    first = sql[: found.start("numbers")].count("?")
    numbers = values[first : first + found["numbers"].count("?")]
    listed = json.loads(str(numbers[0])) if "json_each" in found["numbers"] else numbers
    return [number for each in listed if (number := int(each)) >= 1 << FILE_BITS]
