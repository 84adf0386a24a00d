"""SQL that makes our tables of the rows of a foreign one, each with only the columns that a query names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.dates.spans import OPEN_END, OPEN_START
from korea_cli.model.records import Event
from korea_cli.store.decode_rows import columns_of
from korea_cli.store.foreign.rows import ForeignRows
from korea_cli.store.foreign.shape import DATE
from korea_cli.store.sql import LONG, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from korea_cli.store.foreign.shape import ForeignShape, Lookup

EACH = "_each"  # ends the name of the table with a row for each thing that a cell names
_DIGITS = 10  # more may be too many for a whole number of 32 bits
_OWN_NUMBER = "((raw.file_number + 1) || '-' || (raw.row_number + 1))"
_DECIMALS = ("DOUBLE", "FLOAT", "DECIMAL")  # in which programs write whole numbers too, where some are missing
_BOUNDS = ("start_min", "start_max", "end_min", "end_max")


class Value(NamedTuple):
    """The SQL of a value of a row, and the tables that it is looked up in."""

    sql: str
    uses: frozenset[str] = frozenset()


class ForeignSql(ForeignRows):
    """Makes our tables of a foreign one.

    reach: the last day that any event is on. odd: the keys of texts some of which have words that are looked up.
    undated, untitled: whether some rows have no date, or no title.
    """

    def __init__(
        self, shape: ForeignShape, files: Sequence[str], shown: Sequence[str], types: Mapping[str, str]
    ) -> None:
        super().__init__(shape, files, shown, types)
        self.reach = OPEN_START
        self.odd: Collection[str] = ()
        self.undated = self.untitled = True

    def keyed(self, lookup: Lookup) -> list[str]:
        """Return the SQL of the values that are looked up."""
        if lookup.addresses:
            return [f"named({self.text(column)})" for column in lookup.columns]
        columns = [f"raw.{self.places[column]}" for column in lookup.columns]
        if lookup.codes and len(columns) > 1:  # many names have the same code
            code, first = self.text(lookup.columns[0]), ", ".join(map(quoted, sorted(lookup.codes)))
            is_code = f"regexp_full_match({code}, '(?:[A-Z]{{3}})+') AND {code}[1:3] IN ({first})"
            columns[1] = f"CASE WHEN {is_code} THEN NULL ELSE {columns[1]} END"
        return columns

    def types(self, lookup: Lookup) -> list[str]:
        """Return the types of the values that are looked up."""
        return ["VARCHAR" if lookup.addresses else self._types[column] for column in lookup.columns]

    # -------------------------------------------------------------------------------- values of events

    def values(self) -> dict[str, Value]:
        """Return the values of events, by the columns of their table and of that of all records."""
        date = frozenset({DATE})
        found = {name: Value("NULL") for name in (*columns_of(Event), "source_count", "voice_count", "basis")}
        found |= {name: Value(f"{DATE}.{name}", date) for name in (
            "date", "date_text", "date_basis", "time", "timezone", *_BOUNDS, "orders", "clock", "precision", "year",
            "month", "within",
        )}  # fmt: skip
        found |= {key: Value(self._text(key)) for key in self.shape.texts}
        for key in dict.fromkeys(each.key for each in self.shape.lookups if each.key != DATE):
            found[key] = self._of_key(key)
        sources = self.shape.of_key("sources")
        count = " + ".join(f"COALESCE(len(string_split({each.name}.ids, ' ')), 0)" for each in sources) or "0"
        return found | {
            "seq": Value("raw.seq"), "type": Value(quoted(Event.type)), "id": Value(self.id()),
            "title": Value(self.title()), "basis": found["date_basis"], "sources": self._sources(sources),
            "source_count": Value(f"1 + {count}", frozenset(each.name for each in sources)), "voice_count": Value("1"),
            "known_min": Value(f"{DATE}.start_min", date), "known_max": Value(str(OPEN_END)),
            "all_min": Value(str(OPEN_START)), "file": Value(self._file()), "line": Value("raw.row_number + 1"),
            "long": Value(f"CAST({DATE}.end_max - {DATE}.start_min > {LONG} AS INTEGER)", date),
            "sharp": Value(f"{DATE}.sharp", date),
            "lasts": Value(f"CASE WHEN {DATE}.end_min = {OPEN_END} THEN GREATEST({DATE}.start_min, {self.reach})"
                           f" ELSE {DATE}.end_min END", date),
        }  # fmt: skip

    def _text(self, key: str) -> str:
        cells = self.shape.texts[key]
        if key == "place":
            return f"NULLIF(cleaned({self._first(cells)}), '')"
        return f"NULLIF(cleaned(concat_ws(chr(10), {', '.join(map(self.cell, cells))})), '')"

    def _of_key(self, key: str) -> Value:
        lookups = self.shape.of_key(key)
        uses = frozenset(each.name for each in lookups)
        if not lookups[0].role:
            return Value(f"COALESCE({', '.join(f'{each.name}.value' for each in lookups)}, NULL)", uses)
        if len(lookups) == 1:
            return Value(f"{lookups[0].name}.ids", uses)
        ids = f"concat_ws(' ', {', '.join(f'{each.name}.ids' for each in lookups)})"
        return Value(f"NULLIF(array_to_string(each_once(string_split({ids}, ' ')), ' '), '')", uses)

    def _sources(self, lookups: Sequence[Lookup]) -> Value:
        """Return the citations of an event: of its row in the table, then of what the row names."""
        cites = [f"'[{{}}, ' || to_json({self.number()}) || ']'".format(f'"{self.shape.name}"')]
        for each in lookups:
            address = self.text(each.columns[0])
            locator = f"""'["' || {each.name}.ids || '", ' || to_json({address}) || ']'"""
            cites.append(f"CASE WHEN is_address({address}) THEN {locator} ELSE {each.name}.cites END")
        return Value(f"'[' || concat_ws(', ', {', '.join(cites)}) || ']'", frozenset(each.name for each in lookups))

    def number(self) -> str:
        """Return the SQL of the number of a row: that of the table, else those of file and row."""
        if not self.shape.id:
            return _OWN_NUMBER
        cell = self.cell(self.shape.id)
        if self._types[self.shape.id.column].startswith(_DECIMALS):
            cell = f"regexp_replace({cell}, '\\.0+$', '')"
        return f"COALESCE({cell}, {_OWN_NUMBER})"

    def id(self) -> str:
        """Return the SQL of the id of an event."""
        number = self._whole_number() or f"slug({self.number()})"
        return f"({quoted(self.prefix)} || COALESCE(CAST({number} AS VARCHAR), {_OWN_NUMBER}))"

    def _whole_number(self) -> str:
        """Return the SQL of the number of a row, where the table has whole numbers; "" for others."""
        column = (
            self.shape.id.column
            if self.shape.id and not self.shape.id.codes.keys() - {"", *self.shape.id.missing}
            else ""
        )
        return f"raw.{self.places[column]}" if column and self._types[column].removeprefix("U").endswith("INT") else ""

    def may_be_in_id(self, word: str) -> bool:
        """Return whether a word may be in the id of an event: a number alone has no letters."""
        return not self._whole_number() or word.isdigit() or word in self.prefix

    def having_id(self, ids: Sequence[str]) -> str:
        """Return the condition on events that have some ids; on whole numbers, so that rows can be skipped by it."""
        number, numbers = self._whole_number(), [each.removeprefix(self.prefix) for each in ids]
        exact = f"{self.id()} IN ({', '.join(map(quoted, ids))})"
        plain = number and all(each.isascii() and each.isdecimal() and len(each) < _DIGITS for each in numbers)
        return f"({number} IN ({', '.join(map(str, map(int, numbers)))}) AND {exact})" if plain else exact

    @property
    def prefix(self) -> str:
        """What the ids of all events begin with."""
        return f"{self.shape.name}-"

    def _file(self) -> str:
        names = ", ".join(map(quoted, self._shown))
        return f"encode(list_extract([{names}], CAST(raw.file_number + 1 AS BIGINT)))"

    def odd_words(self, key: str) -> str:
        """Return the name of the table in which the words of some texts are looked up."""
        return f"odd_{key}"

    def words(self, key: str) -> Value:
        """Return the words of a text as `plain_words` writes them; "" where there is none."""
        value = self.values()[key]
        text = f"CASE WHEN is_plain({value.sql}) THEN plain({value.sql}) END"
        odd = f", {self.odd_words(key)}.words" if key in self.odd else ""
        uses = value.uses | ({self.odd_words(key)} if odd else set())
        return Value("''", frozenset()) if value.sql == "NULL" else Value(f"COALESCE({text}{odd}, '')", frozenset(uses))

    # -------------------------------------------------------------------------------- tables

    def select(self, columns: Mapping[str, Value], condition: str = "") -> str:
        """Return the query of some values of all rows that are events."""
        uses = {name for each in columns.values() for name in each.uses} | ({DATE} if self.undated else set())
        joins = [join for each in self.shape.lookups for join in self._joins(each, uses)]
        joins += [self._join_words(key) for key in self.odd if self.odd_words(key) in uses]
        conditions = [*([self.has_title()] if self.untitled else []), *filter(None, [condition])]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        listed = ", ".join(f'{each.sql} AS "{name}"' for name, each in columns.items())
        return f"SELECT {listed} FROM {self.raw(listed, *joins, where)} {' '.join(joins)}{where}"

    def _joins(self, lookup: Lookup, uses: Collection[str]) -> Iterator[str]:
        """Yield what joins the tables of a lookup that are used: a row has a date, or it is no event."""
        kinds = {lookup.name: "JOIN" if lookup.key == DATE else "LEFT JOIN", f"{lookup.name}{EACH}": "JOIN"}
        for name, join in kinds.items():
            if name in uses:
                same = (f"{name}.k{n} IS NOT DISTINCT FROM {sql}" for n, sql in enumerate(self.keyed(lookup)))
                yield f"{join} {name} ON {' AND '.join(same)}"

    def _join_words(self, key: str) -> str:
        name, value = self.odd_words(key), self.values()[key]
        return f"LEFT JOIN {name} ON {name}.text = {value.sql}"
