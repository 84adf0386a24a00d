"""What all records have: a dictionary as in the JSON output, and a short form for debugging."""

from __future__ import annotations

from korea_cli.base.errors import DetachedRecordError
from korea_cli.base.hints import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.base.once import once

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_TITLES = ("title", "name", "label", "text")  # the key that has a record's title: each type has one of them
BATCHES = 4  # of records whose references are not looked up yet; of earlier ones, each looks up its own
_SHORT = 60  # letters of a title that are shown


class Describe(Protocol):
    """What describes records as JSON has them: the chronology that they were read from."""

    def beside(self, own: Any, /) -> Sequence[Any]:  # noqa: ANN401 - a condition, of a room above
        """Return the questions for what is shown of others with the records that meet a condition."""

    def expect(self, records: Collection[Any], shown: Sequence[Any] = (), /) -> None:
        """Note records that were read together and may be described next, and the rows of these questions."""

    def __call__(self, record: Row, relations: bool, /) -> dict[str, Any]:  # noqa: FBT001 - of to_dict alone
        """Return a record, with or without what refers to it."""


class Row:
    """A record; `records.py` declares the keys of each type."""

    __slots__ = ("__weakref__", "_describe")
    if TYPE_CHECKING:
        type: ClassVar[str]
        id: str
        _describe: Describe

    def to_dict(self, *, relations: bool = False) -> dict[str, Any]:
        """Return the record as the JSON output has it; `docs/json.md` documents the keys.

        relations: add the records that refer to it, as `korea show` does. Raises DetachedRecordError for a copy of a
        record, which belongs to no chronology.
        """
        if not hasattr(self, "_describe"):
            raise DetachedRecordError(self.type, self.id)
        return self._describe(self, relations)

    def __repr__(self) -> str:
        date = getattr(self, "date", None)
        title = getattr(self, title_key(type(self)))
        short = title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"
        return f"<{' '.join((type(self).__name__, self.id, *([date.text] if date else []), repr(short)))}>"


R = TypeVar("R", bound=Row)


class Named(NamedTuple):
    """A record by its type and id, with its title, name, label or text."""

    type: str
    id: str
    title: str

    @property
    def address(self) -> str:
        """Its type and id, as one text."""
        return f"{self.type}:{self.id}"


@once
def title_key(record: type[Row]) -> str:
    """Return the key of the title, name, label or text of a record."""
    return next(key for key in _TITLES if hasattr(record, key))


def attach(record: R, describe: Describe) -> R:
    """Make a record know how the chronology that it was read from describes it."""
    object.__setattr__(record, "_describe", describe)
    return record
