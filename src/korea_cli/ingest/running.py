"""Import a sheet into a file: read it, take its rows, prove the new text, and put it in the place of the old."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace as replaced
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import OutputError, UnknownNameError, UsageError
from korea_cli.base.nearest import nearest
from korea_cli.cache.progress import Progress
from korea_cli.checks.load import load
from korea_cli.editing.errors import UnfitChangeError
from korea_cli.editing.saving import FileChange, replace_file, require_valid
from korea_cli.ingest.dates import Rules
from korea_cli.ingest.mapping import SETTINGS, TYPE, TYPES, Mapping, guessed, mapped
from korea_cli.ingest.opening import opened
from korea_cli.ingest.record_builder import Maker
from korea_cli.ingest.row_processor import Taking
from korea_cli.ingest.targets import require_apart
from korea_cli.model.records import Event
from korea_cli.reading.locate import STDIN
from korea_cli.reading.toml import parse_document
from korea_cli.reading.values import is_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from korea_cli.cache.progress import Watch
    from korea_cli.checks.load import LoadResult, Replacements
    from korea_cli.editing.files import Editable
    from korea_cli.ingest.declaring import Declarations
    from korea_cli.ingest.input_file import InputFile
    from korea_cli.ingest.request import Request
    from korea_cli.ingest.row_processor import Taken
    from korea_cli.ingest.rows import Row, Sheet
    from korea_cli.model.records import Record

_MIXED = "a column has spans of years, and months that could be such spans; say --year-months or --year-spans"
_SPEED = 2_500_000  # bytes of a sheet a second
_TAKING = 0.6  # of the time; the rest goes into reading the whole file again


class Done(NamedTuple):
    """What was done: as read how, what became of the rows, where the rejected ones are, what is to be noted.

    digest: of the file with the new records, None where it has none; added: those records.
    """

    request: Request
    mapping: Mapping
    taken: Taken
    rejects: str | None
    rules: Rules
    maker: Maker
    sheet: Sheet
    digest: str | None = None
    added: tuple[Record, ...] = ()

    @property
    def kept(self) -> Mapping:
        """Give the mapping with all that it takes to read such a sheet again in the same way."""
        values = self.request._asdict() | {"pivot": str(self.rules.latest)}
        return self.mapping._replace(settings={key: str(values[key]) for key in SETTINGS if values[key]})


class _MixedYearsError(UsageError):
    """A column turned out to have spans of years after months of it were read that may be such spans too."""


def run(request: Request, files: Editable, watch: Watch, told: Callable[[Mapping], None]) -> Done:
    """Import a sheet, or with `files.dry` only find out what would come of it; `told` is given the mapping first.

    Raises KoreaError; nothing is written then.
    """
    target = files.target()
    if not target.exists():
        files.load()  # says so; once a lock lies beside it, that would be offered instead
    try:
        with opened(request.name, request.form, request.encoding) as (sheet, source), files.held():
            return _taken(request, sheet, files, target, _watching(request, source, watch), told)
    except _MixedYearsError:
        if request.name == STDIN:
            raise
    return run(request._replace(short="ask"), files, watch, lambda _: None)


def _taken(  # noqa: PLR0913, PLR0917 - as read
    request: Request,
    sheet: Sheet,
    files: Editable,
    target: Path,
    tell: Callable[[str], None],
    told: Callable[[Mapping], None],
) -> Done:
    loaded = require_valid(files.load())
    require_apart(request, (each.name for each in loaded.documents if each.path))
    document = next(each for each in loaded.documents if each.path and each.path.resolve() == target.resolve())
    record, sheet = _record(request, sheet)
    mapping = mapped(sheet.headings, record, _said(request, sheet.headings))
    told(mapping)
    rules = Rules(request.order, request.pivot or _latest(loaded), request.short)
    make = _maker(request, record, mapping, rules, loaded, slides=sheet.slides)
    taking = Taking(loaded, document, sheet, make)
    with taking.taken.draft, taking.taken.rejects as rejects:
        taken = taking.take(lambda: tell("importing"))
        if taking.maker.mixed:
            raise _MixedYearsError(_MIXED)
        tell("checking")
        kept_in = rejects.path_for(request.name, request.rejects, request.save_mapping) if rejects.count else None
        done, before = Done(request, mapping, taken, kept_in, rules, taking.maker, sheet), replaced(document, tables={})
        known = {table: {entry.id for entry in entries} for table, entries in loaded.draft.records.items()}
        del loaded, document, taking, make  # reading the whole file again needs the memory
        file = FileChange(target, before, replaced(before, text=taken.draft.text(before.text), tables={}))
        return done._replace(**_write(done, files, file, known))


def _watching(request: Request, source: InputFile, watch: Watch) -> Callable[[str], None]:
    """Return what reports the progress of a step."""
    expected = Path(request.name).stat().st_size / _SPEED if Path(request.name).is_file() else 0.0
    return lambda doing: watch(Progress(doing, source.share() * _TAKING, expected))


def _write(done: Done, files: Editable, file: FileChange, known: dict[str, set[str]]) -> dict[str, Any]:
    """Prove what the file will say; write first the rejected rows, so that none is lost, then the file.

    Return what is new in it.
    """
    new: dict[str, Any] = {}
    if done.taken.draft.counts:
        if len(file.after.text.encode()) > files.max_size:
            reason = f"it would be larger than {files.max_size:,} bytes; raise the limit with --max-size"
            raise OutputError(str(file.path), reason)
        instead: Replacements = {file.path.resolve(): parse_document(file.after)}
        after = load(files.names, max_size=files.max_size, replacements=instead)
        if after.problems:
            raise UnfitChangeError(after.problems, typed=False)
        draft = after.draft
        done.taken.draft.prove(file.after.tables)
        added = (each for table, entries in draft.records.items() for each in entries if each.id not in known[table])
        new = {"digest": file.after.sha256, "added": tuple(added)}
    if files.dry:
        return new
    if done.rejects:
        done.taken.rejects.write(done.rejects)
    if done.taken.draft.counts:
        replace_file(file)
    return new


def _record(request: Request, sheet: Sheet) -> tuple[type[Record], Sheet]:
    """Say of which type the records are: as asked for, else as the first row of a sheet of ours says."""
    if request.type:
        return TYPES[request.type], sheet
    columns = [number for number, each in enumerate(sheet.headings) if guessed(each, Event) == TYPE]
    first = next(sheet.rows, None)
    rows: Iterator[Row] = chain([first] if first else [], sheet.rows)
    cells = first.cells if first and isinstance(first.cells, list) else []
    said = [TYPES[cells[number]] for number in columns if number < len(cells) and cells[number] in TYPES]
    return (said[0] if said else Event), sheet._replace(rows=rows)


def _said(request: Request, headings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give what was said of columns: a file's mapping may tell of more than this sheet has."""
    kept = [(heading, key) for heading, key in request.columns if heading in headings]
    return [*kept, *request.said] if headings else [*request.columns, *request.said]


def _latest(loaded: LoadResult) -> int:
    """Give the last year that two digits may mean: that in which the chronology was closed, else this one."""
    closed = loaded.draft.header.as_of
    day = closed.latest if closed else None
    return day.year if day else dt.date.today().year  # noqa: DTZ011 - the year where the user is


def _maker(  # noqa: PLR0913 - as read
    request: Request, record: type[Record], mapping: Mapping, rules: Rules, loaded: LoadResult, *, slides: bool
) -> Callable[[Declarations], Maker]:
    kinds = loaded.draft.header.kinds
    known = {source.id for source in loaded.draft.records["sources"]}

    def make(declarations: Declarations) -> Maker:
        source = request.source.partition("#")[0]
        if is_slug(source) and source not in known and declarations.find("sources", source) is None:
            near = nearest(source, known)
            raise UnknownNameError("source", source, [(near, near)] if near else [])
        return Maker(
            record, mapping.keys, declarations, rules, kinds=kinds, source=request.source,
            separator=request.separator, slides=slides,
        )  # fmt: skip

    return make
