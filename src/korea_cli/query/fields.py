"""All fields of a query: the common ones, those on relations and numbers, and every other key of the model."""

from __future__ import annotations

from functools import cache

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.query.field import DATED, is_list
from korea_cli.query.filters import FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.query.field import Filter


def canonical(name: str) -> str:
    """Return the name of a field as it is listed: `_` and `-` are the same. An unknown one is returned unchanged."""
    if name in FILTERS:
        return name
    forms = (name, name.replace("_", "-"), name.replace("-", "_"))
    return next((each for each in forms if each in all_filters()), name)


def is_known(field: str) -> bool:
    """Return whether there is a field of that listed name; the common ones are known without the model."""
    return field in FILTERS or field in all_filters()


def filter_of(field: str) -> Filter:
    """Return a field by its listed name; raises KeyError."""
    return FILTERS[field] if field in FILTERS else all_filters()[field]


@cache
def all_filters() -> Mapping[str, Filter]:
    """Return every field by name; most queries need only the common ones, which load without the model."""
    from korea_cli.query.key_filters import key_filters  # noqa: PLC0415 - it loads the model
    from korea_cli.query.relation_filters import RELATION_FILTERS  # noqa: PLC0415 - as above

    named = {**FILTERS, **RELATION_FILTERS}
    return {**named, **key_filters(named)}


def is_named(field: str) -> bool:
    """Return whether a field has a meaning of its own, beyond that of a key of the model."""
    from korea_cli.query.relation_filters import RELATION_FILTERS  # noqa: PLC0415 - as above

    return field in FILTERS or field in RELATION_FILTERS


def allows(each: Filter, types: Sequence[str]) -> bool:
    """Return whether a field filters records of these types; in a list, also the events and facts that are counted."""
    if is_list(types):
        return not {*types, *DATED}.isdisjoint(each.types)
    return not set(types).isdisjoint(each.types)


def fields_for(types: Sequence[str]) -> tuple[str, ...]:
    """Return the fields for records of these types."""
    return tuple(name for name, each in all_filters().items() if allows(each, types))
