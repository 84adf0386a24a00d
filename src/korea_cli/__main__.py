"""The program's entry point, for the console scripts and `python -m korea_cli`."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from korea_cli.base.errors import INTERRUPTED

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from typing import NoReturn


def run() -> NoReturn:
    """Run the command line that Python was started with, and end the process with its exit status.

    It ends at once: every file is closed, and to take Python apart would take a tenth of the time of most answers.
    """
    gc.disable()  # one answer, then the end: collecting would cost a tenth of it and free nothing
    try:
        from korea_cli.base.streams import flush_streams  # noqa: PLC0415 - an interrupt may come this early
        from korea_cli.cli.main import main  # noqa: PLC0415 - as above

        status = main(sys.argv[1:])
        atexit._run_exitfuncs()  # noqa: SLF001 - as Python does where it ends by itself
        flush_streams()
    except KeyboardInterrupt:
        status = INTERRUPTED
    os._exit(status)


if __name__ == "__main__":
    run()
