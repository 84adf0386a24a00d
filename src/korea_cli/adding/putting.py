"""Put records into the file of a chronology: as one change, or none of them."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.adding.known import TITLES, Known
from korea_cli.adding.placing import line_of, placed
from korea_cli.dates.shown import show_stored
from korea_cli.editing.change import Change
from korea_cli.editing.told import told
from korea_cli.errors import BAD_DATA, KoreaError
from korea_cli.model import RECORDS, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.adding.placing import Placed
    from korea_cli.editing.files import Editable
    from korea_cli.editing.saving import Rewritten
    from korea_cli.model import Record
    from korea_cli.reading.load import Loaded
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

    loaded: Loaded
    document: Document
    known: Known


def opened(files: Editable) -> Open:
    """Read the chronology that is added to; raises KoreaError when it cannot be read, or its file is not there."""
    require_file(files)
    loaded, target = files.load(), files.target()
    document = next(each for each in loaded.documents if each.path and each.path.resolve() == target.resolve())
    today = dt.date.today()  # noqa: DTZ011 - the user's own day
    return Open(loaded, document, Known(loaded, target, today))


def require_file(files: Editable) -> None:
    """Make sure that there is a file to add to; raises OutputError or NoFileError."""
    target = files.target()
    if not target.exists():
        raise NoFileError(str(target))


def put(files: Editable, chronology: Open, added: Added) -> str:
    """Put records, with all their values, into the file, which is held; give what is said of that."""
    groups = [(record, [values for each, values in added if each is record]) for record in RECORDS]
    groups = [(record, [*_named_so_far(record, some, chronology), *some]) for record, some in groups if some]
    places = [(record, some, placed(record, some, *chronology[:2])) for record, some in groups]
    change = _all_of([place.change for *_, place in places])
    (done,) = files.rewrite({files.target(): change}, held=True)
    if files.dry:
        return told("", [done], dry=True)
    return "".join(told(_sentence(done, record, some, place), [done], dry=False) for record, some, place in places)


def _named_so_far(record: type[Record], added: Iterable[dict[str, Any]], chronology: Open) -> Iterator[dict[str, Any]]:
    """Declare what the file only names: once it declares any record of a type, it must declare all."""
    if chronology.document.tables.get(record.table):
        return
    number, ids = chronology.loaded.documents.index(chronology.document), {values["id"] for values in added}
    for entry, place in chronology.loaded.draft.entries(record.table):
        if place.document == number and entry.id not in ids:
            yield {"id": entry.id, TITLES.get(record.type, "title"): title_of(entry)}


def _all_of(changes: Iterable[Change]) -> Change:
    made = list(changes)
    return Change(
        lambda text: reduce(lambda done, change: change.text(done), made, text),
        lambda tables: [change.tables(tables) for change in made],
    )


def _sentence(done: Rewritten, record: type[Record], added: Sequence[dict[str, Any]], place: Placed) -> str:
    if len(added) > 1:
        return f"added {len(added)} {record.table} to {done.path}"
    values = added[0]
    date = f" ({show_stored(values['date'])})" if "date" in values else ""
    return (
        f"added {record.type} '{values['id']}' to {done.path}:{line_of(done.after, record.table, place.number)}{date}"
    )
