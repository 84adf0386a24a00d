"""The help of the program and of its commands: plain text for a screen of 80 columns and 45 lines."""

from __future__ import annotations

import os
from itertools import groupby
from textwrap import shorten, wrap

from korea_cli import commands
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.parameters import HIDDEN, KEYS, MORE, MORE_KEYS, READING
from korea_cli.cli.command_binding import bind
from korea_cli.cli.options import HELP
from korea_cli.cli.terminal import stdout_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.base.parameters import Parameter
    from korea_cli.commands import Command

ABOUT = "Record and query a chronology: what happened, when, who says so, who disagrees."
_FIRST = ("korea timeline by:putin topic:thaad", "korea show hwasong-14-launch", "korea init mine.toml")
_GROUPS = ("Query", "Record", "Files")
_NARROWEST, _WIDEST, _INDENT = 40, 80, 2
_SAME = "Same as "
_LINES = 45
_OWN = ("Arguments", "Options")  # groups of what only the command has
SHARED_GROUPS = ("Filter", "Time", "Output", "Data")
# Groups that are only named, with the topics that explain them.
_NAMED = {MORE_KEYS: "KEYS", READING: "SHEETS", MORE: "OPTIONS"}
_LONGEST_NAME = 24  # letters; the help of a longer one starts on the next line
_MOST_FIELDS = 122  # letters of their names, which with the heading fill two lines


def overview(topics: Iterable[str]) -> str:
    """Return the help of the program: what it is, what to try first, its commands in groups."""
    loaded = [commands.load(name) for name in commands.names()]
    groups = ([(each.name, each.summary) for each in loaded if each.group == group] for group in _GROUPS)
    others = ", ".join(each.name for each in loaded if each.group not in _GROUPS)
    column = column_of(each.name for each in loaded if each.group in _GROUPS)
    return page(
        ["Usage: korea COMMAND [OPTIONS]"],
        paragraph(ABOUT),
        block("Try first:", *_FIRST),
        *(table(f"{group}:", rows, column) for group, rows in zip(_GROUPS, groups, strict=True)),
        [
            *paragraph(f"More commands: {others}."),
            *paragraph(f"'korea help TOPIC': {', '.join(topics)}."),
        ],
    )


def command_page(command: Command) -> str:
    """Return the help of a command: what it does, its options in groups, its fields, examples.

    Where that is more than a screen holds, the last options of the longest group of keys or shared options are only
    named.
    """
    parameters = [each for each in (*bind(command).parameters, HELP) if each.spellings or not command.variant]
    groups: dict[str, list[Parameter]] = {each: [] for each in (*_OWN, KEYS, *SHARED_GROUPS, *_NAMED, HIDDEN)}
    for each in parameters:
        groups[each.declaration.group].append(each)
    del groups[HIDDEN]
    starts = [[_usage(command, parameters)], *map(paragraph, command.paragraphs)]
    ends = [_fields(command), block("Examples:", *command.examples)]
    while True:
        text = page(*starts, *_explained(groups), *ends)
        longest = max((KEYS, *SHARED_GROUPS), key=lambda name: len(list(_rows(groups[name]))))
        if text.count("\n") <= _LINES or len(groups[longest]) <= 1:
            return text
        groups[MORE_KEYS if longest == KEYS else MORE].insert(0, groups[longest].pop())


def _explained(groups: Mapping[str, list[Parameter]]) -> Iterator[list[str]]:
    tables = {name: list(_rows(group)) for name, group in groups.items() if name not in _NAMED}
    column = column_of(name for rows in tables.values() for name, _ in rows)
    yield from (table(f"{name}:", rows, column) for name, rows in tables.items())
    for name, topic in _NAMED.items():
        if groups[name]:
            yield paragraph(f"{name} (korea help {topic}): {', '.join(each.spellings[0] for each in groups[name])}")


def _rows(parameters: Iterable[Parameter]) -> Iterator[tuple[str, str]]:
    """Return a row for each parameter, and one for several in a row that are the same as something else."""
    for same, group in groupby(parameters, key=lambda each: each.help.startswith(_SAME)):
        several = list(group)
        if same and len(several) > 1:
            names = (f"{each.spellings[-1]} {each.declaration.metavar}" for each in several)
            meanings = (each.help.removeprefix(_SAME).rstrip(".") for each in several)
            yield ", ".join(names), f"{_SAME}{', '.join(meanings)}."
        else:
            yield from map(row, several)


def page(*parts: Iterable[str]) -> str:
    """Return text of several parts with a blank line between them."""
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def paragraph(text: str, first: str = "", rest: str = "") -> list[str]:
    """Wrap text to the screen, with something in front of the first line and of the rest."""
    return wrap(text, _width(), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def block(title: str, *lines: str) -> list[str]:
    """Set lines below a title; no lines have none."""
    return [title, *(f"{'':{_INDENT}}{line}" for line in lines)] if lines else []


def table(title: str, rows: Iterable[tuple[str, str]], column: int = 0) -> list[str]:
    """Set names in a column below a title, and what they mean in another; `column` aligns several tables."""
    rows = list(rows)
    column = column or column_of(name for name, _ in rows)
    lines = []
    for name, meaning in rows:
        wrapped = wrap(meaning, max(_width() - column - _INDENT, _NARROWEST // 2), break_on_hyphens=False) or [""]
        first = wrapped.pop(0) if len(name) < column else ""
        lines += [f"{name:{column}}{first}".rstrip(), *(f"{'':{column}}{line}" for line in wrapped)]
    return block(title, *lines)


def column_of(names: Iterable[str]) -> int:
    """Return the width of a column of names, longer than all but the very long ones."""
    return max((len(name) for name in names if len(name) <= _LONGEST_NAME), default=0) + 2


def _width() -> int:
    return min(max(stdout_width(os.environ) or _WIDEST, _NARROWEST), _WIDEST)


def _usage(command: Command, parameters: Iterable[Parameter]) -> str:
    arguments = (each.declaration.metavar for each in parameters if not each.spellings)
    return " ".join(("Usage: korea", command.title, "[OPTIONS]", *arguments))


def row(parameter: Parameter) -> tuple[str, str]:
    """Return how a parameter is typed, as in `-n, --limit N`, and what it does."""
    spellings = (each for each in parameter.spellings if not each.startswith("--no-") or each == parameter.spellings[0])
    short_first = ", ".join(sorted(spellings, key=lambda each: each.startswith("--")))
    return f"{short_first} {parameter.declaration.metavar}".strip(), parameter.help


def _fields(command: Command) -> list[str]:
    """Name the fields of a command's query, and as many of its JSON as fit in two lines."""
    query, keys = "", []
    if "selection" in command.answer.__annotations__:
        from korea_cli.cli.schemas.probe import types_of  # noqa: PLC0415 - as above
        from korea_cli.query.fields import allows  # noqa: PLC0415 - few commands have none of these
        from korea_cli.query.filters import FILTERS  # noqa: PLC0415 - as above

        types = types_of(command)
        common = ", ".join(name for name, each in FILTERS.items() if allows(each, types))
        query = f"Query fields (korea help QUERY): {common}, and every other key"
    if command.answer.__annotations__["return"] == "Outcome":
        from korea_cli.comparing.report import section_of  # noqa: PLC0415 - as above

        keys = [*section_of().keys, "file", "line"]
    elif command.answer.__annotations__["return"] != "str":
        from korea_cli.cli.schemas.probe import sections_of  # noqa: PLC0415 - as above

        keys = [key for section in sections_of(command) for key in section.keys]
    fields = shorten(", ".join(dict.fromkeys(keys)), _MOST_FIELDS, placeholder=" and more")
    return [*paragraph(query), *paragraph(f"JSON fields (korea help JSON): {fields}" if keys else "")]
