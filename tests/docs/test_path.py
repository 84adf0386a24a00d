"""The files of "Follow a query" are those that a query runs through, in that order."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Prints the name of each function of the program when it is called for the first time.
TRACE = """
import inspect
import sys

seen = set()


def note(frame, event, argument):
    name = f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}"
    function = frame.f_code.co_flags & inspect.CO_OPTIMIZED  # and no class or module that is being made
    if event == "call" and function and "/korea_cli/" in name and name not in seen:
        seen.add(name)
        print(name.partition("/korea_cli/")[2], file=sys.stderr)


from korea_cli.cli.main import main

sys.setprofile(note)
main(["timeline", "by:putin", "topic:thaad", "-f", "table"])
sys.setprofile(None)
"""


def test_the_listed_files_are_the_way_of_a_query() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n## Follow a query\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\d+\. `(\S+)`: `([\w.]+)`", text, re.MULTILINE)
    done = subprocess.run([sys.executable, "-c", TRACE], capture_output=True, text=True, check=True, cwd=ROOT)
    called = done.stderr.split("\n")
    starts = [
        next(number for number, name in enumerate(called) if re.match(rf"{re.escape(f'{file}:{function}')}\b", name))
        for file, function in listed
    ]
    assert len(listed) == 10
    assert starts == sorted(starts)
