"""Tables of commands, formats and filters, and the help of every command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from korea_cli import commands, formats
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
    return "\n".join(f"## {name}\n\n```text\n{_help_of(name)}```\n" for name in commands.names())


def _help_of(command: str) -> str:
    run = [sys.executable, "-m", "korea_cli", command, "--help"]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    return subprocess.run(run, env=environment, capture_output=True, check=True).stdout.decode()


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
    "formats": format_table,
    "filters": filter_table,
}
