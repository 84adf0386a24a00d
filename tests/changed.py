"""Run the program with one of its files changed in memory: how scripts/mutants.py asks whether the tests notice."""

from __future__ import annotations

import os
from importlib.machinery import SourceFileLoader
from pathlib import Path

ASKED = "KOREA_TESTS_CHANGED"  # the path of the file and that of its changed text, with a colon between


def change_as_asked() -> None:
    """Let the next import of a file give other code than the file has, where the environment asks for that."""
    path, _, other = os.environ.get(ASKED, "").rpartition(":")
    if not path:
        return
    code, read = Path(other).read_text("utf-8"), SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> object:
        return compile(code, path, "exec", dont_inherit=True) if loader.path == path else read(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment,method-assign]
