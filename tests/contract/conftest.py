"""What tests of imports start from: an empty data file, and what is in it afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea

    Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Return an empty data file."""
    file = tmp_path / "mine.toml"
    file.write_text("", "utf-8")
    return file


@pytest.fixture
def rows(korea: Korea, mine: Path) -> Rows:
    """Return what lists the records that the file has now."""

    def listed(command: str = "timeline") -> list[dict[str, Any]]:
        run = korea(command, "-f", "jsonl", "-d", mine)
        assert run.code == 0, run.err
        return [json.loads(line) for line in run.out.splitlines()]

    return listed
