"""The journal of a change of several files: what a folder's files are to become, and who may have said so.

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
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.atomic_io import DRAFT, flush_to_disk, replacing
from korea_cli.base.errors import OutputError
from korea_cli.base.pending import JOURNAL
from korea_cli.base.streams import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # never waits for a pipe
_LARGEST = 16 * 1024 * 1024  # bytes of a journal; that of 50,000 files is as large


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


def write_journal(path: Path, journal: Journal) -> None:
    """Write a journal, whole or not at all; raises OutputError."""
    values = journal._asdict() | {"files": [each._asdict() for each in journal.files]}
    with refusals(path), replacing(str(path)) as draft:
        Path(draft).write_text(json.dumps(values), "utf-8")
        flush_to_disk(draft)


def read_journal(folder: Path) -> Journal | None:
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


def digest_of(path: Path) -> str | None:
    """Return the digest of a regular file; None where there is none, "" for a link, a folder or a device."""
    content = _read(path)
    return sha256(content).hexdigest() if content is not None else "" if os.path.lexists(path) else None


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Raise OutputError for what the system refuses."""
    try:
        yield
    except OSError as error:
        raise OutputError(str(path), reason_of(error)) from error
