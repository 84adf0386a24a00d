"""Write a report: in which format, to which file or stream, through a pager or not."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from korea_cli import formats
from korea_cli.base.errors import NO, OK, NotInListError, OutputError, UsageError
from korea_cli.base.hints import TYPE_CHECKING, Any, cast
from korea_cli.base.streams import is_open, print_stderr, write_stdout
from korea_cli.cli.options import COLORS
from korea_cli.cli.terminal import is_read, is_terminal, screen_of, size_of, width_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from korea_cli.cli.output_options import OutputOptions
    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

_DEFAULT_LINES = 24
_LIST_FIELDS = ("help",)
_STDOUT = (None, "-")
_IN_FULL = {"full", "citations"}  # layouts
_PLAIN = {"", "dumb"}  # terminals that can only print


def deliver(report: Report, options: OutputOptions, environment: Mapping[str, str]) -> int:
    """Write a report where and as the options say; return the exit status. Raises KoreaError."""
    target = None if options.output in _STDOUT else options.output
    if target and not options.force:
        _spare_data(target, report)
    name, notes = _format(options, report, target, environment), list[str]()
    settings = options.of_format | ({"oneline": True} if _is_oneline(options, report, name, environment) else {})
    form = formats.load(name)
    content = _noting(_text(form, report, options, _screen(options, target, environment), settings), notes)
    if target is None:
        _show(content, name, options, environment)
    elif getattr(form, "FOLDER", False) and not (options.count_only or options.keys == _LIST_FIELDS):
        _write_folder(content, target)
    else:
        from korea_cli.base.atomic_io import write_file  # noqa: PLC0415 - most answers go to standard output

        write_file(content, target)
    if options.keys == _LIST_FIELDS:
        return OK
    if not options.quiet:
        written = [] if target is None or options.count_only else [_written(form, report, target, notes)]
        drawn = target is None and is_read(sys.stdout, environment)
        possible = [report.unsure] if report.possible.number and not drawn else []
        print_stderr(*written, prefix="")
        print_stderr(*notes, *possible, *([] if report.matched else [report.nothing, *_formats_in(report.filters)]))
    return NO if options.exit_code and report.answers_no else report.status


def _formats_in(terms: Iterable[str]) -> list[str]:
    """Return how to choose the format that a term of a query may be meant for."""
    meant = [each for each in map(str.casefold, terms) if each in formats.names()]
    return [f"to choose a format, write '-f {each}'" for each in meant[:1]]


def _show(content: Iterable[str | bytes], form: str, options: OutputOptions, environment: Mapping[str, str]) -> None:
    """Write to standard output; a long table on a terminal goes through the pager."""
    if form.casefold() == "table" and _may_page(options, environment):
        from korea_cli.cli.pager import page, pager_in  # noqa: PLC0415 - not for a pipe

        if pager := pager_in(environment):
            lines = size_of(sys.stdout).lines or _DEFAULT_LINES
            text = cast("Iterable[str]", content)
            content, note = page(text, pager, lines, sys.stdout.encoding or "utf-8", environment)
            print_stderr(*([note] if note and not options.quiet else []))
    write_stdout(content)


def _may_page(options: OutputOptions, environment: Mapping[str, str]) -> bool:
    """Return whether it is written to a terminal that can do more than print."""
    if options.no_pager or options.count_only or environment.get("TERM", "") in _PLAIN:
        return False
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def _noting(content: Iterable[str | bytes], notes: list[str]) -> Iterator[str | bytes]:
    """Yield content piece by piece; at the end, add what its format returns to the notes."""
    notes += (
        yield from cast("Generator[str | bytes, None, Sequence[str] | None]", content)
    ) or ()  # a list returns None


def _text(
    form: formats.Format, report: Report, options: OutputOptions, screen: Screen, settings: Mapping[str, object]
) -> Iterable[str | bytes]:
    """Return what to write; every setting is read, so that a wrong one is reported even where it has no effect."""
    keys = options.keys
    if keys == _LIST_FIELDS:
        return [f"{key}\n" for key in report.keys]
    content = formats.render(form, report if keys is None else report.only(keys), screen, settings)
    if options.count_only:
        return [f"{report.listed}\n"]
    formats.require_few(form, report)
    if getattr(form, "FOLDER", False) and options.output in _STDOUT:
        raise UsageError(f"'-f {form.__name__.rpartition('.')[2]}' writes a folder: name it with -o FOLDER")
    if getattr(form, "BINARY", False) and options.output in _STDOUT and is_terminal(sys.stdout):
        raise UsageError(f"'-f {form.__name__.rpartition('.')[2]}' is not text: write it to a file with -o FILE")
    return content


def _format(options: OutputOptions, report: Report, target: str | None, environment: Mapping[str, str]) -> str:
    if options.chosen_format is not None:
        return options.chosen_format
    extension = os.path.splitext(target or "")[1].casefold()  # noqa: PTH122 - pathlib for one extension
    if report.form and not extension and not options.oneline:
        return report.form
    name = formats.for_extension(extension) if extension else "plain"
    drawn = options.oneline or (target is None and is_read(sys.stdout, environment))
    return "table" if name == "plain" and drawn else name


def _write_folder(content: Iterable[Any], target: str) -> None:
    from korea_cli.base.atomic_io import write_folder  # noqa: PLC0415 - few answers are folders
    from korea_cli.store.parquet import is_export  # noqa: PLC0415 - as above

    write_folder(content, target, is_export)


def _is_oneline(options: OutputOptions, report: Report, name: str, environment: Mapping[str, str]) -> bool:
    """Return whether records are listed one per line: as the option says, else in a table as $KOREA_ONELINE does.

    The variable is for listings; `show` and `cite` print in full.
    """
    if options.oneline is not None:
        return options.oneline
    is_listing = name.casefold() == "table" and report.sections[0].layout not in _IN_FULL
    return is_listing and environment.get("KOREA_ONELINE", "") not in {"", "0"}


def _written(form: formats.Format, report: Report, target: str, notes: Sequence[str]) -> str:
    """Return what was written where; a format with notes left something out."""
    contents = getattr(form, "GIVES", "")
    if notes and not contents:
        return f"Wrote {target} from {report.counted}"
    return f"Wrote {f'{contents} ' if contents else ''}{report.counted} to {target}"


def _screen(options: OutputOptions, target: str | None, environment: Mapping[str, str]) -> Screen:
    """Return what the target can show; a file is 80 columns of plain UTF-8."""
    color = options.color.casefold()
    if color not in COLORS:
        raise NotInListError("colour setting", options.color, COLORS)
    stream = None if target else sys.stdout
    return screen_of(stream, color, environment)._replace(
        endless=not (width_of(stream, environment) or is_terminal(stream)),
        file=target is not None and not is_open(target) and (os.path.isfile(target) or not os.path.exists(target)),  # noqa: PTH110, PTH113 - pathlib loads slowly
    )


def _spare_data(target: str, report: Report) -> None:
    """Refuse to overwrite a file that the answer came from, or another chronology."""
    for document in report.documents:
        with suppress(OSError, ValueError):
            if document.path is not None and os.path.samefile(document.path, target):  # noqa: PTH121 - of any file
                raise OutputError(target, "it is the data file; use --force to overwrite it")
    if os.path.isfile(target):  # noqa: PTH113 - of any file
        from korea_cli.editing.files import require_no_chronology  # noqa: PLC0415 - few answers replace a file

        require_no_chronology(target)
