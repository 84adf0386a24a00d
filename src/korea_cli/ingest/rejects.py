"""Save the rejected rows, each with the reason, in a file that can be corrected and imported."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

from korea_cli.base.atomic_io import write_file
from korea_cli.base.formulas import MARK, escape_formula
from korea_cli.base.sanitize import clean, escape_json
from korea_cli.ingest.building.spool import temporary_text
from korea_cli.ingest.columns.headings import REJECTED
from korea_cli.ingest.request import same_file
from korea_cli.reading.locate import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.ingest.sheet import Sheet, SheetRow

_SHOWN = 5


class RejectedRows:
    """The rejected rows of one sheet, in a temporary file; `first` are sentences about the first few."""

    def __init__(self, sheet: Sheet) -> None:
        self._unit, self._width = sheet.unit, len(sheet.headings)
        self._headings = [each for each in sheet.headings if each != REJECTED]
        self._columns = [index for index, each in enumerate(sheet.headings) if each != REJECTED]
        self._rows = temporary_text()
        self._writer = csv.writer(self._rows, delimiter=sheet.delimiter, lineterminator="\r\n")
        self.count = 0
        self.first: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def add(self, row: SheetRow, reason: str) -> None:
        """Add a row with the reason why it is rejected: one of a sheet as such, any other as a line of JSON."""
        message = f"{self._unit} {row.line}: {reason}"
        if self.count < _SHOWN:
            self.first.append(message)
        if self._headings:
            if not self.count:
                self._rows.write(MARK)
                self._write_row([*self._headings, REJECTED])
            cells = row.cells if isinstance(row.cells, list) else []
            own = [cells[index] if index < len(cells) else "" for index in self._columns]
            self._write_row([*own, message, *cells[self._width :]])
        else:
            values = {**row.cells, REJECTED: message} if isinstance(row.cells, dict) else {REJECTED: message}
            self._rows.write(f"{escape_json(json.dumps(values, ensure_ascii=False))}\n")
        self.count += 1

    def _write_row(self, cells: list[str]) -> None:
        self._writer.writerow([escape_formula(clean(cell)) for cell in cells])

    def write(self, path: str) -> None:
        """Write them to a file, whole or not at all; raises OutputError."""
        write_file(self._lines(), path)

    def _lines(self) -> Iterator[str]:
        self._rows.seek(0)
        for line in self._rows:  # noqa: UP028 - `yield from` closes the file when the iteration is stopped
            yield line

    def path_for(self, name: str, chosen: str | None, mapping: str | None = None) -> str | None:
        """Return the file to save them in: the chosen one, else one next to the sheet that does not exist yet.

        `mapping` is where the mapping is saved.
        """
        if chosen or name == STDIN:
            return chosen
        ending = "csv" if self._headings else "jsonl"
        path, number = f"{name}.rejects.{ending}", 1
        while (mapping and same_file(path, mapping)) or (Path(path).exists() and not self._is_in(path)):
            number += 1
            path = f"{name}.rejects-{number}.{ending}"
        return path

    def _is_in(self, path: str) -> bool:
        """Whether a file contains just these rows."""
        with Path(path).open(encoding="utf-8", errors="replace", newline="") as file:
            return all(file.read(len(line)) == line for line in self._lines()) and not file.read(1)
