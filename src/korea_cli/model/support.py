"""Which keys have the sources that a record rests on; an outcome has sources of its own."""

from __future__ import annotations

from functools import cache

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.once import once
from korea_cli.model.records import Event, Fact, keys_of

if TYPE_CHECKING:
    from korea_cli.model.records import Record


@once
def attesting_keys(record: type[Record]) -> tuple[str, ...]:
    """Return those whose sources report a record as it is."""
    return tuple(name for name in supporting_keys(record) if keys_of(record)[name].form != "other_dates")


@once
def dating_keys(record: type[Record]) -> tuple[str, ...]:
    """Return those whose sources report it on another date."""
    return tuple(name for name in supporting_keys(record) if keys_of(record)[name].form == "other_dates")


@once
def supporting_keys(record: type[Record]) -> tuple[str, ...]:
    """Return the keys of the sources that a record of a type rests on."""
    return tuple(name for name, key in keys_of(record).items() if key.role == "source" and key.supports)


@cache
def all_supporting_keys() -> tuple[str, ...]:
    """Return the keys of the sources that events and facts rest on."""
    return tuple(dict.fromkeys((*supporting_keys(Event), *supporting_keys(Fact))))


def text_of(record: type[Record], name: str) -> str:
    """Return the key of the one text that the sources under a key are for: `outcome`, for `outcome_sources`."""
    text = name.removesuffix("_sources")
    return text if text != name and text in keys_of(record) else ""
