"""What a chronology states about itself, as it is stored beside its tables."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.model.vocabulary import WORD_LISTS, own_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_FOUND = {"closed", "last", "withdrawn", "hides"}  # what no file states


class StoredHeader(NamedTuple):
    """What a chronology states about itself, dates as stored.

    closed, last: the day of `as_of` and that of the last event, as numbers; None if there is none. withdrawn: whether
    any event or fact is. hides: whether any record is private, or is or was under embargo.
    """

    title: str = ""
    as_of: str = ""
    about: str = ""
    date_rule: str = ""
    kinds: tuple[str, ...] = ()
    actor_kinds: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    place_names: tuple[tuple[str, ...], ...] = ()
    closed: int | None = None
    last: int | None = None
    withdrawn: bool = False
    hides: bool = False

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> StoredHeader:
        """Return a header of JSON, which has lists for tuples."""
        header = cls(**values)
        words: dict[str, Any] = {name: tuple(getattr(header, name)) for name in WORD_LISTS.values()}
        return header._replace(**words, place_names=tuple(map(tuple, header.place_names)))

    @property
    def stated(self) -> dict[str, Any]:
        """What files state, without what is found when they are read."""
        return {key: value for key, value in self._asdict().items() if key not in _FOUND}

    @property
    def own_words(self) -> dict[str, tuple[str, ...]]:
        """The words that it allows beside the usual ones, by type of record."""
        return own_words(self)
