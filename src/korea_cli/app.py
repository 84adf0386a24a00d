"""The command line: built from the listing of commands; here is the only place that catches what goes wrong."""

from __future__ import annotations

import os
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from korea_cli import __version__, commands, completion
from korea_cli.errors import INTERNAL, INTERRUPTED, OK, USAGE, ClosedPipeError, KoreaError, NotInListError, UsageError
from korea_cli.output import deliver, tell, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.options import Wanted
    from korea_cli.reports import Report

_RULE = (
    "A QUERY is made of words and field:value terms, as in 'thaad by:putin'. Several values of one field are"
    " alternatives, different fields must all hold, several words must all be found; not: in front of a term excludes."
    " actor:russia also finds its people and ministries, actor:=russia the state alone."
)
_HELP, _VERSION = {"-h", "--help"}, {"-V", "--version"}


def main(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status."""
    given = list(arguments) or ["--help"]
    try:
        return _run(given)
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
    if given[0] == completion.ASKED:  # by a shell, at a TAB
        completion.complete(given[1:])
        return OK
    if given[0] in _VERSION:  # answered before Typer is imported
        write_text(f"korea {__version__}\n")
        return OK
    if given[0].startswith("-") and given[0] not in _HELP:
        raise UsageError(f"'{given[0]}' comes before the command; options follow it, as in 'korea timeline {given[0]}'")
    known = commands.names()
    named = None if given[0].startswith("-") else given[0]
    if named is not None and named not in known:
        raise NotInListError("command", named, known)
    program = _program([named] if named else list(known), given)
    with redirect_stdout(StringIO()) as said:  # what Typer prints goes out by the one door, as all else does
        made = program(given, prog_name="korea", standalone_mode=False)
    if callable(made):
        return int(made())
    write_text(said.getvalue())
    return made if isinstance(made, int) else OK


def _program(names: list[str], given: list[str]) -> Callable[..., object]:
    """Build the program with the commands that are needed: the one that was named, or all of them for the help."""
    import typer  # noqa: PLC0415 - most of the start-up; `--version` does without
    from typer.main import get_command  # noqa: PLC0415

    from korea_cli.options import bind, general  # noqa: PLC0415

    app = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )  # fmt: skip
    app.callback()(general)
    helping = not _HELP.isdisjoint(given)
    for name in names:
        command = commands.load(name)
        short = (command.answer.__doc__ or "").partition("\n")[0]  # whole: what Typer makes of it is cut
        app.command(name, short_help=short, epilog=_epilog(command) if helping else None)(
            bind(command.answer, _deliver, given)
        )
    return get_command(app)


def _deliver(answer: Report | str, wanted: Wanted) -> int:
    if isinstance(answer, str):
        write_text(answer)
        return OK
    return deliver(answer, wanted, os.environ)


def _epilog(command: commands.Command) -> str:
    """Give what stands below a command's help: the rule of queries where it takes one, and examples that run."""
    from korea_cli.options import takes_query  # noqa: PLC0415 - only help needs it

    parts = [_block("Examples:", *command.examples)]
    if takes_query(command.answer):
        from korea_cli.filters import FILTERS  # noqa: PLC0415 - as above

        parts[:0] = [_RULE, _block("Fields:", *(f"{name + ':':9}{each.help}" for name, each in FILTERS.items()))]
    return "\n\n".join(parts)


def _block(title: str, *lines: str) -> str:
    """Set lines apart under a title; the mark keeps Typer from running them together."""
    return "\n".join(("\b", title, *(f"  {line}" for line in lines)))


def _tell_other(error: Exception, given: list[str]) -> int:
    """Tell of an error that is not ours: Typer's about a command line, or one that nobody foresaw."""
    if hasattr(error, "format_message"):  # the kind Typer raises and does not name in public
        what = error.format_message()
        tell(f"{what[:1].lower()}{what[1:].rstrip('.')}. Try 'korea {given[0]} --help'.")
        return USAGE
    if "--debug" in given:
        from traceback import format_exc  # noqa: PLC0415 - only when asked for

        tell(format_exc())
    tell(f"internal error: {type(error).__name__}: {error}. Please report it, with what you typed; --debug shows more.")
    return INTERNAL
