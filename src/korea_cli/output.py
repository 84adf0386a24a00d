"""The one place that writes: which format, to which file or stream, how wide and in colour or not."""

from __future__ import annotations

import os
import stat
import sys
from codecs import getincrementalencoder
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

COLORS = ("auto", "always", "never")
_BLOCK = 1 << 16  # pieces of text are gathered to this size before they are written
_NARROWEST = 20
_DIGITS = 4  # of $COLUMNS; nobody's screen is wider
_LAST_LETTER = "\U0010fffd"  # only an encoding that has all of Unicode has this
_FIELDS_HELP = ("help",)


def deliver(report: Report, wanted: Wanted, environment: Mapping[str, str]) -> int:
    """Write a report where and as wanted; give the exit status. Raises KoreaError."""
    target = None if wanted.output in (None, "-") else wanted.output
    if target and not wanted.force:
        _spare_data(target, report)
    _write(_content(report, wanted, target, environment), target)
    if wanted.fields == _FIELDS_HELP:
        return OK
    if not wanted.quiet:
        _tell_outcome(report, None if wanted.count_only else target)
    return NO if wanted.exit_code and not report.matched else report.status


def write_text(text: str) -> None:
    """Write a text to standard output as it is; raises KoreaError when that fails."""
    _write_stdout([text])


def tell(message: str) -> None:
    """Write a message to stderr, each line as `korea: …`; that it cannot be written changes nothing."""
    from korea_cli.safety import clean  # noqa: PLC0415 - most runs have nothing to tell

    if sys.stderr is None:
        return
    text = "".join(f"korea: {line}\n" for line in clean(message).splitlines())
    encoding = sys.stderr.encoding or "utf-8"
    try:
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        _abandon(sys.stderr)


def _content(report: Report, wanted: Wanted, target: str | None, environment: Mapping[str, str]) -> Iterable[str]:
    """Give what is to be written; every setting is read, so that a wrong one is told even where it is not needed."""
    form = formats.load(_format(wanted, target))
    screen = _screen(wanted.color, target, environment)
    if wanted.fields == _FIELDS_HELP:
        return [f"{key}\n" for key in report.keys]
    if wanted.fields is not None:
        report = report.only(wanted.fields)
    return [f"{report.listed}\n"] if wanted.count_only else form.render(report, screen)


def _format(wanted: Wanted, target: str | None) -> str:
    if wanted.format is not None:
        return wanted.format
    if target is None:
        return "table" if sys.stdout is not None and sys.stdout.isatty() else "plain"
    return formats.for_file(target) or "plain"


def _tell_outcome(report: Report, target: str | None) -> None:
    if target:
        tell(f"wrote {report.counted} to {target}")
    if not report.matched:
        tell(report.nothing)


# ---------------------------------------------------------------- the screen


def _screen(color: str, target: str | None, environment: Mapping[str, str]) -> Screen:
    """Read what the place written to can do; a file is 80 columns of plain UTF-8."""
    if color.casefold() not in COLORS:
        raise NotInListError("colour setting", color, COLORS)
    stream = None if target else sys.stdout
    return Screen(
        width=_width(stream, environment),
        color=_colored(color.casefold(), stream, environment),
        unicode=_writes_unicode(stream),
    )


def _width(stream: TextIO | None, environment: Mapping[str, str]) -> int:
    set_ = environment.get("COLUMNS", "")
    if set_.isascii() and set_.isdigit() and len(set_) <= _DIGITS and int(set_) > 0:
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
    if any(environment.get(name, "") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return stream is not None and stream.isatty()


def _writes_unicode(stream: TextIO | None) -> bool:
    try:
        _LAST_LETTER.encode(getattr(stream, "encoding", None) or "utf-8")
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
    encode = getincrementalencoder(encoding)("replace").encode
    waiting: list[str] = []
    size = 0
    for piece in text:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield encode("".join(waiting))
            waiting, size = [], 0
    yield encode("".join(waiting), final=True)


def _write_stdout(text: Iterable[str]) -> None:
    if sys.stdout is None:
        raise OutputError("standard output", "it is closed")
    try:
        for block in _blocks(text, sys.stdout.encoding or "utf-8"):
            sys.stdout.buffer.write(block)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon(sys.stdout)
        raise ClosedPipeError from None
    except OSError as error:
        _abandon(sys.stdout)
        raise OutputError("standard output", _reason(error)) from error
    except KeyboardInterrupt:
        _abandon(sys.stdout)
        raise


def _abandon(stream: TextIO) -> None:
    """Send what is left in a stream's buffers nowhere, so that nothing comes of it when Python ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _write_file(text: Iterable[str], target: str) -> None:
    """Write a file whole or not at all; devices and pipes are written as they are."""
    try:
        mode = _mode_of(target)
        if mode is None or stat.S_ISREG(mode):
            _replace_file(text, Path(target).resolve(), mode)
        else:
            with Path(target).open("wb") as stream:
                stream.writelines(_blocks(text, "utf-8"))
    except BrokenPipeError:
        raise ClosedPipeError from None
    except OSError as error:
        raise OutputError(target, _reason(error)) from error


def _mode_of(target: str) -> int | None:
    """Give type and mode of what a name stands for; None when there is nothing yet."""
    try:
        return Path(target).stat().st_mode
    except FileNotFoundError:
        return None
    except ValueError as error:  # a name with a NUL in it
        raise OutputError(target, "this is not a file name") from error


def _replace_file(text: Iterable[str], path: Path, mode: int | None) -> None:
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 - only `-o` pays for it

    if mode is not None and not os.access(path, os.W_OK):  # replacing it would need no permission of its own
        raise PermissionError
    with NamedTemporaryFile(dir=path.parent, prefix=".korea-", delete=False) as stream:
        draft = Path(stream.name)
        try:
            stream.writelines(_blocks(text, "utf-8"))
            stream.flush()
            draft.chmod(_usual_mode() if mode is None else stat.S_IMODE(mode))
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
            if document.path is not None and os.path.samefile(document.path, target):  # noqa: PTH121 - of any file
                raise OutputError(target, "it is the data file; --force writes over it")
