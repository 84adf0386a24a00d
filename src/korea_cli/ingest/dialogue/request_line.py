"""The command line that imports a file as a request has it, without questions."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.ingest.request import ImportRequest

_TEXTS = {
    "form": "--format", "type": "--type", "mapping": "--mapping", "at": "--at", "sheet": "--sheet",
    "encoding": "--encoding", "header_row": "--header-row", "headings": "--headings", "title": "--title",
    "source": "--source", "separator": "--separator", "pivot": "--pivot", "missing": "--missing",
    "rejects": "--rejects",
}  # fmt: skip
_WORDS = {
    "order": {"day": "--day-first", "month": "--month-first"},
    "short": {"month": "--year-months", "years": "--year-spans"},
    **{each: {"yes": f"--{each.replace('_', '-')}"} for each in ("new_kinds", "skip_identical", "join_rows")},
}  # fmt: skip
_SAVED = ("form", "rejects")  # what no mapping has


def command_line(request: ImportRequest, data: Sequence[str], saved: str = "") -> str:
    """Return what to type; with a saved mapping only what that does not have."""
    words = ["korea", "import", request.name, *(word for each in data for word in ("-d", each))]
    if saved:
        words += _texts(request._replace(mapping=saved), (*_SAVED, "mapping"))
    else:
        words += [*_texts(request, _TEXTS), *_lists(request), *_flags(request)]
    return shlex.join([*words, "--yes"])


def _texts(request: ImportRequest, fields: Sequence[str] | dict[str, str]) -> Iterator[str]:
    for field in fields:
        if value := getattr(request, field):
            yield from (_TEXTS[field], "" if (field, value) == ("missing", ",") else str(value))


def _lists(request: ImportRequest) -> Iterator[str]:
    for heading, key in dict(request.maps).items():
        yield from ("--map", f"{heading}={key}")
    for each in request.values:
        yield from ("--values", each)


def _flags(request: ImportRequest) -> Iterator[str]:
    for field, options in _WORDS.items():
        if option := options.get(getattr(request, field)):
            yield option
