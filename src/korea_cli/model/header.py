"""What a file states about itself, in its table `[chronology]`."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, ClassVar
from korea_cli.model.field_spec import key
from korea_cli.model.filled import dataclass

if TYPE_CHECKING:
    from korea_cli.dates.edtf import StoredDate

EMBARGO = "embargo"
HIDING = ("private", EMBARGO)  # the keys, of records and files, that hide them from others


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Header:
    """The table `[chronology]` of a file."""

    table: ClassVar = "chronology"

    title: str = key("title of the chronology")
    schema: int = key("version of the file format: 1", "whole")
    as_of: StoredDate | None = key('day the record was closed, used as "today"', "date")
    about: str = key("what it covers, in one paragraph")
    date_rule: str = key("how its dates were chosen")
    kinds: tuple[str, ...] = key("additional kinds of events", "texts")
    actor_kinds: tuple[str, ...] = key("additional kinds of actors", "texts")
    source_types: tuple[str, ...] = key("additional types of sources", "texts")
    place_names: tuple[tuple[str, ...], ...] = key("lists of names in any script, one for each place", "groups")
    private: bool = key("whether nobody else may see what is in this file", "flag")
    embargo: StoredDate | None = key("day until which nobody else may see what is in this file (EDTF)", "date")
    include: tuple[str, ...] = key("other files to read, as paths or patterns relative to this file", "texts")
