"""Write a changed data file, whole or not at all, and only when the program itself reads it without a problem."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.editing.change import changed
from korea_cli.errors import DataError, OutputError
from korea_cli.reading.load import load
from korea_cli.reading.locate import MAX_SIZE
from korea_cli.reading.toml import MARK, read_document
from korea_cli.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from korea_cli.editing.change import Change
    from korea_cli.reading.load import Loaded

_CHANGED = "another program changed it meanwhile; nothing is lost, try again"
_PATIENCE = 20  # seconds that another writer is waited for


class Rewritten(NamedTuple):
    """A file before and after its change."""

    path: Path
    before: str
    after: str


@contextmanager
def locked(paths: Iterable[Path]) -> Iterator[None]:
    """Keep every other `korea` from writing to some files meanwhile; raises OutputError when one is not let go of.

    A lock is a file beside the one it is for, gone when it is released.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only writing needs it

    with ExitStack() as stack:
        for path in sorted({path.resolve() for path in paths}):
            if not path.parent.is_dir():  # FileLock would make it
                raise OutputError(str(path), "there is no such folder")
            lock = path.with_name(f".{path.name}.lock")
            if lock.is_symlink() or (lock.exists() and not lock.is_file()):  # a link could have another file emptied
                raise OutputError(str(path), f"its lock {lock} must be a file, and is something else; remove that")
            try:
                stack.enter_context(FileLock(lock, timeout=_PATIENCE))
            except Timeout:
                raise OutputError(str(path), "another korea is writing to it; try again") from None
            except OSError as error:
                reason = f"its lock {lock} cannot be made: {(error.strerror or str(error)).lower()}"
                raise OutputError(str(path), reason) from error
            stack.callback(lock.unlink, missing_ok=True)  # before it is released: who waits sees that, and retries
        yield


def rewrite(
    changes: Mapping[Path, Change], names: Sequence[str], *, max_size: int = MAX_SIZE, dry: bool = False
) -> list[Rewritten]:
    """Change some files of a chronology, read together by `names`; with `dry` write nothing. Give them, old and new.

    Raises DataError when they could not be read before or would not be without a problem afterwards, UnsafeChangeError
    when a change would touch something else, OutputError when a file cannot be written or was changed meanwhile.
    """
    with locked(changes):
        return rewrite_held(changes, names, max_size=max_size, dry=dry)


def rewrite_held(
    changes: Mapping[Path, Change],
    names: Sequence[str],
    *,
    max_size: int = MAX_SIZE,
    dry: bool = False,
    planned: Mapping[Path, str] | None = None,
) -> list[Rewritten]:
    """Do the same where the caller has locked the files; `planned` are the texts that changes fit, where no other."""
    read = {path: _read(path, max_size) for path in changes}
    for path, text in (planned or {}).items():
        if read[path][0] != text:
            raise OutputError(str(path), _CHANGED)
    done = [
        Rewritten(path, text, changed(text, change))
        for (path, change), (text, _) in zip(changes.items(), read.values(), strict=True)
    ]
    require_sound(names, {each.path: each.after for each in done}, max_size)
    for each in () if dry else done:
        replace(each, read[each.path][1])
    return done


def require_sound(names: Sequence[str], instead: Mapping[Path, str], max_size: int = MAX_SIZE) -> Loaded:
    """Read a chronology as if some of its files had other texts; raises DataError with every problem."""
    loaded = load(names, max_size=max_size, instead={path.resolve(): text for path, text in instead.items()})
    if loaded.problems:
        raise DataError(loaded.problems)
    return loaded


def _read(path: Path, max_size: int) -> tuple[str, bytes]:
    """Give the text of a file without a byte order mark, and its bytes."""
    document, problem = read_document(str(path), path, max_size=max_size)
    if problem:
        raise DataError((problem,))
    raw = path.read_bytes()
    if raw.removeprefix(MARK) != document.text.encode():
        raise OutputError(str(path), _CHANGED)
    return document.text, raw


def replace(file: Rewritten, raw: bytes) -> None:
    """Put the new text in the place of the old, unless somebody else has changed that."""
    if file.path.read_bytes() != raw:
        raise OutputError(str(file.path), _CHANGED)
    mark = MARK.decode() if raw.startswith(MARK) else ""
    write_file([mark, file.after], str(file.path))
