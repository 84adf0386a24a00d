"""Write changed data files, whole or not at all and all or none, and only when they are valid afterwards."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import OutputError, system_reason
from korea_cli.base.pending import JOURNAL
from korea_cli.checks.load import load
from korea_cli.editing.edits import apply_edit
from korea_cli.editing.errors import NothingChangedError, UnfitChangeError
from korea_cli.reading.toml import SYNTAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.base.errors import DataError
    from korea_cli.checks.load import LoadResult, Replacements
    from korea_cli.editing.edits import Edit
    from korea_cli.reading.toml import Document

SEVERAL = 2  # files from which on a change needs a journal
_TIMEOUT = 20  # seconds to wait for another writer


class FileChange(NamedTuple):
    """A file before and after its change."""

    path: Path
    before: Document
    after: Document


class ChangeResult(NamedTuple):
    """A chronology before and after a change, and the files that differ."""

    before: LoadResult
    after: LoadResult
    files: tuple[FileChange, ...] = ()


def require_toml(loaded: LoadResult) -> None:
    """Raise NothingChangedError when a file is not TOML, so that no single place of it can be changed."""
    if any(problem.check == SYNTAX for problem in loaded.problems):
        raise NothingChangedError(loaded.problems)


def nothing_changed(error: DataError) -> DataError:
    """Return the error of a file that cannot be read as one of changing it, unless there is no such file."""
    return NothingChangedError(error.problems) if Path(error.problems[0].file).is_file() else error


def require_valid(loaded: LoadResult) -> LoadResult:
    """Return a chronology; raises NothingChangedError where it has an error."""
    if loaded.problems:
        raise NothingChangedError(loaded.problems)
    return loaded


@contextmanager
def lock_files(paths: Iterable[Path]) -> Iterator[None]:
    """Keep every other `korea` from writing to some files meanwhile; raises OutputError when one stays locked.

    A lock is a file next to the one it is for, removed when it is released.
    """
    with ExitStack() as stack:
        for path in sorted({path.resolve() for path in paths}):
            if not path.parent.is_dir():  # `filelock` would make it
                raise OutputError(str(path), "no such folder")
            lock = path.with_name(f".{path.name}.lock")
            if lock.is_symlink() or (lock.exists() and not lock.is_file()):  # a link could have another file emptied
                raise OutputError(str(path), f"its lock {lock} is not a regular file; remove it")
            handle = _lock_at_once(lock)
            if handle is None:
                _wait_for(lock, path, stack)
            else:
                stack.callback(os.close, handle)
            stack.callback(lock.unlink, missing_ok=True)  # before it is released: a waiting process sees that
        yield


def _lock_at_once(lock: Path) -> int | None:
    """Lock a file as `filelock` does, which takes as long to load as a file of 600 events takes to parse.

    Returns the open file; None where that has to wait, or cannot be done so simply.
    """
    handle = None
    with suppress(ImportError, OSError):
        from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - Windows has none

        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        flock(handle, LOCK_EX | LOCK_NB)
        if os.path.samestat(os.fstat(handle), os.lstat(lock)):  # else the last to lock it has just removed it
            return handle
    if handle is not None:
        os.close(handle)
    return None


def _wait_for(lock: Path, path: Path, stack: ExitStack) -> None:
    """Lock a file until a stack ends, once nobody else has locked it; raises OutputError where that fails."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - few changes have to wait

    try:
        stack.enter_context(FileLock(lock, timeout=_TIMEOUT))
    except Timeout:
        raise OutputError(str(path), "another korea process is writing to it; try again") from None
    except OSError as error:
        raise OutputError(str(path), f"its lock {lock} cannot be created: {system_reason(error)}") from error


def apply_edits(edits: Iterable[tuple[Document, Edit]]) -> tuple[FileChange, ...]:
    """Return the files that some edits make a difference to; raises UnsafeChangeError.

    The tables of the documents that change are used up.
    """
    files = (FileChange(each.path, each, apply_edit(each, edit)) for each, edit in edits if each.path)
    return tuple(file for file in files if file.before.text != file.after.text)


def load_changed(loaded: LoadResult, files: Iterable[FileChange]) -> LoadResult:
    """Load a chronology with the new versions of some files.

    Raises NothingChangedError when it has errors and would have no fewer, UnfitChangeError when it has none and would
    have some.
    """
    documents = (*loaded.documents, *(file.after for file in files))
    instead: Replacements = {each.path and each.path.resolve(): (each, None) for each in documents}
    after = load(loaded.names, max_size=loaded.max_size, replacements=instead, before=loaded)
    if after.problems and len(after.problems) >= len(loaded.problems):
        raise NothingChangedError(loaded.problems) if loaded.problems else UnfitChangeError(after.problems, typed=True)
    return after


def save(files: Sequence[FileChange]) -> None:
    """Lock some files and write their new texts, all or none."""
    with lock_files(file.path for file in files):
        replace_files(files)


def replace_files(files: Sequence[FileChange]) -> None:
    """Write the new texts of locked files, all or none, unless another program has changed one since it was read."""
    if len(files) < SEVERAL:
        for file in files:
            _require_current(file)
            write_file(file.after.parts(), str(file.path))
        return
    from korea_cli.base.several_files import NewContent, clear_journal, write_files  # noqa: PLC0415 - few changes need it

    paths = [file.path.resolve() for file in files]
    folders = {path.parent for path in paths}
    with lock_files(folder / JOURNAL for folder in folders):
        for folder in folders:
            clear_journal(folder)
        for file in files:
            _require_current(file)
        old = [None if file.before.new else file.before for file in files]
        write_files([NewContent(path, file.after, each) for path, file, each in zip(paths, files, old, strict=True)])


def _require_current(file: FileChange) -> None:
    """Raise OutputError where a file is not what was read."""
    if not is_current(file.before):
        raise OutputError(str(file.path), "another program has changed it since it was read; try again")


def is_current(document: Document) -> bool:
    """Whether a file is still what was read, or is still not there."""
    if document.new:
        return not os.path.lexists(document.name)
    try:
        with Path(document.name).open("rb") as stream:
            expected = map(str.encode, document.parts())
            return all(stream.read(len(part)) == part for part in expected) and not stream.read(1)
    except OSError:
        return False
