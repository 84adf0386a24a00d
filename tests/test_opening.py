"""While files are read, Python does not look for garbage; afterwards it does as before."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import DataError, open_chronology
from korea_cli.reading import disk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[bool]:
    """Note, whenever files are read, whether Python looks for garbage then."""
    noted: list[bool] = []
    really: Any = vars(disk)["read_document"]

    def watched(*names: object, **options: object) -> object:
        noted.append(gc.isenabled())
        return really(*names, **options)

    monkeypatch.setattr(disk, "read_document", watched)
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path / "cache"))
    return noted


@pytest.fixture
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


@pytest.mark.usefixtures("collecting")
@pytest.mark.parametrize("cache", [True, False])
def test_no_garbage_is_looked_for_while_files_are_read(states: list[bool], *, cache: bool) -> None:
    open_chronology("builtin", cache=cache)
    assert states == [False]
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
@pytest.mark.parametrize("cache", [True, False])
def test_garbage_is_looked_for_again_when_files_cannot_be_used(
    states: list[bool], tmp_path: Path, *, cache: bool
) -> None:
    with pytest.raises(DataError):
        open_chronology(tmp_path / "nothing.toml", cache=cache)
    assert states == [False]
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_who_does_not_have_it_looked_for_is_left_so(states: list[bool]) -> None:
    gc.disable()
    open_chronology("builtin", cache=False)
    assert states == [False]
    assert not gc.isenabled()
