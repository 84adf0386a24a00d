"""The Parquet files of a table: which there are, that each is one, and that all have the same columns."""

from __future__ import annotations

import glob
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import system_reason
from korea_cli.reading.locate import PARQUET
from korea_cli.store.locations import is_remote
from korea_cli.store.parquet import not_there, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ENDING, _MAGIC = ".parquet", b"PAR1"
_FEWEST = 12  # bytes of the smallest Parquet file


def _begins(path: Path) -> bool:
    """Return whether a file begins as Parquet does."""
    with path.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def has_files(typed: str) -> bool:
    """Return whether a path or pattern leads to Parquet files, or to a folder that has some.

    Nothing is asked of an address: one that is not of a Parquet file is that of an export.
    """
    if is_remote(typed):
        address = typed.partition("?")[0]
        return "*" in address or address.endswith(".parquet")
    path = Path(typed)
    found = path.glob("*.parquet") if path.is_dir() else [path] if path.exists() else map(Path, glob.glob(typed))  # noqa: PTH207 - a pattern as typed
    first = next(iter(found), None) if typed else None
    with suppress(OSError):
        return first is not None and _begins(first)
    return False


def files_of(name: str) -> list[str]:
    """Return the paths of the files that a name is of, each of which looks like Parquet; raises DataError."""
    typed = name.removeprefix(PARQUET)
    path = Path(typed)
    if not typed:
        raise unreadable(name, f"name a file, a folder or a pattern after '{PARQUET}'")
    if path.is_dir():
        found = [str(each) for each in _in_folder(path)]
    else:
        found = [typed] if path.exists() else glob.glob(typed, recursive=True)  # noqa: PTH207 - a pattern as typed
    files = sorted(each for each in found if Path(each).is_file())
    if not files:
        raise unreadable(name, "no Parquet file in this folder") if path.is_dir() else not_there(name, "file")
    for each in files:
        _require_parquet(name, each)
    return files


def _in_folder(folder: Path) -> Iterator[Path]:
    """Yield the Parquet files of a folder, without those whose name or folder begins with `.` or `_`.

    Those are of programs: what is still written, or a copy of an older version.
    """
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        if path.suffix.casefold() == _ENDING and not hidden:
            yield path


def _require_parquet(name: str, path: str) -> None:
    try:
        path.encode()
        with Path(path).open("rb") as stream:
            first, size = stream.read(4), stream.seek(0, 2)
            stream.seek(max(size - 4, 0))
            last = stream.read(4)
    except UnicodeEncodeError as error:
        raise unreadable(name, f"DuckDB opens only files with names in UTF-8: rename {path}") from error
    except OSError as error:
        raise unreadable(name, f"{path}: {system_reason(error)}") from error
    if (first, last) != (_MAGIC, _MAGIC) or size < _FEWEST:
        raise unreadable(name, f"{path} is not a Parquet file, or is cut off")


def digest_of(paths: Iterable[str]) -> str:
    """Return the digest of the footers of files: each has the sizes, places and bounds of all that is in its file."""
    digest = sha256()
    for path in paths:
        with Path(path).open("rb") as stream:
            size = stream.seek(-8, 2) + 8
            length = int.from_bytes(stream.read(4), "little")
            stream.seek(max(size - 8 - length, 0))
            digest.update(stream.read(length))
    return digest.hexdigest()


def columns_of_folders(paths: Iterable[str]) -> list[str]:
    """Return the columns whose values are in the names of folders alone, as in `year=2017/`: these are not read."""
    parts = {part for path in paths for part in Path(path).parent.parts}
    return sorted({column for column, equals, _ in (each.partition("=") for each in parts) if column and equals})


def _difference(first: str, types: Mapping[str, str], path: str, found: Mapping[str, str]) -> str:
    """Return the first column that one of two files has otherwise."""
    column = next(each for each in {**types, **found} if types.get(each) != found.get(each))
    if column in types and column in found:
        return f"'{column}' is {found[column]} in {path}, {types[column]} in {first}"
    having, other = (first, path) if column in types else (path, first)
    return f"{having} has '{column}', {other} has not"


def one_schema(name: str, columns: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Return the columns that all files have, with their types; raises DataError where one has others."""
    (first, types), *others = columns.items()
    for path, found in others:
        if found != types:
            raise unreadable(name, f"its files have different columns: {_difference(first, types, path, found)}")
    if taken := {"file_index", "file_row_number"} & {*types}:
        raise unreadable(name, f"its column '{min(taken)}' has a name that DuckDB has for rows")
    return types
