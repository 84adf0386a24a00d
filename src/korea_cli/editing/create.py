"""Create a chronology: with a commented example of each type of record, or as a copy of another."""

from __future__ import annotations

import os
from pathlib import Path

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import OutputError
from korea_cli.checks.load import load_valid
from korea_cli.editing.files import require_own
from korea_cli.reading.locate import path_of
from korea_cli.reading.toml import MARK, Document, parse_document

_MARK = MARK.decode()


class ExistingFileError(OutputError):
    """A file to create that already exists."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "it already exists")
        self.args = (file,)

    def _message(self) -> str:
        return f"{self.place} already exists; not overwritten"


def create_file(file: str, origin: str | None) -> Document:
    """Create a file, the starter or a copy of another byte for byte, and return it.

    Raises OutputError where it already exists, DataError where the other is broken, or would be in its new place.
    """
    require_own(file, "name a new one, as in 'korea init mine.toml'")
    if os.path.lexists(file):
        raise ExistingFileError(file)
    text = starter_text() if origin is None else _copied(origin)
    document = Document(name=file, path=Path(file), text=text.removeprefix(_MARK), marked=text.startswith(_MARK))
    load_valid([file], replacements={Path(file).resolve(): parse_document(document)})
    write_file([text], file)
    return document


def starter_text() -> str:
    """Return the text of the starter."""
    return Path(__file__).with_name("starter.toml").read_text(encoding="utf-8")


def _copied(origin: str) -> str:
    loaded = load_valid([origin])
    path = path_of(origin)
    document = next(each for each in loaded.documents if each.path == path)
    return f"{_MARK}{document.text}" if document.marked else document.text
