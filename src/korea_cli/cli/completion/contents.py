"""What data files contain, for completion: from their index if it is valid, else by reading them.

No index is made, and what is wrong in a file that is being edited does not matter.
"""

from __future__ import annotations

import json
import os

from korea_cli.base.hints import TYPE_CHECKING, Any, Protocol
from korea_cli.chronology.opening import open_indexed
from korea_cli.reading.locate import data_files, text_path_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from korea_cli.chronology import Chronology
    from korea_cli.reading.draft import Draft

_LARGEST = 8 * 1024 * 1024  # bytes, about two seconds: no longer than a user waits for a TAB
_LISTS = ("aliases",)  # keys of several values


class Contents(Protocol):
    """The records of data files by the values of their keys, and what their header states."""

    @property
    def header(self) -> Any:  # noqa: ANN401 - as files have it, or as it is stored
        """What the files state about themselves."""

    def rows(self, type_: str, *keys: str) -> Iterator[tuple[Any, ...]]:
        """Yield the values of some keys of every record of a type, in order; `aliases` is a tuple of texts."""


class _Indexed:
    """What an index contains."""

    def __init__(self, chronology: Chronology) -> None:
        self._store, self.header = chronology.store, chronology.header

    def rows(self, type_: str, *keys: str) -> Iterator[tuple[Any, ...]]:
        columns = ", ".join(f'"{key}"' for key in keys)
        for row in self._store.rows(f"SELECT {columns} FROM {type_} ORDER BY seq"):  # noqa: S608 - names from the model
            yield tuple(
                json.loads(value or "[]") if key in _LISTS else value for key, value in zip(keys, row, strict=True)
            )


class _Read:
    """What files contain that were read."""

    def __init__(self, draft: Draft) -> None:
        self._records, self.header = draft.records, draft.header

    def rows(self, type_: str, *keys: str) -> Iterator[tuple[Any, ...]]:
        for record in self._records[f"{type_}s"]:
            yield tuple(getattr(record, key) for key in keys)


def contents_of(names: Sequence[str], environment: Mapping[str, str], *, public: bool) -> Contents:
    """Return what the data files that a line names contain; with `public`, what others may see.

    Raises DataError where a file without an index takes too long to read.
    """
    paths = [os.path.expanduser(os.path.expandvars(name)) for name in names]  # as the shell would have done
    files = [name for name in data_files(paths, environment) if os.path.isfile(text_path_of(name) or "")]
    indexed = open_indexed(files, public=public) if files else None
    return _Indexed(indexed) if indexed else _Read(_draft_of(files, public=public))


def _draft_of(files: Sequence[str], *, public: bool) -> Draft:
    from korea_cli.checks.load import load  # noqa: PLC0415 - an index needs no reading
    from korea_cli.cli.audience import day_meant  # noqa: PLC0415 - as above
    from korea_cli.model.header import Header  # noqa: PLC0415 - as above
    from korea_cli.reading.draft import Draft  # noqa: PLC0415 - as above

    if not files:
        return Draft(header=Header())
    loaded = load(files, max_size=_LARGEST)
    return (loaded.published(day_meant(None).ordinal) if public else loaded).draft
