"""Show a long text in the user's pager; text that no pager shows is returned, to be written as it is."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from contextlib import contextmanager, suppress
from itertools import chain
from typing import IO, TYPE_CHECKING, cast

from korea_cli.base.streams import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

VARIABLES = ("KOREA_PAGER", "PAGER")
DEFAULT = "less -FIRX"
_OFF = {"", "cat"}
_SETTINGS = {"LESS": "FIRX", "LV": "-c"}  # for pagers named without options, where the user has not set them: colours
_MOST_KEPT = 1 << 17  # letters kept in case the pager fails; after so many it has begun to read, if it ever will


def pager_in(environment: Mapping[str, str]) -> str | None:
    """Return the pager that is set, else the default; None where it is disabled by an empty value or `cat`."""
    named = next((environment[name] for name in VARIABLES if name in environment), DEFAULT).strip()
    return None if named in _OFF else named


def page(
    text: Iterable[str], pager: str, lines: int, encoding: str, environment: Mapping[str, str]
) -> tuple[Iterable[str], str]:
    """Show text in a pager as it comes, if it has more lines than the screen.

    Returns the text that no pager has shown, and a note on why. The pager is run without a shell; its words are split
    as in a shell. If the user leaves it early, nothing is left.
    """
    pieces = iter(text)
    head = list(_screenful(pieces, lines))
    if sum(piece.count("\n") for piece in head) < lines:
        return head, ""
    with _ignoring_interrupts():  # they are meant for the pager
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own choice
                shlex.split(pager), stdin=subprocess.PIPE, env={**_SETTINGS, **environment}
            )
        except (OSError, ValueError) as error:
            return chain(head, pieces), _cannot_start(pager, error)
        kept = list(head)
        # The first pieces are written by themselves: a full screen does not wait for more.
        status = _feed(process, chain(blocks(head, encoding), blocks(_keeping(pieces, kept), encoding)))
    if status <= 0:  # success, or a signal that somebody sent
        return (), ""
    return chain(kept, pieces) if kept else (), f"the pager '{pager}' ended with status {status}"


def _screenful(pieces: Iterator[str], lines: int) -> Iterator[str]:
    """Yield as many pieces as fill the screen; all, if they do not."""
    for piece in pieces:
        yield piece
        lines -= piece.count("\n")
        if lines <= 0:
            return


def _keeping(pieces: Iterable[str], kept: list[str]) -> Iterator[str]:
    """Yield pieces, and keep them after those that are kept; once these are many, keep none."""
    size = sum(map(len, kept))
    for piece in pieces:
        size += len(piece)
        kept.append(piece)
        if size > _MOST_KEPT:
            kept.clear()
        yield piece


def _feed(process: subprocess.Popen[bytes], encoded: Iterable[bytes]) -> int:
    """Write to a pager until it has all or is left; wait for its end and return its status."""
    pipe = cast("IO[bytes]", process.stdin)  # as `stdin=PIPE` says
    try:
        with suppress(BrokenPipeError):
            for block in encoded:
                pipe.write(block)
                pipe.flush()
    finally:
        with suppress(OSError):
            pipe.close()
        status = process.wait()
    return status


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C here; programs that are started meanwhile do not."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _cannot_start(pager: str, error: OSError | ValueError) -> str:
    """Return why a pager cannot be started; "" for the default pager that is not installed."""
    if pager == DEFAULT and isinstance(error, FileNotFoundError):
        return ""
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    reason = "command not found" if isinstance(error, FileNotFoundError) else reason.lower()
    return f"cannot start the pager '{pager}': {reason}"
