"""DuckDB as the engine of a store on Parquet files of somebody else, which our tables are views of."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import plain_words
from korea_cli.dates.spans import OPEN_START
from korea_cli.model.header import Header
from korea_cli.reading.draft import Draft
from korea_cli.store.duck import DuckEngine, types_of
from korea_cli.store.encode_rows import build_store, tables_of
from korea_cli.store.foreign import DATE
from korea_cli.store.foreign_sql import EACH, FILE_BITS, MACROS, identifier, quoted
from korea_cli.store.foreign_tables import TEXTS, ForeignTables
from korea_cli.store.plain import PLAIN
from korea_cli.store.tallies import TALLIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.store.database import Store
    from korea_cli.store.engine import Cursor
    from korea_cli.store.foreign import ForeignShape, Lookup, Meanings

# Records of one type that are looked up by their numbers alone: no other row is needed.
_BY_NUMBER = re.compile(
    r" FROM entry JOIN event AS record ON record\.seq = entry\.seq WHERE"
    r" entry\.seq IN \((?P<numbers>[?, ]+|SELECT CAST\(value AS INTEGER\) FROM json_each\(\?\))\) ORDER BY \+entry\.seq"
)
_AT_ONCE = 1000  # rows
_ALL = re.compile(r"(?:SELECT|\.|,) ?\*")


class ForeignEngine(DuckEngine):
    """The rows of foreign files as our tables; nothing is copied but what some columns mean.

    Each query sees views that have only the columns that it names, so that no other column is read.
    """

    def __init__(self, name: str, paths: Sequence[str]) -> None:
        """Prepare to read files, which messages call by a name; DuckDB can open no others."""
        self._prepare(name)
        self._paths = [str(self._temporary / f"{number}.parquet") for number in range(len(paths))]
        for link, path in zip(self._paths, paths, strict=True):  # a path may be a pattern for DuckDB
            Path(link).symlink_to(Path(path).absolute())
        for macro in MACROS:
            self._database.execute(f"CREATE MACRO {macro}")
        self._allow("allowed_paths", self._paths)
        self._shown = paths
        self._made: dict[str, str] = {}  # views, and the SQL of each
        self._read: set[str] = set()  # tables of what values mean
        self._own: Store | None = None

    def columns(self) -> dict[str, dict[str, str]]:
        """Return the columns of each file with their types, by its name; raises DataError for one that is damaged."""
        found = {}
        for path, name in zip(self._paths, self._shown, strict=True):
            rows = self._fetched(f"DESCRIBE FROM read_parquet({quoted(path)}, hive_partitioning = false)")
            found[name] = {column: type_ for column, type_, *_ in rows}
        return found

    def use(self, shape: ForeignShape, types: Mapping[str, str], meanings: Meanings) -> tuple[int, int]:
        """Read the rows by a shape from now on; return how many there are, and how many of them are no events."""
        self.sql, self._meanings = ForeignTables(shape, self._paths, self._shown, types), meanings
        self._tables = tables_of(Draft(header=Header())) | PLAIN
        for lookup in shape.lookups:
            if not lookup.role:
                self._look_up(lookup)
        self.sql.reach = self.last if self.last is not None else OPEN_START
        rows = self._one(f"SELECT COUNT(*) FROM {self.sql.raw()} AS raw")
        dated = self._one(f"SELECT COUNT(*) {self._events(titled=False)}")
        events = self._one(f"SELECT COUNT(*) {self._events(titled=True)}")
        self.sql.undated, self.sql.untitled = dated < rows, events < dated
        return rows, rows - events

    def _events(self, *, titled: bool) -> str:
        self.sql.undated, self.sql.untitled = True, titled
        return f"FROM ({self.sql.select({'seq': self.sql.values()['seq']})})"

    @property
    def last(self) -> int | None:
        """The last day that an event is known to be on; None without any."""
        found: int | None = self._one(f"SELECT MAX(last) FROM {DATE}")
        return found

    def _one(self, sql: str) -> Any:  # noqa: ANN401 - of any column
        return self._fetched(sql)[0][0]

    def _fetched(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query on the files."""
        return self.run(self._database, lambda: self._database.execute(sql).fetchall())

    # -------------------------------------------------------------------------------- what values mean

    def _look_up(self, lookup: Lookup) -> None:
        """Make the table of what the values of some columns mean."""
        keys, types = self.sql.keyed(lookup), self.sql.types(lookup)
        texts = ", ".join(f"CAST(k{n} AS VARCHAR)" for n in range(len(keys)))
        listed = ", ".join(f"{key} AS k{n}" for n, key in enumerate(keys))
        distinct = f"SELECT DISTINCT {listed} FROM {self.sql.raw()} AS raw"
        values = self._fetched(f"SELECT {texts} FROM ({distinct}) ORDER BY ALL")
        columns = dict(each.split() for each in lookup.types.split(", "))
        rows = ((*values[number], *row) for number, row in self._meanings.rows(lookup, values))
        spelled = {f"k{n}": (type_, "VARCHAR") for n, type_ in enumerate(types)}
        spelled |= {name: (t := "BIGINT" if type_ == "INTEGER" else "VARCHAR", t) for name, type_ in columns.items()}
        self._load(lookup.name, spelled, rows)
        if lookup.role:
            place = """json_extract_string(one, '$[0]') AS id, COALESCE(lower(json_extract_string(one, '$[1]')), '')"""
            each = f"SELECT k0, unnest(from_json('[' || cites || ']', '[\"JSON\"]')) AS one FROM {lookup.name}"
            self._database.execute(f"CREATE TABLE {lookup.name}{EACH} AS SELECT k0, {place} AS locator FROM ({each})")
        self._read.add(lookup.name)

    def _load(self, name: str, columns: Mapping[str, tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
        """Create a table; each column has a type, and that which JSON has it as."""
        text = json.dumps([list(row) for row in rows], ensure_ascii=False, default=bytes.hex)
        cells = (
            f"CAST({f'unhex(row[{n}])' if type_ == 'BLOB' else f'row[{n}]'} AS {type_}) AS {identifier(column)}"
            for n, (column, (type_, _)) in enumerate(columns.items(), 1)
        )
        rows_of = "SELECT unnest(from_json(?, '[[\"VARCHAR\"]]')) AS row"
        self._database.execute(f"CREATE TABLE {name} AS SELECT {', '.join(cells)} FROM ({rows_of})", [text])

    def _need_names(self) -> None:
        """Look up all that is named, so that each has the same id whatever is asked."""
        if self._own is None:
            for lookup in self.sql.shape.lookups:
                if lookup.role:
                    self._look_up(lookup)
            self._own = build_store(self._meanings.draft())

    def _need_own(self, table: str) -> str:
        """Make a table of the actors, topics and sources alone; return its name."""
        name = f"own_{table}"
        if name not in self._read:
            self._need_names()
            if self._own is None:
                return name
            whole = PLAIN.get(table)
            rows = whole.rows(self._own.rows) if whole else self._own.rows(f"SELECT * FROM {table}")
            self._load(name, {column: (type_, "") for column, type_ in types_of(self._tables[table]).items()}, rows)
            self._read.add(name)
        return name

    def _need_counts(self, table: str) -> None:
        """Count all events once, by what is asked of them."""
        if table not in self._read:
            self._read.add(table)
            rows = list(TALLIES[table].rows(self._rows))
            self._load(table, {column: (type_, "") for column, type_ in types_of(TALLIES[table]).items()}, rows)

    def _rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query on our tables."""
        cursor = self.execute(sql, ())
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some

    def _need_words(self) -> None:
        """Look up the words of texts that SQL alone cannot tell."""
        if "odd" in self._read:
            return
        self._read.add("odd")
        values, odd = self.sql.values(), []
        for key in TEXTS:
            if values[key].sql == "NULL":
                continue
            texts = self.sql.select({"text": values[key]})
            found = self._fetched(f"SELECT DISTINCT text FROM ({texts}) WHERE NOT is_plain(text)")
            if found:
                rows = ((text, plain_words(text)) for (text,) in found)
                self._load(self.sql.odd_words(key), dict.fromkeys(("text", "words"), ("VARCHAR", "")), rows)
                odd.append(key)
        self.sql.odd = odd

    # -------------------------------------------------------------------------------- queries

    def execute(self, sql: str, values: Sequence[str | int]) -> Cursor:
        """Start a query on views that have what it names."""
        words = set(re.findall(r"\w+", sql))
        for table in TALLIES:
            if re.search(rf"(?:FROM|JOIN) {table}\b", sql) and f"{table} AS (" not in sql:
                self._need_counts(table)
        self.sql.rows = _numbers_in(sql, values)
        for table in self._tables:
            if table in words and table not in TALLIES:
                self._view(table, words, values, whole=_ALL.search(sql) is not None)
        return super().execute(sql.replace(" AS INTEGER)", " AS BIGINT)"), values)  # numbers of records are large

    def _view(self, table: str, words: set[str], values: Sequence[str | int], *, whole: bool) -> None:
        own = self._need_own(table)
        if table in PLAIN:
            self._need_words()
        columns = [name for name in types_of(self._tables[table]) if whole or name in words] or ["seq"]
        columns = columns if "seq" not in types_of(self._tables[table]) else list(dict.fromkeys(("seq", *columns)))
        listed = ", ".join(f'"{name}"' for name in columns)
        events = self.sql.events_in(table, columns, values)
        view = f"SELECT {listed} FROM {own}" + (f" UNION ALL {events}" if events else "")
        if self._made.get(table) != view:
            self._database.execute(f"CREATE OR REPLACE VIEW {table} AS {view}")
            self._made[table] = view

    def close(self) -> None:
        """Close the database, and the store of what rows name."""
        super().close()
        if self._own is not None:
            self._own.close()


def _numbers_in(sql: str, values: Sequence[str | int]) -> list[int]:
    """Return the numbers of the only records that a query needs; none if it may need all."""
    found = _BY_NUMBER.search(sql)
    if not found:
        return []
    first = sql[: found.start("numbers")].count("?")
    numbers = values[first : first + found["numbers"].count("?")]
    listed = json.loads(str(numbers[0])) if "json_each" in found["numbers"] else numbers
    return [number for each in listed if (number := int(each)) >= 1 << FILE_BITS]
