"""What measures which lines run, where anything does."""

from __future__ import annotations

import sys
from typing import Any


def coverage_of_process() -> Any:  # noqa: ANN401 - a `coverage.Coverage`, which may not be installed
    """Return what measures this process; None where nothing does."""
    coverage = sys.modules.get("coverage")
    return coverage.Coverage.current() if coverage else None
