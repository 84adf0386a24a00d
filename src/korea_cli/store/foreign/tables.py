"""Which rows our tables have of the events of a foreign one, as SQL with only the columns that are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.spans import OPEN_START
from korea_cli.model.field_spec import WORDED
from korea_cli.model.records import Event, keys_of
from korea_cli.store.foreign.plans import IS_EVENT, OF_EVENT, OF_IDS, OF_KEY, OF_SPAN
from korea_cli.store.foreign.sql import EACH, ForeignSql, Value
from korea_cli.store.sql import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from korea_cli.store.foreign.shape import Lookup

_SEARCHED = ("title", "summary", "place", "quote", "note")  # texts whose words are found by `text`
TEXTS = tuple(dict.fromkeys((*_SEARCHED, *(name for name, key in keys_of(Event).items() if key.form in WORDED))))
_KEYS_OF = {"head": ("title",), "text": _SEARCHED, "place": ("place",)}  # texts whose words each column has
_NONE, _NOTHING = Value("''"), Value("NULL")


class ForeignTables(ForeignSql):
    """Makes the rows of events in our tables."""

    def events_in(self, table: str, columns: Sequence[str], ids: Sequence[str] | None) -> str:
        """Return the query of some columns of a table, for all events; "" where it has none of them.

        ids: the only ids of events that a query asks for by id, of which it needs no others; None if it needs all.
        """
        if ids is not None and not ids and table == "entry":
            return ""
        chosen = self.having_id(ids) if ids else ""
        make = {
            "entry": lambda columns: self._entry(columns, chosen), Event.type: self._entry, "span": self._span,
            "words": self._words, "name": lambda columns: self._name(columns, ids or ()), "link": self._link,
            "phrase": self._phrase, "place_name": self._place_name,
        }.get(table)  # fmt: skip
        return make(columns) if make else ""

    def _entry(self, columns: Sequence[str], condition: str = "") -> str:
        return self.select(self.of_entry(columns), condition)

    def of_entry(self, columns: Iterable[str]) -> dict[str, Value]:
        """Return the values of events in some columns of `entry`."""
        values = self.values()
        return {name: values.get(name) or self._more(name) for name in columns}

    def is_of_events(self, name: str) -> bool:
        """Return whether a name is that of a column which `entry` has for events alone, as `on_rows` names it."""
        return name == IS_EVENT or name.startswith((OF_EVENT, OF_SPAN, OF_KEY, OF_IDS))

    def of_others(self, name: str) -> str:
        """Return the SQL of such a column for all other records."""
        return "FALSE" if name == IS_EVENT else "NULL"

    def _more(self, name: str) -> Value:
        """Return the value of such a column for events."""
        if name == IS_EVENT:
            return Value("TRUE")
        if name.startswith(OF_KEY):
            lookup, _, number = name.removeprefix(OF_KEY).rpartition("_")
            return Value(next(self.keyed(each) for each in self.shape.lookups if each.name == lookup)[int(number)])
        if name.startswith(OF_IDS):
            return self.ids_of(name.removeprefix(OF_IDS).split("_"))
        values = self.values()
        if name.startswith(OF_EVENT):
            return values[name.removeprefix(OF_EVENT)]
        column = name.removeprefix(OF_SPAN)
        return values["lasts" if column == "end_min" else column]

    def ids_of(self, roles: Sequence[str]) -> Value:
        """Return the ids of all that events name in some roles, with blanks between; some may be there twice."""
        named = [each.name for each in self.shape.lookups if each.role in roles]
        ids = [f"{name}.ids" for name in named] + [quoted(self.shape.name)] * ("source" in roles)
        return Value(f"NULLIF(concat_ws(' ', {', '.join(ids) or 'NULL'}), '')", frozenset(named))

    def _span(self, columns: Sequence[str]) -> str:
        values = self.values()
        values |= {"end_min": values["lasts"], "known_min": Value(str(OPEN_START))}
        return self.select({name: values[name] for name in columns})

    def _words(self, columns: Sequence[str]) -> str:
        named = [each for each in self.shape.lookups if each.role and each.key != "sources"]
        heads = [Value(f"COALESCE({each.name}.words, '')", frozenset({each.name})) for each in named]
        id_ = Value(f"plain({self.id()})")
        values = {
            "seq": Value("raw.seq"), "head": _joined([self.words("title"), id_]), "outcome": _NONE,
            "text": _joined([*map(self.words, _SEARCHED), *heads]), "place": self.words("place"), "container": _NONE,
        }  # fmt: skip
        for name in _KEYS_OF.keys() & set(columns):  # there alone are words read: a condition may come after them
            if may_have := self._may_have(name, named):
                values[name] = Value(f"CASE WHEN {may_have} THEN {values[name].sql} ELSE '' END", values[name].uses)
        return self.select({name: values[name] for name in columns})

    def _may_have(self, column: str, named: Sequence[Lookup]) -> str:
        """Return the condition that a column has one of the phrases that are asked for; "" where that is not known.

        It looks for the letters of a word in texts as they are, which is far quicker than to read all their words.
        """
        words = sorted({max(phrase.split(), key=len, default="") for phrase in self.phrases})
        if not words or not all(map(str.isalnum, words)):  # any other sign may mean something to ILIKE
            return ""
        texts = [value for key in _KEYS_OF[column] if (value := self.values()[key].sql) != "NULL"]
        texts += [self.id()] if column == "head" and any(map(self.may_be_in_id, words)) else []
        texts += [f"{each.name}.words" for each in named if column == "text"]
        found = [f"{text} ILIKE {quoted(f'%{word}%')}" for text in texts for word in words]
        odd = [f"{self.odd_words(key)}.words IS NOT NULL" for key in _KEYS_OF[column] if key in self.odd]
        return f"({' OR '.join([*found, *odd])})" if found else ""

    def _phrase(self, columns: Sequence[str]) -> str:
        found = []
        for key in TEXTS:
            if self.values()[key].sql != "NULL":
                value = {"seq": Value("raw.seq"), "key": Value(quoted(key)), "words": self.words(key)}
                found.append(self.select({name: value[name] for name in columns}))
        return " UNION ALL ".join(found)

    def _name(self, columns: Sequence[str], ids: Sequence[str]) -> str:
        """Return events by their whole ids: a title of coded events names none of them."""
        value = {"seq": Value("raw.seq"), "name": Value(self.id())}
        return self.select({name: value[name] for name in columns}, self.having_id(ids)) if ids else ""

    def _place_name(self, columns: Sequence[str]) -> str:
        place = self.values()["place"]
        if place.sql == "NULL":
            return ""
        listed = ", ".join(f'place AS "{name}"' for name in columns)
        return f"SELECT DISTINCT {listed} FROM ({self.select({'place': place})}) WHERE place IS NOT NULL"

    def _link(self, columns: Sequence[str]) -> str:
        """Return what events refer to: each only once under a key."""
        keys = dict.fromkeys(each.key for each in self.shape.lookups if each.role)
        found = [self._links_of(key, columns) for key in keys]
        row = {"target": Value(quoted(self.shape.name)), "locator": Value(f"lower({self.number()})")}
        return " UNION ALL ".join([*found, self.select(_chosen(_reference("sources", "source") | row, columns))])

    def _links_of(self, key: str, columns: Sequence[str]) -> str:
        lookups = self.shape.of_key(key)
        queries = [self._links_by(each, columns) for each in lookups]
        if len(queries) == 1:
            return queries[0]
        whole = [self._links_by(each, ("seq", "key", "role", "target", "locator", "known_min")) for each in lookups]
        listed = ", ".join(f'"{name}"' for name in columns)
        return f"SELECT {listed} FROM ({' UNION '.join(whole)})"

    def _links_by(self, lookup: Lookup, columns: Sequence[str]) -> str:
        each, address = f"{lookup.name}{EACH}", self.text(lookup.columns[0])
        locator = f"CASE WHEN is_address({address}) THEN lower({address}) ELSE {each}.locator END"
        row = {"target": Value(f"{each}.id"), "locator": Value(locator) if lookup.addresses else _NONE}
        values = _chosen(_reference(lookup.key, lookup.role) | row, columns)
        return self.select({name: value._replace(uses=frozenset({each})) for name, value in values.items()})


def _reference(key: str, role: str) -> dict[str, Value]:
    """Return what each link under a key has."""
    return {
        "seq": Value("raw.seq"), "key": Value(quoted(key)), "role": Value(quoted(role)), "target": _NOTHING,
        "locator": _NONE, "known_min": Value(str(OPEN_START)),
    }  # fmt: skip


def _chosen(values: dict[str, Value], columns: Collection[str]) -> dict[str, Value]:
    return {name: values[name] for name in columns}


def _joined(values: Sequence[Value]) -> Value:
    """Return words one after the other."""
    return Value(" || ".join(each.sql for each in values), frozenset(use for each in values for use in each.uses))
