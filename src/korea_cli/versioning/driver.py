"""Merge three files as git asks a merge driver to: by record and key, or else line by line as git does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import DataError, KoreaError, OutputError, system_reason
from korea_cli.base.git import error_of, run_git
from korea_cli.model.records import RECORDS
from korea_cli.reading.toml import HEADER, MARK, Document, decode, parse_document
from korea_cli.versioning.file_merge import merge_files
from korea_cli.versioning.renaming import with_new_ids
from korea_cli.versioning.three_way import BASE, OURS, THEIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.versioning.parts import PartName

MARKER = 7  # letters of a conflict marker
_MOST_CONFLICTS = 127  # the highest status of `git merge-file` that is their number
_TYPES = {record.table: record.type for record in RECORDS}


class MergeConflictsError(KoreaError):
    """Conflicts that a merge has left in the file, each in a sentence."""

    def __init__(self, conflicts: Sequence[str]) -> None:
        super().__init__(conflicts)
        self.conflicts = tuple(conflicts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each conflict."""
        return self.conflicts


class MergeFailedError(OutputError):
    """A merge that could not be made; our version is as it was. git takes the status for a failure of the driver."""

    status = 129


def merge_into_ours(base: str, ours: str, theirs: str, shown: str, marker: int = MARKER) -> tuple[str, ...]:
    """Merge two files into ours, and return notes on that; shown: what the file is called in messages.

    Raises MergeConflictsError once the conflicts are written, and MergeFailedError where nothing is.
    """
    try:
        versions = [Path(name).read_bytes() for name in (base, ours, theirs)]
    except OSError as error:
        raise MergeFailedError(shown, f"its versions cannot be read: {system_reason(error)}") from None
    if versions[THEIRS] in versions[:THEIRS]:
        return ()
    if versions[OURS] == versions[BASE]:
        write_file([versions[THEIRS]], ours)
        return ()
    try:
        text, conflicts = _merged(versions, shown, marker)
    except Exception as error:  # noqa: BLE001 - whatever it is: without a driver, git would merge line by line
        return _merge_lines((ours, base, theirs), shown, marker, str(error))
    write_file([text], ours)
    if conflicts:
        raise MergeConflictsError([_sentence(shown, *each) for each in conflicts])
    return ()


def _merged(versions: Sequence[bytes], shown: str, marker: int) -> tuple[bytes, list[tuple[PartName, str]]]:
    """Return the merged file, with the lines ended as ours ends them, and its conflicts."""
    documents: list[Document] = []
    for raw in versions:
        text = decode(shown, raw).replace("\r\n", "\n")
        text += "" if text.endswith("\n") or not text else "\n"
        document = Document(name=shown, path=None, text=text, marked=raw.startswith(MARK))
        after, problem = parse_document(document, documents[0].parsed if documents else None)
        if problem:
            raise DataError((problem,))
        documents.append(after)
    base, ours, theirs = with_new_ids(*documents)
    merged = merge_files(base, ours, theirs)
    lines = merged.text(marker)
    newline = "\r\n" if 2 * versions[OURS].count(b"\r\n") > versions[OURS].count(b"\n") else "\n"
    return b"".join((MARK * ours.marked, lines.replace("\n", newline).encode())), merged.conflicts


def _sentence(shown: str, name: PartName, key: str) -> str:
    what = f"[{HEADER}]" if name[0] == HEADER else f"{_TYPES.get(name[0], 'comment')} '{name[1]}'"
    return f"{shown}: conflict in {what}{f' ({key})' if key else ''}"


def _merge_lines(names: Sequence[str], shown: str, marker: int, reason: str) -> tuple[str, ...]:
    """Merge line by line, as git would without a driver; names: those of our file, of the base and of theirs."""
    labels = [word for label in ("ours", "base", "theirs") for word in ("-L", label)]
    try:
        done = run_git("merge-file", "-p", f"--marker-size={marker}", *labels, "--", *names)
    except OSError:
        raise MergeFailedError(shown, "git cannot be run to merge it line by line") from None
    if done.returncode > _MOST_CONFLICTS:
        raise MergeFailedError(shown, f"git reports: {error_of(done)}")
    write_file([done.stdout], names[0])
    note = f"{shown}: merged line by line, not by record: {reason}"
    if done.returncode:
        raise MergeConflictsError([note, f"{shown}: conflicts are left"])
    return (note,)
