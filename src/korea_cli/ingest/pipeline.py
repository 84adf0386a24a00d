"""Import a sheet into a file: read it, process its rows, check the new text, and replace the file."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import KoreaError
from korea_cli.cache.progress import Progress
from korea_cli.editing.saving import FileChange, is_current, lock_files, require_valid
from korea_cli.ingest.building.builder_options import BuilderOptions
from korea_cli.ingest.columns.headings import TYPE, is_own
from korea_cli.ingest.columns.id_columns import COMPARED
from korea_cli.ingest.commit import commit
from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.dates.row_date import DATED
from korea_cli.ingest.files.source_file import SPEED, about_size, opened
from korea_cli.ingest.fitting import fit, labelled_keys
from korea_cli.ingest.import_result import ImportResult
from korea_cli.ingest.names.actor_names import about_new
from korea_cli.ingest.names.headers import with_header
from korea_cli.ingest.request import RereadError, require_apart, with_type_of_ids
from korea_cli.ingest.row_processor import RowProcessor
from korea_cli.model.records import Actor
from korea_cli.reading.locate import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.cache.progress import Watch
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import Editable
    from korea_cli.ingest.dates.row_date import DateReader
    from korea_cli.ingest.import_notes import ImportNotes
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.names.declarations import Declarations
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.row_processor import ProcessedRows
    from korea_cli.ingest.sheet import InputFile, Sheet, SheetRow
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

_MIXED = "a column has spans of years, and months that could be such spans. Use --year-months or --year-spans."
_LATE = "only later rows show which comes first in a date, day or month. Use --day-first or --month-first."
_PROCESSING = 0.6  # of the time; the rest goes into reading the whole file again


def run(request: ImportRequest, files: Editable, watch: Watch, notes: ImportNotes) -> ImportResult:
    """Import a sheet, or with `files.dry` find out what it would do. Raises KoreaError; then nothing is written.

    notes: prints how the sheet is read, and on a terminal asks what is open, without a lock on the file.
    """
    files.existing_target()
    notes.show(about_size(request.name))
    while True:
        try:
            with opened(request.name, request.form, request.reader_options) as (sheet, source), ExitStack() as stack:
                run = _Run(files, _reporter(request, source, watch), notes, stack)
                if not (notes.asks or request.update):
                    run.lock()
                return _import(request, sheet, run)
        except RereadError as error:
            if request.name == STDIN:
                raise
            request, notes = error.request, notes.again()
        except KoreaError as error:
            request = notes.answer(error, request)


class _Run(NamedTuple):
    """What is the same for every row: the files, what reports, and what keeps the file locked."""

    files: Editable
    report: Callable[[str], None]
    notes: ImportNotes
    stack: ExitStack

    def lock(self) -> None:
        """Keep others from writing to the file until the end."""
        self.stack.enter_context(lock_files([] if self.files.dry else [self.files.target()]))

    def review(self, result: ImportResult, changes: Sequence[FileChange]) -> None:
        """Have the result accepted; raises RereadError where another program has changed the file meanwhile."""
        self.notes.review(result)
        if self.notes.asks:
            self.lock()
            for change in changes:
                if not is_current(change.before):
                    self.notes.show([f"another program has changed {change.path} meanwhile"])
                    raise RereadError(result.request)

    def agree(self, result: ImportResult) -> bool:
        """Have the changes of records accepted, now that they are checked."""
        self.report("")
        return self.notes.agree(result)


def _reporter(request: ImportRequest, source: InputFile, watch: Watch) -> Callable[[str], None]:
    expected = Path(request.name).stat().st_size / SPEED if Path(request.name).is_file() else 0.0
    return lambda doing: watch(Progress(doing, source.share() * _PROCESSING, expected))


def _import(request: ImportRequest, sheet: Sheet, run: _Run) -> ImportResult:
    loaded, target = require_valid(run.files.load()), run.files.target()
    require_apart(request, (each.name for each in loaded.documents if each.path))
    first = list(islice(sheet.rows, COMPARED))
    sheet = sheet._replace(rows=chain(first, sheet.rows))
    request = with_type_of_ids(request, sheet, first, loaded.draft)
    run.notes.begin(request, sheet, first)
    request, record, mapping = fit(request, sheet, first, run.notes)
    rules = DateRules(request.order, request.pivot or _last_year(loaded), request.short)
    options = _options(request, sheet, mapping, record, rules)
    processor = _processor_for(request)(loaded, target, sheet, options)
    processor.require_ids(first, request.name)
    with processor.result.spool, processor.result.rejects as rejects:
        _fix_forms(request, processor.dates, mapping, first)
        rows = processor.process(lambda: run.report("importing"))
        _require_settled(request, processor.dates)
        rules = rules._replace(order=processor.dates.orders.common)
        run.report("")
        run.notes.show(_new_actors(processor.names, dry=run.files.dry))
        path = rejects.path_for(request.name, request.rejects, request.save_mapping) if rejects.count else None
        result = ImportResult(request, mapping, rows, path, sheet, rules, processor.dates.notes(rows.counts))
        changes = _changes(processor, target)
        del processor  # reading the new file needs the memory
        run.review(result, changes)
        run.report("checking")
        return commit(result, run.files, changes, loaded, run.agree)


def _processor_for(request: ImportRequest) -> type[RowProcessor]:
    if not request.update:
        return RowProcessor
    from korea_cli.ingest.updating.update_processor import UpdateProcessor  # noqa: PLC0415 - few imports change records

    return UpdateProcessor


def _changes(processor: RowProcessor, target: Path) -> list[FileChange]:
    """Return the files that differ: those with changed records, and at the end the one that gets new ones."""
    document, edited = processor.names.document, processor.edited_files()
    own = next((file for file in edited if file.before is document), FileChange(target, document, document))
    added = _with_records(own.after, processor.result)
    last = own if added.text == own.after.text else own._replace(after=added)
    return [*(file for file in edited if file is not own), *([last] if last.after.text != document.text else [])]


def _with_records(document: Document, rows: ProcessedRows) -> Document:
    """Return a file with the new records, and with the header that they have or need."""
    headed, header = with_header(document, rows.header.values, rows.kinds.added)
    rows.spool.set_header(header)
    return document.with_text(rows.spool.insert_into(headed.text))


def _new_actors(names: Declarations, *, dry: bool) -> list[str]:
    """Return what to know about actors before they are declared; without others, only a dry run lists them."""
    known = names.loaded.draft.records[Actor.table]
    new = [str(values["name"]) for record, values in names.declared if record is Actor]
    return about_new(new, known, all_of_them=dry) if known or dry else []


def _fix_forms(request: ImportRequest, dates: DateReader, mapping: ColumnMapping, rows: Sequence[SheetRow]) -> None:
    """Learn from the first rows how the dates of each column are read that have two readings."""
    keys = dict(mapping.keys) | dict(mapping.guessed)
    for row in rows:
        named = zip(keys, row.cells, strict=False) if isinstance(row.cells, list) else row.cells.items()
        for name, cell in named:
            if isinstance(cell, str):
                dates.years.complete({(key := keys.get(name, name)): cell})
                if key in DATED:
                    dates.observe(key, cell)
    dates.orders.fix(request.orders)
    dates.spans.fix(request.spans)


def _require_settled(request: ImportRequest, dates: DateReader) -> None:
    """Raise the error for rows that were read otherwise than later rows show that they are to be read."""
    again = request._replace(orders=tuple(dates.orders.found.items()), spans=tuple(dates.spans.found.items()))
    if dates.spans.outdated or dates.orders.outdated:
        raise RereadError(again, _MIXED if dates.spans.outdated else _LATE)


def _options(
    request: ImportRequest, sheet: Sheet, mapping: ColumnMapping, record: type[Record], rules: DateRules
) -> BuilderOptions:
    typed = {TYPE, "id"} <= {key for _, key in mapping.keys}
    exact = sheet.exact or sheet.slides or typed or is_own(record, sheet.headings)  # korea wrote the last two
    words = tuple(each.strip() for each in request.missing.split(",") if each.strip())
    return BuilderOptions(
        record, mapping.keys, rules, request.source, request.separator, sheet.slides, bool(request.skip_identical),
        bool(request.join_rows), words if exact or request.missing else None, mapping.books, request.title,
        bool(request.new_kinds), labelled_keys(request.columns), request.codes,
    )  # fmt: skip


def _last_year(loaded: LoadResult) -> int:
    """Return the last year that two digits can mean: that of the chronology's end, else this one."""
    as_of = loaded.draft.header.as_of
    day = as_of.latest if as_of else None
    return day.year if day else dt.date.today().year  # noqa: DTZ011 - the year where the user is
