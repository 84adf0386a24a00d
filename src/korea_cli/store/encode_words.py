"""The names and words of records, as the tables have them by which they are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.once import once
from korea_cli.base.tokenize import name_key, spaced
from korea_cli.model.field_spec import CODES
from korea_cli.model.records import Actor, Event, Fact, Record, Topic, keys_of, title_of
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.reading.place_names import main_names, names_of_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.reading.draft import Draft
    from korea_cli.store.database import SqlRow

    Numbered = list[tuple[int, Record]]

# The keys whose words have a column of their own in the word index. An outcome may become known after its forecast.
_PHRASES = {"outcome": ("outcome",), "place": ("place",), "container": ("container", "publisher", "original")}


def name_rows(numbered: Numbered) -> Iterator[SqlRow]:
    """Yield every name of every record, as names are compared."""
    for seq, entry in numbered:
        names = () if isinstance(entry, Fact) else map(name_key, _names_of(entry))
        yield from ((seq, name) for name in dict.fromkeys((entry.id, *names)))


def place_name_rows(draft: Draft) -> Iterator[SqlRow]:
    """Yield every place of an event with each of its names, itself first."""
    for place, names in _names_by_place(draft).items():
        yield from ((place, name) for name in dict.fromkeys((place, *names)))


def main_place_rows(draft: Draft) -> Iterator[SqlRow]:
    """Yield every place of an event that has a main name other than its own, with that."""
    yield from main_names(draft.header.place_names, (each.place for each in draft.records[Event.table])).items()


def _names_by_place(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return the names of the place of each event; most places have no other than their own."""
    places = dict.fromkeys((event.place for event in draft.records[Event.table] if event.place), ())
    return places | names_of_places(draft.header.place_names, places)


def word_rows(numbered: Numbered, draft: Draft) -> Iterator[SqlRow]:
    """Yield the words of every record: in its title and names, in its searched keys, and by `_PHRASES`.

    The names of a place are among its words.
    """
    names = {
        table: {each.id: spaced(*_names_of(each)) for each in draft.records[table]} for table in ("actors", "topics")
    }
    places = {place: spaced(*others) for place, others in _names_by_place(draft).items()}
    for seq, entry in numbered:
        outcome, place, container = (spaced(*[getattr(entry, key, "") for key in keys]) for keys in _PHRASES.values())
        also = places[entry.place] if isinstance(entry, Event) and entry.place else ""
        head, text = spaced(*_names_of(entry), entry.id), _all_words(entry, names)
        yield seq, head, text + also, outcome, place + also, container


def _all_words(entry: Record, names: Mapping[str, Mapping[str, str]]) -> str:
    texts, references = _searched_keys(type(entry))
    values = [getattr(entry, name) for name in texts]
    own = spaced(*[text for value in values for text in ((value,) if isinstance(value, str) else value)])
    return own + "".join([names[table][id_] for name, table in references for id_ in getattr(entry, name)])


@once
def _searched_keys(record: type[Record]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the keys whose texts are searched, and those whose records are searched by name, each with its table."""
    keys = {name: key for name, key in keys_of(record).items() if key.searched}
    references = ((name, key.refers[0]) for name, key in keys.items() if key.role in (*ACTOR_ROLES, "topic"))
    texts = (name for name, key in keys.items() if key.form in {"text", "texts", *CODES} and name != "outcome")
    return tuple(texts), tuple(references)


def _names_of(entry: Record) -> tuple[str, ...]:
    """Return the title of a record, and its other names."""
    return (title_of(entry), *(entry.aliases if isinstance(entry, Actor | Topic) else ()))
