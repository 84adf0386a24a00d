"""The parts of an index in files of their own, made of its other tables when they are first needed.

A part has a seal of its own, which names the index that it belongs to: another index makes its own part.
"""

from __future__ import annotations

import os
from contextlib import suppress

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.cache.catalog import read_sealed, write_sealed
from korea_cli.cache.index import attach_part, is_sound, write_database
from korea_cli.cache.stamp import Stamp, stamp_of
from korea_cli.store.database import write_table

if TYPE_CHECKING:
    from korea_cli.cache.catalog import Catalog
    from korea_cli.store.database import Connection
    from korea_cli.store.engine import Read

ENDINGS = {
    "words": ".words", "title_name": ".names", "record_json": ".json", "tally": ".tally", "total": ".total",
}  # fmt: skip
SEAL = ".seal"


class IndexPart(NamedTuple):
    """A table of an index that is in a file of its own; `stem` and `mark` are those of the index."""

    stem: str
    mark: int | None
    table: str

    @property
    def path(self) -> str:
        """Its file."""
        return self.stem + ENDINGS[self.table]

    def ready(self) -> bool:
        """Return whether it was made before, and not changed since."""
        return self._seal() is not None

    def add_to(self, connection: Connection, read: Read) -> None:
        """Add the table to an open index: from its file, which is made if need be, or else in memory."""
        if self._attach(connection):
            return
        from korea_cli.store.derived import DERIVED  # noqa: PLC0415 - rarely needed

        with suppress(OSError):
            sealed = write_database(self.path, {self.table: DERIVED[self.table]}, read=read)
            write_sealed(self.path + SEAL, (self.mark, *sealed))
            if self._attach(connection):
                return
        connection.execute("PRAGMA temp_store = MEMORY")
        write_table(connection, f"temp.{self.table}", DERIVED[self.table], read)

    def _seal(self) -> tuple[int, Stamp] | None:
        """Return the mark and the stamp of its file, if that is the one that was written for this index."""
        with suppress(OSError, ValueError, TypeError):
            index, mark, stamp, check = read_sealed(self.path + SEAL)
            if index == self.mark and is_sound(self.path, check) and stamp_of(self.path) == Stamp(*stamp):
                return mark, Stamp(*stamp)
        return None

    def _attach(self, connection: Connection) -> bool:
        """Attach its file to the index; False if there is none."""
        seal = self._seal()
        return seal is not None and attach_part(connection, self.path, *seal)


def parts_of(stem: str, catalog: Catalog) -> dict[str, IndexPart]:
    """Return the parts of an index, by the name of their table."""
    return {table: IndexPart(stem, catalog.mark, table) for table in catalog.apart}


def remove_parts(stem: str) -> None:
    """Remove the parts of an index that is replaced; one that is in use elsewhere stays, and is never used again."""
    for ending in ENDINGS.values():
        for path in (stem + ending + SEAL, stem + ending):
            with suppress(OSError):
                os.unlink(path)
