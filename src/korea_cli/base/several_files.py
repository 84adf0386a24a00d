"""Write several files, all of them or none, also when the program is killed between.

First the new content of each file is written beside it, to a draft. Then a journal in each folder lists the files of
that folder. The change happens at the moment when the journal of the first folder gets its name: whoever reads one of
the files from then on finds a journal beside it, and puts all drafts in their places.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from korea_cli.base.atomic_io import write_draft, write_file
from korea_cli.base.errors import KoreaError, OutputError
from korea_cli.base.journal import Journal, JournalEntry, digest_of, read_journal, refusals, write_journal
from korea_cli.base.pending import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    return JournalEntry(file.path.name, draft.name, file.before.sha256 if file.before else None, digest_of(draft) or "")


def _commit(folders: Sequence[Path], entries: Mapping[Path, JournalEntry]) -> None:
    """Write the journal of each folder; the change has happened when the first has its name, which is the last."""
    first, *others = folders
    id_ = os.urandom(16).hex()
    for folder in (*others, first):
        own = [entry for path, entry in entries.items() if path.parent == folder]
        way, ways = ("", [_way(first, each) for each in others]) if folder == first else (_way(folder, first), [])
        write_journal(folder / JOURNAL, Journal(id_, way, ways, own))


def _way(start: Path, end: Path) -> str:
    try:
        return os.path.relpath(end, start)
    except ValueError:  # on Windows, another drive
        return str(end)


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
        journal = read_journal(folder)
        if journal is None:
            raise OutputError(str(folder / JOURNAL), _FOREIGN)
        _withdraw([folder], [folder / each.draft for each in journal.files])


def finish_change(folder: Path) -> None:
    """Finish a change of several files that has a journal in a folder; raises OutputError where that fails.

    A change that did not happen, as it lacks its first journal, is left alone. Several programs may finish one at once.
    """
    own = read_journal(folder)
    first = Path(os.path.normpath(folder / own.first)) if own else folder
    leading = read_journal(first)
    if not (own and leading) or leading.id != own.id or leading.first:
        return
    folders = [first, *(Path(os.path.normpath(first / each)) for each in leading.others)]
    found = {each: journal for each in folders if (journal := read_journal(each)) and journal.id == own.id}
    entries = [(each / entry.name, each / entry.draft, entry) for each, own in found.items() for entry in own.files]
    for path, draft, _ in [each for each in entries if _is_left(*each)]:
        _replace(draft, path)
    for each in reversed(found):
        _remove(each / JOURNAL)


def _is_left(path: Path, draft: Path, entry: JournalEntry) -> bool:
    """Whether a draft must still take its place; raises OutputError where that would overwrite something else."""
    right = digest_of(draft) == entry.after and digest_of(path) == entry.before
    if not right and os.path.lexists(draft):
        raise OutputError(str(path), _STUCK)
    return right


def _replace(draft: Path, path: Path) -> None:
    with refusals(path), suppress(FileNotFoundError):  # another program has done it
        draft.replace(path)


def _remove(path: Path) -> None:
    with refusals(path):
        path.unlink(missing_ok=True)
