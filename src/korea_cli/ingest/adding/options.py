"""The options of `korea add`: one for each key that a file may write, derived from the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.parameters import KEYS, MORE_KEYS, Option, Parameter
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_METAVARS = {
    "slug": "ID", "date": "DATE", "choice": "WORD", "url": "ADDRESS", "ref": "NAME", "refs": "NAME",
    "cites": "SOURCE", "other_dates": "'DATE; SOURCE, ...; NOTE'", "flag": "",
}  # fmt: skip


def options_for(record: type[Record]) -> tuple[Parameter, ...]:
    """Return an option for each key of a record type."""
    return tuple(_option(record, written) for written in file_keys(record))


def option_name(record: type[Record], written: str) -> str:
    """Return the option for a key: its name with hyphens, in the singular where it holds a list."""
    name = written.replace("_", "-")
    if file_keys(record)[written].form in LISTS and name.endswith("s"):
        name = name.removesuffix("es") if name.endswith("ses") else name.removesuffix("s")
    return f"--{name}"


def explained_keys(record: type[Record]) -> Iterator[tuple[str, str]]:
    """Yield each key of a record type, as `actors=NAME`, with all that is to know about it."""
    for written, key in file_keys(record).items():
        yield f"{written}={_metavar(key) or 'true'}", _sentences(record, key, key.help)


def _option(record: type[Record], written: str) -> Parameter:
    """Return the option for a key; its help is a line if possible, without what follows a semicolon."""
    key = file_keys(record)[written]
    metavar = _metavar(key)
    kind: object = list[str] | None if key.form in LISTS else str | None if metavar else bool
    option = Option(
        option_name(record, written), metavar=metavar, group=MORE_KEYS if key.seldom else KEYS,
        values=key.choices,
        help=_sentences(record, key, key.help.partition(";")[0]),
    )  # fmt: skip
    return Parameter(written, kind, option, default=None if metavar else False)


def _metavar(key: Key) -> str:
    return _METAVARS.get(key.form, "TEXT")


def _sentences(record: type[Record], key: Key, meaning: str) -> str:
    """Return what a key means, what it may be, and whether it is needed; dates are typed, not in EDTF."""
    words = f": {', '.join(key.choices)}" if key.choices else ""
    notes = [
        f"{meaning[:1].upper()}{meaning[1:].removesuffix(' (EDTF)')}{words}.",
        f"Default: from the {title_key(record)}." if key.form == "slug" else "Required." if key.required else "",
        "Can be repeated." if key.form in LISTS else "",
    ]
    return " ".join(filter(None, notes))
