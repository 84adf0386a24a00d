"""A git repository as a person has it, for tests."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Folder:
    """A folder that is a repository, with what a person does there."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        path.mkdir(exist_ok=True, parents=True)
        self.git("init", "-q", "-b", "main", *options)

    def git(self, *words: str, env: Mapping[str, str] | None = None, code: int = 0) -> str:
        """Run git there, and return what it printed on both streams."""
        settings = ("user.name=A", "user.email=a@example.org", "commit.gpgsign=false", "protocol.file.allow=always")
        options = [part for each in settings for part in ("-c", each)]
        done = subprocess.run(
            ["git", *options, *words],
            cwd=self.path,
            check=False,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == code, done.stdout.decode()
        return done.stdout.decode().strip()

    def write(self, name: str, text: str) -> None:
        """Write a file, in a folder perhaps."""
        path = self.path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, **texts: str) -> None:
        """Write files, by their names without `.toml`, and commit all there are."""
        for name, text in texts.items():
            self.write(f"{name}.toml", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a version")
