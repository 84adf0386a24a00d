"""Write files whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress

from korea_cli.base.errors import ClosedPipeError, OutputError
from korea_cli.base.streams import blocks, is_open, reason_of

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DRAFT = ".draft"  # ends the name of a file that is not complete yet


@contextmanager
def replacing(path: str, prefix: str = ".korea-") -> Iterator[str]:
    """Yield the name of an empty file to fill, private to the user; it replaces `path` when the block ends.

    It lies in the same folder, its name begins with `prefix`, and it is removed if anything fails.
    """
    with _draft_beside(path, prefix) as draft:
        yield draft
        os.replace(draft, path)


@contextmanager
def _draft_beside(path: str, prefix: str = ".korea-") -> Iterator[str]:
    """Yield the name of an empty file beside another, which is removed if the block fails."""
    from tempfile import mkstemp  # noqa: PLC0415 - few answers are written to a file

    handle, draft = mkstemp(dir=os.path.dirname(path), prefix=prefix, suffix=DRAFT)
    os.close(handle)
    try:
        yield draft
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def flush_to_disk(path: str) -> None:
    """Wait until a file is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(content: Iterable[str | bytes], target: str) -> None:
    """Write a file whole or not at all; devices, pipes and open streams are written directly.

    Raises as `write_stdout` does.
    """
    if not target:
        raise OutputError("''", "the file name is empty")
    try:
        before = _stat(target)
        if not is_open(target) and (before is None or stat.S_ISREG(before.st_mode)):
            _replace_file(content, os.path.realpath(target), before)
        else:
            with open(target, "ab") as stream:  # append: a shell's `>>` keeps what is there
                stream.writelines(blocks(content, "utf-8"))
    except BrokenPipeError:
        raise ClosedPipeError from None
    except OSError as error:
        raise OutputError(target, reason_of(error)) from error


def write_folder(content: Iterable[tuple[str, bytes]], target: str, may_replace: Callable[[str], bool]) -> None:
    """Write a folder of files whole or not at all; content are pieces of files, each with its path below the folder.

    may_replace: whether the folder that has its name may be replaced; an empty one always is. Raises OutputError.
    """
    from tempfile import mkdtemp  # noqa: PLC0415 - few answers are folders

    if not target:
        raise OutputError("''", "the folder name is empty")
    try:
        before = _stat(target)
        path = os.path.realpath(target)
        if before and not stat.S_ISDIR(before.st_mode):
            raise OutputError(target, "there is a file of that name")
        if before and os.listdir(path) and not may_replace(path):
            raise OutputError(target, "there is a folder of that name that korea did not write")
        draft = mkdtemp(dir=os.path.dirname(path), prefix=".korea-", suffix=DRAFT)
        try:
            _fill_folder(draft, content)
            os.chmod(draft, stat.S_IMODE(before.st_mode) if before else 0o777 & ~_mask())
            _swap(draft, path, exists=before is not None)
        except BaseException:
            _remove_folder(draft)
            raise
    except OSError as error:
        raise OutputError(target, reason_of(error)) from error


def _fill_folder(folder: str, content: Iterable[tuple[str, bytes]]) -> None:
    from itertools import groupby  # noqa: PLC0415 - as above

    for name, pieces in groupby(content, key=lambda piece: piece[0]):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as stream:
            stream.writelines(piece for _, piece in pieces)
        flush_to_disk(path)


def _swap(draft: str, path: str, *, exists: bool) -> None:
    """Put a new folder in the place of another, which is back in its place if that fails."""
    if not exists:
        os.rename(draft, path)
        return
    old = f"{draft}.old"
    os.rename(path, old)
    try:
        os.rename(draft, path)
    except BaseException:
        os.rename(old, path)
        raise
    _remove_folder(old)


def _remove_folder(path: str) -> None:
    from shutil import rmtree  # noqa: PLC0415 - as above

    rmtree(path, ignore_errors=True)


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _stat(target: str) -> os.stat_result | None:
    try:
        return os.stat(target)
    except FileNotFoundError:
        return None
    except ValueError as error:  # a name with a NUL in it
        raise OutputError(target, "this is not a file name") from error


def _replace_file(content: Iterable[str | bytes], path: str, before: os.stat_result | None) -> None:
    with _draft_beside(path) as draft:
        _fill(draft, content, path, before)
        os.replace(draft, path)


def write_draft(content: Iterable[str | bytes], path: str) -> str:
    """Write what a file is to contain beside it, with its mode and on the disk; return the name. Raises OutputError."""
    try:
        before = _stat(path)
        with _draft_beside(path) as draft:
            _fill(draft, content, path, before)
            return draft
    except OSError as error:
        raise OutputError(path, reason_of(error)) from error


def _fill(draft: str, content: Iterable[str | bytes], path: str, before: os.stat_result | None) -> None:
    """Write the content of a file to the disk, with its mode; raises PermissionError where it may not be written."""
    if before and not os.access(path, os.W_OK):  # replacing a file needs no permission to write it
        raise PermissionError
    with open(draft, "wb") as stream:
        stream.writelines(blocks(content, "utf-8"))
    flush_to_disk(draft)
    if before:
        for owner, group in ((before.st_uid, -1), (-1, before.st_gid)):  # each where this user may
            with suppress(AttributeError, OSError):  # Windows has no such owners
                os.chown(draft, owner, group)
    os.chmod(draft, stat.S_IMODE(before.st_mode) if before else 0o666 & ~_mask())
