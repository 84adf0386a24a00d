"""Refuse an import that would overwrite a file that it reads, or write two things to one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.base.streams import is_open
from korea_cli.editing.files import require_no_chronology
from korea_cli.reading.locate import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.ingest.request import ImportRequest


def require_apart(request: ImportRequest, data: Iterable[str]) -> None:
    """Check the files that an import will write; `data` are the files of the chronology. Raises KoreaError."""
    sheet = "/dev/stdin" if request.name == STDIN else request.name
    read = [(sheet, "the imported file"), *((each, "a file of the chronology") for each in data)]
    named = [(request.mapping, "the file of --mapping"), (request.save_mapping, "the file of --save-mapping")]
    _require_free("--save-mapping", request.save_mapping, read)
    _require_free("--rejects", request.rejects, [*read, *named])


def _require_free(option: str, target: str | None, others: Iterable[tuple[str | None, str]]) -> None:
    device = target and os.path.exists(target) and not os.path.isfile(target)  # noqa: PTH110, PTH113 - any name
    if not target or is_open(target) or device:  # nothing is replaced there
        return
    for other, what in others:
        if other and same_file(target, other):
            raise UsageError(f"{option} {target} would replace {what}. Name another file.")
    require_no_chronology(target, "name another file", toml=option == "--save-mapping")


def same_file(one: str, other: str) -> bool:
    """Whether two names are of one file, which need not exist yet."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)
