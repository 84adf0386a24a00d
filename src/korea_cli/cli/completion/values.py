"""The values of each field of a query, from the data and the model."""

from __future__ import annotations

from os.path import expandvars
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.checks.load import load
from korea_cli.cli.completion.choice import Choice
from korea_cli.model.records import RECORDS, Actor, Event, Header, Source, Topic, keys_of, title_of
from korea_cli.reading.draft import Draft
from korea_cli.reading.locate import data_files, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Types = Callable[[], tuple[str, ...]]  # called only where the values depend on it: it takes a while

_RECORDS = {record.type: record for record in RECORDS}
_LARGEST = 8 * 1024 * 1024  # bytes, about two seconds: no longer than a user waits for a TAB
_DATED = ("event", "fact")


def draft_of(names: Sequence[str], environment: Mapping[str, str]) -> Draft:
    """Read the data files that a line names, if that does not take too long."""
    paths = [str(Path(expandvars(name)).expanduser()) for name in names]  # as the shell would have done
    files = [name for name in data_files(paths, environment) if (path := path_of(name)) and path.is_file()]
    return load(files, max_size=_LARGEST).draft if files else Draft(header=Header())


def values_of(field: str, draft: Draft, types: Types) -> Iterator[Choice]:
    """Return the values of a field in a query for some types of record."""
    return _VALUES[field](draft, types) if field in _VALUES else iter(())


def records_of(draft: Draft, *types: str) -> Iterator[Choice]:
    """Yield the records of some types, or of all, by id, title and other names."""
    for type_ in types or _RECORDS:
        for record in draft.records[_RECORDS[type_].table]:
            names = record.aliases if isinstance(record, Actor) else ()
            yield Choice(record.id, title_of(record), (title_of(record), *names))


def _ids(draft: Draft, types: Types) -> Iterator[Choice]:
    return (Choice(each.value, each.about) for each in records_of(draft, *types()))


def _actors(draft: Draft, _types: Types) -> Iterator[Choice]:
    return records_of(draft, Actor.type)


def _topics(draft: Draft, _types: Types) -> Iterator[Choice]:
    return records_of(draft, Topic.type)


def _sources(draft: Draft, _types: Types) -> Iterator[Choice]:
    yield from records_of(draft, Source.type)
    for voice in dict.fromkeys(source.voice for source in draft.records[Source.table] if source.voice):
        yield Choice(voice, "voice")


def _kinds(draft: Draft, types: Types) -> Iterator[Choice]:
    yield from _listed(types(), "kind", "medium", "voice")
    if Event.type in types():
        yield from map(Choice, draft.header.kinds)


def _statuses(_draft: Draft, types: Types) -> Iterator[Choice]:
    return _listed(types(), "status") if set(types()) & set(_DATED) else _listed(_DATED, "status")


def _bases(_draft: Draft, _types: Types) -> Iterator[Choice]:
    return _listed((Event.type,), "date_basis")


def _listed(types: Iterable[str], *names: str) -> Iterator[Choice]:
    """Yield the words that the model allows under some keys."""
    for type_ in types:
        for name, key in keys_of(_RECORDS[type_]).items():
            if name in names:
                yield from map(Choice, key.choices)


def _countries(draft: Draft, _types: Types) -> Iterator[Choice]:
    actors, sources = draft.records[Actor.table], draft.records[Source.table]
    states = {actor.country: actor for actor in actors if actor.kind == "state"}
    for code in dict.fromkeys(record.country for record in (*actors, *sources) if record.country):
        state = states.get(code)
        yield Choice(code, state.name, (state.name, *state.aliases)) if state else Choice(code)


def _places(draft: Draft, _types: Types) -> Iterator[Choice]:
    return (Choice(event.place) for event in draft.records[Event.table] if event.place)


_VALUES: dict[str, Callable[[Draft, Types], Iterator[Choice]]] = {
    **dict.fromkeys(("actor", "by", "to", "about", "via"), _actors),
    "topic": _topics,
    "kind": _kinds,
    "place": _places,
    "country": _countries,
    "source": _sources,
    "status": _statuses,
    "basis": _bases,
    "id": _ids,
}
