"""Write several files, all of them or none, also when the program is killed between.

First the new content of each file is written beside it, to a draft. Then a journal in each folder lists the files of
that folder. The change happens at the moment when the journal of the first folder gets its name: whoever reads one of
the files from then on finds a journal beside it, and puts all drafts in their places.

A journal is not trusted. It can only replace files of its own folder, which have the content that it says they had, by
drafts that have the content that it says they should get. It must be the user's own and closed to others, as no file
from git or an archive is.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from korea_cli.base.atomic_io import DRAFT, flush_to_disk, replacing, write_draft, write_file
from korea_cli.base.errors import KoreaError, OutputError
from korea_cli.base.pending import JOURNAL
from korea_cli.base.streams import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # never waits for a pipe
_LARGEST = 16 * 1024 * 1024  # bytes of a journal; that of 50,000 files is as large
_FOREIGN = "it is not a journal of yours, so several files cannot be written here; remove it"
_STUCK = (
    "an interrupted change of several files cannot be finished, because it has changed since. To keep the files as they"
    f" are, remove {JOURNAL} beside it"
)


class FileContent(Protocol):
    """The content of a file."""

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""

    def parts(self) -> Iterator[str]:
        """Yield its text."""


class NewContent(NamedTuple):
    """A file to write: its path, its links resolved, its new content and the old one; None for no file."""

    path: Path
    after: FileContent
    before: FileContent | None


class JournalEntry(NamedTuple):
    """A file of the journal's folder, its draft there, and its digest before (None: no file) and after the change."""

    name: str
    draft: str
    before: str | None
    after: str


class Journal(NamedTuple):
    """What a change does in a folder.

    first: the way from there to the folder whose journal counts for all, "" in that one. others: the ways from that one
    to all other folders.
    """

    id: str
    first: str
    others: Sequence[str]
    files: Sequence[JournalEntry]


def write_files(files: Sequence[NewContent]) -> None:
    """Write files, all or none; raises OutputError, and then all are as they were.

    The caller keeps others from writing to them, and has cleared the journals of their folders.
    """
    folders = list(dict.fromkeys(file.path.parent for file in files))
    drafts: dict[Path, Path] = {}
    try:
        for file in files:
            drafts[file.path] = Path(write_draft(file.after.parts(), str(file.path)))
        _commit(folders, {file.path: _entry(file, drafts[file.path]) for file in files})
    except BaseException:
        _withdraw(folders, drafts.values())
        raise
    try:
        finish_change(folders[0])
    except KoreaError:
        written = [file for file in files if not os.path.lexists(drafts[file.path])]
        _withdraw(folders, drafts.values())
        for file in written:
            _restore(file)
        raise


def _entry(file: NewContent, draft: Path) -> JournalEntry:
    return JournalEntry(file.path.name, draft.name, file.before.sha256 if file.before else None, _digest(draft) or "")


def _commit(folders: Sequence[Path], entries: Mapping[Path, JournalEntry]) -> None:
    """Write the journal of each folder; the change has happened when the first has its name, which is the last."""
    first, *others = folders
    id_ = os.urandom(16).hex()
    for folder in (*others, first):
        own = [entry for path, entry in entries.items() if path.parent == folder]
        way, ways = ("", [_way(first, each) for each in others]) if folder == first else (_way(folder, first), [])
        _write_journal(folder / JOURNAL, Journal(id_, way, ways, own))


def _way(start: Path, end: Path) -> str:
    try:
        return os.path.relpath(end, start)
    except ValueError:  # on Windows, another drive
        return str(end)


def _write_journal(path: Path, journal: Journal) -> None:
    values = journal._asdict() | {"files": [each._asdict() for each in journal.files]}
    with _refusals(path), replacing(str(path)) as draft:
        Path(draft).write_text(json.dumps(values), "utf-8")
        flush_to_disk(draft)


def _withdraw(folders: Sequence[Path], drafts: Iterable[Path]) -> None:
    """Remove the journals, first the one that counts for all, and then the drafts."""
    for path in (*(folder / JOURNAL for folder in folders), *drafts):
        with suppress(OSError):
            path.unlink()


def _restore(file: NewContent) -> None:
    if file.before:
        write_file(file.before.parts(), str(file.path))
    else:
        file.path.unlink()


def clear_journal(folder: Path) -> None:
    """Finish a change that a killed program has left in a folder, or remove what it had only prepared.

    The caller keeps others from changing several files there. Raises OutputError.
    """
    finish_change(folder)
    if os.path.lexists(folder / JOURNAL):
        journal = _read_journal(folder)
        if journal is None:
            raise OutputError(str(folder / JOURNAL), _FOREIGN)
        _withdraw([folder], [folder / each.draft for each in journal.files])


def finish_change(folder: Path) -> None:
    """Finish a change of several files that has a journal in a folder; raises OutputError where that fails.

    A change that did not happen, as it lacks its first journal, is left alone. Several programs may finish one at once.
    """
    own = _read_journal(folder)
    first = Path(os.path.normpath(folder / own.first)) if own else folder
    leading = _read_journal(first)
    if not (own and leading) or leading.id != own.id or leading.first:
        return
    folders = [first, *(Path(os.path.normpath(first / each)) for each in leading.others)]
    found = {each: journal for each in folders if (journal := _read_journal(each)) and journal.id == own.id}
    entries = [(each / entry.name, each / entry.draft, entry) for each, own in found.items() for entry in own.files]
    for path, draft, _ in [each for each in entries if _is_left(*each)]:
        _replace(draft, path)
    for each in reversed(found):
        _remove(each / JOURNAL)


def _is_left(path: Path, draft: Path, entry: JournalEntry) -> bool:
    """Whether a draft must still take its place; raises OutputError where that would overwrite something else."""
    right = _digest(draft) == entry.after and _digest(path) == entry.before
    if not right and os.path.lexists(draft):
        raise OutputError(str(path), _STUCK)
    return right


def _replace(draft: Path, path: Path) -> None:
    with _refusals(path), suppress(FileNotFoundError):  # another program has done it
        draft.replace(path)


def _remove(path: Path) -> None:
    with _refusals(path):
        path.unlink(missing_ok=True)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(str(path), reason_of(error)) from error


def _digest(path: Path) -> str | None:
    """Return the digest of a regular file; None where there is none, "" for a link, a folder or a device."""
    content = _read(path)
    return sha256(content).hexdigest() if content is not None else "" if os.path.lexists(path) else None


def _read_journal(folder: Path) -> Journal | None:
    """Return the journal in a folder; None where there is none, or one that this user's `korea` has not written."""
    text = _read(folder / JOURNAL, _is_private)
    try:
        return _journal(json.loads(text)) if text else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _read(path: Path, accept: Callable[[os.stat_result], bool] = lambda _: True) -> bytes | None:
    """Return the content of a regular file, where what the system knows of it is acceptable."""
    with suppress(OSError):
        handle = os.open(path, _READ)
        with open(handle, "rb") as stream:  # noqa: PTH123 - an open file has no path
            status = os.fstat(handle)
            if stat.S_ISREG(status.st_mode) and accept(status):
                return stream.read()
    return None


def _is_private(status: os.stat_result) -> bool:
    """Whether a journal is this user's, no other may even read it, and it is not too large.

    Where a system has no owners of files, none is another's.
    """
    own = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
    return own and status.st_size <= _LARGEST


def _journal(values: Any) -> Journal | None:  # noqa: ANN401 - whatever JSON has
    """Return a journal by its values; None where one is not as it should be. Raises TypeError or KeyError."""
    journal = Journal(**values)._replace(files=[JournalEntry(**each) for each in values["files"]])
    texts = [journal.id, journal.first, *journal.others]
    for entry in journal.files:
        texts += [entry.name, entry.draft, entry.after, entry.before or ""]
        if not (_is_name(entry.name) and _is_name(entry.draft) and entry.draft.endswith(DRAFT)):
            return None
    return journal if all(isinstance(each, str) and "\0" not in each for each in texts) else None


def _is_name(name: str) -> bool:
    """Whether something is the name of a file in a folder, not a way to another one."""
    return name == Path(name).name and name not in {"", ".", ".."}
