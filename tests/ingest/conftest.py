"""A file of one's own, and what adds to it without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.editing.files import Editable
from korea_cli.ingest.adding.adding import add_one, open_registry
from korea_cli.ingest.adding.adding_many import add_many
from korea_cli.model.records import RECORD_TYPES
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.names.registry import Registry

SMALL = """\
[[sources]]
id = "gazette"
title = "Ministers Meet"

[[actors]]
id = "north"
name = "The North"
aliases = ["Северная Корея"]

[[actors]]
id = "han"
name = "Minister Han"

[[topics]]
id = "talks"
label = "Talks"

[[events]]
id = "offer"
title = "An offer"
date = "2018-03-07"
actors = ["han"]
"""


class Mine:
    """A file that is added to."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        self.path = path
        self.files = Editable((str(path),), MAX_SIZE)

    def write(self, text: str) -> Mine:
        """Give the file a text."""
        self.path.write_bytes(text.encode())
        return self

    @property
    def text(self) -> str:
        """Give the file's text."""
        return self.path.read_bytes().decode()

    @property
    def registry(self) -> Registry:
        """Return what it has."""
        return open_registry(self.files)

    def add(self, type_: str, **given: Any) -> Outcome:  # noqa: ANN401 - as typed
        """Add a record by what was given."""
        return add_one(self.files, RECORD_TYPES[type_], given)

    def pipe(self, type_: str, text: str) -> str:
        """Add records by JSON."""
        return add_many(self.files, RECORD_TYPES[type_], text).text


@pytest.fixture
def mine(tmp_path: Path) -> Mine:
    """Give a small file of one's own."""
    return Mine(tmp_path / "mine.toml").write(SMALL)
