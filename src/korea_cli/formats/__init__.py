"""The forms an answer can take: every module here is a format, named as the module is.

A format is a function `render(report, screen)` that gives the text piece by piece, and `EXTENSIONS`, the endings of
file names that mean it. Its module's docstring is its help.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from korea_cli.errors import NotInListError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.reports import Report
    from korea_cli.screen import Screen


class Format(Protocol):
    """What a format module offers."""

    EXTENSIONS: tuple[str, ...]

    def render(self, report: Report, screen: Screen) -> Iterator[str]:
        """Give the report as text, piece by piece; raises UsageError when this format cannot carry it."""


def names() -> tuple[str, ...]:
    """List the formats."""
    return tuple(sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py")))


def load(name: str) -> Format:
    """Load the format of a name; raises NotInListError when there is none."""
    known = names()
    if name.casefold() not in known:
        raise NotInListError("format", name, known)
    return cast("Format", import_module(f"korea_cli.formats.{name.casefold().replace('-', '_')}"))


def for_ending(ending: str) -> str:
    """Give the name of the format that a file's ending means; raises NotInListError when it means none."""
    endings = {each: name for name in names() for each in load(name).EXTENSIONS}
    if ending not in endings:
        raise NotInListError("ending of a file", ending, tuple(endings))
    return endings[ending]
