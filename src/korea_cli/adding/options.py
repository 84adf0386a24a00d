"""The options of `korea add`: one for each key that a file may write, derived from the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import keys_of, written_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_METAVARS = {
    "slug": "ID", "date": "DATE", "choice": "WORD", "url": "ADDRESS", "ref": "NAME", "refs": "NAME",
    "cites": "SOURCE#PLACE", "other_dates": "'DATE; SOURCE, ...; NOTE'",
}  # fmt: skip


class RecordOption(NamedTuple):
    """An option for a key: its spelling, its metavar ("" for a flag), its help, whether it may be repeated."""

    written: str
    spelling: str
    metavar: str
    help: str
    repeats: bool


def options_for(record: type[Record]) -> list[RecordOption]:
    """Return an option for each key of a record type."""
    return [_option(written, keys_of(record)[name]) for written, name in written_keys(record).items()]


def option_name(written: str, form: str) -> str:
    """Return the option for a key: its name with hyphens, in the singular where it holds a list."""
    name = written.replace("_", "-")
    if form in LISTS and name.endswith("s"):
        name = name.removesuffix("es") if name.endswith("ses") else name.removesuffix("s")
    return f"--{name}"


def _option(written: str, key: Key) -> RecordOption:
    metavar = "" if key.form == "flag" else _METAVARS.get(key.form, "TEXT")
    words = f": {', '.join(key.choices)}" if key.choices else ""
    notes = [
        f"{key.help[:1].upper()}{key.help[1:]}{words}.",
        "Default: derived from the title." if key.form == "slug" else "Required." if key.required else "",
        "Can be repeated." if key.form in LISTS else "",
    ]
    return RecordOption(
        written, option_name(written, key.form), metavar, " ".join(filter(None, notes)), key.form in LISTS
    )


def read_options(typed: Mapping[str, object]) -> dict[str, object]:
    """Return by key the options that were typed."""
    values = {written: value for written, value in typed.items() if value not in (None, False)}
    if isinstance(dates := values.get("other_dates"), list):
        values["other_dates"] = [parse_other_date(each) for each in dates]
    return values


def parse_other_date(typed: str) -> dict[str, object]:
    """Parse `DATE; SOURCE, ...; NOTE`, of which the date is enough."""
    date, sources, note = (part.strip() for part in (*typed.split(";", 2), "", "")[:3])
    cited = [each.strip() for each in sources.split(",") if each.strip()]
    values: dict[str, object] = {"date": date, "sources": cited, "note": note}
    return {key: value for key, value in values.items() if value or key == "date"}
