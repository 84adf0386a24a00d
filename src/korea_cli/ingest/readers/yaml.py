"""YAML: a list of records anywhere, as in JSON; every value is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.ingest.sheet import unreadable

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import InputFile, Sheet

EXTENSIONS = (".yaml", ".yml")


def sniff(start: bytes) -> int:
    """Return how well the beginning of a file fits."""
    return 2 * start.startswith(b"%YAML")


def read(source: InputFile) -> Sheet:
    """Read a file as a whole; raises DataError, or UsageError where it is not clear which list is meant."""
    from korea_cli.ingest.json.json_sheets import sheet_of  # noqa: PLC0415 - every import loads every reader
    from korea_cli.ingest.notes.structured_text import (  # noqa: PLC0415 - every import loads every reader
        StructuredTextError,
        read_yaml,
    )

    try:
        documents = read_yaml("".join(source.lines()))
    except StructuredTextError as error:
        raise unreadable(source.name, error.reason, error.line) from None
    return sheet_of(documents[0] if len(documents) == 1 else documents, source)
