"""How a citation is put into words: every module here is a style, named as the module is.

A style is two functions of an item of CSL and a locator or None: `full` names the source so that it can be found, and
`short` points to a source that was named before. Both give plain text.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from korea_cli.base.errors import NotInListError

if TYPE_CHECKING:
    from korea_cli.citing.item import Item


class Style(Protocol):
    """What a style module offers."""

    def full(self, item: Item, locator: str | None) -> str:
        """Name a source so that it can be found."""

    def short(self, item: Item, locator: str | None) -> str:
        """Point to a source that was named before."""


def names() -> tuple[str, ...]:
    """List the styles."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def load(name: str) -> Style:
    """Load the style of a name; raises NotInListError when there is none."""
    known = names()
    if name.casefold() not in known:
        raise NotInListError("style", name, known)
    return cast("Style", import_module(f"korea_cli.citing.styles.{name.casefold()}"))
