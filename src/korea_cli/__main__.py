"""The program's entry point, for the console scripts and `python -m korea_cli`."""

from __future__ import annotations

import gc
import sys

from korea_cli.base.errors import INTERRUPTED


def run() -> int:
    """Run the command line that Python was started with and give its exit status."""
    gc.disable()  # one answer, then the end: collecting would cost a tenth of it and free nothing
    try:
        from korea_cli.cli.main import main  # noqa: PLC0415 - an interrupt may come this early

        return main(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(run())
