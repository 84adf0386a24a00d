"""Fix what is safe to fix in data files: their form, on request their order and what they declare and do not use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from korea_cli.base.errors import DataError, UsageError
from korea_cli.base.streams import print_stderr, write_stdout
from korea_cli.checks.notes import all_used
from korea_cli.editing.edits import apply_edit, join_edits, remove_record
from korea_cli.editing.errors import UnformattedError
from korea_cli.editing.files import require_own
from korea_cli.editing.formatting import formatting
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.outcome import Outcome, difference
from korea_cli.editing.saving import (
    FileChange,
    apply_edits,
    load_changed,
    nothing_changed,
    require_toml,
    require_valid,
    save,
)
from korea_cli.editing.terminal import confirm_changes
from korea_cli.editing.values import remove_value
from korea_cli.model.header import Header
from korea_cli.model.records import keys_of
from korea_cli.reading.locate import BUILTIN, STDIN, path_of
from korea_cli.reading.place_names import unused_names, words_of_name
from korea_cli.reading.toml import HEADER, read_document

if TYPE_CHECKING:
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Edit
    from korea_cli.editing.files import Editable
    from korea_cli.reading.draft import Draft
    from korea_cli.reading.findings import RecordPlace
    from korea_cli.reading.toml import Document

_PIPE = "standard input"


def format_files(files: Editable, *, sort: bool, check: bool) -> Outcome:
    """Put files in canonical form, or show how they differ from it; with `check` raises UnformattedError.

    A file may be one of several, the others not named: it is not loaded as a chronology, only its tables are compared.
    """
    if STDIN in files.names:
        return _format_stdin(files, sort=sort, check=check)
    for name in () if files.dry or check else files.names:
        require_own(name)
    named = {path: name for name in files.names if (path := path_of(name))}
    documents = [_read(name, path, files.max_size) for path, name in named.items()]
    changes = apply_edits([(document, formatting(sort=sort)) for document in documents])
    preview = "".join(map(difference, changes)) if files.dry else ""
    changed = [file.after for file in changes]
    names = [each.name for each in changed]
    if check and changes:
        write_stdout([preview])
        raise UnformattedError(names)
    if files.dry or check:
        return Outcome(preview, files=changed, dry=True)
    save(changes)
    lines = [f"{'Formatted' if name in names else 'Already formatted:'} {name}" for name in named.values()]
    sentence = f"Formatted {', '.join(names)}" if changes else lines[0]
    return Outcome("".join(f"{line}\n" for line in lines), sentence, changed)


def _format_stdin(files: Editable, *, sort: bool, check: bool) -> Outcome:
    if len(files.names) > 1:
        raise UsageError("'-' cannot be combined with other files")
    document = _read(STDIN, None, files.max_size)
    change = FileChange(Path(_PIPE), document, apply_edit(document, formatting(sort=sort)))
    text = difference(change) if files.dry else "" if check else change.after.text
    if check and change.after.text != document.text:
        write_stdout([text])
        raise UnformattedError([_PIPE])
    return Outcome(text, dry=True)


def _read(name: str, path: Path | None, max_size: int) -> Document:
    try:
        document, problem = read_document(name, path, max_size=max_size)
    except DataError as error:
        raise nothing_changed(error) from None
    if problem:
        raise nothing_changed(DataError((problem,)))
    return document


def fix_files(loaded: LoadResult, *, sort: bool = False, unused: bool = False, dry: bool, yes: bool) -> str | None:
    """Fix the form of the files of a chronology; with `dry` return what would change, else None.

    sort: also sort their records. unused: also remove declarations that nothing refers to.

    Unless `yes` is set the difference is shown and the user asked. Raises UsageError where there is no terminal to ask
    on, OutputError where no file may be written to, DataError where errors hide what is used.
    """
    require_toml(loaded)
    changes = apply_edits(_edits(loaded, sort=sort, unused=unused))
    preview = "".join(map(difference, changes))
    if dry:
        return preview
    if not changes:
        print_stderr("nothing to fix")
    elif yes or confirm_changes(preview):
        if unused:
            load_changed(loaded, changes)
        save(changes)
        print_stderr(*(f"Fixed {file.path}" for file in changes), prefix="")
    else:
        print_stderr("nothing was written")
    return None


def _edits(loaded: LoadResult, *, sort: bool, unused: bool) -> list[tuple[Document, Edit]]:
    """Return the edit of each file of a chronology, except the built-in record where it is not alone."""
    edits, gone = [], _unused(loaded) if unused else []
    for number, document in enumerate(loaded.documents):
        if document.name != BUILTIN or len(loaded.documents) == 1:
            require_own(document.name)
            own = [RecordRef(place.table, place.entry) for place in gone if place.document == number]
            names = _without_unused_names(loaded, number) if unused else []
            edits.append((document, join_edits([*map(remove_record, own), *names, formatting(sort=sort)])))
    return edits


def _without_unused_names(loaded: LoadResult, number: int) -> list[Edit]:
    """Return what removes the names of places that no event has from the header of a file; the last first."""
    unused = {words_of_name(name) for place, name in unused_names(loaded.draft) if place.document == number}
    header: Any = loaded.documents[number].tables.get(HEADER, {})
    lists = header["place_names"] if unused else []
    places = [place for place, names in enumerate(lists) if words_of_name(names[0]) in unused]
    order = tuple(keys_of(Header))
    return [remove_value(RecordRef(HEADER, 0), "place_names", place, order) for place in reversed(places)]


def _unused(loaded: LoadResult) -> list[RecordPlace]:
    """Return where something is declared that is used by nothing, or only by what is unused; the last first."""
    draft = require_valid(loaded).draft
    unused: set[RecordPlace] = set()
    while found := {finding.place for finding in all_used(draft)}:
        unused |= found
        draft = _without(draft, found)
    return sorted(unused, key=lambda place: place.entry, reverse=True)


def _without(draft: Draft, gone: set[RecordPlace]) -> Draft:
    left = {table: [pair for pair in draft.entries(table) if pair[1] not in gone] for table in draft.records}
    return replace(
        draft,
        records={table: [entry for entry, _ in pairs] for table, pairs in left.items()},
        places={table: [place for _, place in pairs] for table, pairs in left.items()},
    )
