"""Put records into the file of a chronology: as one change, or none of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.adding.known import TITLES, Known
from korea_cli.adding.placing import placed
from korea_cli.base.errors import BAD_DATA, KoreaError
from korea_cli.dates.format import show_stored
from korea_cli.editing.change import join_edits
from korea_cli.editing.outcome import outcome_of
from korea_cli.model.records import RECORDS, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.change import Edit
    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.editing.saving import ChangeResult
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

    Added = Sequence[tuple[type[Record], dict[str, Any]]]


class NoFileError(KoreaError):
    """A file to add to that is not there."""

    status = BAD_DATA

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file

    def _message(self) -> str:
        return f"there is no file '{self.file}'; 'korea init {self.file}' makes one"


class Open(NamedTuple):
    """A chronology that is added to: what was read, the document that records go to, what is known of all."""

    loaded: LoadResult
    document: Document
    known: Known


def opened(files: Editable, loaded: LoadResult | None = None) -> Open:
    """Take what was read of a chronology that is added to, or read it; raises KoreaError where its file is missing."""
    require_file(files)
    loaded, target = loaded or files.load(), files.target()
    document = next(each for each in loaded.documents if each.path and each.path.resolve() == target.resolve())
    return Open(loaded, document, known_of(loaded, target))


def known_of(loaded: LoadResult, target: Path) -> Known:
    """Return what is known of a chronology, one of whose files is written to."""
    return Known(loaded, target, dt.date.today())  # noqa: DTZ011 - the user's own day


def require_file(files: Editable) -> None:
    """Make sure that there is a file to add to; raises OutputError or NoFileError."""
    target = files.target()
    if not target.exists():
        raise NoFileError(str(target))


def put(files: Editable, choose: Callable[[Open], Added]) -> Outcome:
    """Put the records that are chosen once the chronology is open, with all their values, into its file."""
    require_file(files)
    added: Added = ()

    def plan(loaded: LoadResult) -> dict[Path, Edit]:
        nonlocal added
        chronology = opened(files, loaded)
        added = choose(chronology)
        groups = [(record, [values for each, values in added if each is record]) for record in RECORDS]
        groups = [(record, [*_named_so_far(record, some, chronology), *some]) for record, some in groups if some]
        added = [(record, values) for record, some in groups for values in some]
        return {files.target(): join_edits(placed(record, some, *chronology[:2]) for record, some in groups)}

    written = files.write(plan)
    return outcome_of(written, _sentence(written, added), dry=files.dry)


def _named_so_far(record: type[Record], added: Iterable[dict[str, Any]], chronology: Open) -> Iterator[dict[str, Any]]:
    """Declare what the file only names: once it declares any record of a type, it must declare all."""
    if chronology.document.tables.get(record.table):
        return
    number, ids = chronology.loaded.documents.index(chronology.document), {values["id"] for values in added}
    for entry, place in chronology.loaded.draft.entries(record.table):
        if place.document == number and entry.id not in ids:
            yield {"id": entry.id, TITLES.get(record.type, "title"): title_of(entry)}


def _sentence(written: ChangeResult, added: Added) -> str:
    """Say what was added: one record, or how many of each type."""
    (file,) = written.files
    if len(added) > 1:
        counts = Counter(record.type for record, _ in added)
        return f"Added {' and '.join(_counted(count, type_) for type_, count in counts.items())} to {file.path}"
    ((record, values),) = added
    entries = written.after.draft.all_entries(record.table)
    line = next((entry.line for entry, _ in entries if entry.id == values["id"]), None)
    date = f", {show_stored(values['date'])}" if "date" in values else ""
    return f"Added {record.type} '{values['id']}' ({file.path}{f':{line}' if line else ''}){date}"


def _counted(count: int, type_: str) -> str:
    return f"{count} {type_}{'s' if count > 1 else ''}"
