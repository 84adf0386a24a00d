"""The command line that imports a file as a request has it, without questions."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.ingest.request import ImportRequest

_TEXTS = (
    "form", "type", "mapping", "at", "sheet", "encoding", "header_row", "headings", "title", "source", "separator",
    "pivot", "missing", "rejects",
)  # fmt: skip
_WORDS = {
    "order": {"day": "--day-first", "month": "--month-first"},
    "short": {"month": "--year-months", "years": "--year-spans"},
    "new_kinds": {"yes": "--new-kinds"}, "skip_identical": {"yes": "--skip-identical"},
    "join_rows": {"yes": "--join-rows"},
}  # fmt: skip
_SAVED = ("form", "rejects")  # what no mapping has


def command_line(request: ImportRequest, data: Sequence[str], saved: str = "") -> str:
    """Return what to type; with a saved mapping only what that does not have."""
    words = ["korea", "import", request.name, *(word for each in data for word in ("-d", each))]
    if saved:
        words += _texts(request._replace(mapping=saved), (*_SAVED, "mapping"))
    else:
        words += _texts(request, _TEXTS)
        words += [word for heading, key in dict(request.maps).items() for word in ("--map", f"{heading}={key}")]
        words += [word for each in request.values for word in ("--values", each)]
        flags = (options.get(getattr(request, field)) for field, options in _WORDS.items())
        words += filter(None, flags)
    return shlex.join([*words, "--yes"])


def _texts(request: ImportRequest, fields: Sequence[str]) -> Iterator[str]:
    for field in fields:
        if value := getattr(request, field):
            option = "format" if field == "form" else field.replace("_", "-")
            yield from (f"--{option}", "" if (field, value) == ("missing", ",") else str(value))
