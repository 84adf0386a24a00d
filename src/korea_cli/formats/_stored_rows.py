"""Lines of sheets from records that the store has as JSON text, whose values are not read one by one.

The keys of such a text are always the same, in the same order, and quotation marks in its strings are escaped. So the
text between one key and the next is the value, and most values were written as cells before.
"""

from __future__ import annotations

from itertools import pairwise
from json import dumps, loads
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from korea_cli.formats._cell_form import CellForm
    from korea_cli.rows.stored_keys import StoredKey

_MOST_KEPT = 10_000  # cells of a column


class CutStep(NamedTuple):
    """What ends a value, how long that is, whether the value is for a cell, and whether keys without one follow it."""

    end: str
    width: int
    is_cell: bool
    is_check: bool


class CutPlan(NamedTuple):
    """How a text is cut: what it begins with, its steps, and the keys of the cells in the order of the text."""

    start: str
    steps: tuple[CutStep, ...]
    keys: tuple[str, ...]

    def cut(self, text: str) -> list[str] | None:
        """Return the values for the cells as JSON text; None where a key has a value that should have none."""
        at, found, find = len(self.start), [], text.find
        for end, width, is_cell, _ in self.steps:
            if (until := find(end, at)) < 0:
                return None
            if is_cell:
                found.append(text[at:until])
            at = until + width
        return found


def plan_for(stored: Sequence[StoredKey], cells: Collection[str], empty: Collection[str]) -> CutPlan:
    """Return how to cut texts of some keys into the values for cells, where other keys have no value.

    The first key is never empty. No value has the key that follows it in the text within it.
    """
    filled = [number for number, each in enumerate(stored) if each.key not in empty]
    steps = [_step(stored, first, last, following, cells) for first, last, following in _runs(stored, filled, cells)]
    while steps and not (steps[-1].is_cell or steps[-1].is_check):
        steps.pop()
    keys = tuple(each.key for each in stored if each.key in cells)
    return CutPlan(f'{{"{stored[0].key}": ', tuple(steps), keys)


def _runs(stored: Sequence[StoredKey], filled: Sequence[int], cells: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the first and the last number of keys that are passed over together, or of a cell, and that of the next.

    Those passed over together have no keys within their values, but for the last.
    """
    first = filled[0]
    for number, following in pairwise((*filled, len(stored))):
        is_next = following == number + 1 < len(stored)
        both = {stored[number].key, stored[following].key} if is_next else set[str]()
        if not is_next or stored[number].within or both & {*cells}:
            yield first, number, following
            first = following


def _step(stored: Sequence[StoredKey], first: int, last: int, following: int, cells: Collection[str]) -> CutStep:
    gap = "".join(f', "{each.key}": {each.empty}' for each in stored[last + 1 : following])
    end = f', "{stored[following].key}": ' if following < len(stored) else "}"
    return CutStep(gap + end, len(gap + end), stored[first].key in cells, bool(gap))


class _Cells(dict[str, str]):
    """The cells of one key by their JSON text; those of values that recur are kept."""

    def __init__(self, key: StoredKey, form: CellForm) -> None:
        super().__init__()
        self._key, self._form = key.key, form
        self._beginnings: dict[str, bool] = {}
        self.get_cell = self.__getitem__ if key.recurs else self._cell

    def __missing__(self, raw: str) -> str:
        """Write a cell, and keep it unless it has to be counted each time."""
        before = self._form.lost[self._key]
        cell = self._cell(raw)
        if self._form.lost[self._key] == before:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[raw] = cell
        return cell

    def _cell(self, raw: str) -> str:
        """Return a cell; most texts can be written as they are."""
        begins = self._beginnings.get(raw[:2])
        if begins is None:
            begins = self._beginnings[raw[:2]] = raw[0] == '"' and self._form.is_plain(raw[1])
        if begins and not ("\\" in raw or "," in raw or ";" in raw or raw[-2].isspace()):
            return raw[1:-1]
        return "" if raw in {"null", "[]"} else self._form.cell(self._key, raw)


class StoredRows:
    """Writes records as lines of one sheet.

    filled: those of the keys to watch, of which only that is noted, that have a value in a line so far.
    """

    def __init__(
        self, stored: Sequence[StoredKey], keys: Sequence[str], form: CellForm, watched: Collection[str]
    ) -> None:
        """Prepare lines of some keys; cells of those that are not in the texts are empty."""
        self.filled = set[str]()
        self._stored, self._watched = stored, {*watched}
        self._own = {each.key for each in stored if each.key in keys}
        self._cells = [_Cells(each, form).get_cell for each in stored if each.key in self._own]
        self._plan = self._planned()
        places = {key: place for place, key in enumerate(self._plan.keys)}
        self._places = [places.get(key, len(places)) for key in keys]

    def lines(self, texts: Iterable[str], delimiter: str, start: str) -> Iterator[str]:
        """Yield a line for each record; `start` is what comes before its cells."""
        cells, in_order = self._cells, self._places == [*range(len(self._cells))]
        for text in texts:
            found = [get(raw) for get, raw in zip(cells, self._plan.cut(text) or self._cut_anew(text), strict=True)]
            if not in_order:
                found.append("")
                found = [found[place] for place in self._places]
            yield f"{start}{delimiter.join(found)}\r\n"

    def _planned(self) -> CutPlan:
        return plan_for(self._stored, self._own, self._watched - self.filled)

    def _cut_anew(self, text: str) -> list[str]:
        """Note which keys have values after all, and cut a text by a plan that passes over these."""
        row = loads(text)
        self.filled |= {key for key in self._watched if row[key]}
        self._plan = self._planned()
        return self._plan.cut(text) or [dumps(row[key]) for key in self._plan.keys]
