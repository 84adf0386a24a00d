"""The files that a command may change: read together as one chronology, each record with the place where it stands."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.chronology import Chronology
from korea_cli.editing.change import UnsafeChangeError
from korea_cli.editing.saving import Rewritten, locked, rewrite, rewrite_held
from korea_cli.errors import AmbiguousNameError, OutputError, UnknownIdError, UnknownNameError
from korea_cli.filling import filled, heading_of
from korea_cli.model import RECORD_TYPES, title_of
from korea_cli.reading.load import load_valid
from korea_cli.reading.locate import BUILTIN, STDIN, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.editing.change import Change
    from korea_cli.errors import KoreaError
    from korea_cli.model import Record
    from korea_cli.reading.findings import Place
    from korea_cli.reading.load import Loaded
    from korea_cli.reading.toml import Document


class Located(NamedTuple):
    """A record of a file: its type, its id, which of its table it is (from 0), its values as the file has them."""

    record: type[Record]
    id: str
    document: Document
    number: int

    @property
    def values(self) -> dict[str, Any]:
        """Give what the file says of it."""
        values: dict[str, Any] = self.document.tables[self.record.table][self.number]
        return values

    @property
    def path(self) -> Path:
        """Say in which file it is."""
        return Path(self.document.name)


class Editable(NamedTuple):
    """Files as they were named. dry: whether to show what would be done, and write nothing."""

    names: tuple[str, ...]
    max_size: int
    dry: bool = False

    def load(self) -> Loaded:
        """Read them; raises DataError with every problem."""
        return load_valid(self.names, max_size=self.max_size)

    def locate(self, loaded: Loaded, typed: str, *types: str) -> Located:
        """Find the record with an id, `id` or `type:id`, in a file that may be written to; raises KoreaError."""
        type_, colon, id_ = typed.partition(":")
        wanted = (type_,) if colon and type_ in RECORD_TYPES else types or tuple(RECORD_TYPES)
        id_ = id_ if colon and type_ in RECORD_TYPES else typed
        found = [
            (entry, place)
            for each in wanted
            for entry, place in loaded.draft.all_entries(RECORD_TYPES[each].table)
            if entry.id == id_
        ]
        if len(found) != 1:
            raise _not_one(typed, found, loaded, wanted)
        entry, place = found[0]
        if place.table != entry.table:
            raise UnsafeChangeError(f"{entry.type} '{id_}' is declared nowhere, only named; 'korea add' declares it")
        document = loaded.documents[place.document]
        require_own(document.name)
        return Located(type(entry), id_, document, place.entry)

    def target(self) -> Path:
        """Give the file that records are added to, the last of those named; raises OutputError where it is not one."""
        require_own(self.names[-1])
        return Path(self.names[-1])

    def everywhere(self, loaded: Loaded, change: Change) -> dict[Path, Change]:
        """Give a change of every file that it makes any difference to; raises OutputError for one not to be changed."""
        changes = {}
        for document in loaded.documents:
            if document.path is not None and change.text(document.text) != document.text:
                require_own(document.name)
                changes[Path(document.name)] = change
        return changes

    @contextmanager
    def located(self, name: str) -> Iterator[tuple[Loaded, Located]]:
        """Give all that is read and the record that a name names, its file kept from every other `korea` meanwhile.

        Raises KoreaError where there is no such record, or none that may be changed.
        """
        loaded = self.load()
        found = self.locate(loaded, name)
        with locked(() if self.dry else [found.path]):
            if not _still_says(found.document):  # records may have other places by now
                loaded = self.load()
                found = self.locate(loaded, name)
            yield loaded, found

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other `korea` from the file that is added to, from reading it until it is rewritten."""
        with locked(() if self.dry else [self.target()]):
            yield

    def rewrite(self, changes: Mapping[Path, Change], *, held: bool = False) -> list[Rewritten]:
        """Change them; raises KoreaError. held: whether that is done while they are held."""
        return (rewrite_held if held else rewrite)(changes, self.names, max_size=self.max_size, dry=self.dry)

    def change(self, found: Located, change: Change) -> list[Rewritten]:
        """Change the file of a record that is held; raises KoreaError, also where it is not what was read any more."""
        made, planned = {found.path: change}, {found.path: found.document.text}
        return rewrite_held(made, self.names, max_size=self.max_size, dry=self.dry, planned=planned)


def _not_one(typed: str, found: Sequence[tuple[Any, Place]], loaded: Loaded, types: Sequence[str]) -> KoreaError:
    """Say which ids may be meant by what is the id of several records, or of none: a name is offered, not acted on."""
    if found:
        meant = [(title_of(entry) or entry.id, f"{entry.type}:{entry.id}") for entry, _ in found]
        return AmbiguousNameError("record", typed, meant)
    today = dt.date.today()  # noqa: DTZ011 - not asked for
    with Chronology(heading_of(loaded.draft), loaded.documents, filled(loaded.draft), today) as chronology:
        try:
            named = chronology.named(typed, *types)
        except UnknownNameError as error:
            return UnknownIdError(typed, error.near)
        except AmbiguousNameError as error:
            return UnknownIdError(typed, error.meant)
    return UnknownIdError(typed, [(named.title, named.id)])


def _still_says(document: Document) -> bool:
    """Say whether a file is what was read of it."""
    try:
        raw = Path(document.name).read_bytes()
    except OSError:
        return False
    return sha256(raw).hexdigest() == document.sha256


def require_own(name: str) -> None:
    """Make sure that a file is one that may be written to; raises OutputError for the built-in record and stdin."""
    if name == STDIN:
        raise OutputError("standard input", "name a file with -d")
    if (path_of(name) or Path()).resolve() == (path_of(BUILTIN) or Path()).resolve():
        raise OutputError("the built-in record", "it is shipped with korea; name your own file with -d or $KOREA_DATA")
