"""The Typer program: built from the listing of commands, with those that a command line needs."""

from __future__ import annotations

import os
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING

import typer
from typer.main import get_command

from korea_cli import commands
from korea_cli.base.errors import OK, NotInListError, StoppedError, UsageError
from korea_cli.base.streams import write_stdout
from korea_cli.cli.command_binding import bind, options_of, takes_query, takes_terms
from korea_cli.cli.options import general
from korea_cli.cli.output import deliver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.cli.options import OutputOptions
    from korea_cli.editing.outcome import Outcome
    from korea_cli.report.report import Report

_RULE = (
    "A QUERY is made of words and field:value terms, as in 'thaad by:putin'. Several values of one field are"
    " alternatives, different fields must all hold, several words must all be found; not: in front of a term excludes."
    " actor:russia also finds its people and ministries, actor:=russia the state alone."
)
_HELP = {"-h", "--help"}


def run(given: list[str]) -> int:
    """Run a command line of at least one word; give its exit status."""
    if given[0].startswith("-") and given[0] not in _HELP:
        raise UsageError(f"'{given[0]}' comes before the command; options follow it, as in 'korea timeline {given[0]}'")
    known = commands.names()
    named = None if given[0].startswith("-") else given[0]
    if named is not None and named not in known:
        raise NotInListError("command", named, known)
    program = _with_command(named, given) if named else _with_names_of(known)
    with redirect_stdout(StringIO()) as said:  # what Typer prints goes out by the one door, as all else does
        made = program(given, prog_name="korea", standalone_mode=False)
    if callable(made):
        _heed_signals()
        return int(made())
    write_stdout([said.getvalue()])
    return made if isinstance(made, int) else OK


def _stop(number: int, _: object) -> None:
    raise StoppedError(number)


def _heed_signals() -> None:
    """Have the signals that would end the program at once clean up drafts and locks first, unless they are ignored."""
    import signal  # noqa: PLC0415 - not for `--version`

    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        number = getattr(signal, name, None)  # Windows lacks some
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _refuse_minus(words: list[str]) -> None:
    """Refuse `-word` and `-field:value`, which would be read as options: elsewhere they exclude what matches."""
    if any(word.startswith("-") and (":" in word or word.startswith(("-o", "-h"))) for word in words):
        from korea_cli.query.filters import FILTERS  # noqa: PLC0415 - only when something looks wrong
        from korea_cli.query.hints import refuse_misread  # noqa: PLC0415 - as above

        refuse_misread(words, FILTERS)


def hints_on(given: Sequence[str], message: str) -> tuple[str, ...]:
    """Return what to type instead of a word of a query, where a message is about that."""
    if given[0] not in commands.names() or not takes_query(command := commands.load(given[0]).answer):
        return ()
    from korea_cli.query.hints import instead  # noqa: PLC0415 - only when something is wrong

    hint = instead(given[1:], message, options_of(command), terms=takes_terms(command))
    return (hint,) if hint and hint not in message else ()


def _empty() -> typer.Typer:
    """Build the program without any command."""
    app = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )  # fmt: skip
    app.callback()(general)
    return app


def _with_command(name: str, given: list[str]) -> Callable[..., object]:
    """Build the program with the one command that was named; the others would take as long again."""
    app, command = _empty(), commands.load(name, given[1:])
    if takes_query(command.answer):
        _refuse_minus(given[1:])
    epilog = None if _HELP.isdisjoint(given) else _epilog(command)
    app.command(name, epilog=epilog)(bind(command.answer, partial(_deliver, command=name), given))
    return get_command(app)


def _with_names_of(names: tuple[str, ...]) -> Callable[..., object]:
    """Build the program with the names of all commands, for its help: none of them can be run."""
    app = _empty()
    for name in names:
        short = (commands.load(name).answer.__doc__ or "").partition("\n")[0]  # whole: what Typer makes of it is cut
        app.command(name, short_help=short)(lambda: None)
    return get_command(app)


def _deliver(answer: Report | Outcome | str, wanted: OutputOptions, command: str) -> int:
    if isinstance(answer, str):
        write_stdout([answer])
        return OK
    from korea_cli.report.report import Report  # noqa: PLC0415 - the answer has loaded it

    if not isinstance(answer, Report):
        from korea_cli.cli.outcome import report_done  # noqa: PLC0415 - only for commands that write

        return report_done(answer, wanted, command)
    return deliver(answer, wanted, os.environ)


def _epilog(command: commands.Command) -> str:
    """Give what stands below a command's help: the rule of queries where it takes one, and examples that run."""
    parts = [_block("Examples:", *command.examples)]
    if takes_query(command.answer):
        from korea_cli.query.filters import FILTERS  # noqa: PLC0415 - only help needs them

        fields = {name: each.help for name, each in FILTERS.items() if not set(each.types).isdisjoint(command.types)}
        parts[:0] = [_RULE, _block("Fields:", *(f"{name + ':':9}{help_}" for name, help_ in fields.items()))]
    return "\n\n".join(parts)


def _block(title: str, *lines: str) -> str:
    """Set lines apart under a title; the mark keeps Typer from running them together."""
    return "\n".join(("\b", title, *(f"  {line}" for line in lines)))
