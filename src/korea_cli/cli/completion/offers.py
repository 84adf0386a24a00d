"""What can be inserted at the cursor: commands, options, fields, and the values of each."""

from __future__ import annotations

from functools import partial

from korea_cli import commands
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.cli.audience import is_public
from korea_cli.cli.command_binding import bind
from korea_cli.cli.completion.writing import Choice, Offer
from korea_cli.cli.options import HELP
from korea_cli.cli.scanning import OPTION_NAME, find_cursor
from korea_cli.reading.locate import BUILTIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from korea_cli.base.parameters import Parameter
    from korea_cli.cli.completion.contents import Contents
    from korea_cli.cli.scanning import CursorPosition
    from korea_cli.commands import Command

_GENERAL = (Choice("--help", "Show this help."), Choice("--version", "Print the version."))
_ALONE = "="  # before a name: that thing alone


class _Line(NamedTuple):
    """A line with a known command, and the position of the cursor."""

    command: Command
    parameters: list[Parameter]
    place: CursorPosition
    environment: Mapping[str, str]


def offer(words: Sequence[str], environment: Mapping[str, str], *, described: bool) -> Offer:
    """Return what can be inserted at the last of the words after the program's name.

    environment: may name the data. described: whether to describe the commands, which takes a while.
    """
    name, *rest = words
    if not rest:
        known = map(_described if described else Choice, commands.names())
        return _beginning(name, 0, _GENERAL if name.startswith("-") else known)
    if name not in commands.names():
        return Offer()
    command = commands.load(name, rest)
    parameters = bind(command).parameters
    line = _Line(command, [*parameters, HELP], find_cursor(rest, parameters), environment)
    if line.place.parameter.declaration.values:
        return _words(line, line.place.parameter.declaration.values)
    return _OFFERS.get(line.place.parameter.name, _referred)(line)


def _described(name: str) -> Choice:
    return Choice(name, commands.load(name).summary)


def _beginning(typed: str, start: int, choices: Iterable[Choice], *, unfinished: bool = False) -> Offer:
    fitting = tuple(dict.fromkeys(each for each in choices if each.name_for(typed) is not None))
    return Offer(fitting, typed, start, unfinished=unfinished)


def _here(line: _Line, choices: Iterable[Choice]) -> Offer:
    return _beginning(line.place.typed, line.place.start, choices)


def _words(line: _Line, words: Iterable[str]) -> Offer:
    return _here(line, map(Choice, words))


# ---------------------------------------------------------------- options and settings


def _options(line: _Line) -> Offer:
    """Offer the options that may still be given, the short spellings only after a bare hyphen."""
    left = [each for each in line.parameters if each.repeats or each.name not in line.place.values]
    spelled = [Choice(spelling, each.help) for each in left for spelling in each.spellings]
    long = line.place.typed.startswith("--")
    return _here(line, [each for each in spelled if each.value.startswith("--") or not long])


def _files(line: _Line, *words: str) -> Offer:
    return _words(line, words)._replace(files=True)


def _data_files(line: _Line) -> Offer:
    """Offer files, and once something is typed also `builtin`, which would be listed among all the files."""
    return _files(line, BUILTIN) if line.place.typed else _files(line)


def _mappings(line: _Line) -> Offer:
    from korea_cli.ingest import mappings  # noqa: PLC0415

    # Tables of others are of events; other records can only be imported.
    is_import = line.command.name == "import"
    loaded = (mappings.load(name) for name in mappings.names())
    known = [Choice(each.name, each.about) for each in loaded if is_import or "type" not in each.mapping.settings]
    return _here(line, [*known, Choice(mappings.NONE, "guess what columns mean")])._replace(files=True)


def _sort_keys(line: _Line) -> Offer:
    from korea_cli.store.decode_rows import sortable  # noqa: PLC0415

    return _words(line, sortable(_types(line)))


def _field_keys(line: _Line) -> Offer:
    """Offer the fields of the command's report; without those before the last comma."""
    from korea_cli.cli.schemas.probe import sections_of  # noqa: PLC0415

    before, comma, typed = line.place.typed.rpartition(",")
    chosen = before.split(",")
    keys = dict.fromkeys(key for section in sections_of(line.command) for key in section.keys)
    left = [Choice(key) for key in keys if key not in chosen]
    return _beginning(typed, line.place.start + len(before + comma), left)


def _topics(line: _Line) -> Offer:
    """Offer what help explains: the topics, and the commands."""
    from korea_cli.cli import topics  # noqa: PLC0415

    return _here(line, [*map(Choice, topics.names()), *map(_described, commands.names())])


# ---------------------------------------------------------------- queries and names


def _terms(line: _Line) -> Offer:
    """Offer the fields of a query, or the values of the one before the colon.

    Fields of mere keys are many: they are offered only where no other begins so.
    """
    from korea_cli.query.fields import fields_for, filter_of, is_named  # noqa: PLC0415
    from korea_cli.query.terms import NEGATION  # noqa: PLC0415

    typed = line.place.typed
    while typed.casefold().startswith(NEGATION):
        typed = typed[len(NEGATION) :]
    start = len(line.place.typed) - len(typed)
    field, colon, value = typed.partition(":")
    if colon:
        return _values(line, field.casefold(), value, start + len(field + colon))
    names = [name for name in fields_for(_types(line)) if name.startswith(typed.casefold())]
    names = [name for name in names if is_named(name)] or names
    fields = [Choice(f"{name}:", filter_of(name).help) for name in names]
    sections = () if start else _sections(line)
    return _beginning(typed, start, [*fields, Choice(NEGATION, "exclude what matches"), *sections], unfinished=True)


def _sections(line: _Line) -> Iterable[Choice]:
    """Offer the sections of `stats`, with which its query may begin."""
    if line.command.name != "stats":
        return ()
    from korea_cli.analysis.dimensions import SECTIONS  # noqa: PLC0415 - of one command

    before = line.place.values.get("terms", [])
    return [Choice(each, "section") for each in SECTIONS if each not in before] if set(before) <= set(SECTIONS) else ()


def _values(line: _Line, field: str, typed: str, start: int) -> Offer:
    from korea_cli.cli.completion.values import values_of  # noqa: PLC0415

    name = typed.removeprefix(_ALONE)
    values = values_of(field, _contents(line), partial(_types, line))
    return _beginning(name, start + len(typed) - len(name), values)


def _types(line: _Line) -> tuple[str, ...]:
    from korea_cli.cli.schemas.probe import types_of  # noqa: PLC0415

    return types_of(line.command)


def _values_of(field: str) -> Callable[[_Line], Offer]:
    """Return what offers the values of a field, for the option that means the same."""
    return lambda line: _values(line, field, line.place.typed, line.place.start)


def _records(line: _Line, *types: str) -> Offer:
    from korea_cli.cli.completion.values import records_of  # noqa: PLC0415

    return _here(line, records_of(_contents(line), *types))


def _named(line: _Line) -> Offer:
    """Offer the records that can be named: actors for the command `actor`, else all."""
    return _records(line, *(("actor",) if line.command.name == "actor" else ()))


def _referred(line: _Line) -> Offer:
    """Offer the records that a key of the record to add can refer to."""
    from korea_cli.model.records import RECORDS, keys_of  # noqa: PLC0415

    name = line.place.parameter.name
    refers = next((key.refers for record in RECORDS for own, key in keys_of(record).items() if own == name), ())
    return _records(line, *(table.removesuffix("s") for table in refers)) if refers else Offer()


def _contents(line: _Line) -> Contents:
    from korea_cli.cli.completion.contents import contents_of  # noqa: PLC0415

    public = "public" in line.place.values or is_public(line.environment)
    return contents_of(line.place.values.get("data", ()), line.environment, public=public)


# By the name of the parameter, which means the same in every command; others are keys of the record to add.
_OFFERS: dict[str, Callable[[_Line], Offer]] = {
    OPTION_NAME.name: _options,
    "terms": _terms,
    **{f"{field}s": _values_of(field) for field in ("actor", "topic", "kind", "source")},
    "statuses": _values_of("status"),
    "topic": _topics,
    "names": _records,
    **dict.fromkeys(("name", "other", "prefer"), _named),
    **dict.fromkeys(("data", "paths", "before", "after", "origin"), _data_files),
    **dict.fromkeys(("output", "target", "file", "save_mapping", "rejects"), _files),
    "mapping": _mappings,
    "sort": _sort_keys,
    "fields": _field_keys,
}
