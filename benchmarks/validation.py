"""Set our reading of records beside what libraries for validation take for the shapes alone: CPU seconds as JSON.

`python benchmarks/validation.py FILE`; what is not installed is left out.
"""

from __future__ import annotations

import gc
import json
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Annotated, Any

import tomli

from korea_cli.reading.records import read_records
from korea_cli.reading.toml import Document

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS = ("date", "date_basis", "kind", "place", "status", "summary")
_LISTS = ("actors", "recipients", "topics", "sources")
_LIST: Any = list  # of a type that is made while running
_SLUG = r"^[a-z0-9-]+$"


def main(file: Path) -> None:
    """Read the same events in each way, one after the other."""
    gc.disable()
    text = file.read_text("utf-8")
    tables = tomli.loads(text)
    document = Document(name=str(file), path=file, text=text, tables=tables)
    found = {
        "korea: shapes, dates, citations, Unicode normal form, line numbers": _timed(lambda: read_records((document,)))
    }
    with suppress(ImportError):
        found["msgspec: shapes"] = _timed(_with_msgspec(tables["events"]))
    with suppress(ImportError):
        found["pydantic: shapes"] = _timed(_with_pydantic(tables["events"]))
    print(json.dumps(found))


def _timed(read: Callable[[], object]) -> float:
    begun = process_time()
    kept = read()
    seconds = process_time() - begun
    del kept
    return seconds


def _with_msgspec(events: list[dict[str, Any]]) -> Callable[[], object]:
    msgspec = import_module("msgspec")
    fields = [("id", Annotated[str, msgspec.Meta(pattern=_SLUG)]), ("title", str)]
    optional = [(name, str, "") for name in _TEXTS] + [(name, tuple[str, ...], ()) for name in _LISTS]
    event = msgspec.defstruct("Event", [*fields, *optional], forbid_unknown_fields=True)
    return lambda: msgspec.convert(events, _LIST[event])


def _with_pydantic(events: list[dict[str, Any]]) -> Callable[[], object]:
    pydantic = import_module("pydantic")
    fields: dict[str, Any] = {"id": Annotated[str, pydantic.Field(pattern=_SLUG)], "title": str}
    fields |= dict.fromkeys(_TEXTS, (str, "")) | dict.fromkeys(_LISTS, (tuple[str, ...], ()))
    event = pydantic.create_model("Event", **fields)
    reader = pydantic.TypeAdapter(_LIST[event])
    return lambda: reader.validate_python(events)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
