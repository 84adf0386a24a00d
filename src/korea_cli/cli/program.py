"""Run a command line: find the command, read its options, have it answer, deliver the answer."""

from __future__ import annotations

import os

from korea_cli import commands
from korea_cli.base.errors import OK, StoppedError, UsageError
from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.streams import write_stdout
from korea_cli.cli.command_binding import bind
from korea_cli.cli.output_options import OutputOptions
from korea_cli.cli.well_formed import read_well_formed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.cli.command_binding import Binding
    from korea_cli.cli.output_options import OutcomeOptions


def run(name: str, words: Sequence[str]) -> int:
    """Run a command with the words typed after its name; return the exit status."""
    if name.startswith("-"):
        raise UsageError(f"'{name}' comes before the command; options follow it, as in 'korea timeline {name}'")
    if name not in commands.names():
        raise commands.unknown("command", name, commands.names())
    command = commands.load(name, words)
    binding = bind(command)
    if "selection" in binding.shared:
        _refuse_minus(words)
    values = read_well_formed(binding.parameters, words) or _read_or_help(binding, words)
    if values is None:
        return OK
    _heed_signals()
    answer, output = binding.answer(values, words, {"help_page": _help_page, "json_schema": _json_schema})
    return _deliver(answer, output, name, binding.arguments(values))


def _read_or_help(binding: Binding, words: Sequence[str]) -> Mapping[str, Any] | None:
    """Print the help of a command if the line asks for it, and return None; else read the line with Typer."""
    from korea_cli.cli.scanning import asks_for_help  # noqa: PLC0415 - few lines need more than the usual

    if asks_for_help(words, binding.parameters):
        from korea_cli.cli.help import command_page  # noqa: PLC0415 - as above

        write_stdout([command_page(binding.command)])
        return None
    from korea_cli.cli.parsing import parser_for  # noqa: PLC0415 - loads Typer

    return parser_for(binding.command.name, binding.parameters)(words)


def _deliver(
    answer: Any,  # noqa: ANN401 - a Report, an Outcome or a text, as the command says
    output: OutputOptions | OutcomeOptions | None,
    command: str,
    arguments: dict[str, Any],
) -> int:
    if output is None or isinstance(answer, str):
        write_stdout([answer])
        return OK
    if isinstance(output, OutputOptions):
        from korea_cli.cli.output import deliver  # noqa: PLC0415 - only for reports

        return deliver(answer._replace(arguments=arguments), output, os.environ)
    from korea_cli.cli.outcome import report_outcome  # noqa: PLC0415 - only for commands that write

    return report_outcome(answer, output, command)


def _help_page(words: Sequence[str]) -> str:
    from korea_cli.cli import topics  # noqa: PLC0415 - few runs print help

    return topics.help_page(words)


def _json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of the data file (`data`) or of the JSON output (`output`)."""
    from korea_cli.cli.schemas.data import data_schema  # noqa: PLC0415 - one command needs it
    from korea_cli.cli.schemas.output import output_schema  # noqa: PLC0415 - as above

    return output_schema() if name == "output" else data_schema()


def _stop(number: int, _: object) -> None:
    raise StoppedError(number)


def _heed_signals() -> None:
    """Clean up drafts and locks before a signal ends the program; ignored signals stay ignored."""
    import signal  # noqa: PLC0415 - not for help

    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        number = getattr(signal, name, None)  # Windows lacks some
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _refuse_minus(words: Sequence[str]) -> None:
    """Refuse `-word` and `-field:value`, which would be read as options: in other programs they exclude matches."""
    if any(word.startswith("-") and (":" in word or word.startswith(("-o", "-h"))) for word in words):
        from korea_cli.query.fields import all_filters  # noqa: PLC0415 - only when something looks wrong
        from korea_cli.query.hints import refuse_misread  # noqa: PLC0415 - as above

        refuse_misread(words, all_filters())


def hints_on(name: str, words: Sequence[str], message: str) -> tuple[str, ...]:
    """Return what to type instead of a word of a query, where a message is about that."""
    if name not in commands.names() or "selection" not in (binding := bind(commands.load(name))).shared:
        return ()
    from korea_cli.query.hints import correction_for  # noqa: PLC0415 - only when something is wrong

    spellings = {each for parameter in binding.parameters for each in parameter.spellings if each.startswith("--")}
    hint = correction_for(words, message, spellings, terms=binding.takes_terms)
    return (hint,) if hint and hint not in message else ()
