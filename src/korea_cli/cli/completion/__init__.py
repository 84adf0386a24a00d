"""Shell completion: a script for each shell, and the answer to each TAB.

The script calls `korea __complete SHELL LINE [REPLACED]`: the shell's name, its line up to the cursor as it is typed,
and for bash the end of it that bash will replace. `writing.py` documents the answer.
"""

from __future__ import annotations

import os

from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 2  # seconds that a TAB may take


def complete(words: Sequence[str]) -> None:
    """Answer one TAB; on any error print nothing, as it would be printed into the prompt."""
    try:
        _limit_time()
        try:
            _answer(*words)
        finally:
            _lift_limit()
    except (Exception, KeyboardInterrupt):  # noqa: BLE001, S110 - as the docstring says
        pass


def _answer(shell: str, line: str, replaced: str = "") -> None:
    from korea_cli.base.streams import write_stdout  # noqa: PLC0415
    from korea_cli.cli.completion.line import words_in  # noqa: PLC0415 - errors of an import are hidden too
    from korea_cli.cli.completion.offers import offer  # noqa: PLC0415
    from korea_cli.cli.completion.writing import write  # noqa: PLC0415

    words = words_in(line)
    found = offer([word.text for word in words[1:]], os.environ, described=shell != "bash")
    write_stdout([write(shell, found, words[-1], replaced)])


def _limit_time() -> None:
    """Stop after a while: a data file may be a pipe that nobody writes to."""
    import signal  # noqa: PLC0415 - as above

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, _LONGEST)


def _lift_limit() -> None:
    """Let no alarm come after the answer, when nothing would catch it."""
    import signal  # noqa: PLC0415 - as above

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _stop(*_: object) -> None:
    raise TimeoutError
