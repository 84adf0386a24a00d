"""Compare two versions of a chronology, record by record and key by key: each difference is a Change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.comparing.renames import renames_between
from korea_cli.model.field_spec import DERIVED, LISTS
from korea_cli.model.header import Header
from korea_cli.model.records import Actor, Event, Fact, Source, Topic, keys_of, title_of
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from korea_cli.comparing.renames import FieldValue, Renames
    from korea_cli.model.citation import Citation, OtherDate
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft
    from korea_cli.rows.column import Json

    About = tuple[str, str, str, str, int | None]  # a record: its type, id, title, file and line
    _Difference = tuple[str, FieldValue, FieldValue]  # the kind of change, the old and the new value

COMPARED: tuple[type[Record], ...] = (Event, Fact, Actor, Topic, Source)  # in the order in which they are listed
_OF_THE_FILE = {"schema", "include"}  # how the file is written, not what it contains


class Change(NamedTuple):
    """One difference: its kind, in which record (its type, id, title and place), under which key, from what to what.

    old, new: the values as a data file has them; None for nothing. before, after: the same in words. The id, title and
    place are those of the new version, unless only the old one has it. entry: the record that was added or removed.
    """

    change: str
    record: str
    id: str
    title: str
    file: str = ""
    line: int | None = None
    key: str = ""
    old: Json = None
    new: Json = None
    before: str = ""
    after: str = ""
    entry: Record | None = None

    @property
    def type(self) -> str:
        """The type of row this is."""
        return "change"

    @property
    def words(self) -> str:
        """From what to what it changed, in words."""
        return f"was: {self.before}; now: {self.after}" if self.before and self.after else self.before or self.after


def compare(old: Draft, new: Draft) -> Iterator[Change]:
    """Yield every difference between two versions: by type, then in the order of the new file.

    Removed records come after the others of their type. A list is a set, except that `authors` and `reported_by` have
    an order. Where and in which file a record is makes no difference.
    """
    renames = renames_between(old, new)
    title = new.header.title or old.header.title
    yield from _changes((Header.table, "", title, "", None), renames, old.header, new.header)
    for record in COMPARED:
        yield from _in_table(record, old, new, renames)


def _in_table(record: type[Record], old: Draft, new: Draft, renames: Renames) -> Iterator[Change]:
    before = {entry.id: entry for entry in old.records[record.table]}
    origins = {new_id: old_id for old_id, new_id in renames.new_ids[record.table].items()}
    for entry in new.records[record.table]:
        origin = before.pop(origins.get(entry.id, entry.id), None)
        if origin is None:
            yield record_change("added", entry)
        else:
            about = _about(entry)
            if origin.id != entry.id:
                yield Change("renamed", *about, "id", origin.id, entry.id, origin.id, entry.id)
            yield from _changes(about, renames, origin, entry)
    for entry in before.values():
        yield record_change("removed", entry)


def record_change(change: str, entry: Record) -> Change:
    """Return the change of a record that only one of two versions has."""
    date = value_words("date", getattr(entry, "date", None))
    before, after = ("", date) if change == "added" else (date, "")
    return Change(change, *_about(entry), before=before, after=after, entry=entry)


def words_by_key(entry: Record) -> Iterator[tuple[str, str]]:
    """Yield every key of a record that has a value, but its id and title, and that value in words."""
    for name, key in keys_of(type(entry)).items():
        if key.form not in {*DERIVED, "slug"} and name != title_key(type(entry)) and (value := getattr(entry, name)):
            yield key.shown_as or name, value_words(key.form, value)


def _about(entry: Record) -> About:
    return entry.type, entry.id, title_of(entry), entry.file, entry.line


def _changes(about: About, renames: Renames, old: Record | Header, new: Record | Header) -> Iterator[Change]:
    for name, key in keys_of(type(new)).items():
        before, after = getattr(old, name), getattr(new, name)
        if before == after or key.form in {*DERIVED, "slug"} or name in _OF_THE_FILE:
            continue
        followed = renames.follow(key, before)
        compare = _in_list if key.form in LISTS else _in_value
        for change, was, now in compare(key, followed, before, after):
            yield Change(
                change, *about, key.shown_as or name, file_value(key.form, was), file_value(key.form, now),
                value_words(key.form, was), value_words(key.form, now),
            )  # fmt: skip


def _in_value(key: Key, followed: FieldValue, old: FieldValue, new: FieldValue) -> Iterator[_Difference]:
    if followed == new:
        return
    if key.form != "flag" and not (old and new):
        yield "gained" if new else "lost", old, new
    else:
        retitled = key.required and key.form == "text"
        yield "redated" if key.dated else "retitled" if retitled else "changed", old, new


def _in_list(key: Key, followed: FieldValue, old: FieldValue, new: FieldValue) -> Iterator[_Difference]:
    now = dict(zip(followed, old, strict=True))
    both = set(new) & now.keys()
    if len(both) < len(new):
        yield "gained", (), tuple(each for each in new if each not in both)
    if len(both) < len(now):
        yield "lost", tuple(was for each, was in now.items() if each not in both), ()
    if key.ordered and [each for each in new if each in both] != [each for each in now if each in both]:
        yield "reordered", old, new


def file_value(form: str, value: FieldValue) -> Json:
    """Return the value of a key as a data file has it, None for nothing."""
    if form == "flag":
        return bool(value)
    if not value:
        return None
    written: Json = _FILE_VALUES[form](value) if form in _FILE_VALUES else value
    return written


def value_words(form: str, value: FieldValue) -> str:
    """Return the value of a key in words; an empty text for nothing."""
    if form == "flag":
        return "yes" if value else "no"
    return _WORDS.get(form, str)(value) if value else ""


def _citations(citations: Iterable[Citation]) -> list[str]:
    return [f"{id_}#{locator}" if locator else id_ for id_, locator in citations]


def _other_dates(dates: Iterable[OtherDate]) -> Json:
    return [{"date": date.text, "sources": _citations(sources), "note": note or None} for date, sources, note in dates]


def _other_date_words(other: OtherDate) -> str:
    by = f" by {', '.join(_citations(other.sources))}" if other.sources else ""
    return f"{other.date.show()}{by}{f': {other.note}' if other.note else ''}"


_FILE_VALUES: dict[str, Callable[[FieldValue], Json]] = {
    "date": lambda date: str(date.text),
    "refs": list,
    "texts": list,
    "groups": lambda groups: list(map(list, groups)),
    "cites": _citations,
    "other_dates": _other_dates,
}
_WORDS: dict[str, Callable[[FieldValue], str]] = {
    "date": lambda date: str(date.show()),
    "refs": ", ".join,
    "texts": "; ".join,
    "groups": lambda groups: "; ".join(map(", ".join, groups)),
    "cites": lambda citations: ", ".join(_citations(citations)),
    "other_dates": lambda dates: "; ".join(map(_other_date_words, dates)),
}
