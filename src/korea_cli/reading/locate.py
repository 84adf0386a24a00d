"""Find the files of the chronology: those named, else $KOREA_DATA, else the record shipped with the program."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_SIZE = 256 * 1024 * 1024  # bytes that one file may have by default
READABLE = "readable"  # the check that a file can be read
BUILTIN = "builtin"
STDIN = "-"
VARIABLE = "KOREA_DATA"


def data_files(named: Sequence[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files to read, in order and each once: `named`, else those in $KOREA_DATA, else the built-in one."""
    listed = [part for part in environment.get(VARIABLE, "").split(os.pathsep) if part]
    return tuple(dict.fromkeys(named or listed or [BUILTIN]))


def path_of(name: str) -> Path | None:
    """Return the path of a named file, None for stdin; `builtin` is in the wheel, or next to `src` in a checkout.

    Raises DataError for an empty name, which Python would take for the working directory.
    """
    if name == STDIN:
        return None
    if not name:
        from korea_cli.base.problems import Problem  # noqa: PLC0415 - only when something is wrong

        raise DataError((Problem(file="''", message="the file name is empty", check=READABLE),))
    if name != BUILTIN:
        return Path(name)
    package = Path(__file__).parents[1]
    shipped = package / "data" / "events.toml"
    return shipped if shipped.exists() else package.parents[1] / "data" / "events.toml"
