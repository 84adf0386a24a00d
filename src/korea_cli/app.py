"""The command line: built from the listing of commands; here is the only place that catches what goes wrong."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from korea_cli import commands
from korea_cli.errors import INTERNAL, INTERRUPTED, OK, USAGE, ClosedPipeError, KoreaError, NotInListError, UsageError
from korea_cli.output import deliver, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.options import Wanted
    from korea_cli.reports import Report

_GENERAL = ("-h", "--help", "-V", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given or ["--help"])
    except ClosedPipeError as error:
        return error.status
    except KoreaError as error:
        tell(str(error))
        return error.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user who did not ask for it
        return _tell_other(error, given)


def _run(given: list[str]) -> int:
    if given[0].startswith("-") and given[0] not in _GENERAL:
        raise UsageError(f"'{given[0]}' comes before the command; options follow it, as in 'korea timeline {given[0]}'")
    known = commands.names()
    named = None if given[0].startswith("-") else given[0]
    if named is not None and named not in known:
        raise NotInListError("command", named, known)
    helping = not {"-h", "--help"}.isdisjoint(given)
    program = _program([named] if named else list(known), helping=helping)
    status = program(given, prog_name="korea", standalone_mode=False)
    return status if isinstance(status, int) else OK


def _program(names: list[str], *, helping: bool) -> Callable[..., object]:
    """Build the program with the commands that are needed: the one that was named, or all of them for the help."""
    import typer  # noqa: PLC0415 - most of the start-up; `--version` does without
    from typer.main import get_command  # noqa: PLC0415

    from korea_cli.options import bind, general  # noqa: PLC0415

    app = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )  # fmt: skip
    app.callback()(general)
    for name in names:
        command = commands.load(name)
        app.command(name, epilog=_epilog(command) if helping else None)(bind(command.answer, _deliver))
    return get_command(app)


def _deliver(report: Report, wanted: Wanted) -> int:
    return deliver(report, wanted, os.environ)


def _epilog(command: commands.Command) -> str:
    """Give what stands below a command's help: examples that run."""
    return "\n\n".join(("Examples:", "\b\n" + "\n".join(f"  {example}" for example in command.examples)))


def _tell_other(error: Exception, given: list[str]) -> int:
    """Tell of an error that is not ours: Typer's about a command line, or one that nobody foresaw."""
    if hasattr(error, "format_message"):  # the kind Typer raises and does not name in public
        what = error.format_message()
        tell(f"{what[:1].lower()}{what[1:]} Try 'korea {given[0]} --help'.")
        return USAGE
    if "--debug" in given:
        from traceback import print_exc  # noqa: PLC0415

        print_exc()
    tell(f"internal error: {type(error).__name__}: {error}. Please report it, with what you typed; --debug shows more.")
    return INTERNAL
