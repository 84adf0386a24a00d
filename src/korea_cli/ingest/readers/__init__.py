"""The formats that `korea import` reads: every module here is a reader, named as the format is.

A reader has `EXTENSIONS`, the file extensions that mean its format; `sniff(start)`, which returns how well the
beginning of a file fits the format (0: not at all, 1: as any text does, 2: clearly, 3: whatever its extension is); and
`read(source)`, which returns a Sheet. Its module's docstring is its help. One with `FOLDERS = True` reads folders too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.module_folder import load_module, module_names
from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.ingest.sheet import InputFile, Sheet


_SURE = 3


class Reader(NamedTuple):
    """What a reader module offers."""

    help: str
    extensions: tuple[str, ...]
    sniff: Callable[[bytes], int]
    read: Callable[[InputFile], Sheet]
    folders: bool = False


def names() -> tuple[str, ...]:
    """List the readers."""
    return module_names(__file__)


def has(extension: str) -> bool:
    """Whether an extension of files means a format that can be read."""
    return any(extension.casefold() in load(name).extensions for name in names())


def load(name: str) -> Reader:
    """Load the reader of a name; raises NotInListError when there is none."""
    module = load_module(__name__, __file__, "format", name)
    return Reader(
        (module.__doc__ or "").strip(), module.EXTENSIONS, module.sniff, module.read, hasattr(module, "FOLDERS")
    )


def of_folders() -> str:
    """Return the name of the reader of folders."""
    return next(name for name in names() if load(name).folders)


def recognize(extension: str, start: bytes) -> str:
    """Return the name of the reader for a file's extension, else of the one that its beginning fits best."""
    readers = {name: load(name) for name in names()}
    likeliest = max(readers, key=lambda name: readers[name].sniff(start))
    by_extension = [name for name, reader in readers.items() if extension.casefold() in reader.extensions]
    return likeliest if not by_extension or readers[likeliest].sniff(start) == _SURE else by_extension[0]
