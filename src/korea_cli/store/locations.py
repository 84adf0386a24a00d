"""Where Parquet files are: in a folder, or at an address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.reading.locate import ADDRESSES, PARQUET, name_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    Stamp = tuple[int, int, int] | None


def is_remote(path: str) -> bool:
    """Return whether a path is an address on the web or in S3."""
    return path.startswith(ADDRESSES)


def public_name(path: str) -> str:
    """Return a path as others may see it: an address without what may give access to it."""
    return name_shown(f"{PARQUET}{path}").removeprefix(PARQUET)


def below(address: str, path: str) -> str:
    """Return the address of a file in a folder that has an address, which may end with what gives access to it."""
    folder, mark, access = address.partition("?")
    return f"{folder.rstrip('/')}/{path}{mark}{access}"


def stamp_of(path: str) -> Stamp:
    """Return what tells a file from any that takes its place; None where there is none."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def replaced(stamps: Mapping[str, Stamp]) -> str:
    """Return which file has changed since its stamp was taken; "" for none."""
    return next((f"{path} has changed" for path, stamp in stamps.items() if stamp_of(path) != stamp), "")
