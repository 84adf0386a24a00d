"""The topics of `korea help`: rules that several commands share, read off the code where possible."""

from __future__ import annotations

from korea_cli import commands
from korea_cli.base.errors import EXIT_STATUSES, UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.parameters import HIDDEN, MORE, READING
from korea_cli.cli.command_binding import bind
from korea_cli.cli.help import SHARED_GROUPS, block, command_page, overview, page, paragraph, row, table
from korea_cli.cli.options import HELP, make_selection, open_data
from korea_cli.cli.output_options import OutputOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_DATES = (
    "2017-05-24", "24 May 2017", "july 3-5", "may 2017", "mid-May 2017", "2017Q2", "early 2016", "1990s",
    "2017-05..2017-06", "since may 2017", "before 2016", "44 BC", "yesterday", "last 2 weeks",
)  # fmt: skip
_RULES = (
    "Words match by prefix: missile finds missiles. Case and accents do not matter.",
    "Several words must all match. Put a phrase in quotation marks: 'six party'.",
    "Terms of the same field are alternatives; terms of different fields must all match.",
    "not:TERM excludes what matches, as in not:topic:thaad or not:missile.",
    "AND, OR and NOT in capitals and parentheses join terms: '(by:putin OR by:lavrov) AND topic:thaad'.",
    "NOT binds tightest, then terms side by side, then AND, then OR.",
    "In an expression, quotation marks keep a value together: 'place:\"New York\" OR thaad'.",
    'Within quotation marks, \\" is a quotation mark and \\\\ a backslash. “ ” and « » do the same as double quotes.',
    "--around finds what happened within --days of a date or event. --known-by finds what was known by a date.",
    "actor:russia also finds its people and ministries; actor:=russia finds only the state.",
    "topic:missile-tests also finds narrower topics; topic:=missile-tests does not.",
)
_QUERIES = (
    "korea timeline thaad by:putin",
    "korea timeline actor:russia AND actor:china NOT topic:thaad",
    "korea facts status:disputed status:contradicted icbm",
)
_JSON = {
    "schema_version": "The version of this layout; it changes if keys are removed or change their meaning.",
    "command": "The command.",
    "chronology": "Its title, its last day, and the path and SHA-256 of each file.",
    "query": "The query as it was understood.",
    "count, matched": "Number of records listed; number before --limit.",
    "events, facts, ...": "The records, in a list named after their type.",
}
_VARIABLES = {
    "KOREA_DATA": "Data files to read if there is no --data, separated as in $PATH.",
    "KOREA_CACHE": "Folder of the cache; 'off' disables it.",
    "KOREA_ONELINE": "List one record per line, as --oneline does.",
    "KOREA_PUBLIC": "Leave out private records everywhere, as --public does.",
    "KOREA_PAGER, PAGER": "The pager; empty or 'cat' disables it.",
    "NO_COLOR, FORCE_COLOR": "Disable or force colour.",
    "FORCE_HYPERLINK": "1 if the terminal opens links, 0 if not; known terminals are detected.",
    "VISUAL, EDITOR": "The editor of 'korea edit'.",
}


def help_page(words: Sequence[str]) -> str:
    """Return the help of a command or topic, named in any case; without words, of the program."""
    if not words:
        return overview(_TOPICS)
    name, topic = words[0].casefold(), words[0].upper()
    if topic not in _TOPICS and name not in commands.names():
        raise commands.unknown("command or topic", words[0], (*_TOPICS, *commands.names()))
    typed = (*words[1:], "")  # the last word is complete, unlike one that is being typed
    command = commands.load(name, typed) if name in commands.names() else None
    surplus = words[2:] if command and command.variant else words[1:]
    if surplus:
        raise UsageError(f"help is about one command or topic; leave out '{' '.join(surplus)}'")
    return command_page(command) if command else page(*_TOPICS[topic]())


def names() -> tuple[str, ...]:
    """List the topics."""
    return tuple(_TOPICS)


def _dates() -> Iterator[list[str]]:
    from korea_cli.dates.days import Day  # noqa: PLC0415 - as every import below: for one topic
    from korea_cli.dates.format import span_text  # noqa: PLC0415
    from korea_cli.dates.parse import parse_typed  # noqa: PLC0415

    today = Day(2017, 7, 8)
    spans = [(typed, parse_typed(typed, today)) for typed in _DATES]
    yield paragraph("--from, --to, --period and date: accept dates as people write them. Ranges include both ends.")
    yield table("Examples:", ((typed, span_text(span.first, span.last)) for typed, span in spans))
    yield paragraph(
        "These are as of 8 July 2017. 'today' is the last day of the chronology, or --today DATE. A date without a"
        " year means the latest such date up to that day; a note shows the year."
    )
    yield paragraph(
        "01/02/2017 is rejected, because it could be two different days. Data files hold dates in EDTF, where"
        " 44 BC is -0043."
    )


def _exit() -> Iterator[list[str]]:
    yield table("Exit status:", ((str(status), meaning) for status, meaning in EXIT_STATUSES.items()))


def _formats() -> Iterator[list[str]]:
    from korea_cli import formats  # noqa: PLC0415

    hidden = {each.name: each for each in commands.parameters_of(OutputOptions) if each.declaration.group == HIDDEN}
    yield paragraph("-f NAME selects a format; with -o FILE, the extension of the file does.")
    for name in formats.names():
        form = formats.load(name)
        about = paragraph(f"{(form.__doc__ or '').partition('.')[0]}.", "  ", "  ")
        extensions = f" ({', '.join(form.EXTENSIONS)})" if form.EXTENSIONS else ""
        options = table("", [row(hidden[each]) for each in formats.options_of(form) if each in hidden])
        yield [f"{name}{extensions}", *about, *options[1:]]


def _json() -> Iterator[list[str]]:
    from korea_cli.cli.schemas.meanings import MEANINGS  # noqa: PLC0415
    from korea_cli.cli.schemas.probe import Nothing  # noqa: PLC0415
    from korea_cli.model.records import RECORDS  # noqa: PLC0415
    from korea_cli.rows.columns import columns_for, relations_of  # noqa: PLC0415

    yield paragraph("--json prints one object. -f jsonl prints the records alone, one per line.")
    yield table("Keys:", _JSON.items())
    names = Nothing()
    for record in RECORDS:
        columns = (*columns_for(record, names), *relations_of(names, record.type))
        yield table(f"{record.type}:", ((each.key, _sentence(each.help)) for each in columns))
    for type_, meanings in MEANINGS.items():
        yield table(f"{type_}:", ((key, _sentence(meaning.replace("`", ""))) for key, meaning in meanings.items()))
    yield paragraph("'korea schema output' prints the JSON Schema; docs/json.md describes every key.")


def _options() -> Iterator[list[str]]:
    functions = (make_selection, OutputOptions, open_data)
    shared = {each.name: each for function in functions for each in commands.parameters_of(function)} | {"help": HELP}
    yield paragraph("Options of all commands that query:")
    for group in (*SHARED_GROUPS, MORE):
        yield table(f"{group}:", (row(each) for each in shared.values() if each.declaration.group == group))
    yield table("Environment:", _VARIABLES.items())


def _keys() -> Iterator[list[str]]:
    from korea_cli.ingest.adding.options import explained_keys  # noqa: PLC0415
    from korea_cli.model.records import RECORDS  # noqa: PLC0415

    yield paragraph(
        "Keys of records, as 'korea set' and data files name them. The options of 'korea add' have hyphens, and lists"
        " the singular: other_dates is --other-date."
    )
    tables = {record.type: list(explained_keys(record)) for record in RECORDS}
    for type_, rows in tables.items():
        yield table(f"{type_}:", rows)


def _sheets() -> Iterator[list[str]]:
    from korea_cli.ingest import mappings, readers  # noqa: PLC0415

    yield paragraph("'korea import FILE' recognizes the format by the extension of the file, or by its content.")
    for name in readers.names():
        reader = readers.load(name)
        yield [f"{name} ({', '.join(reader.extensions)})", *paragraph(reader.help, "  ", "  ")]
    yield paragraph(
        "--mapping NAME reads a data set whose columns are known. Its files are recognized by their headings where no"
        " option maps columns; --mapping none disables that."
    )
    yield table("Mappings:", ((each, f"{mappings.load(each).about}.") for each in mappings.names()))
    parameters = bind(commands.load("import")).parameters
    yield table(f"{READING}:", (row(each) for each in parameters if each.declaration.group == READING))


def _query() -> Iterator[list[str]]:
    from korea_cli.query.fields import all_filters, is_named  # noqa: PLC0415
    from korea_cli.query.filters import FILTERS  # noqa: PLC0415

    others = {name: each for name, each in all_filters().items() if name not in FILTERS}
    yield paragraph(
        "A query is made of words and field:value terms, in any order, as in: thaad by:putin kind:statement"
    )
    yield [line for rule in _RULES for line in paragraph(rule, "- ", "  ")]
    yield table("Fields:", ((f"{name}:", f"{each.help} ({_plural(each.types)})") for name, each in FILTERS.items()))
    rows = ((f"{name}:", f"{each.help} ({_plural(each.types)})") for name, each in others.items() if is_named(name))
    yield table("Relations and numbers:", rows)
    keys = ", ".join(f"{name}:" for name in others if not is_named(name))
    yield paragraph(f"Every other key is a field too. A key of a source also finds what cites the source: {keys}")
    yield block("Examples:", *_QUERIES)


def _sentence(meaning: str) -> str:
    return f"{meaning[:1].upper()}{meaning[1:]}."


def _plural(types: Sequence[str]) -> str:
    return ", ".join(f"{type_}s" for type_ in types)


_TOPICS: dict[str, Callable[[], Iterator[list[str]]]] = {
    "QUERY": _query, "DATES": _dates, "FORMATS": _formats, "JSON": _json, "OPTIONS": _options, "KEYS": _keys,
    "SHEETS": _sheets,
    "EXIT": _exit,
}  # fmt: skip
