"""Write files whole or not at all."""

from __future__ import annotations

import os
import stat

from korea_cli.base.errors import ClosedPipeError, OutputError
from korea_cli.base.streams import blocks, is_open, reason_of

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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
        raise OutputError(target, reason_of(error)) from error


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
