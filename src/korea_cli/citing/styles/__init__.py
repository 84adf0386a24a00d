"""Citation styles: every module here is one, named as the module is.

A style is two functions of a CSL item and a locator or None: `full` identifies the source so that it can be found, and
`short` refers to a source that was cited in full before. Both return a text with the marks of `wording`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from korea_cli.base.module_folder import load_module, module_names

if TYPE_CHECKING:
    from korea_cli.citing.item import Item


class Style(Protocol):
    """The functions of a style module."""

    def full(self, item: Item, locator: str | None) -> str:
        """Return a full citation."""

    def short(self, item: Item, locator: str | None) -> str:
        """Return a short one."""


def names() -> tuple[str, ...]:
    """List the styles."""
    return module_names(__file__)


def load(name: str) -> Style:
    """Load a style by its name; raises NotInListError when there is none."""
    return cast("Style", load_module(__name__, __file__, "style", name))
