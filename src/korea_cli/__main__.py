"""The program's entrance, for the console scripts and `python -m korea_cli`."""

from __future__ import annotations

import gc
import sys

from korea_cli import __version__


def run() -> int:
    """Run the command line that Python was started with and give its exit status."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported
        from korea_cli.output import write_text  # noqa: PLC0415

        return write_text(f"korea {__version__}\n")
    gc.disable()  # one answer, then the end: collecting would cost a tenth of it and free nothing
    from korea_cli.app import main  # noqa: PLC0415

    return main()


if __name__ == "__main__":
    raise SystemExit(run())
