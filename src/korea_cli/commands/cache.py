"""Cached indexes of data files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

from korea_cli.base.errors import ConflictError, KoreaError, system_reason
from korea_cli.base.parameters import Option
from korea_cli.report.report import Report
from korea_cli.report.sections import Section
from korea_cli.rows.column import Columns, plain_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.cache.inventory import CachedIndex
    from korea_cli.cache.stamp import IndexedFile
    from korea_cli.rows.column import Column, Json

GROUP = "Program"
EXAMPLES = ("korea cache", "korea cache --where", "korea cache --clear")
_COLUMNS = ("files", "size", "read", "current", "place")


def cache(
    clear: Annotated[bool, Option("--clear", help="Delete all indexes.")] = False,
    where: Annotated[bool, Option("--where", help="Print only the path of the cache folder.")] = False,
) -> Report | str:
    """List or clear the cached indexes of data files.

    The first query of a file builds an index of it; later queries use the index until the file changes. Indexes are
    stored in the user's cache folder, or in $KOREA_CACHE. KOREA_CACHE=off or --no-cache bypasses them.
    """
    from korea_cli.cache.place import VARIABLE, cache_folder  # noqa: PLC0415 - help needs none of this

    if where and clear:
        raise ConflictError(("where", ""), ("clear", ""))
    folder = cache_folder(os.environ)
    if folder is None:
        raise KoreaError(f"the cache is off: ${VARIABLE} is 'off', or there is no home folder for it")
    if where:
        return f"{folder}\n"
    from korea_cli.cache import inventory, tables  # noqa: PLC0415 - as above

    try:
        indexes = inventory.list_indexes(folder)
        if clear:
            inventory.remove_indexes(indexes)
            tables.remove_tables(folder)
    except OSError as error:
        reason = system_reason(error)
        raise KoreaError(f"cannot {'clear' if clear else 'read'} {folder}: {reason}") from error
    return _report(indexes, folder, f"{'Removed from' if clear else 'Indexes in'} {folder}")


def _report(indexes: tuple[CachedIndex, ...], folder: str, title: str) -> Report:
    from korea_cli.store.header import StoredHeader  # noqa: PLC0415 - as above, and SQLite comes with it

    return Report(
        command="cache", header=StoredHeader(title=title), documents=(), sections=(section_of(indexes),),
        listed=len(indexes), matched=len(indexes), noun="index files", empty=f"no indexes in {folder}",
    )  # fmt: skip


def section_of(indexes: tuple[CachedIndex, ...] = ()) -> Section:
    """Build the section of the indexes."""
    return Section(key="indexes", rows=indexes, columns=Columns(("index",), _columns), plain=_COLUMNS, layout="grid")


def _columns(_: str) -> tuple[Column, ...]:
    columns = plain_columns("index", *_COLUMNS)["index"]
    read: dict[str, Callable[[Any], Json]] = {"files": _files, "read": _moment}
    return tuple(column._replace(read=read.get(column.key, column.read)) for column in columns)


def _files(files: Iterable[IndexedFile]) -> Json:
    return [{"path": each.name, "sha256": each.sha256} for each in files]


def _moment(nanoseconds: int | None) -> str | None:
    """Return a moment in ISO 8601, in UTC, to the second."""
    from datetime import UTC, datetime  # noqa: PLC0415 - help needs none

    if nanoseconds is None:
        return None
    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).isoformat().replace("+00:00", "Z")
