"""Excel workbooks: xlsx, xlsm, xlsb and xls."""

from __future__ import annotations

from korea_cli.ingest.workbooks.workbook import read_workbook as read

__all__ = ["EXTENSIONS", "read", "sniff"]

EXTENSIONS = (".xlsx", ".xlsm", ".xlsb", ".xls")


def sniff(start: bytes) -> int:  # noqa: ARG001 - every reader is asked alike
    """Return that no text is a workbook: its first bytes are known before."""
    return 0
