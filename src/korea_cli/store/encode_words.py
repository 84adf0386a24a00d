"""The names and words of records, as the tables have them by which they are found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from korea_cli.base.once import once
from korea_cli.base.tokenize import name_key, spaced
from korea_cli.model.field_spec import CODES
from korea_cli.model.records import RECORDS, Actor, Event, Fact, Record, Topic, keys_of, title_of
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.model.row import title_key
from korea_cli.reading.place_names import main_names, names_of_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow
    from korea_cli.store.engine import Read

    Numbered = list[tuple[int, Record]]
    Spell = Callable[..., str]  # writes the words of some texts

# The keys whose words have a column of their own in the word index. An outcome may become known after its forecast.
_OUTCOME, _PLACE, _CONTAINER = ("outcome",), ("place",), ("container", "publisher", "original")


def name_rows(numbered: Numbered) -> Iterator[SqlRow]:
    """Yield every name of records, as names are compared, sorted."""
    for seq, entry in numbered:
        yield from ((seq, name) for name in sorted({entry.id, *map(name_key, _names_of(entry))}))


def title_name_rows(read: Read) -> Iterator[SqlRow]:
    """Yield the same of events, whose title is a name, and of facts, whose text is none."""
    for record in (Event, Fact):
        for seq, id_, title in read(f"SELECT seq, id, title FROM entry WHERE +type = '{record.type}' ORDER BY seq"):  # noqa: S608 - a type
            yield from ((seq, name) for name in sorted({id_, *([name_key(title)] if record is Event else [])}))


def place_name_rows(draft: Draft) -> Iterator[SqlRow]:
    """Yield every place of an event with each of its names, itself first."""
    places = dict.fromkeys((event.place for event in draft.records[Event.table] if event.place), ())
    for place, names in (places | names_of_places(draft.header.place_names, places)).items():
        yield from ((place, name) for name in dict.fromkeys((place, *names)))


def main_place_rows(draft: Draft) -> Iterator[SqlRow]:
    """Yield every place of an event that has a main name other than its own, with that."""
    yield from main_names(draft.header.place_names, (each.place for each in draft.records[Event.table])).items()


def word_rows(read: Read, spell: Spell = spaced) -> Iterator[SqlRow]:
    """Yield the words of every record: in its title and names, in its searched keys, in its outcome, place, container.

    read: runs a query on the other tables. spell: writes the words for an index of them, or for an engine without one.
    The names of a place are among its words.
    """
    names = {record.table: {id_: head for _, id_, head in _heads(record, read, spell)} for record in (Actor, Topic)}
    places: dict[str, str] = {}
    for place, name in read("SELECT place, name FROM place_name WHERE name <> place"):
        places[place] = places.get(place, "") + spell(name)
    for record in RECORDS:
        heads, texts = _heads(record, read, spell), _texts(record, read, names, spell)
        for (seq, id_, head), text, (place, outcome, container) in zip(
            heads, texts, _phrases(record, read, spell), strict=True
        ):
            also = places.get(place, "") if place else ""
            yield seq, head + spell(id_), text + also, outcome, spell(place or "") + also, container


def _heads(record: type[Record], read: Read, spell: Spell) -> Iterator[tuple[int, str, str]]:
    """Yield the number and id of each record of a type, and the words of its title and other names."""
    for seq, id_, title, others in _columns(record, read, ("seq", "id", title_key(record), "aliases")):
        yield seq, id_, spell(title, *json.loads(others)) if others else spell(title)


def _texts(record: type[Record], read: Read, names: Mapping[str, Mapping[str, str]], spell: Spell) -> Iterator[str]:
    """Yield the words of the searched keys of each record of a type, and the names of what it refers to."""
    texts, lists, references = _searched_keys(record)
    first, last = len(texts), len(texts) + len(lists)
    tables = [names[table] for _, table in references]
    for row in _columns(record, read, (*texts, *lists, *(name for name, _ in references))):
        words = [text for text in row[:first] if text]
        words += [text for listed in row[first:last] if listed for text in json.loads(listed)]
        ids = zip(tables, row[last:], strict=True)
        yield spell(*words) + "".join([table[id_] for table, some in ids if some for id_ in some.split(" ")])


def _phrases(record: type[Record], read: Read, spell: Spell) -> Iterator[tuple[str | None, str, str]]:
    """Yield the place of each record of a type, and the words of its outcome and its container."""
    for place, outcome, *containers in _columns(record, read, (*_PLACE, *_OUTCOME, *_CONTAINER)):
        yield place, spell(outcome or ""), spell(*filter(None, containers))


def _columns(record: type[Record], read: Read, names: Iterable[str]) -> Iterable[SqlRow]:
    """Read some columns of all records of a type; NULL for a key that the type has not."""
    columns = ", ".join(f'"{name}"' if name == "seq" or name in keys_of(record) else "NULL" for name in names)
    return read(f"SELECT {columns} FROM {record.type} ORDER BY seq")  # noqa: S608 - names of keys


@once
def _searched_keys(record: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the keys whose text, texts and records' names are searched, the last with their tables."""
    keys = {name: key for name, key in keys_of(record).items() if key.searched}
    references = ((name, key.refers[0]) for name, key in keys.items() if key.role in (*ACTOR_ROLES, "topic"))
    texts = (name for name, key in keys.items() if key.form in {"text", *CODES} and name not in _OUTCOME)
    return tuple(texts), tuple(name for name, key in keys.items() if key.form == "texts"), tuple(references)


def _names_of(entry: Record) -> tuple[str, ...]:
    """Return the title of a record, and its other names."""
    return (title_of(entry), *(entry.aliases if isinstance(entry, Actor | Topic) else ()))
