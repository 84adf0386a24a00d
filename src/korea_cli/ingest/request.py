"""What an import was asked to do: by options, and by a mapping that was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.ingest.mapping import SETTINGS, TYPES, Mapping, kept, said

if TYPE_CHECKING:
    from collections.abc import Iterable


class Request(NamedTuple):
    """What is asked for: the sheet, how it is read, and where the rejected rows and the mapping go."""

    name: str
    form: str | None = None
    encoding: str = ""
    type: str = ""
    said: tuple[tuple[str, str], ...] = ()
    order: str = ""
    short: str = ""
    pivot: int = 0
    source: str = ""
    separator: str = ""
    rejects: str | None = None
    mapping: str | None = None
    save_mapping: str | None = None
    columns: tuple[tuple[str, str], ...] = ()


def requested(name: str, maps: Iterable[str], kept_in: str | None, settings: dict[str, str]) -> Request:
    """Put together what was asked for: what was typed, else what a mapping says that was kept. Raises KoreaError."""
    mapping = kept(kept_in) if kept_in else Mapping(())
    values = {key: settings.get(key) or mapping.settings.get(key, "") for key in SETTINGS}
    pivot = values.pop("pivot")
    if (
        values["type"] not in {"", *TYPES}
        or values["order"] not in {"", "day", "month"}
        or values["short"] not in {"", "month", "years", "ask"}
        or not (pivot or "0").isdecimal()
    ):
        raise UsageError(f"{kept_in} has a setting that says nothing: type, order, short or pivot")
    return Request(name, **values, pivot=int(pivot or 0), said=tuple(said(maps)), mapping=kept_in, columns=mapping.keys)
