"""Tables that were made once, in files for the next time: a file that is not as it was written counts for nothing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from korea_cli.base.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SMALL = 16 * 1024 * 1024  # bytes: of a larger file, only the size is compared


class KeptTables:
    """Tables in a folder, which may not be there, in groups that are made together."""

    def __init__(self, folder: Path) -> None:
        """Keep tables in a folder: a file for each, and one for each group."""
        self.folder = folder

    def path(self, table: str) -> Path:
        """Return the path of the file of a table."""
        return self.folder / f"{table}.parquet"

    def names(self, group: str) -> list[str] | None:
        """Return the tables of a group; None where it is not kept, or where a file is not as it was written."""
        try:
            listed = json.loads(self._listing(group).read_bytes())
            same = all(_stamp(self.path(name)) == stamp for name, stamp in listed.items())
        except (OSError, ValueError, AttributeError, RecursionError):
            return None
        return [*listed] if same else None

    def keep(self, group: str, names: Sequence[str], write: Callable[[str, Path], object]) -> None:
        """Keep the tables of a group, each of which a function writes to a path; or none, where that cannot be done."""
        if not self.folder.is_dir():
            return
        with suppress(OSError, DataError):
            stamps = {name: self._whole(self.path(name), partial(write, name)) for name in names}
            self._whole(self._listing(group), lambda draft: draft.write_text(json.dumps(stamps), "utf-8"))

    def _listing(self, group: str) -> Path:
        return self.folder / f"{group}.json"

    def _whole(self, path: Path, write: Callable[[Path], object]) -> list[int]:
        """Have a file written as a whole; return what it is compared by."""
        draft = Path(f"{path}.{os.getpid()}")
        try:
            write(draft)
            stamp = _stamp(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return stamp


def _stamp(path: Path) -> list[int]:
    """Return the size and, of a file that is not large, the checksum."""
    size = path.stat().st_size
    return [size, crc32(path.read_bytes()) if size <= _SMALL else 0]
