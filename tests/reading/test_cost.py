"""What only a broken or unusual file needs is not paid for by a right one."""

from __future__ import annotations

import os
import subprocess
import sys

UNNEEDED = (
    "difflib",
    "glob",
    "hashlib",
    "korea_cli.checks.notes",
    "korea_cli.checks.warnings",
    "korea_cli.dates.errors",
    "korea_cli.reading.include",
    "korea_cli.reading.statements",
    "korea_cli.reading.syntax",
    "zoneinfo",
)
PROGRAM = """
import sys
from korea_cli.checks.load import load_valid
load_valid(["builtin"])
print(*sorted(sys.modules))
"""


def test_reading_the_built_in_record_imports_nothing_for_files_that_are_wrong() -> None:
    bare = {name: value for name, value in os.environ.items() if "COV" not in name}  # which imports things of its own
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, env=bare)
    imported = set(done.stdout.split())
    assert "korea_cli.reading.records" in imported
    assert imported & set(UNNEEDED) == set()
