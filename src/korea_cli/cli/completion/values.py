"""The values of each field of a query, from the data and the model."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.cli.completion.writing import Choice
from korea_cli.model.vocabulary import own_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.cli.completion.contents import Contents

    Types = Callable[[], tuple[str, ...]]  # called only where the values depend on it: it takes a while

TITLES = {"source": "title", "actor": "name", "topic": "label", "event": "title", "fact": "text"}
WITH_ALIASES = ("actor", "topic")


def values_of(field: str, contents: Contents, types: Types) -> Iterable[Choice]:
    """Return the values of a field in a query for some types of record."""
    if field in VALUES:
        return VALUES[field](contents, types)
    from korea_cli.query.fields import all_filters, canonical  # noqa: PLC0415 - few values are those of a mere key

    known = all_filters().get(canonical(field))
    return map(Choice, known.choices) if known else ()


def records_of(contents: Contents, *types: str) -> Iterator[Choice]:
    """Yield the records of some types, or of all, by id, title and other names."""
    for type_ in types or TITLES:
        aliases = ["aliases"] * (type_ in WITH_ALIASES)
        for id_, title, *others in contents.rows(type_, "id", TITLES[type_], *aliases):
            yield Choice(id_, title, (title, *(name for names in others for name in names)))


def _sources(contents: Contents, _: Types) -> Iterator[Choice]:
    yield from records_of(contents, "source")
    for (voice,) in dict.fromkeys(contents.rows("source", "voice")):
        if voice:
            yield Choice(voice, "voice")


def _kinds(contents: Contents, types: Types) -> Iterator[Choice]:
    yield from _listed(types(), "kind", "medium", "voice")
    words = own_words(contents.header)
    yield from (Choice(word) for type_ in types() for word in words.get(type_, ()))


def _listed(types: Iterable[str], *names: str) -> Iterator[Choice]:
    """Yield the words that the model allows under some keys."""
    from korea_cli.model.records import RECORD_TYPES, keys_of  # noqa: PLC0415 - names are completed without it

    for type_ in types:
        for name, key in keys_of(RECORD_TYPES[type_]).items():
            if name in names:
                yield from map(Choice, key.choices)


def _keys(_: Contents, types: Types) -> Iterator[Choice]:
    """Yield the keys that a file may write for some types of record."""
    from korea_cli.model.records import RECORD_TYPES, file_keys  # noqa: PLC0415 - as above

    keys = {shown: key for type_ in types() for shown, key in file_keys(RECORD_TYPES[type_]).items()}
    yield from (Choice(shown, key.help) for shown, key in keys.items())


def _countries(contents: Contents, _: Types) -> Iterator[Choice]:
    actors = list(contents.rows("actor", "country", "kind", "name", "aliases"))
    states = {country: (name, *aliases) for country, kind, name, aliases in actors if kind == "state"}
    used = (*(country for country, *_ in actors), *(country for (country,) in contents.rows("source", "country")))
    for code in dict.fromkeys(filter(None, used)):
        names = states.get(code, ())
        yield Choice(code, names[0] if names else "", names)


def _places(contents: Contents, _: Types) -> Iterator[Choice]:
    from korea_cli.reading.place_names import names_of_places  # noqa: PLC0415 - as above

    places = dict.fromkeys(place for (place,) in contents.rows("event", "place") if place)
    names = names_of_places(contents.header.place_names, places)
    return (Choice(place, names=(place, *names.get(place, ()))) for place in places)


VALUES: dict[str, Callable[[Contents, Types], Iterable[Choice]]] = {
    **dict.fromkeys(("actor", "by", "to", "holder", "about", "via"), lambda contents, _: records_of(contents, "actor")),
    "topic": lambda contents, _: records_of(contents, "topic"),
    "kind": _kinds,
    "place": _places,
    "country": _countries,
    "source": _sources,
    "only": _sources,
    **dict.fromkeys(("answers", "answered-by", "about-event"), lambda contents, _: records_of(contents, "event")),
    "disputes": lambda contents, _: records_of(contents, "event", "fact"),
    "disputed-by": lambda contents, _: records_of(contents, "fact", "actor", "source"),
    **dict.fromkeys(("part_of", "affiliation"), lambda contents, _: records_of(contents, "actor")),
    "broader": lambda contents, _: records_of(contents, "topic"),
    "has": _keys,
    "no": _keys,
    "hedged": lambda *_: map(Choice, ("true", "false")),
    "status": lambda _, types: list(_listed(types(), "status")) or _listed(("event", "fact"), "status"),
    "basis": lambda *_: _listed(("event",), "date_basis"),
    "id": lambda contents, types: (each._replace(names=()) for each in records_of(contents, *types())),
}
