"""Keep the rows that cannot be taken, each with the reason, in a file that can be put right and imported."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from korea_cli.base.atomic_io import write_file
from korea_cli.base.formulas import MARK, guarded
from korea_cli.base.sanitize import clean, escape_json
from korea_cli.ingest.draft import spool
from korea_cli.ingest.mapping import REJECTED
from korea_cli.ingest.targets import same_file
from korea_cli.reading.locate import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.rows import Row, Sheet

_SHOWN = 5


class Rejects:
    """The rejected rows of one sheet; the first few are remembered as sentences."""

    def __init__(self, sheet: Sheet) -> None:
        self._unit, self._width = sheet.unit, len(sheet.headings)
        self._headings = [each for each in sheet.headings if each != REJECTED]
        self._kept = [index for index, each in enumerate(sheet.headings) if each != REJECTED]
        self._rows = spool()
        self._writer = csv.writer(self._rows, delimiter=sheet.delimiter, lineterminator="\r\n")
        self.count = 0
        self.first: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    @property
    def ending(self) -> str:
        """Give the ending of the file that they are kept in: sheets are kept as sheets, all else as lines of JSON."""
        return ".rejects.csv" if self._headings else ".rejects.jsonl"

    def add(self, row: Row, reason: str) -> None:
        """Keep a row and the reason why it was rejected."""
        told = f"{self._unit} {row.line}: {reason}"
        if self.count < _SHOWN:
            self.first.append(told)
        if self._headings:
            if not self.count:
                self._rows.write(MARK)
                self._writer.writerow([*map(_safe, self._headings), REJECTED])
            self._writer.writerow(map(_safe, self._sheet_row(row, told)))
        else:
            self._rows.write(f"{_json(row, told)}\n")
        self.count += 1

    def _sheet_row(self, row: Row, told: str) -> list[str]:
        cells = row.cells if isinstance(row.cells, list) else []
        own = [cells[index] if index < len(cells) else "" for index in self._kept]
        return [*own, told, *cells[self._width :]]

    def write(self, path: str) -> None:
        """Write them to a file, whole or not at all; raises OutputError."""
        write_file(self._lines(), path)

    def _lines(self) -> Iterator[str]:
        self._rows.seek(0)
        for line in self._rows:  # noqa: UP028 - `yield from` closes the file when somebody stops listening
            yield line

    def path_for(self, name: str, chosen: str | None, saved: str | None = None) -> str | None:
        """Return the file to keep them in: the one that was chosen, else one beside the sheet that is not there yet.

        `saved` is where the mapping goes.
        """
        if chosen or name == STDIN:
            return chosen
        path, number = f"{name}{self.ending}", 1
        while (saved and same_file(path, saved)) or (Path(path).exists() and not self._is_in(path)):
            number += 1
            path = f"{name}{self.ending.replace('.rejects', f'.rejects-{number}')}"
        return path

    def _is_in(self, path: str) -> bool:
        """Say whether a file holds just these rows."""
        with Path(path).open(encoding="utf-8", errors="replace", newline="") as file:
            return all(file.read(len(line)) == line for line in self._lines()) and not file.read(1)


def _safe(cell: str) -> str:
    return guarded(clean(cell))


def _json(row: Row, told: str) -> str:
    cells: Any = row.cells if isinstance(row.cells, dict) else {}
    return escape_json(json.dumps({**cells, REJECTED: told}, ensure_ascii=False))
