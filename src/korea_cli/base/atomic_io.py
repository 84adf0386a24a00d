"""The one place that writes: to standard output, to a file whole or not at all, and to the user beside it."""

from __future__ import annotations

import os
import stat
import sys
from codecs import getincrementalencoder

from korea_cli.base.errors import ClosedPipeError, OutputError

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

_BLOCK = 1 << 16  # pieces of text are gathered to this size before they are written
_OPEN = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")


def tell(*sentences: str) -> None:
    """Write sentences to stderr, each on a line as `korea: …`; that they cannot be written changes nothing."""
    from korea_cli.base.sanitize import clean_line  # noqa: PLC0415 - most runs have nothing to tell

    if sys.stderr is None:
        return
    text = "".join(f"korea: {clean_line(sentence)}\n" for sentence in sentences)
    encoding = sys.stderr.encoding or "utf-8"
    try:
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        _abandon(sys.stderr)


def blocks(text: Iterable[str], encoding: str) -> Iterator[bytes]:
    """Encode pieces of text, gathered into blocks; what an encoding lacks becomes `?`."""
    encode = getincrementalencoder(encoding)("replace").encode
    waiting: list[str] = []
    size = 0
    for piece in text:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield encode("".join(waiting))
            waiting, size = [], 0
    yield encode("".join(waiting), final=True)


def write_stdout(text: Iterable[str]) -> None:
    """Write text to standard output, piece by piece; raises OutputError or ClosedPipeError when that fails."""
    if sys.stdout is None:
        raise OutputError("standard output", "it is closed")
    try:
        for block in blocks(text, sys.stdout.encoding or "utf-8"):
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)
        raise ClosedPipeError from None
    except OSError as error:
        _abandon(sys.stdout)
        raise OutputError("standard output", _reason(error)) from error
    except KeyboardInterrupt:
        _abandon(sys.stdout)
        raise


def _abandon(stream: TextIO) -> None:
    """Send what is left in a stream's buffers nowhere, so that nothing comes of it when Python ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def write_file(text: Iterable[str], target: str) -> None:
    """Write a file whole or not at all; devices, pipes and what is open already are written as they are.

    Raises as `write_stdout` does.
    """
    from pathlib import Path  # noqa: PLC0415 - few answers go to a file, and `--version` is quick

    if not target:
        raise OutputError("''", "the file name is empty")
    try:
        before = _state_of(target)
        if not is_open(target) and (before is None or stat.S_ISREG(before.st_mode)):
            _replace_file(text, Path(target).resolve(), before)
        else:
            with Path(target).open("ab") as stream:  # behind what is there: a shell's `>>` means to keep that
                stream.writelines(blocks(text, "utf-8"))
    except BrokenPipeError:
        raise ClosedPipeError from None
    except OSError as error:
        raise OutputError(target, _reason(error)) from error


def is_open(target: str) -> bool:
    """Return whether a name stands for an open stream of this process, such as standard output."""
    return target.startswith(_OPEN)


def _state_of(target: str) -> os.stat_result | None:
    """Say what a name stands for; None when there is nothing yet."""
    try:
        return os.stat(target)  # noqa: PTH116 - pathlib takes longer to load than an answer may
    except FileNotFoundError:
        return None
    except ValueError as error:  # a name with a NUL in it
        raise OutputError(target, "this is not a file name") from error


def _replace_file(text: Iterable[str], path: Path, before: os.stat_result | None) -> None:
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 - only `-o` pays for it

    if before is not None and not os.access(path, os.W_OK):  # replacing it would need no permission of its own
        raise PermissionError
    with NamedTemporaryFile(dir=path.parent, prefix=".korea-", delete=False) as stream:
        draft = type(path)(stream.name)
        try:
            stream.writelines(blocks(text, "utf-8"))
            stream.flush()
            if before is not None:
                _give(draft, before)
            draft.chmod(_usual_mode() if before is None else stat.S_IMODE(before.st_mode))
            os.fsync(stream.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _give(draft: Path, before: os.stat_result) -> None:
    """Give a file to the owner and group of the one it replaces, as far as this user may."""
    for owner, group in ((before.st_uid, -1), (-1, before.st_gid)):
        try:
            os.chown(draft, owner, group)
        except (AttributeError, OSError):  # Windows has no owners of this kind
            continue


def _usual_mode() -> int:
    """Give the mode of a new file: a temporary one is made private."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder"
    if isinstance(error, PermissionError):
        return "no permission to write it"
    return (error.strerror or str(error)).lower()
