"""The one place that writes: which format, to which file or stream, how wide and in colour or not."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from korea_cli import formats
from korea_cli.errors import NO, OK, ClosedPipeError, NotInListError, OutputError
from korea_cli.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.options import Wanted
    from korea_cli.reports import Report

_COLORS = ("auto", "always", "never")
_BLOCK = 1 << 16  # pieces of text are gathered to this size before they are written
_NARROWEST = 20
_PROBE = "●○◆→│한"  # what `table` draws with, and a letter of the record


def deliver(report: Report, wanted: Wanted, environment: Mapping[str, str]) -> int:
    """Write a report where and as wanted; give the exit status. Raises KoreaError."""
    target = None if wanted.output in (None, "-") else wanted.output
    if wanted.fields == ("help",):
        _write("".join(f"{key}\n" for key in report.keys), target)
        return OK
    if wanted.fields is not None:
        report = report.only(wanted.fields)
    if target and not wanted.force:
        _spare_data(target, report)
    if wanted.count:
        _write(f"{report.count}\n", target)
    else:
        form = formats.load(_format(wanted, target))
        _write(form.render(report, _screen(wanted.color, target, environment)), target)
    _tell_outcome(report, wanted, target)
    return NO if wanted.exit_code and not report.count else report.status


def write_text(text: str) -> int:
    """Write a text to standard output as it is; give the exit status."""
    _write_stdout(text)
    return OK


def tell(message: str) -> None:
    """Write a message to stderr, each line as `korea: …`; that it cannot be written changes nothing."""
    from korea_cli.safety import clean  # noqa: PLC0415 - most runs have nothing to tell

    with suppress(OSError, ValueError, AttributeError):
        text = "".join(f"korea: {line}\n" for line in clean(message).splitlines())
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()


def _format(wanted: Wanted, target: str | None) -> str:
    if wanted.format is not None:
        return wanted.format
    if target is None:
        return "table" if sys.stdout is not None and sys.stdout.isatty() else "plain"
    return formats.for_file(target) or "plain"


def _tell_outcome(report: Report, wanted: Wanted, target: str | None) -> None:
    if wanted.quiet:
        return
    if target:
        tell(f"wrote {report.counted} to {target}")
    if not report.matched:
        tell(report.nothing)


# ---------------------------------------------------------------- the screen


def _screen(color: str, target: str | None, environment: Mapping[str, str]) -> Screen:
    """Read what the place written to can do; a file is 80 columns of plain UTF-8."""
    if color.casefold() not in _COLORS:
        raise NotInListError("colour setting", color, _COLORS)
    stream = None if target else sys.stdout
    return Screen(
        width=_width(stream, environment),
        color=_colored(color.casefold(), stream, environment),
        unicode=_writes_unicode(stream),
    )


def _width(stream: TextIO | None, environment: Mapping[str, str]) -> int:
    set_ = environment.get("COLUMNS", "")
    if set_.isascii() and set_.isdigit() and int(set_) > 0:
        return max(_NARROWEST, int(set_))
    if stream is not None:
        with suppress(OSError, ValueError, AttributeError):
            return max(_NARROWEST, os.get_terminal_size(stream.fileno()).columns or 80)
    return 80


def _colored(setting: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    if setting != "auto":
        return setting == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") != "0" or environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return stream is not None and stream.isatty()


def _writes_unicode(stream: TextIO | None) -> bool:
    try:
        _PROBE.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


# ---------------------------------------------------------------- writing


def _write(text: Iterable[str], target: str | None) -> None:
    if target is None:
        _write_stdout(text)
    else:
        _write_file(text, target)


def _blocks(text: Iterable[str], encoding: str) -> Iterator[bytes]:
    """Encode pieces of text, gathered into blocks; what an encoding lacks becomes `?`."""
    waiting: list[str] = []
    size = 0
    for piece in text:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(waiting).encode(encoding, "replace")
            waiting, size = [], 0
    yield "".join(waiting).encode(encoding, "replace")


def _write_stdout(text: Iterable[str]) -> None:
    if sys.stdout is None:
        raise OutputError("standard output", "it is closed")
    try:
        for block in _blocks(text, sys.stdout.encoding or "utf-8"):
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
        raise ClosedPipeError from None
    except OSError as error:
        _abandon_stdout()
        raise OutputError("standard output", _reason(error)) from error


def _abandon_stdout() -> None:
    """Send what is left in the buffers nowhere, so that nothing is said of it when Python ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _write_file(text: Iterable[str], target: str) -> None:
    """Write a file whole or not at all; devices and pipes are written as they are."""
    try:
        path = Path(target).resolve()
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(_blocks(text, "utf-8"))
        else:
            _replace_file(text, path)
    except OSError as error:
        raise OutputError(target, _reason(error)) from error
    except ValueError as error:  # a name with a NUL in it
        raise OutputError(target, "this is not a file name") from error


def _replace_file(text: Iterable[str], path: Path) -> None:
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 - only `-o` pays for it

    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        draft = Path(stream.name)
        try:
            stream.writelines(_blocks(text, "utf-8"))
            stream.flush()
            draft.chmod(_usual_mode() if mode is None else mode)
            os.fsync(stream.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _usual_mode() -> int:
    """Give the mode of a new file: a temporary one is made private."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder"
    if isinstance(error, PermissionError):
        return "no permission to write it"
    return (error.strerror or str(error)).lower()


def _spare_data(target: str, report: Report) -> None:
    """Refuse to write over a file that the answer came from."""
    for document in report.documents:
        with suppress(OSError, ValueError):
            if document.path and Path(target).resolve() == document.path.resolve():
                raise OutputError(target, "it is the data file; --force writes over it")
