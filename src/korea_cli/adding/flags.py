"""The options by which a record is typed: one for each key that a file may write, made from the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import keys_of, written_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_SHAPES = {
    "slug": "ID", "date": "DATE", "choice": "WORD", "url": "ADDRESS", "ref": "NAME", "refs": "NAME",
    "cites": "SOURCE#PLACE", "other_dates": "'DATE; SOURCE, ...; NOTE'",
}  # fmt: skip


class Flag(NamedTuple):
    """An option for a key: how it is typed, what follows it ("" for nothing), its help, whether it may come twice."""

    written: str
    spelling: str
    shape: str
    help: str
    repeats: bool


def flags_of(record: type[Record]) -> list[Flag]:
    """Give an option for each key of a record type."""
    return [_flag(written, keys_of(record)[name]) for written, name in written_keys(record).items()]


def flag_of(written: str, form: str) -> str:
    """Give the option for a key: its name with hyphens, in the singular where it holds a list."""
    name = written.replace("_", "-")
    if form in LISTS and name.endswith("s"):
        name = name.removesuffix("es") if name.endswith("ses") else name.removesuffix("s")
    return f"--{name}"


def _flag(written: str, key: Key) -> Flag:
    shape = "" if key.form == "flag" else _SHAPES.get(key.form, "TEXT")
    return Flag(written, flag_of(written, key.form), shape, _help(key), key.form in LISTS)


def _help(key: Key) -> str:
    words = f": {', '.join(key.choices)}" if key.choices else ""
    said = f"{key.help[:1].upper()}{key.help[1:]}{words}."
    suggested = " Default: made of the title." if key.form == "slug" else ""
    needed = " Needed." if key.required and not suggested else ""
    return f"{said}{needed}{suggested}{' Repeat for several.' if key.form in LISTS else ''}"


def given_by(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was typed by key, as fitting takes it; what was not typed is left out."""
    given = {written: value for written, value in typed.items() if value not in (None, False)}
    if "other_dates" in given:
        given["other_dates"] = [other_date(each) for each in given["other_dates"]]
    return given


def other_date(typed: str) -> dict[str, Any]:
    """Read `DATE; SOURCE, ...; NOTE`, of which the date is enough."""
    date, sources, note = (part.strip() for part in (*typed.split(";", 2), "", "")[:3])
    cited = [each.strip() for each in sources.split(",") if each.strip()]
    return {"date": date} | ({"sources": cited} if cited else {}) | ({"note": note} if note else {})
