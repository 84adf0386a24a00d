"""Mend in data files what is safe to mend: their form, on request their order and what they declare for nothing."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, KoreaError, UsageError
from korea_cli.base.streams import print_stderr, write_stdout
from korea_cli.checks.notes import all_used
from korea_cli.editing.change import all_of, changed, removing
from korea_cli.editing.files import require_own
from korea_cli.editing.formatting import formatting
from korea_cli.editing.layout import Spot
from korea_cli.editing.outcome import Outcome, difference
from korea_cli.editing.saving import require_sound, require_toml, require_valid, rewritten, save, unchanged
from korea_cli.reading.locate import BUILTIN, STDIN, path_of
from korea_cli.reading.toml import read_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.change import Change
    from korea_cli.editing.files import Editable
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace
    from korea_cli.reading.toml import Document

_STDIN, _STDOUT = 0, 1  # who answers must see what is shown
_YES = {"y", "yes"}


class UnformattedError(KoreaError):
    """Files that are not in canonical form: their names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self.names = tuple(names)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Give what there is to say, each file for itself."""
        return tuple(f"{name} is not in canonical form" for name in self.names)


# ---------------------------------------------------------------- form


def format_files(files: Editable, *, sort: bool, check: bool) -> Outcome:
    """Put files in canonical form; say which were not, or show how they differ. With `check` raises UnformattedError.

    A file may be one of several, the others not named: it is not read as a chronology, only proved to say the same.
    """
    if STDIN in files.names:
        return _format_stdin(files, sort=sort, check=check)
    for name in () if files.dry or check else files.names:
        require_own(name)
    named = {path: name for name in files.names if (path := path_of(name))}
    documents = [_document(name, path, files.max_size) for path, name in named.items()]
    unlike = rewritten(documents, dict.fromkeys(named, formatting(sort=sort)))
    shown = "".join(map(difference, unlike)) if files.dry else ""
    changed_ = {file.after.name: file.after.sha256 for file in unlike}
    if check and unlike:
        write_stdout([shown])
        raise UnformattedError(list(changed_))
    if files.dry or check:
        return Outcome(shown, files=changed_, dry=True)
    save(unlike)
    lines = [f"{'Formatted' if name in changed_ else 'Nothing to change in'} {name}" for name in named.values()]
    sentence = f"Formatted {', '.join(changed_)}" if unlike else lines[0]
    return Outcome("".join(f"{line}\n" for line in lines), sentence, changed_)


def _format_stdin(files: Editable, *, sort: bool, check: bool) -> Outcome:
    """Put standard input in canonical form."""
    if len(files.names) > 1:
        raise UsageError("standard input is formatted by itself; leave out the other files")
    document = _document(STDIN, None, files.max_size)
    made = changed(document, formatting(sort=sort)).text
    if check and made != document.text:
        raise UnformattedError(["standard input"])
    return Outcome("" if check else made, dry=True)


def _document(name: str, path: Path | None, max_size: int) -> Document:
    try:
        document, problem = read_document(name, path, max_size=max_size)
    except DataError as error:
        raise unchanged(error) from None
    if problem:
        raise unchanged(DataError((problem,)))
    return document


# ---------------------------------------------------------------- check --fix


class Fixing(NamedTuple):
    """What is to be mended: the form always, the order of records, declarations that nothing refers to."""

    sort: bool = False
    unused: bool = False


def mend(loaded: LoadResult, fixing: Fixing, *, dry: bool, yes: bool) -> str | None:
    """Mend the files of a chronology; with `dry` give what would change, else None.

    Unless `yes` is said the difference is shown, and the user asked. Raises UsageError where nobody can be asked,
    OutputError where no file may be written to, DataError where nobody can know what is used.
    """
    require_toml(loaded)
    unlike = rewritten(loaded.documents, _changes(loaded, fixing))
    shown = "".join(map(difference, unlike))
    if dry:
        return shown
    if not unlike:
        print_stderr("nothing to fix")
    elif yes or _agreed(shown):
        if fixing.unused:
            require_sound(loaded, unlike)
        save(unlike)
        print_stderr(*(f"fixed {file.path}" for file in unlike))
    else:
        print_stderr("nothing was written")
    return None


def _agreed(shown: str) -> bool:
    if sys.stdin is None or not (os.isatty(_STDIN) and os.isatty(_STDOUT)):
        raise UsageError("there is nobody to ask; add --yes to write what --dry-run shows")
    write_stdout([shown])
    print_stderr("write this? [y/N]")
    return sys.stdin.readline().strip().casefold() in _YES


def _changes(loaded: LoadResult, fixing: Fixing) -> dict[Path, Change]:
    """Give the change of each file of a chronology, the built-in record left out where it is not alone."""
    own = [number for number, document in enumerate(loaded.documents) if document.name != BUILTIN]
    for document in [loaded.documents[number] for number in own] or loaded.documents:
        require_own(document.name)
    unused = _unused(loaded) if fixing.unused else {}
    form = formatting(sort=fixing.sort)
    return {
        path: all_of([*(removing(Spot(*record)) for record in unused.get(number, ())), form])
        for number in own
        if (path := loaded.documents[number].path)
    }


def _unused(loaded: LoadResult) -> dict[int, list[tuple[str, int]]]:
    """Give, by document, what is declared there and used by nothing that is used itself, the last first."""
    draft = require_valid(loaded).draft
    unused: set[RecordPlace] = set()
    while found := {finding.place for finding in all_used(draft)}:
        unused |= found
        draft = _without(draft, found)
    last_first = sorted(unused, key=lambda place: place.entry, reverse=True)
    return {
        number: [(place.table, place.entry) for place in last_first if place.document == number]
        for number in {place.document for place in unused}
    }


def _without(draft: Draft, gone: set[RecordPlace]) -> Draft:
    left = {table: [pair for pair in draft.entries(table) if pair[1] not in gone] for table in draft.records}
    return replace(
        draft,
        records={table: [entry for entry, _ in pairs] for table, pairs in left.items()},
        places={table: [place for _, place in pairs] for table, pairs in left.items()},
    )
