"""Compare two versions of a chronology, record by record and key by key: each difference is a Change."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.comparing.renames import ORDERED, renames_between
from korea_cli.comparing.wording import in_file, in_words
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import Actor, Event, Fact, Header, Source, Topic, keys_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.comparing.renames import Renames
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.rows.column import Json

COMPARED: tuple[type[Record], ...] = (Event, Fact, Actor, Topic, Source)  # in the order they are told in
_OF_THE_FILE = {"schema", "include"}  # how it is written, not what it says


class Change(NamedTuple):
    """One difference: what sort of change, in which record (by its type, id and title), under which key, from and to.

    old, new: the values as a data file has them; None for nothing. before, after: the same in words. The id and title
    are those of the new version, unless only the old one has it.
    """

    change: str
    record: str
    id: str
    title: str
    key: str = ""
    old: Json = None
    new: Json = None
    before: str = ""
    after: str = ""

    @property
    def type(self) -> str:
        """Say what sort of row this is."""
        return "change"

    @property
    def words(self) -> str:
        """Say from what to what it changed."""
        return f"was: {self.before}; now: {self.after}" if self.before and self.after else self.before or self.after


class _Compared(NamedTuple):
    """A record in both versions, or what both say of themselves: its type, id and title, and how ids are followed."""

    record: str
    id: str
    title: str
    renames: Renames


class _Values(NamedTuple):
    """What the two versions have under a key."""

    name: str
    key: Key
    old: Any
    new: Any


def compare(old: Draft, new: Draft) -> Iterator[Change]:
    """Give every difference between two versions: in their order by type, then in that of the new file.

    What is gone comes behind the rest of its type. A list is a set: only `authors` and `reported_by` say something by
    their order. Where and in which file a record stands is no difference.
    """
    renames = renames_between(old, new)
    about = _Compared(Header.table, "", new.header.title or old.header.title, renames)
    yield from _changes(about, old.header, new.header)
    for record in COMPARED:
        yield from _in_table(record, old, new, renames)


def _in_table(record: type[Record], old: Draft, new: Draft, renames: Renames) -> Iterator[Change]:
    ways = renames.ways[record.table]
    before = {entry.id: entry for entry in old.records[record.table]}
    origins = {new_id: old_id for old_id, new_id in ways.items()}
    content = attrgetter(*(name for name, key in keys_of(record).items() if key.form != "found"))
    for entry in new.records[record.table]:
        origin = before.pop(origins.get(entry.id, entry.id), None)
        if origin is None:
            yield whole("added", entry)
        elif content(origin) != content(entry):
            if origin.id != entry.id:
                ids = (origin.id, entry.id)
                yield Change("renamed", record.type, entry.id, title_of(entry), "id", *ids, *ids)
            yield from _changes(_Compared(record.type, entry.id, title_of(entry), renames), origin, entry)
    for entry in before.values():
        yield whole("removed", entry)


def whole(change: str, entry: Any) -> Change:  # noqa: ANN401 - a record
    """Return the change of a record that only one of two versions has."""
    date = getattr(entry, "date", None)
    said = in_words("date", date)
    words = {"after": said} if change == "added" else {"before": said}
    return Change(change, entry.type, entry.id, title_of(entry), **words)


def _changes(compared: _Compared, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401 - two of a type
    """Give the differences under each key."""
    for name, key in keys_of(type(new)).items():
        values = _Values(name, key, getattr(old, name), getattr(new, name))
        if values.old != values.new and key.form not in {"found", "slug"} and name not in _OF_THE_FILE:
            yield from _in_list(compared, values) if key.form in LISTS else _in_value(compared, values)


def _in_value(compared: _Compared, values: _Values) -> Iterator[Change]:
    _, key, old, new = values
    if compared.renames.followed(key, old) == new:
        return
    if key.form != "flag" and not (old and new):
        yield _change("gained" if new else "lost", compared, values)
    else:
        retitled = key.required and key.form == "text"
        yield _change("redated" if key.dated else "retitled" if retitled else "changed", compared, values)


def _in_list(compared: _Compared, values: _Values) -> Iterator[Change]:
    name, key, old, new = values
    now = dict(zip(compared.renames.followed(key, old), old, strict=True))
    kept = set(new) & now.keys()
    if len(kept) < len(new):
        yield _change("gained", compared, values._replace(old=(), new=tuple(each for each in new if each not in kept)))
    if len(kept) < len(now):
        lost = tuple(was for each, was in now.items() if each not in kept)
        yield _change("lost", compared, values._replace(old=lost, new=()))
    if name in ORDERED and [each for each in new if each in kept] != [each for each in now if each in kept]:
        yield _change("reordered", compared, values)


def _change(change: str, compared: _Compared, values: _Values) -> Change:
    name, key, old, new = values
    return Change(
        change, compared.record, compared.id, compared.title, key.shown_as or name,
        in_file(key.form, old), in_file(key.form, new), in_words(key.form, old), in_words(key.form, new),
    )  # fmt: skip
