"""Excel workbooks: xlsx, xlsm, xlsb and xls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import InputFile, Sheet

EXTENSIONS = (".xlsx", ".xlsm", ".xlsb", ".xls")


def sniff(start: bytes) -> int:  # noqa: ARG001 - every reader is asked alike
    """Return that no text is a workbook: its first bytes are known before."""
    return 0


def read(source: InputFile) -> Sheet:
    """Read one sheet of a workbook; raises DataError where it cannot be read, UsageError for one that it has not."""
    from korea_cli.ingest.workbooks.workbook import read_workbook  # noqa: PLC0415 - every import loads every reader

    return read_workbook(source)
