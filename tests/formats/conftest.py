"""Ask programs of others, run by Node.js, what they make of our formats."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from without import miss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
MODULES = HERE.parent / "node_modules"
MISSING = "needs Node.js 20 or later, and what 'npm install --prefix tests' installs; or set KOREA_TESTS_WITHOUT=node"


class Asked:
    """A script that answers each line of JSON with one line of JSON."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Ask a running process."""
        self._process = process

    def __call__(self, question: Any) -> Any:  # noqa: ANN401 - any value of JSON
        """Give the answer to a question; what the script reports on stderr ends it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the script has ended; its reason stands on stderr"
        return json.loads(answer)


@pytest.fixture(scope="session")
def node() -> Iterator[Callable[[str], Asked]]:
    """Give what starts a script that lies beside these tests, once, and ends it when all are done."""
    with ExitStack() as running:
        yield cache(lambda script: Asked(running.enter_context(_started(script))))


@contextmanager
def _started(script: str) -> Iterator[subprocess.Popen[str]]:
    if shutil.which("node") is None or not MODULES.is_dir():
        miss("node", MISSING)
    with subprocess.Popen(
        ["node", HERE / script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()
