"""What is found about the files of a foreign table once, and kept in a folder for the next time."""

from __future__ import annotations

import json
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from korea_cli.base.tokenize import plain_words
from korea_cli.dates.spans import OPEN_START
from korea_cli.model.header import Header
from korea_cli.reading.draft import Draft
from korea_cli.store.duck import DuckEngine, interruptible, types_of
from korea_cli.store.encode_rows import build_store, tables_of
from korea_cli.store.foreign.counts import ForeignCounts
from korea_cli.store.foreign.kept import KeptTables
from korea_cli.store.foreign.macros import MACROS
from korea_cli.store.foreign.rows import identifier, without_zeros
from korea_cli.store.foreign.shape import DATE, RANKED
from korea_cli.store.foreign.sql import EACH, Value
from korea_cli.store.foreign.tables import TEXTS, ForeignTables
from korea_cli.store.locations import is_remote, public_name, replaced, stamp_of
from korea_cli.store.plain import PLAIN
from korea_cli.store.sql import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from korea_cli.store.duck import Watch
    from korea_cli.store.foreign.shape import ForeignShape, Lookup, Meanings

OWN = "own_"  # begins the name of the table of actors, topics and sources in one of ours
_FACTS, _UNREAD = "found_facts", "found_unread"


class ForeignFindings(DuckEngine):
    """Foreign files, and tables of what their values mean: made together with others when one is first needed."""

    def __init__(self, name: str, paths: Sequence[str], kept: str | None = None, watch: Watch | None = None) -> None:
        """Prepare to read files, which messages call by a name; DuckDB can open no others.

        kept: the folder for what is found, if that is to be kept. watch: as `interruptible` calls it.
        """
        stamps = {path: stamp_of(path) for path in paths if not is_remote(path)}
        self._prepare(name, network=any(map(is_remote, paths)), replaced=partial(replaced, stamps), watch=watch)
        self._paths = [self._path_to(path, number) for number, path in enumerate(paths)]
        self._database.execute("SET TimeZone = 'UTC'")  # else a time depends on where it is read
        for macro in MACROS:
            self._database.execute(f"CREATE MACRO {macro}")
        self._kept = KeptTables(self._temporary / "kept")
        if kept:
            link = self._kept.folder
            link.symlink_to(kept, target_is_directory=True)
            self._database.execute(f"SET allowed_directories = [{quoted(f'{kept}/')}, {quoted(f'{link}/')}]")
        self._allow("allowed_paths", self._paths)
        self._shown = [public_name(path) for path in paths]
        self._groups: dict[str, list[str]] = {}  # of tables that are made together
        self._made: dict[str, str] = {}  # views of our tables, and the SQL of each
        self._unread: list[tuple[str, int, str]] = []  # columns with cells that mean nothing, how many, and why
        self._views: set[str] = set()  # tables that are kept, as far as they are views already
        self._tables = tables_of(Draft(header=Header())) | PLAIN

    def _path_to(self, path: str, number: int) -> str:
        """Return what DuckDB reads a file by: an address, or a link, as the path may be a pattern for it."""
        if is_remote(path):
            self._shown_as[path] = public_name(path)
            return path
        link = self._temporary / f"{number}.parquet"
        link.symlink_to(Path(path).absolute())
        self._shown_as[str(link)] = path
        return str(link)

    def columns(self) -> dict[str, dict[str, str]]:
        """Return the columns of each file with their types, by its name; raises DataError for one that is damaged."""
        found = {}
        for path, name in zip(self._paths, self._shown, strict=True):
            rows = self._fetched(f"DESCRIBE FROM read_parquet({quoted(path)}, hive_partitioning = false)")
            found[name] = {column: type_ for column, type_, *_ in rows}
        return found

    def use(self, shape: ForeignShape, types: Mapping[str, str], meanings: Meanings) -> None:
        """Read the rows by a shape from now on."""
        self.sql, self._meanings = ForeignTables(shape, self._paths, self._shown, types), meanings
        self._need("dates", self._make_dates)
        for each in self._groups["dates"]:
            self._have(each)
        self.rows, self.dated, self.events, last, refused, kinds = self._fetched(f"FROM {_FACTS}")[0]
        self.last: int | None = last
        self.refused, self.kinds = str(refused), tuple(str(kinds).split())
        self.sql.reach = OPEN_START if last is None else last
        self.sql.undated, self.sql.untitled = self.dated < self.rows, self.events < self.dated
        self._need_names()
        self._have(_UNREAD)
        self.unread: list[tuple[str, int, str]] = self._fetched(f"FROM {_UNREAD}")

    def _make_dates(self) -> list[str]:
        """Look up dates and what else names nothing, and count the rows that are events."""
        lookups = [each for each in self.sql.shape.lookups if not each.role]
        for lookup in lookups:
            self._look_up(lookup)
        self._database.execute(RANKED)
        rows = self._fetched(f"SELECT COUNT(*) FROM {self.sql.raw()}")[0][0]
        last = self._fetched(f"SELECT MAX(last) FROM {DATE}")[0][0]
        dated, events = (self._count_events(titled=titled) for titled in (False, True))
        facts = rows, dated, events, last, self._meanings.refused, " ".join(self._meanings.kinds)
        names = ("rows", "dated", "events", "last", "refused", "kinds")
        types = ("BIGINT", "BIGINT", "BIGINT", "BIGINT", "VARCHAR", "VARCHAR")
        self._load(_FACTS, dict(zip(names, types, strict=True)), [facts])
        return [*(each.name for each in lookups), _FACTS]

    def _count_events(self, *, titled: bool) -> int:
        self.sql.undated, self.sql.untitled = True, titled
        events = self.sql.select({"seq": self.sql.values()["seq"]})
        return int(self._fetched(f"SELECT COUNT(*) FROM ({events})")[0][0])

    def _run(self, sql: str, values: Sequence[str] = ()) -> None:
        """Run what has no rows: DuckDB itself would take a signal for an error."""
        interruptible(self._database, lambda: self._database.execute(sql, values))

    # -------------------------------------------------------------------------------- kept for the next time

    def _need(self, group: str, make: Callable[[], list[str]]) -> None:
        """Have the tables of a group: those that were kept, or else those that are made now."""
        if group in self._groups:
            return
        if (names := self._kept.names(group)) is not None:
            self._groups[group] = names
            return
        needed, self.sql.rows = self.sql.rows, ()  # what is kept is of all rows, whatever a query needs
        self._groups[group] = made = make()
        self.sql.rows = needed
        self._views.update(made)
        self._kept.keep(group, made, self._write)

    def _write(self, table: str, path: Path) -> None:
        copy = f"COPY {table} TO {quoted(str(path))} (FORMAT parquet)"
        self.run(self._database, lambda: self._database.execute(copy))

    def _have(self, name: str) -> None:
        """Have a table of a group, which may be kept in a file."""
        if name not in self._views:
            self._views.add(name)
            self._run(f"CREATE VIEW {name} AS FROM read_parquet({quoted(str(self._kept.path(name)))})")

    # -------------------------------------------------------------------------------- what values mean

    def _look_up(self, lookup: Lookup) -> None:
        """Make the table of what the values of some columns mean."""
        keys, types = self.sql.keyed(lookup), self.sql.types(lookup)
        texts = ", ".join(f"CAST(k{n} AS VARCHAR)" for n in range(len(keys)))
        values = self._fetched(f"SELECT {texts} FROM ({self._distinct(lookup)}) ORDER BY ALL")
        columns = dict(each.split() for each in lookup.types.split(", "))
        whole = lookup.key == DATE
        read = [tuple(each and without_zeros(each) for each in row) for row in values] if whole else values
        rows = ((*values[number], *row) for number, row in self._meanings.rows(lookup, read))
        spelled = {f"k{n}": type_ for n, type_ in enumerate(types)}
        spelled |= {name: "BIGINT" if type_ == "INTEGER" else "VARCHAR" for name, type_ in columns.items()}
        self._load(lookup.name, spelled, rows)
        if lookup.key != DATE:  # rows without a date are counted
            self._count_unread(lookup, values, spelled)
        if lookup.role:
            place = """json_extract_string(one, '$[0]') AS id, COALESCE(lower(json_extract_string(one, '$[1]')), '')"""
            looked_up = ", ".join(f"k{n}" for n in range(len(keys)))
            each = f"SELECT {looked_up}, unnest(from_json('[' || cites || ']', '[\"JSON\"]')) AS one FROM {lookup.name}"
            rows_of_each = f"SELECT {looked_up}, {place} AS locator FROM ({each})"
            self._run(f"CREATE TABLE {lookup.name}{EACH} AS {rows_of_each}")

    def _distinct(self, lookup: Lookup) -> str:
        """Return the query of the distinct values of some columns; names count only where rows are events."""
        keys = self.sql.keyed(lookup)
        if self.sql.shape.is_alone(lookup):
            cells = self._counts.cells([lookup], bounds=True)  # by which all that it names will be counted
            return f"SELECT {', '.join(f'{lookup.name}_{n} AS k{n}' for n in range(len(keys)))} FROM {cells}"
        if lookup.role:
            return f"SELECT DISTINCT * FROM ({self.sql.select({f'k{n}': Value(key) for n, key in enumerate(keys)})})"
        listed = ", ".join(f"{key} AS k{n}" for n, key in enumerate(keys))
        return f"SELECT DISTINCT {listed} FROM {self.sql.raw(listed)}"

    def _count_unread(self, lookup: Lookup, values: Sequence[Sequence[str]], types: Mapping[str, str]) -> None:
        """Count the cells that mean something, but nothing that events can have."""
        numbers, reason = self._meanings.unread
        if not numbers:
            return
        keys = self.sql.keyed(lookup)
        self._load("unread", {f"k{n}": types[f"k{n}"] for n in range(len(keys))}, (values[each] for each in numbers))
        same = " AND ".join(f"unread.k{n} IS NOT DISTINCT FROM cells.k{n}" for n in range(len(keys)))
        cells = self.sql.select({f"k{n}": Value(key) for n, key in enumerate(keys)})
        count = f"SELECT COUNT(*) FROM ({cells}) AS cells JOIN unread ON {same}"
        self._unread.append((lookup.columns[-1], self._fetched(count)[0][0], reason))
        self._run("DROP TABLE unread")

    def _load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Create a table of some columns with their types."""
        text = json.dumps([list(row) for row in rows], ensure_ascii=False, default=bytes.hex)
        cells = (
            f"CAST({f'unhex(row[{n}])' if type_ == 'BLOB' else f'row[{n}]'} AS {type_}) AS {identifier(column)}"
            for n, (column, type_) in enumerate(columns.items(), 1)
        )
        rows_of = "SELECT unnest(from_json(?, '[[\"VARCHAR\"]]')) AS row"
        self._run(f"CREATE TABLE {name} AS SELECT {', '.join(cells)} FROM ({rows_of})", [text])

    def _make_names(self) -> list[str]:
        """Look up all that is named, at once: so each has the same id whatever is asked."""
        lookups = [each for each in self.sql.shape.lookups if each.role]
        for lookup in lookups:
            self._look_up(lookup)
        store = build_store(self._meanings.draft())
        for table, whole in self._tables.items():
            rows = whole.rows(store.rows) if table in PLAIN else store.rows(f"SELECT * FROM {table}")
            self._load(f"{OWN}{table}", types_of(whole), rows)
        store.close()
        self._load(_UNREAD, {"name": "VARCHAR", "cells": "BIGINT", "reason": "VARCHAR"}, self._unread)
        made = [name for each in lookups for name in (each.name, f"{each.name}{EACH}")] + sorted(self._counts.there)
        return [*made, *(f"{OWN}{table}" for table in self._tables), _UNREAD]

    @cached_property
    def _counts(self) -> ForeignCounts:
        return ForeignCounts(self.sql, self._fetched, self._groups.get("names", ()))

    def _make_words(self) -> list[str]:
        """Look up the words of texts that SQL alone cannot tell."""
        values, odd = self.sql.values(), []
        for key in TEXTS:
            texts = self.sql.select({"text": values[key]})
            odd_ones = f"SELECT DISTINCT text FROM ({texts}) WHERE NOT is_plain(text)"
            if found := () if values[key].sql == "NULL" else self._fetched(odd_ones):
                rows = ((text, plain_words(text)) for (text,) in found)
                self._load(self.sql.odd_words(key), dict.fromkeys(("text", "words"), "VARCHAR"), rows)
                odd.append(key)
        return [self.sql.odd_words(key) for key in odd]

    def _need_names(self) -> None:
        self._need("names", self._make_names)

    def _need_words(self) -> None:
        if "words" not in self._groups:
            self._need("words", self._make_words)
            self.sql.odd = [key for key in TEXTS if self.sql.odd_words(key) in self._groups["words"]]
            for each in self._groups["words"]:
                self._have(each)
