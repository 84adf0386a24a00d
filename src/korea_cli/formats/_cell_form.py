"""How values become the cells of comma- or tab-separated rows, and which of these an import does not read back."""

from __future__ import annotations

import re
from collections import Counter
from json import JSONDecoder
from typing import TYPE_CHECKING, Any

from korea_cli.base.formulas import HARMFUL, START, for_excel
from korea_cli.base.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from korea_cli.rows.column import Json

_decode = JSONDecoder().raw_decode


class CellForm:
    """How values become cells, as they are written in a line.

    lost: how many texts of each key have control characters, or blanks around them, which an import removes.
    """

    def __init__(
        self,
        words: Callable[[Json], str],
        write: Callable[[str], str],
        line: Callable[[Iterable[str]], str],
        read_back: Collection[str],
    ) -> None:
        """Use functions: `words` for the text of a value, `write` for it as a spreadsheet reads it, `line` for a row.

        read_back: the keys of the cells that are imported again.
        """
        self.lost = Counter[str]()
        self._words, self._write, self._line, self._read_back = words, write, line, read_back

    def cells(self, row: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
        """Return the cells of a row; one search in all of them is faster than one in each."""
        values = [*map(row.get, keys)]
        cells = [*map(self._words, values)]
        safe = [*map(clean, cells)]
        if self._read_back and (safe != cells or any(cell != cell.strip() for cell in cells)):
            self.lost.update(key for key, *each in zip(keys, cells, safe, strict=True) if self._is_lost(key, *each))
        if self._write is not for_excel and not re.search(HARMFUL, START.join(("", *safe))):
            return safe
        return [cell if isinstance(value, int) else self._write(cell) for value, cell in zip(values, safe, strict=True)]

    def cell(self, key: str, json: str) -> str:
        """Return the cell of a value that is JSON text, as a line has it."""
        value, _ = _decode(json)
        cell = self._words(value)
        safe = clean(cell)
        if self._is_lost(key, cell, safe):
            self.lost[key] += 1
        written = safe if isinstance(value, int) else self._write(safe)
        return self._line([written, ""])[:-3]  # without a delimiter and the end of the line

    def is_plain(self, letter: str) -> bool:
        """Whether a text that begins with a letter is neither a formula nor a date that a spreadsheet would change."""
        return letter.isalnum() and all(self._write(each) == each for each in (letter, f"{letter}="))

    def _is_lost(self, key: str, cell: str, safe: str) -> bool:
        return key in self._read_back and safe.strip() != cell
