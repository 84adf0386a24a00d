"""Let a TAB take as long as it takes, for a slow machine; what holds its limit to account says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Korea


@pytest.fixture(scope="module")
def korea(korea: Korea) -> Korea:
    """Return the program, which gives a TAB all the time it needs."""
    return korea.patient("korea_cli.cli.completion._LONGEST")
