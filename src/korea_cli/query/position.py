"""Where in an expression something is, to show that beside an error."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import accumulate

from korea_cli.base.errors import KoreaError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_INDENT = "  "
_BEFORE, _SHOWN = 50, 70  # characters shown before the position, and in all


class QueryPosition(NamedTuple):
    """A number of characters into the arguments of an expression, which are joined by blanks."""

    expression: str
    at: int

    def excerpt(self) -> tuple[str, str]:
        """Return the expression around the position, and a caret below it."""
        first = max(0, self.at - _BEFORE)
        shown = "".join(" " if each.isspace() else each for each in self.expression[first : first + _SHOWN])
        return _lines(shown, sum(map(_cells, shown[: self.at - first])))


def fitted(excerpt: tuple[str, ...], columns: int) -> tuple[str, str]:
    """Return an excerpt cut to some columns of a terminal, on which a longer line would move the caret elsewhere."""
    shown, caret = (line.removeprefix(_INDENT) for line in excerpt)
    at, room = len(caret) - 1, columns - len(_INDENT)
    starts = list(accumulate(map(_cells, shown), initial=0))
    first = max(0, at - room * 2 // 3) if starts[-1] > room else 0
    kept = [place for place in range(len(shown)) if first <= starts[place] and starts[place + 1] <= first + room]
    return _lines("".join(shown[place] for place in kept), at - (starts[kept[0]] if kept else at))


def _lines(shown: str, before: int) -> tuple[str, str]:
    """Return an expression, and below it a caret behind so many columns."""
    return f"{_INDENT}{shown}", f"{_INDENT}{' ' * before}^"


def _cells(letter: str) -> int:
    """Return how many columns of a terminal a letter takes."""
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - only when something is wrong

    return 0 if combining(letter) else 2 if east_asian_width(letter) in "FW" else 1


@contextmanager
def pointing_at(position: QueryPosition | None) -> Iterator[None]:
    """Add to an error where in an expression its cause is."""
    try:
        yield
    except KoreaError as error:
        if position and not error.excerpt:
            error.excerpt = position.excerpt()
        raise
