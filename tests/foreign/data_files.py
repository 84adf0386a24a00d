"""Random data files of other chronologies: keys that no record has, tables that are none, records spelled out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from foreign import objects
from foreign.values import ForeignFile
from korea_cli.ingest.columns.headings import derived_keys
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from foreign.values import Scribe


def data_file(scribe: Scribe) -> ForeignFile:
    """Return a data file with events."""
    rows = objects.records(scribe)
    scribe.values = [each._replace(name=_path(each.name)) for each in scribe.values]
    scribe.row = ""
    header = {key: scribe.word(f"chronology.{key}") for key in ("title", "about", "colour") if scribe.chance()}
    beside = {key: scribe.tree(key) for key in ("query", "columns") if scribe.chance(0.3)}
    tables = [_pairs(beside), *(["[chronology]", _pairs(header)] if header else [])]
    for row in rows:
        row.pop("type", None)
        tables += ["[[events]]", _pairs(row)]
    return ForeignFile("x.toml", "\n".join(tables).encode(), len(rows), scribe.values)


def _path(name: str) -> str:
    """Return what a value is counted under: korea derives it, so that a row has none under its key."""
    return f"unknown key {name}" if re.split(r"[.[]", name)[0] in derived_keys(Event) else name


def _pairs(values: Mapping[str, object]) -> str:
    return "\n".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in values.items() if each is not None)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items() if each is not None)
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(each) for each in value if each is not None)}]"
    return json.dumps(value, ensure_ascii=False)
