"""A folder for indexes, data files to be indexed, and what tells whether they were read."""

from __future__ import annotations

import os
from time import time_ns
from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.cache import index
from korea_cli.checks import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult

EVENT = '[[events]]\nid = "{0}"\ntitle = "Title of {0}"\ndate = "2017-05-01"\nkind = "test"\n'


class Files:
    """Data files in a folder of their own, and how often they were read."""

    def __init__(self, folder: Path, cache: Path) -> None:
        """Begin with none."""
        self.folder, self.cache = folder, cache
        self.readings = 0

    def write(self, name: str, *ids: str, include: Sequence[str] = ()) -> Path:
        """Write a file with an event for each id."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        header = f"[chronology]\ninclude = {list(include)}\n" if include else ""
        path.write_text(header + "".join(map(EVENT.format, ids)), "utf-8")
        return path

    def strangers(self) -> list[Path]:
        """Put files beside the indexes that this program did not make, some of them called as if it had."""
        sqlite, ours = b"SQLite format 3\0", b"KREA"
        made = {
            "notes.txt": b"", "a.index": sqlite, "0123456789abcdef.index": sqlite + b"\0" * 84,
            "0123456789abcde0.index": sqlite + b"\xff" * 84, "0123456789abcde1.index": b"\0" * 68 + ours + b"\0" * 28,
            "0123456789abcde2.index": sqlite + ours + b"\0" * 80,
            "fedcba9876543210.catalogue": b"Korean\n", "0123456789abcde.catalogue": b"korea 1", ".hidden": b"korea 1",
            "0123456789ABCDEF.catalogue": b"korea 1", "1111111111111111.index.abcd1234.draft": b"precious",
            "2222222222222222.index": b"", "3333333333333333.index.draft": b"",
            "4444444444444444.catalogue.bak": b"korea 1",
        }  # fmt: skip
        for name, content in made.items():
            (self.cache / name).write_bytes(content)
        (self.cache / "5555555555555555.index").mkdir()
        (self.cache / "outside").write_bytes(b"korea 1")
        (self.cache / "6666666666666666.catalogue").symlink_to("outside")
        os.mkfifo(self.cache / "7777777777777777.catalogue")
        return sorted(self.cache.iterdir())

    def ids(self, *names: str | Path) -> list[str]:
        """Ask for the ids of all events, by the index if there is one."""
        with open_chronology(*names) as chronology:
            assert chronology.notes == ()
            return [event.id for event in chronology.events()]

    def read(self, *names: str | Path) -> bool:
        """Return whether a query read the files instead of opening an index."""
        before = self.readings
        self.ids(*names)
        return self.readings > before

    def kept(self, ending: str = "index") -> Path:
        """Return the only index, or its catalogue."""
        (path,) = self.cache.glob(f"*.{ending}")
        return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of indexes for this test alone; it does not exist yet."""
    folder = tmp_path / "indexes"
    monkeypatch.setenv("KOREA_CACHE", str(folder))
    return folder


@pytest.fixture
def files(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    folder = tmp_path / "data"
    folder.mkdir()
    made = Files(folder, cache)
    really: Callable[..., LoadResult] = load.load_valid

    def counted(*arguments: object, **options: object) -> LoadResult:
        made.readings += 1
        return really(*arguments, **options)

    monkeypatch.setattr(load, "load_valid", counted)
    return made


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Return what does something that the user stops while it writes a table."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def stopped(action: Callable[[], object]) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(index, "write_table", interrupt)
            with pytest.raises(KeyboardInterrupt):
                action()

    return stopped


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program's clock be so far ahead of the file system's that every file seems to have been left alone."""
    for module in ("korea_cli.chronology.opening", "korea_cli.cache.index"):
        monkeypatch.setattr(f"{module}.time_ns", lambda: time_ns() + 10 * 10**9)
