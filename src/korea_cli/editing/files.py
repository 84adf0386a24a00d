"""The files that a command may change: read together as one chronology, each record with the place where it stands."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager, suppress
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import AmbiguousNameError, DataError, OutputError, UnknownIdError, UnknownNameError
from korea_cli.checks.load import load
from korea_cli.chronology import Chronology
from korea_cli.editing.change import UnsafeChangeError
from korea_cli.editing.layout import Spot
from korea_cli.editing.saving import locked, require_toml, rewrite, unchanged
from korea_cli.model.records import RECORD_TYPES, title_of
from korea_cli.reading.locate import BUILTIN, MAX_SIZE, path_of
from korea_cli.reading.records import TABLES
from korea_cli.reading.toml import read_up_to
from korea_cli.store.encode_rows import build_store, stored_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from korea_cli.base.errors import KoreaError
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.change import Change
    from korea_cli.editing.saving import Written
    from korea_cli.model.records import Record
    from korea_cli.reading.findings import RecordPlace
    from korea_cli.reading.toml import Document

_NAME = rf"""["']?(?:{"|".join(TABLES)})["']?"""
_INDENT = r"(?:^|[\r\n])[ \t\xef\xbb\xbf\xfe\xff]*"  # or the mark of an encoding
# A header of records or of the file, or the same written as a value.
_OF_CHRONOLOGY = rf"{_INDENT}(?:\[[ \t]*{_NAME}[ \t]*\]|\[\[[ \t]*{_NAME}[ \t]*\]\]|{_NAME}(?:\.\w+)?[ \t]*=)"


class Located(NamedTuple):
    """A record of a file: its type, its id, where it is, which of its table it is (from 0), its values as they were."""

    record: type[Record]
    id: str
    document: Document
    number: int
    line: int | None
    values: dict[str, Any]

    @property
    def path(self) -> Path:
        """Say in which file it is."""
        return Path(self.document.name)

    @property
    def now(self) -> dict[str, Any]:
        """Return what the file says of it; once a change of it is made, what it then says."""
        values: dict[str, Any] = self.document.tables[self.record.table][self.number]
        return values

    @property
    def spot(self) -> Spot:
        """Say which record of its file it is."""
        return Spot(self.record.table, self.number, len(self.document.tables[self.record.table]))

    @property
    def place(self) -> str:
        """Return its file and the line on which it begins."""
        return f"{self.document.name}:{self.line}" if self.line else self.document.name


class Editable(NamedTuple):
    """Files as they were named. dry: whether to show what would be done, and write nothing."""

    names: tuple[str, ...]
    max_size: int
    dry: bool = False

    def load(self) -> LoadResult:
        """Read them; raises NothingChangedError when one is not TOML, or no text; DataError when one is not there."""
        try:
            loaded = load(self.names, max_size=self.max_size)
        except DataError as error:
            raise unchanged(error) from None
        require_toml(loaded)
        return loaded

    def locate(self, loaded: LoadResult, typed: str, *types: str) -> Located:
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
        values = deepcopy(document.tables[place.table][place.entry])
        return Located(type(entry), id_, document, place.entry, entry.line, values)

    def target(self) -> Path:
        """Give the file that records are added to, the last of those named; raises OutputError where it is not one."""
        require_own(self.names[-1])
        return Path(self.names[-1])

    def write(self, plan: Callable[[LoadResult], Mapping[Path, Change]]) -> Written:
        """Read the files, plan changes of some of them, and make those, kept from every other `korea` meanwhile.

        Raises KoreaError; then nothing was changed.
        """
        loaded = self.load()
        changes = plan(loaded)
        with locked(() if self.dry else changes):
            touched = {path.resolve() for path in changes}
            if not all(_still_says(each) for each in loaded.documents if each.path and each.path.resolve() in touched):
                loaded = self.load()  # records may have other places by now
                changes = plan(loaded)
            for path in changes:
                require_own(str(path))
            return rewrite(loaded, changes, dry=self.dry)

    def change(
        self, name: str, make: Callable[[LoadResult, Located], Change], *, everywhere: bool = False
    ) -> tuple[Written, Located]:
        """Change the file of the record with an id, or every file that contains that id; raises KoreaError."""
        found: list[Located] = []

        def plan(loaded: LoadResult) -> dict[Path, Change]:
            located = self.locate(loaded, name)
            found.append(located)
            named = [each for each in loaded.documents if each.path and located.id in each.text]
            return dict.fromkeys(
                [Path(each.name) for each in named] if everywhere else [located.path], make(loaded, located)
            )

        written = self.write(plan)
        return written, found[-1]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other `korea` from the file that is added to, from reading it until it is rewritten."""
        with locked(() if self.dry else [self.target()]):
            yield


def _not_one(
    typed: str, found: Sequence[tuple[Any, RecordPlace]], loaded: LoadResult, types: Sequence[str]
) -> KoreaError:
    """Say which ids may be meant by what is the id of several records, or of none: a name is offered, not acted on."""
    if found:
        meant = [(title_of(entry) or entry.id, f"{entry.type}:{entry.id}") for entry, _ in found]
        return AmbiguousNameError("record", typed, meant)
    today = dt.date.today()  # noqa: DTZ011 - not asked for
    with Chronology(stored_header(loaded.draft), loaded.documents, build_store(loaded.draft), today) as chronology:
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


def require_own(name: str, instead: str = "name your own file with -d or $KOREA_DATA") -> None:
    """Check that a file is one that keeps what is written to it; `instead` is what to do otherwise.

    Raises OutputError for the built-in record, standard input, pipes and devices.
    """
    path = path_of(name)
    if path is None:
        raise OutputError("standard input", f"it is no file; {instead}")
    if path.resolve() == (path_of(BUILTIN) or Path()).resolve():
        raise OutputError("the built-in record", f"it is shipped with korea; {instead}")
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OutputError(name, "it is a pipe or a device, which keeps nothing")


def require_no_chronology(target: str, instead: str = "--force replaces it", *, toml: bool = False) -> None:
    """Raise OutputError when a file to be written over may be somebody's chronology, whole or broken.

    One that no longer parses is as dear as one that does: a line of its text is enough, in any encoding; so is the name
    of a TOML file, unless `toml` says that one may be replaced.
    """
    path = Path(target)
    with suppress(OSError, ValueError):
        if not path.is_file():
            return
        with path.open("rb") as stream:
            letters = read_up_to(MAX_SIZE, stream).replace(b"\0", b"")  # which UTF-16 and UTF-32 have between them
        if re.search(_OF_CHRONOLOGY.encode(), letters):
            raise OutputError(target, f"it is a chronology; {instead}")
        if not toml and ".toml" in {path.suffix.casefold(), path.resolve().suffix.casefold()}:
            raise OutputError(target, f"it is a TOML file, as data are; {instead}")
