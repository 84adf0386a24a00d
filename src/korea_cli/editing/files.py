"""The files that a command may change: read together as one chronology, with the place of each record."""

from __future__ import annotations

import re
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import AmbiguousNameError, DataError, OutputError, UnknownIdError, UnknownNameError
from korea_cli.base.problems import Problem
from korea_cli.checks.load import load
from korea_cli.editing.edits import record_in
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.saving import (
    ChangeResult,
    apply_edits,
    is_current,
    load_changed,
    lock_files,
    nothing_changed,
    replace_files,
    require_toml,
)
from korea_cli.model.records import RECORD_TYPES, title_of
from korea_cli.query.resolve_names import find
from korea_cli.reading.locate import BUILTIN, MAX_SIZE, path_of
from korea_cli.reading.records import TABLES
from korea_cli.reading.toml import read_up_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.base.errors import KoreaError
    from korea_cli.checks.load import LoadResult, Replacements
    from korea_cli.editing.edits import Edit, Tables
    from korea_cli.model.records import Record
    from korea_cli.reading.findings import RecordPlace
    from korea_cli.reading.toml import Document

_NAME = rf"""["']?(?:{"|".join(TABLES)})["']?"""
_INDENT = r"(?:^|[\r\n])[ \t\xef\xbb\xbf\xfe\xff]*"  # or the mark of an encoding
# A header of records or of the file, or the same written as a value.
_OF_CHRONOLOGY = rf"{_INDENT}(?:\[[ \t]*{_NAME}[ \t]*\]|\[\[[ \t]*{_NAME}[ \t]*\]\]|{_NAME}(?:\.\w+)?[ \t]*=)"


class LocatedRecord(NamedTuple):
    """A record of a file: its type and id, where it is, its number in its table (from 0), its values when read."""

    record: type[Record]
    id: str
    document: Document
    number: int
    line: int | None
    values: Tables

    @property
    def path(self) -> Path:
        """The file it is in."""
        return Path(self.document.name)

    @property
    def now(self) -> Tables:
        """Its values in the file; once an edit is made, the new ones."""
        return self.document.records(self.record.table)[self.number]

    @property
    def ref(self) -> RecordRef:
        """Which record of its file it is."""
        return RecordRef(self.record.table, self.number, len(self.document.records(self.record.table)))

    @property
    def place(self) -> str:
        """Its file and the line on which it begins."""
        return f"{self.document.name}:{self.line}" if self.line else self.document.name


class Editable(NamedTuple):
    """Files as they were named. dry: show what would change, and write nothing. new: one of them, which is created."""

    names: tuple[str, ...]
    max_size: int
    dry: bool = False
    new: Document | None = None

    def load(self) -> LoadResult:
        """Read them; raises NothingChangedError when one is not TOML, or no text; DataError when one does not exist."""
        try:
            created: Replacements = {Path(self.new.name).resolve(): (self.new, None)} if self.new else {}
            loaded = load(self.names, max_size=self.max_size, replacements=created)
        except DataError as error:
            raise nothing_changed(error) from None
        require_toml(loaded)
        return loaded

    def locate(self, loaded: LoadResult, typed: str) -> LocatedRecord:
        """Find the record with an id, `id` or `type:id`, in a file that may be written to; raises KoreaError."""
        type_, _, id_ = typed.partition(":")
        types, id_ = ((type_,), id_) if type_ in RECORD_TYPES and id_ else (tuple(RECORD_TYPES), typed)
        pairs = (pair for each in types for pair in loaded.draft.all_entries(RECORD_TYPES[each].table))
        found = [(entry, place) for entry, place in pairs if entry.id == id_]
        if len(found) != 1:
            raise _not_one(typed, [entry for entry, _ in found], loaded, types)
        return locate_entry(loaded, *found[0])

    def target(self) -> Path:
        """Return the file that records are added to, the last one named; raises OutputError where it is not one."""
        require_own(self.names[-1])
        return Path(self.names[-1])

    def existing_target(self) -> Path:
        """Return the file that records are added to; raises OutputError, and DataError where it does not exist."""
        target = self.target()
        if not target.exists():
            message = f"no such file. Create it with 'korea init {target}'."
            raise DataError((Problem(file=str(target), message=message, check="readable"),))
        return target

    def write(self, plan: Callable[[LoadResult], Sequence[tuple[Document, Edit]]]) -> ChangeResult:
        """Read the files, plan edits of some of them and make those, locked against every other `korea`.

        Raises KoreaError; then nothing was changed.
        """
        loaded = self.load()
        edits = plan(loaded)
        with lock_files(Path(document.name) for document, _ in edits if not self.dry):
            if not all(is_current(document) for document, _ in edits):
                loaded = self.load()  # records may have other places by now
                edits = plan(loaded)
            for document, _ in edits:
                require_own(document.name)
            files = apply_edits(edits)
            after = load_changed(loaded, files) if files else loaded
            replace_files(() if self.dry else files)
            return ChangeResult(loaded, after, files)

    def change(
        self, name: str, make: Callable[[LoadResult, LocatedRecord], Edit], *, everywhere: bool = False
    ) -> tuple[ChangeResult, LocatedRecord]:
        """Change the file of the record with an id, or every file that contains that id; raises KoreaError."""
        found: list[LocatedRecord] = []

        def plan(loaded: LoadResult) -> list[tuple[Document, Edit]]:
            located = self.locate(loaded, name)
            found.append(located)
            edit = make(loaded, located)
            return [(each, edit) for each in (containing(loaded, located.id) if everywhere else [located.document])]

        result = self.write(plan)
        return result, found[-1]


def containing(loaded: LoadResult, id_: str) -> list[Document]:
    """Return the files with an id in them, which may refer to it."""
    return [each for each in loaded.documents if each.path and id_ in each.text]


def locate_entry(loaded: LoadResult, entry: Record, place: RecordPlace) -> LocatedRecord:
    """Return where a record is, in a file that may be written to; raises KoreaError."""
    if place.table != entry.table:
        raise UnsafeChangeError(f"{entry.type} '{entry.id}' is used but not declared", "declare it with 'korea add'")
    document = loaded.documents[place.document]
    require_own(document.name)
    values = deepcopy(record_in(document.tables, RecordRef(place.table, place.entry)))
    return LocatedRecord(type(entry), entry.id, document, place.entry, entry.line, values)


def _not_one(typed: str, found: Sequence[Record], loaded: LoadResult, types: Sequence[str]) -> KoreaError:
    """Return the error for what is the id of several records, or of none; a name is offered, not acted on."""
    if found:
        meant = [(title_of(entry) or entry.id, f"{entry.type}:{entry.id}") for entry in found]
        return AmbiguousNameError("record", typed, meant)
    from korea_cli.store.encode_rows import build_store  # noqa: PLC0415 - only when something is wrong

    try:
        named = find(build_store(loaded.draft.without_references()), typed, *types)
    except UnknownNameError as error:
        return UnknownIdError(typed, error.near)
    except AmbiguousNameError as error:
        return UnknownIdError(typed, error.meant)
    return UnknownIdError(typed, [(named.title, named.id)])


def require_own(name: str, instead: str = "name your own file with -d or $KOREA_DATA") -> None:
    """Raise OutputError for the built-in record, standard input, pipes and devices; `instead`: what to do then."""
    path = path_of(name)
    if path is None:
        raise OutputError("standard input", f"it is not a file; {instead}")
    if path.resolve() == (path_of(BUILTIN) or Path()).resolve():
        raise OutputError("the built-in record", f"it is part of korea; {instead}")
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OutputError(name, "it is a pipe or a device, not a file")


def require_no_chronology(target: str, instead: str = "use --force to replace it", *, toml: bool = False) -> None:
    """Raise OutputError when a file to be written over may be somebody's chronology, valid or broken.

    A single line of it is enough, in any encoding; so is the name of a TOML file, unless `toml` allows one.
    """
    path = Path(target)
    with suppress(OSError, ValueError):
        if not path.is_file():
            return
        with path.open("rb") as stream:
            text = read_up_to(MAX_SIZE, stream)
        if looks_like_chronology(text):
            raise OutputError(target, f"it is a chronology; {instead}")
        if not toml and ".toml" in {path.suffix.casefold(), path.resolve().suffix.casefold()}:
            raise OutputError(target, f"it is a TOML file and may hold data; {instead}")


def looks_like_chronology(text: bytes) -> bool:
    """Return whether a line of a text, in any encoding, is one of a chronology."""
    letters = text.replace(b"\0", b"")  # which UTF-16 and UTF-32 have between them
    return re.search(_OF_CHRONOLOGY.encode(), letters) is not None
