"""The options of `korea add`: one for each key that a file may write, derived from the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.parameters import Option, Parameter
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import file_keys

if TYPE_CHECKING:
    from korea_cli.model.records import Record

_METAVARS = {
    "slug": "ID", "date": "DATE", "choice": "WORD", "url": "ADDRESS", "ref": "NAME", "refs": "NAME",
    "cites": "SOURCE#PLACE", "other_dates": "'DATE; SOURCE, ...; NOTE'",
}  # fmt: skip


def options_for(record: type[Record]) -> list[Parameter]:
    """Return an option for each key of a record type."""
    return [_option(record, written) for written in file_keys(record)]


def option_name(record: type[Record], written: str) -> str:
    """Return the option for a key: its name with hyphens, in the singular where it holds a list."""
    name = written.replace("_", "-")
    if file_keys(record)[written].form in LISTS and name.endswith("s"):
        name = name.removesuffix("es") if name.endswith("ses") else name.removesuffix("s")
    return f"--{name}"


def _option(record: type[Record], written: str) -> Parameter:
    key = file_keys(record)[written]
    metavar = "" if key.form == "flag" else _METAVARS.get(key.form, "TEXT")
    words = f": {', '.join(key.choices)}" if key.choices else ""
    notes = [
        f"{key.help[:1].upper()}{key.help[1:]}{words}.",
        "Default: derived from the title." if key.form == "slug" else "Required." if key.required else "",
        "Can be repeated." if key.form in LISTS else "",
    ]
    kind: object = list[str] | None if key.form in LISTS else str | None if metavar else bool
    option = Option(option_name(record, written), metavar=metavar, help=" ".join(filter(None, notes)))
    return Parameter(written, kind, option, default=None if metavar else False)
