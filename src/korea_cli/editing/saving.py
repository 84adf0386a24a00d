"""Write a changed data file, whole or not at all, and only when the program itself reads it without a problem."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import BAD_DATA, USAGE, DataError, OutputError
from korea_cli.checks.load import load
from korea_cli.editing.change import changed
from korea_cli.reading.toml import MARK, SYNTAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.base.problems import Problem
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.change import Change
    from korea_cli.reading.toml import Document

_PATIENCE = 20  # seconds that another writer is waited for
_NAMED = 5  # errors listed in a message


class Rewritten(NamedTuple):
    """A file before and after its change."""

    path: Path
    before: Document
    after: Document


class Written(NamedTuple):
    """A chronology before and after a change, and the files that differ."""

    before: LoadResult
    after: LoadResult
    files: tuple[Rewritten, ...] = ()


def require_toml(loaded: LoadResult) -> None:
    """Raise NothingChangedError when a file is not TOML, so that no single place of it can be changed."""
    if any(problem.check == SYNTAX for problem in loaded.problems):
        raise NothingChangedError(loaded.problems)


def unchanged(error: DataError) -> DataError:
    """Return the error of a file that cannot be read as that of a change of it; one that is not there has no change."""
    return NothingChangedError(error.problems) if Path(error.problems[0].file).is_file() else error


def require_valid(loaded: LoadResult) -> LoadResult:
    """Return what was read; raises NothingChangedError where it has an error."""
    if loaded.problems:
        raise NothingChangedError(loaded.problems)
    return loaded


class NothingChangedError(DataError):
    """A change that was not made, for the errors that there are."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return why nothing was changed, then each error."""
        count = len(self.problems)
        errors = "an error" if count == 1 else f"{count} errors"
        first, *others = dict.fromkeys(problem.file for problem in self.problems)
        where = f"{len(others) + 1} files already have" if others else f"{first} already has"
        return (f"Nothing was changed: {where} {errors}; 'korea edit' opens it there.", *super().sentences)


class UnfitChangeError(DataError):
    """A change that was not made, for the errors a valid file would have: what was `typed`, or a sheet, is wrong."""

    def __init__(self, problems: tuple[Problem, ...], *, typed: bool) -> None:
        super().__init__(problems)
        self.typed = typed
        self.status = USAGE if typed else BAD_DATA

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return each error, without the lines that it would stand on."""
        first, *others = [problem.sentence for problem in self.problems[:_NAMED]]
        more = len(self.problems) - _NAMED
        return (f"Nothing was changed: {first}", *others, *([f"… and {more:,} more errors"] if more > 0 else []))


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


def rewrite(loaded: LoadResult, changes: Mapping[Path, Change], *, dry: bool = False) -> Written:
    """Change some files, which the caller has locked, of a chronology; with `dry` write nothing.

    The tables of the documents that change are used up. Raises NothingChangedError when the chronology has errors and
    would have no fewer, UnfitChangeError when it has none and would have some; UnsafeChangeError when a change would
    touch something else; OutputError when a file may not be written or was changed meanwhile.
    """
    files = rewritten(loaded.documents, changes)
    after = require_sound(loaded, files) if files else loaded
    for file in () if dry else files:
        replace(file)
    return Written(loaded, after, files)


def rewritten(documents: Iterable[Document], changes: Mapping[Path, Change]) -> tuple[Rewritten, ...]:
    """Return the files that some changes make a difference to."""
    old = _by_path(documents)
    made = {path: changed(old[path.resolve()], change) for path, change in changes.items()}
    files = (Rewritten(path, old[path.resolve()], after) for path, after in made.items())
    return tuple(file for file in files if file.before.text != file.after.text)


def require_sound(loaded: LoadResult, files: Iterable[Rewritten]) -> LoadResult:
    """Read a chronology with the new versions of some files; raises as `rewrite` does where that mends nothing."""
    instead = _by_path((*loaded.documents, *(file.after for file in files)))
    after = load(
        loaded.names, max_size=loaded.max_size, replacements={path: (each, None) for path, each in instead.items()}
    )
    if after.problems and len(after.problems) >= len(loaded.problems):
        raise NothingChangedError(loaded.problems) if loaded.problems else UnfitChangeError(after.problems, typed=True)
    return after


def save(files: Iterable[Rewritten]) -> None:
    """Put the new texts of some files in the place of the old, kept from every other `korea` meanwhile."""
    files = tuple(files)
    with locked(file.path for file in files):
        for file in files:
            replace(file)


def _by_path(documents: Iterable[Document]) -> dict[Path | None, Document]:
    return {each.path and each.path.resolve(): each for each in documents}


def replace(file: Rewritten) -> None:
    """Put the new text in the place of the old, unless somebody else has changed that."""
    mark = MARK if file.before.marked else b""
    if file.path.read_bytes() != mark + file.before.text.encode():
        raise OutputError(str(file.path), "another program changed it meanwhile; nothing is lost, try again")
    write_file([mark.decode(), file.after.text], str(file.path))
