"""Tables of commands, formats and filters, and the help of every command."""

from __future__ import annotations

import os
from textwrap import wrap
from typing import TYPE_CHECKING
from unittest.mock import patch

from korea_cli import commands, formats
from korea_cli.base.errors import EXIT_STATUSES
from korea_cli.cli.topics import help_page
from korea_cli.query.fields import all_filters, is_named
from korea_cli.query.filters import FILTERS
from korea_cli.query.relation_filters import RELATION_FILTERS
from markdown import code_list, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from korea_cli.query.field import Filter


def command_table() -> str:
    """List the commands, each with the first line of its help."""
    rows = [(f"[`{name}`](#{name})", _first_line(commands.load(name).answer.__doc__)) for name in commands.names()]
    return table(("command", "purpose"), rows)


def command_help() -> str:
    """Return a section for every command with its help, as printed at 80 columns."""
    return "\n".join(f"## {name}\n\n{_help_on(name)}" for name in commands.names())


def common_options() -> str:
    """Return what `korea help OPTIONS` prints."""
    return _help_on("options")


def exit_statuses() -> str:
    """List the exit statuses."""
    return table(("status", "meaning"), [(str(status), meaning) for status, meaning in EXIT_STATUSES.items()])


def _help_on(topic: str) -> str:
    with patch.dict(os.environ, {"COLUMNS": "80", "NO_COLOR": "1"}):
        return f"```text\n{help_page((topic,))}```\n"


def format_table() -> str:
    """List the formats with the file extensions that select them."""
    modules = {name: formats.load(name) for name in formats.names()}
    rows = [(f"`{name}`", _first_line(each.__doc__), code_list(each.EXTENSIONS)) for name, each in modules.items()]
    return table(("format", "output", "extension"), rows)


def filter_table() -> str:
    """List the common fields of a query."""
    return _fields(FILTERS)


def relation_table() -> str:
    """List the fields on relations and numbers."""
    return _fields(RELATION_FILTERS)


def key_list() -> str:
    """List the fields of mere keys."""
    return "\n" + "\n".join(wrap(code_list(f"{name}:" for name in all_filters() if not is_named(name)), 120)) + "\n"


def _fields(filters: Mapping[str, Filter]) -> str:
    rows = [(f"`{name}:`", each.help, ", ".join(f"{type_}s" for type_ in each.types)) for name, each in filters.items()]
    return table(("field", "matches", "applies to"), rows)


def _first_line(doc: str | None) -> str:
    return str(doc).partition("\n")[0]


BLOCKS: dict[str, Callable[[], str]] = {
    "commands": command_table,
    "command help": command_help,
    "common options": common_options,
    "exit statuses": exit_statuses,
    "formats": format_table,
    "filters": filter_table,
    "relation fields": relation_table,
    "keys as fields": key_list,
}
