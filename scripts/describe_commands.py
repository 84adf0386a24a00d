"""Tables of commands, formats and filters, and the help of every command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from korea_cli import commands, formats
from korea_cli.base.errors import EXIT_STATUSES
from korea_cli.query.filters import FILTERS
from markdown import code_list, table

if TYPE_CHECKING:
    from collections.abc import Callable


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
    run = [sys.executable, "-m", "korea_cli", "help", topic]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    text = subprocess.run(run, env=environment, capture_output=True, check=True).stdout.decode()
    return f"```text\n{text}```\n"


def format_table() -> str:
    """List the formats with the file extensions that select them."""
    modules = {name: formats.load(name) for name in formats.names()}
    rows = [(f"`{name}`", _first_line(each.__doc__), code_list(each.EXTENSIONS)) for name, each in modules.items()]
    return table(("format", "output", "extension"), rows)


def filter_table() -> str:
    """List the fields of a query."""
    rows = [(f"`{name}:`", each.help, ", ".join(f"{type_}s" for type_ in each.types)) for name, each in FILTERS.items()]
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
}
