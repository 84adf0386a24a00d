"""Where Parquet files are: in a folder, or at an address."""

from __future__ import annotations

from korea_cli.reading.locate import ADDRESSES, PARQUET, name_shown


def is_remote(path: str) -> bool:
    """Return whether a path is an address on the web or in S3."""
    return path.startswith(ADDRESSES)


def public_name(path: str) -> str:
    """Return a path as others may see it: an address without what may give access to it."""
    return name_shown(f"{PARQUET}{path}").removeprefix(PARQUET)
