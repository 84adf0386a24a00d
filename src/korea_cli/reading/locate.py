"""Find the files of the chronology: those named, else $KOREA_DATA, else the record shipped with the program."""

from __future__ import annotations

import os

from korea_cli.base.errors import DataError
from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MAX_SIZE = 256 * 1024 * 1024  # bytes that one file may have by default
READABLE = "readable"  # the check that a file can be read
BUILTIN = "builtin"
STDIN = "-"
VARIABLE = "KOREA_DATA"
_PACKAGE = os.path.dirname(os.path.dirname(__file__))
_CHECKOUT = os.path.dirname(os.path.dirname(_PACKAGE))
PARQUET = "parquet:"  # in front of the folder of an export, or of the files of a table of others
SPARK = "spark:"  # in front of the address of an export that a cluster has
QUERIED = (PARQUET, SPARK)
ADDRESSES = ("https://", "http://", "s3://")  # begin what Parquet files may be at
_ADDRESSED = (SPARK, *(f"{PARQUET}{each}" for each in ADDRESSES))


def data_files(named: Sequence[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files to read, in order and each once: `named`, else those in $KOREA_DATA, else the built-in one."""
    value = environment.get(VARIABLE, "")
    # The colon after `parquet` separates no paths, nor do those of an address, which is read alone.
    parts = iter([value] if value.startswith(_ADDRESSED) else value.split(os.pathsep))
    listed = [part if f"{part}:" != PARQUET else f"{PARQUET}{next(parts, '')}" for part in parts if part]
    return tuple(dict.fromkeys(map(_from_home, named or listed or [BUILTIN])))


def _from_home(name: str) -> str:
    """Return a name with the home folder instead of `~`, which shells leave as it is after `parquet:`."""
    return f"{PARQUET}{os.path.expanduser(name[len(PARQUET) :])}" if name.startswith(f"{PARQUET}~") else name


def path_of(name: str) -> Path | None:
    """Return the path of a named file, None for stdin; raises DataError for an empty name."""
    from pathlib import Path  # noqa: PLC0415 - an index is opened without it, and it takes longer to load than to do so

    text = text_path_of(name)
    return None if text is None else Path(text)


def text_path_of(name: str) -> str | None:
    """Return the path of a named file as text, None for stdin.

    `builtin` is in the wheel, or next to `src` in a checkout. Raises DataError for an empty name, which Python would
    take for the working directory.
    """
    if name == STDIN:
        return None
    if not name:
        raise _unreadable("''", "the file name is empty")
    if name.startswith(QUERIED):
        what = "a database on Spark" if name.startswith(SPARK) else "Parquet files"
        message = f"{what} can only be queried, not changed, checked or compared; name a data file"
        raise _unreadable(name_shown(name), message)
    if "://" in name and not os.path.lexists(name):
        message = "this is an address: download the file first. Only Parquet is read there, as 'parquet:https://…'"
        raise _unreadable(name_shown(name), message)
    if name != BUILTIN:
        return name
    shipped = os.path.join(_PACKAGE, "data", "events.toml")
    return (
        shipped
        if os.path.exists(shipped)
        else os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "data", "events.toml")
    )


def _unreadable(name: str, message: str) -> DataError:
    from korea_cli.base.problems import Problem  # noqa: PLC0415 - only when something is wrong

    return DataError((Problem(file=name, message=message, check=READABLE),))


def name_shown(name: str) -> str:
    """Return a name as messages and answers have it: an address without what may be secret in it."""
    if name.startswith(SPARK) or not name.startswith((*_ADDRESSED, *ADDRESSES)):
        return name.partition(";")[0] if name.startswith(SPARK) else name
    scheme, _, rest = name.partition("?")[0].partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}//{host.rpartition('@')[2]}{slash}{path}"
