"""Where in an expression something is, to show that beside an error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import KoreaError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE, _SHOWN = 50, 70  # characters shown before the position, and in all


class QueryPosition(NamedTuple):
    """A number of characters into the arguments of an expression, which are joined by blanks."""

    expression: str
    at: int

    def excerpt(self) -> tuple[str, str]:
        """Return the expression around the position, and a caret below it."""
        from unicodedata import combining, east_asian_width  # noqa: PLC0415 - only when something is wrong

        first = max(0, self.at - _BEFORE)
        shown = "".join(" " if each.isspace() else each for each in self.expression[first : first + _SHOWN])
        before = (each for each in shown[: self.at - first] if not combining(each))
        caret = "^".rjust(sum(2 if east_asian_width(each) in "FW" else 1 for each in before) + 1)
        return f"  {shown}", f"  {caret}"


@contextmanager
def pointing_at(position: QueryPosition | None) -> Iterator[None]:
    """Add to an error where in an expression its cause is."""
    try:
        yield
    except KoreaError as error:
        if position and not error.excerpt:
            error.excerpt = position.excerpt()
        raise
