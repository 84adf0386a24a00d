"""Say how an answer is put out: in which format, to which file or stream, how wide, in colour or not."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO, cast

from korea_cli import formats
from korea_cli.base.atomic_io import write_file
from korea_cli.base.errors import NO, OK, NotInListError, OutputError
from korea_cli.base.streams import is_open, print_stderr, write_stdout
from korea_cli.cli.options import COLORS
from korea_cli.report.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from korea_cli.cli.options import OutputOptions
    from korea_cli.report.report import Report

_NARROWEST = 20
_DIGITS = 4  # of $COLUMNS; nobody's screen is wider
_LAST_LETTER = "\U0010fffd"  # only an encoding that has all of Unicode has this
_FIELDS_HELP = ("help",)
_USUAL_WIDTH, _USUAL_LINES = 80, 24
_LINKING = {  # terminals that open links: as $TERM_PROGRAM, $TERM or by a variable that they set
    "iTerm.app", "WezTerm", "vscode", "ghostty", "kitty", "foot", "alacritty", "VTE_VERSION", "KONSOLE_VERSION",
    "WT_SESSION",
}  # fmt: skip
_PLAIN = {"", "dumb"}  # terminals that can only print


def deliver(report: Report, wanted: OutputOptions, environment: Mapping[str, str]) -> int:
    """Write a report where and as wanted; give the exit status. Raises KoreaError."""
    target = None if wanted.output in (None, "-") else wanted.output
    if target and not wanted.force:
        _spare_data(target, report)
    name = _format(wanted, target)
    if _is_oneline(wanted, name, environment):
        wanted = wanted._replace(oneline=True, options=(*wanted.options, ("oneline", True)))
    form = formats.load(name)
    content = _Noting(_content(form, report, wanted, _screen(wanted, target, environment)))
    if target is None:
        _show(content, wanted, environment)
    else:
        write_file(content, target)
    if wanted.fields == _FIELDS_HELP:
        return OK
    if not wanted.quiet:
        written = [] if target is None or wanted.count_only else [_written(form, report, target, content.notes)]
        unsure = [report.unsure] if report.possible.number and (target or not _at_terminal(sys.stdout)) else []
        print_stderr(*written, *content.notes, *unsure, *([] if report.matched else [report.nothing]))
    return NO if wanted.exit_code and report.answers_no else report.status


def _show(content: Iterable[str], wanted: OutputOptions, environment: Mapping[str, str]) -> None:
    """Write to standard output; a long table on a terminal goes through the pager."""
    if _may_page(wanted, environment):
        from korea_cli.cli.pager import page, pager_in  # noqa: PLC0415 - a pipe has no use for it

        pager = pager_in(environment)
        if pager:
            lines = _size(sys.stdout).lines or _USUAL_LINES
            content, note = page(content, pager, lines, sys.stdout.encoding or "utf-8", environment)
            print_stderr(*([note] if note and not wanted.quiet else []))
    write_stdout(content)


def _may_page(wanted: OutputOptions, environment: Mapping[str, str]) -> bool:
    """Say whether a table is drawn for somebody at a terminal that can do more than print."""
    if not wanted.pager or wanted.count_only or environment.get("TERM", "") in _PLAIN:
        return False
    return _at_terminal(sys.stdin) and _at_terminal(sys.stdout) and _format(wanted, None).casefold() == "table"


def _at_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


class _Noting:
    """Text piece by piece; `notes` is what its format has to say when it has given all of it."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = cast("Generator[str, None, Sequence[str] | None]", text)  # what is no generator returns None
        self.notes: Sequence[str] = ()

    def __iter__(self) -> Iterator[str]:
        self.notes = (yield from self._text) or ()


def _content(form: formats.Format, report: Report, wanted: OutputOptions, screen: Screen) -> Iterable[str]:
    """Give what is to be written; every setting is read, so that a wrong one is told even where it is not needed."""
    if wanted.fields == _FIELDS_HELP:
        return [f"{key}\n" for key in report.keys]
    if wanted.fields is not None:
        report = report.only(wanted.fields)
    text = formats.render(form, report, screen, dict(wanted.options))
    return [f"{report.listed}\n"] if wanted.count_only else text


def _format(wanted: OutputOptions, target: str | None) -> str:
    if wanted.format is not None:
        return wanted.format
    ending = os.path.splitext(target or "")[1].casefold()  # noqa: PTH122 - pathlib for one ending
    name = formats.for_extension(ending) if ending else "plain"
    drawn = wanted.oneline or (target is None and _at_terminal(sys.stdout))
    return "table" if name == "plain" and drawn else name


def _is_oneline(wanted: OutputOptions, name: str, environment: Mapping[str, str]) -> bool:
    """Return whether records are listed one per line: as the option says, else in a table as $KOREA_ONELINE does."""
    if wanted.oneline is not None:
        return wanted.oneline
    return name.casefold() == "table" and environment.get("KOREA_ONELINE", "") not in {"", "0"}


def _written(form: formats.Format, report: Report, target: str, notes: Sequence[str]) -> str:
    """Say what was written where; what the format left out was not."""
    whole = getattr(form, "GIVES", "")
    if notes and not whole:
        return f"wrote {target} from {report.counted}"
    return f"wrote {f'{whole} ' if whole else ''}{report.counted} to {target}"


def _screen(wanted: OutputOptions, target: str | None, environment: Mapping[str, str]) -> Screen:
    """Read what the place written to can do; a file is 80 columns of plain UTF-8."""
    color = wanted.color.casefold()
    if color not in COLORS:
        raise NotInListError("colour setting", wanted.color, COLORS)
    stream = None if target else sys.stdout
    width = _width(stream, environment)
    return Screen(
        width=max(_NARROWEST, width or _USUAL_WIDTH),
        endless=not (width or _at_terminal(stream)),
        color=_colored(color, stream, environment),
        palette="256color" in environment.get("TERM", "") or environment.get("COLORTERM") in {"truecolor", "24bit"},
        links=_opens_links(environment),
        unicode=_writes_unicode(stream),
        file=target is not None and not is_open(target) and (os.path.isfile(target) or not os.path.exists(target)),  # noqa: PTH110, PTH113 - pathlib loads slowly
    )


def _width(stream: TextIO | None, environment: Mapping[str, str]) -> int:
    """Return how many columns are set, or those of a terminal; 0 where neither is known."""
    set_ = environment.get("COLUMNS", "")
    if set_.isascii() and set_.isdigit() and len(set_) <= _DIGITS and int(set_) > 0:
        return int(set_)
    return _size(stream).columns


def _size(stream: TextIO | None) -> os.terminal_size:
    """Ask a terminal for its columns and lines; 0 where it does not know, or is none."""
    if stream is not None:
        with suppress(OSError, ValueError, AttributeError):
            return os.get_terminal_size(stream.fileno())
    return os.terminal_size((0, 0))


def _colored(setting: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    if setting != "auto":
        return setting == "always"
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return _at_terminal(stream)


def _opens_links(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal is known to open links, so that the host can replace an address."""
    if "FORCE_HYPERLINK" in environment:
        return environment["FORCE_HYPERLINK"] not in {"", "0"}
    term = environment.get("TERM", "")
    if term.startswith(("screen", "tmux")) or "TMUX" in environment:
        return False
    known = environment.get("TERM_PROGRAM") in _LINKING or not _LINKING.isdisjoint(environment)
    return known or term.removeprefix("xterm-") in _LINKING


def _writes_unicode(stream: TextIO | None) -> bool:
    try:
        _LAST_LETTER.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _spare_data(target: str, report: Report) -> None:
    """Refuse to write over a file that the answer came from, or that is another chronology."""
    for document in report.documents:
        with suppress(OSError, ValueError):
            if document.path is not None and os.path.samefile(document.path, target):  # noqa: PTH121 - of any file
                raise OutputError(target, "it is the data file; --force writes over it")
    if os.path.isfile(target):  # noqa: PTH113 - of any file
        from korea_cli.editing.files import require_no_chronology  # noqa: PLC0415 - few answers replace a file

        require_no_chronology(target)
