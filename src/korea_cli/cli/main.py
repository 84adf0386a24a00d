"""Run a command line; the only place that catches every error."""

from __future__ import annotations

import os

from korea_cli import __version__
from korea_cli.base.errors import BAD_DATA, INTERNAL, INTERRUPTED, OK, USAGE, ClosedPipeError, KoreaError
from korea_cli.base.streams import PREFIX, print_stderr, write_stdout

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETE = "__complete"  # the command of a shell's completion
_RENAMED = {"--as-of": ("--today", "--as-of was renamed: use --today for the day that 'today' means in typed dates")}
_SAME = {  # what others call an option
    "--after": "--from", "--before": "--to", "--top": "--limit",
    **dict.fromkeys(("--at-least", "--minimum", "--min-count", "--min-events", "--more-than"), "--min"),
}  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
    name, *words = arguments or ["--help"]
    try:
        return _run(name, words)
    except ClosedPipeError as error:
        return error.status
    except KoreaError as error:
        print_stderr(*_sentences(error), *_hints(name, words, str(error)))
        return error.status
    except KeyboardInterrupt as error:
        return int(getattr(error, "status", INTERRUPTED))
    except Exception as error:  # noqa: BLE001 - the last resort: a traceback is printed only with --debug
        return _report(error, name, words)


def _sentences(error: KoreaError) -> Sequence[str]:
    """Return the sentences of an error; what they show of an expression fits on a line of the terminal."""
    from korea_cli.cli.terminal import stderr_width  # noqa: PLC0415 - only when something is wrong

    width = stderr_width(os.environ)
    if not (width and error.excerpt):
        return error.sentences
    from korea_cli.query.position import fitted  # noqa: PLC0415 - as above

    message = error.sentences[: -len(error.excerpt)]
    return *message, *fitted(error.excerpt, width - len(PREFIX))


def _run(name: str, words: Sequence[str]) -> int:
    if name == COMPLETE:
        from korea_cli.cli import completion  # noqa: PLC0415 - only for a shell, at a TAB

        completion.complete(words)
    elif name in {"-V", "--version"}:
        write_stdout([f"korea {__version__}\n"])
    elif name in {"-h", "--help"}:
        from korea_cli.cli.topics import help_page  # noqa: PLC0415 - few runs print help

        write_stdout([help_page(())])
    else:
        from korea_cli.cli.program import run  # noqa: PLC0415 - most of the start-up

        return run(name, words)
    return OK


def _hints(name: str, words: Sequence[str], message: str) -> tuple[str, ...]:
    from korea_cli.cli.program import hints_on  # noqa: PLC0415 - only when something is wrong

    return hints_on(name, words, message)


def _report(error: Exception, name: str, words: Sequence[str]) -> int:
    """Report what is no KoreaError: what Typer says about the command line, or an internal error."""
    if hasattr(error, "format_message"):  # a class that Typer does not name in public
        message = _renamed(error) or _similar(error) or error.format_message()
        return _report_usage(message, name, words)
    if isinstance(error, FileNotFoundError) and _is_folder_gone():
        print_stderr("the current folder no longer exists; change to another one")
        return BAD_DATA
    if "--debug" in words:
        from traceback import format_exc  # noqa: PLC0415 - only for `--debug`

        print_stderr(*format_exc().splitlines())
    print_stderr(
        f"internal error: {type(error).__name__}: {error}. Please report it, with what you typed; --debug shows more."
    )
    return INTERNAL


def _report_usage(message: str, name: str, words: Sequence[str]) -> int:
    import re  # noqa: PLC0415 - only when something is wrong

    from korea_cli import commands  # noqa: PLC0415 - as above

    message = re.sub(r"Got unexpected extra argument\S* \((.*)\)", r"unexpected argument: \1", message)
    message = re.sub(r"valid int( range)?", "whole number", message)
    message = re.sub(
        r"in the range (\d+)<=x<=(\d+)", r"between \1 and \2", message.replace("in the range x>=", "at least ")
    )
    end = "" if message.endswith("?") else "."
    page = commands.load(name, words).title
    sentence = f"{message[:1].lower()}{message[1:].rstrip('.')}{end} Try 'korea {page} --help'."
    print_stderr(sentence, *_hints(name, words, message))
    return USAGE


def _renamed(error: Exception) -> str:
    """Return what an unknown option is called now, if the command has it."""
    name, sentence = _RENAMED.get(getattr(error, "option_name", ""), ("", ""))
    return sentence if name in _options_of(error) else ""


def _options_of(error: Exception) -> set[str]:
    """Return the options of the command that an error is about."""
    context = getattr(error, "ctx", None)
    return {name for each in context.command.params for name in each.opts} if context else set()


def _similar(error: Exception) -> str:
    """Return the message about an unknown option, with the most similar one if any; "" about anything else."""
    if not hasattr(error, "possibilities"):
        return ""
    from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only when something is wrong

    option = getattr(error, "option_name", "")
    same = _SAME.get(option)
    near = same if same in _options_of(error) else nearest(option, error.possibilities or ())
    hint = f". Did you mean '{near}'?" if near else ""
    return f"No such option: {option}{hint}"


def _is_folder_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - pathlib takes longer to load than `--version` may
    except FileNotFoundError:
        return True
    return False
