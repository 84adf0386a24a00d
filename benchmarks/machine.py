"""Say on what machine something was measured: its processor, cores and memory, and the versions that matter."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def described() -> str:
    """Describe the machine in a sentence; nothing in it names or finds the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} on {platform.machine()};"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, typer {version('typer')},"
        f" rich {version('rich')}, tomli {version('tomli')}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "an unknown processor"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "a processor")
