"""Run git."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def run_git(*words: str, folder: str | Path = ".") -> CompletedProcess[bytes]:
    """Run git in a folder, its messages in English, without programs that a repository names; raises OSError."""
    import subprocess  # noqa: PLC0415 - few answers need git; no shell, and fixed words first

    return subprocess.run(  # noqa: S603 - as above
        ["git", "-c", "core.fsmonitor=false", *words], capture_output=True, check=False, stdin=subprocess.DEVNULL,  # noqa: S607 - from the PATH
        cwd=folder, env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip


def answer_of(done: CompletedProcess[bytes]) -> str:
    """Return what git printed on one line, such as a path."""
    return os.fsdecode(done.stdout.removesuffix(b"\n"))


def error_of(done: CompletedProcess[bytes]) -> str:
    """Return the first line of git's message."""
    return done.stderr.decode(errors="replace").strip().partition("\n")[0]
