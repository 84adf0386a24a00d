"""Run a command line; here is the only place that catches what goes wrong."""

from __future__ import annotations

import os

from korea_cli import __version__
from korea_cli.base.errors import BAD_DATA, INTERNAL, INTERRUPTED, OK, USAGE, ClosedPipeError, KoreaError
from korea_cli.base.streams import print_stderr, write_stdout

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Sequence

ASKED = "__complete"  # what a shell calls the program with, to be offered words
_RENAMED = {"--as-of": ("--today", "--as-of was renamed: use --today for the day that 'today' means in typed dates")}
_VERSION, _HELP = {"-V", "--version"}, {"-h", "--help"}


def main(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status."""
    given = list(arguments) or ["--help"]
    try:
        return _run(given)
    except ClosedPipeError as error:
        return error.status
    except KoreaError as error:
        print_stderr(*error.sentences, *_hints(given, str(error)))
        return error.status
    except KeyboardInterrupt as error:
        return int(getattr(error, "status", INTERRUPTED))
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user who did not ask for it
        return _tell_other(error, given)


def _run(given: list[str]) -> int:
    if given[0] == ASKED:
        from korea_cli.cli import completion  # noqa: PLC0415 - only for a shell, at a TAB

        completion.complete(given[1:])
        return OK
    if given[0] in _VERSION:  # answered before Typer is imported
        write_stdout([f"korea {__version__}\n"])
        return OK
    if given[0] in _HELP:
        from korea_cli.cli.host import Host  # noqa: PLC0415 - few runs print help

        write_stdout([Host().help_page(())])
        return OK
    from korea_cli.cli.program import run  # noqa: PLC0415 - most of the start-up

    return run(given[0], given[1:])


def _is_nowhere() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - pathlib takes longer to load than `--version` may
    except FileNotFoundError:
        return True
    return False


def _renamed(error: Exception) -> str:
    """Return what an unknown option is called now, if the command has it."""
    name, sentence = _RENAMED.get(getattr(error, "option_name", ""), ("", ""))
    context = getattr(error, "ctx", None)
    return sentence if context and any(name in each.opts for each in context.command.params) else ""


def _hints(given: list[str], message: str) -> tuple[str, ...]:
    from korea_cli.cli.program import hints_on  # noqa: PLC0415 - only when something is wrong

    return hints_on(given[0], given[1:], message)


def _tell_other(error: Exception, given: list[str]) -> int:
    """Tell of an error that is not ours: Typer's about a command line, or one that nobody foresaw."""
    if hasattr(error, "format_message"):  # the kind Typer raises and does not name in public
        what = _renamed(error) or error.format_message()
        print_stderr(f"{what[:1].lower()}{what[1:].rstrip('.')}. Try 'korea {given[0]} --help'.", *_hints(given, what))
        return USAGE
    if isinstance(error, FileNotFoundError) and _is_nowhere():
        print_stderr("the folder you are in no longer exists; change to another one")
        return BAD_DATA
    if "--debug" in given:
        from traceback import format_exc  # noqa: PLC0415 - only when asked for

        print_stderr(*format_exc().splitlines())
    print_stderr(
        f"internal error: {type(error).__name__}: {error}. Please report it, with what you typed; --debug shows more."
    )
    return INTERNAL
