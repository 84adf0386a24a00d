"""The values of each field of a query, from the data and the model."""

from __future__ import annotations

from os.path import expandvars
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.checks.load import load
from korea_cli.cli.audience import day_meant
from korea_cli.cli.completion.writing import Choice
from korea_cli.model.header import Header
from korea_cli.model.records import (
    RECORD_TYPES,
    Actor,
    Event,
    Fact,
    Source,
    Topic,
    file_keys,
    keys_of,
    title_of,
)
from korea_cli.model.vocabulary import own_words
from korea_cli.reading.draft import Draft
from korea_cli.reading.locate import data_files, path_of
from korea_cli.reading.place_names import names_of_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Types = Callable[[], tuple[str, ...]]  # called only where the values depend on it: it takes a while

_LARGEST = 8 * 1024 * 1024  # bytes, about two seconds: no longer than a user waits for a TAB


def draft_of(names: Sequence[str], environment: Mapping[str, str], *, public: bool) -> Draft:
    """Read the data files that a line names, if that does not take too long; with `public`, what others may see."""
    paths = [str(Path(expandvars(name)).expanduser()) for name in names]  # as the shell would have done
    files = [name for name in data_files(paths, environment) if (path := path_of(name)) and path.is_file()]
    loaded = load(files, max_size=_LARGEST) if files else None
    if loaded is None:
        return Draft(header=Header())
    return (loaded.published(day_meant(None).ordinal) if public else loaded).draft


def values_of(field: str, draft: Draft, types: Types) -> Iterable[Choice]:
    """Return the values of a field in a query for some types of record."""
    if field in _VALUES:
        return _VALUES[field](draft, types)
    from korea_cli.query.fields import all_filters, canonical  # noqa: PLC0415 - few values are those of a mere key

    known = all_filters().get(canonical(field))
    return map(Choice, known.choices) if known else ()


def records_of(draft: Draft, *types: str) -> Iterator[Choice]:
    """Yield the records of some types, or of all, by id, title and other names."""
    for type_ in types or RECORD_TYPES:
        for record in draft.records[RECORD_TYPES[type_].table]:
            names = record.aliases if isinstance(record, Actor | Topic) else ()
            yield Choice(record.id, title_of(record), (title_of(record), *names))


def _sources(draft: Draft, _: Types) -> Iterator[Choice]:
    yield from records_of(draft, Source.type)
    for voice in dict.fromkeys(source.voice for source in draft.records[Source.table] if source.voice):
        yield Choice(voice, "voice")


def _kinds(draft: Draft, types: Types) -> Iterator[Choice]:
    yield from _listed(types(), "kind", "medium", "voice")
    words = own_words(draft.header)
    yield from (Choice(word) for type_ in types() for word in words.get(type_, ()))


def _listed(types: Iterable[str], *names: str) -> Iterator[Choice]:
    """Yield the words that the model allows under some keys."""
    for type_ in types:
        for name, key in keys_of(RECORD_TYPES[type_]).items():
            if name in names:
                yield from map(Choice, key.choices)


def _keys(_: Draft, types: Types) -> Iterator[Choice]:
    """Yield the keys that a file may write for some types of record."""
    keys = {shown: key for type_ in types() for shown, key in file_keys(RECORD_TYPES[type_]).items()}
    yield from (Choice(shown, key.help) for shown, key in keys.items())


def _countries(draft: Draft, _: Types) -> Iterator[Choice]:
    actors, sources = draft.records[Actor.table], draft.records[Source.table]
    states = {actor.country: actor for actor in actors if actor.kind == "state"}
    for code in dict.fromkeys(record.country for record in (*actors, *sources) if record.country):
        state = states.get(code)
        yield Choice(code, state.name, (state.name, *state.aliases)) if state else Choice(code)


def _places(draft: Draft, _: Types) -> Iterator[Choice]:
    places = dict.fromkeys(event.place for event in draft.records[Event.table] if event.place)
    names = names_of_places(draft.header.place_names, places)
    return (Choice(place, names=(place, *names.get(place, ()))) for place in places)


_VALUES: dict[str, Callable[[Draft, Types], Iterable[Choice]]] = {
    **dict.fromkeys(("actor", "by", "to", "holder", "about", "via"), lambda draft, _: records_of(draft, Actor.type)),
    "topic": lambda draft, _: records_of(draft, Topic.type),
    "kind": _kinds,
    "place": _places,
    "country": _countries,
    "source": _sources,
    "only": _sources,
    **dict.fromkeys(("answers", "answered-by", "about-event"), lambda draft, _: records_of(draft, Event.type)),
    "disputes": lambda draft, _: records_of(draft, Event.type, Fact.type),
    "disputed-by": lambda draft, _: records_of(draft, Fact.type, Actor.type, Source.type),
    **dict.fromkeys(("part_of", "affiliation"), lambda draft, _: records_of(draft, Actor.type)),
    "broader": lambda draft, _: records_of(draft, Topic.type),
    "has": _keys,
    "no": _keys,
    "hedged": lambda *_: map(Choice, ("true", "false")),
    "status": lambda _, types: list(_listed(types(), "status")) or _listed((Event.type, Fact.type), "status"),
    "basis": lambda *_: _listed((Event.type,), "date_basis"),
    "id": lambda draft, types: (each._replace(names=()) for each in records_of(draft, *types())),
}
