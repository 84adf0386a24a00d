"""Show a long text through the user's pager; what no pager shows is given back, to be written as it is."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from contextlib import contextmanager, suppress
from itertools import chain
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from korea_cli.base.streams import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

VARIABLES = ("KOREA_PAGER", "PAGER")
USUAL = "less -FIRX"
_OFF = {"", "cat"}
_SETTINGS = {"LESS": "FIRX", "LV": "-c"}  # for pagers named without options, where the user has not set them: colours
_KEPT = 1 << 17  # letters kept in case the pager fails; by so many it has begun to read, if it ever will


class Rest(NamedTuple):
    """What no pager has shown, and what there is to say about that."""

    text: Iterable[str]
    note: str = ""


def pager_in(environment: Mapping[str, str]) -> str | None:
    """Give the pager that is set, else the usual one; None where it is turned off, by nothing or by `cat`."""
    named = next((environment[name] for name in VARIABLES if name in environment), USUAL).strip()
    return None if named in _OFF else named


def page(text: Iterable[str], pager: str, lines: int, encoding: str, environment: Mapping[str, str]) -> Rest:
    """Show text through a pager as it comes, if it has more lines than the screen; give what is left to be written.

    The pager is run as it is named, without a shell: its words are parted as a shell would part them, and no more is
    made of them. It may be left at any time; then nothing is left to be written either.
    """
    pieces = iter(text)
    head = list(_screenful(pieces, lines))
    if sum(piece.count("\n") for piece in head) < lines:
        return Rest(head)
    with _deaf_to_interrupts():  # they are meant for the pager
        try:
            process = subprocess.Popen(  # noqa: S603 - what the user set to be run
                shlex.split(pager), stdin=subprocess.PIPE, env={**_SETTINGS, **environment}
            )
        except (OSError, ValueError) as error:
            return Rest(chain(head, pieces), _cannot_start(pager, error))
        kept = _Keeping(chain(head, pieces))
        status = _feed(process, chain(blocks(_first(kept, len(head)), encoding), blocks(kept, encoding)))
    if status <= 0:  # well, or ended by a signal, which somebody sent
        return Rest(())
    said = f"the pager '{pager}' ended with status {status}"
    return Rest(chain(kept.pieces, pieces), said) if kept.whole else Rest((), said)


def _screenful(pieces: Iterator[str], lines: int) -> Iterator[str]:
    """Take as many pieces as fill the screen; all, where they do not."""
    for piece in pieces:
        yield piece
        lines -= piece.count("\n")
        if lines <= 0:
            return


def _first(pieces: Iterator[str], count: int) -> Iterator[str]:
    """Take some pieces, so that they are written by themselves: what fills the screen need not wait for more."""
    for _ in range(count):
        yield next(pieces)


class _Keeping:
    """Pieces of text that are kept as they are taken, as long as they are few; `whole` says whether all still are."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces: list[str] = []
        self.whole = True
        self._source, self._size = pieces, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        piece = next(self._source)
        self._size += len(piece)
        if self.whole and self._size <= _KEPT:
            self.pieces.append(piece)
        else:
            self.pieces, self.whole = [], False
        return piece


def _feed(process: subprocess.Popen[bytes], written: Iterable[bytes]) -> int:
    """Write to a pager until it has all or is left; wait for its end and give its status."""
    pipe = cast("IO[bytes]", process.stdin)  # it was asked for
    try:
        with suppress(BrokenPipeError):
            for block in written:
                pipe.write(block)
                pipe.flush()
    finally:
        with suppress(OSError):
            pipe.close()
        status = process.wait()
    return status


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Do nothing about Ctrl-C; programs that are started meanwhile hear it as ever."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _cannot_start(pager: str, error: OSError | ValueError) -> str:
    """Say why a pager cannot be started; nothing where nobody named it."""
    if pager == USUAL and isinstance(error, FileNotFoundError):
        return ""
    reason = "there is no such program" if isinstance(error, FileNotFoundError) else _reason(error)
    return f"cannot start the pager '{pager}': {reason}"


def _reason(error: OSError | ValueError) -> str:
    return (os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)).lower()
