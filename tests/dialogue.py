"""The program on a terminal that somebody types at."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Korea


class Dialogue:
    """The program on a terminal that is typed at."""

    PROMPT = "> "

    def __init__(
        self, korea: Korea, *arguments: str | Path, columns: int = 80, out: int | None = None,
        env: Mapping[str, str] | None = None, folder: Path | None = None,
    ) -> None:  # fmt: skip
        """Start it, with its standard output elsewhere if `out` is a file."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.shown, self._master, self._korea = "", master, korea
        self._decode = getincrementaldecoder("utf-8")().decode
        self._process = subprocess.Popen(
            [korea.program, *arguments], stdin=slave, stdout=slave if out is None else out, stderr=slave, cwd=folder,
            env={**korea.environment, **(env or {})}, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def type(self, keys: str) -> None:
        """Wait for a prompt, and type."""
        assert self._read_to_prompt(), self.shown
        os.write(self._master, keys.encode())

    def _read_to_prompt(self) -> bool:
        """Read until the program asks; return False where it ended instead."""
        said = ""
        while not said.endswith(self.PROMPT):
            try:
                part = os.read(self._master, 1 << 16)
            except OSError:  # how Linux says that the other end is closed
                return False
            text = self._decode(part)
            said += text
            self.shown += text
            if not part:
                return False
        return True

    def interrupt(self) -> None:
        """Wait for a prompt, and press Ctrl-C, which only a process's own terminal makes a signal."""
        assert self._read_to_prompt(), self.shown
        self._korea.wait_until_asleep(self._process)  # readline listens
        self._process.send_signal(signal.SIGINT)

    @staticmethod
    def too_wide(text: str, columns: int) -> list[str]:
        """Return the lines that are wider than a terminal."""
        return [line for line in text.split("\n") if cell_len(line) > columns]

    def end(self) -> int:
        """Return the exit status; a program that asks once more would wait for ever, so that is a failure."""
        asks = self._read_to_prompt()
        os.close(self._master)
        status = self._process.wait()
        assert not asks, self.shown
        return status
