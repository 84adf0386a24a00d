"""Describe what can be asked and in which forms the answer comes, from the commands, formats and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli import commands, formats
from korea_cli.query.filters import FILTERS
from markdown import table, words

if TYPE_CHECKING:
    from collections.abc import Callable


def command_table() -> str:
    """Tabulate the commands with the first sentence of their help."""
    rows = [(f"`{name}`", _sentence(commands.load(name).answer.__doc__)) for name in commands.names()]
    return table(("command", "what it does"), rows)


def format_table() -> str:
    """Tabulate the formats with the endings of file names that mean them."""
    known = {name: formats.load(name) for name in formats.names()}
    rows = [(f"`{name}`", _sentence(each.__doc__), words(each.EXTENSIONS)) for name, each in known.items()]
    return table(("format", "what it is", "ending"), rows)


def filter_table() -> str:
    """Tabulate the fields one can ask by."""
    rows = [(f"`{name}:`", each.help, ", ".join(f"{type_}s" for type_ in each.types)) for name, each in FILTERS.items()]
    return table(("term", "finds", "among"), rows)


def _sentence(doc: str | None) -> str:
    return str(doc).partition("\n")[0]


BLOCKS: dict[str, Callable[[], str]] = {"commands": command_table, "formats": format_table, "filters": filter_table}
