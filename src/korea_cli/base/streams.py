"""The streams of this process: the only place that writes to standard output and standard error."""

from __future__ import annotations

import os
import sys
from codecs import getincrementalencoder

from korea_cli.base.errors import ClosedPipeError, OutputError, system_reason

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

PREFIX = "korea: "  # of each line on stderr
_BLOCK = 1 << 16  # letters: pieces of text are joined to this size before they are written
_OPEN = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")


def print_stderr(*sentences: str, prefix: str = PREFIX) -> None:
    """Write sentences to stderr, each on a line as `korea: …`; ignore it if that fails. A success has no prefix."""
    from korea_cli.base.sanitize import clean_line  # noqa: PLC0415 - most runs print nothing

    write_stderr("".join(f"{prefix}{clean_line(sentence)}\n" for sentence in sentences))


def write_stderr(text: str) -> None:
    """Write a text that is safe already, with colours perhaps, to stderr; ignore it if that fails."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    try:
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        _discard(sys.stderr)


def can_ask() -> bool:
    """Return whether somebody can answer: standard input and standard error are a terminal."""
    return sys.stdin is not None and sys.stderr is not None and os.isatty(0) and os.isatty(2)


def read_line(prompt: str) -> str:
    """Read a line from standard input after a prompt, which never gets into a pipe; raises EOFError at the end."""
    if os.isatty(1):
        return input(prompt)
    from contextlib import redirect_stdout  # noqa: PLC0415 - few runs ask

    with redirect_stdout(sys.stderr):
        return input(prompt)


def blocks(content: Iterable[str | bytes], encoding: str) -> Iterator[bytes]:
    """Encode pieces of text, joined into blocks; characters that the encoding lacks become `?`.

    Pieces may be bytes instead, all of them, which stay as they are.
    """
    encode = getincrementalencoder(encoding)("replace").encode
    pending: list[str] = []
    size = 0
    for piece in content:
        if isinstance(piece, bytes):
            yield piece
            continue
        pending.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield encode("".join(pending))
            pending, size = [], 0
    yield encode("".join(pending), final=True)


def write_stdout(content: Iterable[str | bytes]) -> None:
    """Write to standard output, piece by piece; raises OutputError or ClosedPipeError when that fails."""
    if sys.stdout is None:
        raise OutputError("standard output", "it is closed")
    try:
        for block in blocks(content, sys.stdout.encoding or "utf-8"):
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
    except (OSError, KeyboardInterrupt) as error:
        _discard(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise ClosedPipeError from None
        if isinstance(error, OSError):
            raise OutputError("standard output", reason_of(error)) from error
        raise


def flush_streams() -> None:
    """Write what is left in the buffers of standard output and standard error; ignore it if that fails."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            _discard(stream)


def is_open(target: str) -> bool:
    """Return whether a name is that of an open stream of this process, such as /dev/stdout."""
    return target.startswith(_OPEN)


def _discard(stream: TextIO) -> None:
    """Discard what is left in the buffers of a stream, so that Python does not write it at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def reason_of(error: OSError) -> str:
    """Return why the system refused, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "no such folder"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file"
    if isinstance(error, PermissionError):
        return "no permission to write it"
    return system_reason(error)
