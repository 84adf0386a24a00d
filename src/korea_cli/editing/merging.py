"""Merge two records of one type: the first gets what only the other has, and all references to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import DateError, UsageError
from korea_cli.dates.parse import from_toml
from korea_cli.editing.edits import Edit, is_empty, join_edits, remove_record, set_key
from korea_cli.editing.errors import MergeConflictError, UnsafeChangeError
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.outcome import value_words
from korea_cli.editing.paths import moved_paths
from korea_cli.editing.references import forms_of_references, may_have, redirect, redirect_value, referring_keys
from korea_cli.editing.values import add_value, remove_value
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import EXTENDS, RECORDS, file_keys
from korea_cli.model.row import title_key
from korea_cli.reading.complete import hide_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Tables
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.model.field_spec import Key
    from korea_cli.reading.toml import Document

_NOTE, _ALIASES = "note", "aliases"


class MergePlan(NamedTuple):
    """The edit of each file, notes on what would refer to itself, and the record that stays, where it is then."""

    edits: Sequence[tuple[Document, Edit]]
    notes: Sequence[str]
    kept: LocatedRecord


class Dropped(NamedTuple):
    """A value of a record that goes, as it would be there twice, or the record itself; with its number in a list."""

    ref: RecordRef
    key: str
    number: int | None
    note: str = ""


def plan_merge(loaded: LoadResult, kept: LocatedRecord, gone: LocatedRecord, prefer: str | None) -> MergePlan:
    """Plan how one record takes over all of another; raises UsageError, and MergeConflictError where they contradict.

    prefer: the id of the one whose values win.
    """
    _require_alike(loaded, kept, gone)
    if prefer not in {None, kept.id, gone.id}:
        raise UsageError(f"--prefer must be '{kept.id}' or '{gone.id}', not '{prefer}'")
    forms = forms_of_references(gone, loaded.draft)
    taken_over = join_edits(_taken_over(kept, gone, prefer, forms.get(kept.record.table, {})))
    everywhere = redirect(forms, gone.id, kept.id)
    edits: list[tuple[Document, Edit]] = []
    notes = [_itself(key, kept.id) for key in _about_each_other(kept, gone, forms.get(kept.record.table, {}))]
    for document in loaded.documents:
        if document.path and (document is kept.document or gone.id in document.text):
            dropped = [*_dropped(document, kept, gone, forms)]
            notes += [each.note for each in dropped if each.note]
            own = [taken_over] if document is kept.document else []
            removed = [remove_record(gone.ref)] if document is gone.document else []
            edits.append((document, join_edits([*map(_drop, reversed(dropped)), *own, everywhere, *removed])))
    before = kept.document is gone.document and gone.number < kept.number
    return MergePlan(edits, [*dict.fromkeys(notes)], kept._replace(number=kept.number - before))


def _require_alike(loaded: LoadResult, kept: LocatedRecord, gone: LocatedRecord) -> None:
    """Raise UsageError for one record or two types, UnsafeChangeError where a reference would get another meaning."""
    if kept.record is not gone.record:
        both = f"'{kept.id}' is of type {kept.record.type}, '{gone.id}' of type {gone.record.type}"
        raise UsageError(f"only records of one type can be merged: {both}")
    if kept.id == gone.id:
        raise UsageError(f"'{kept.id}' cannot be merged with itself")
    for each in (kept, gone):
        _require_sound(each)
    meant = {(referrer, name) for referrer, name, _ in referring_keys(loaded.draft, kept)}
    for referrer, name, _ in referring_keys(loaded.draft, gone):
        if (referrer, name) not in meant:
            reason = f"under {name} of {referrer.table}, the id '{kept.id}' is that of another record"
            raise UnsafeChangeError(reason, "rename one of them first")


def _require_sound(located: LocatedRecord) -> None:
    """Raise UnsafeChangeError where a record has what no record has: it could be lost."""
    keys = file_keys(located.record)
    for key, value in located.values.items():
        if key not in keys or isinstance(value, list) != (keys[key].form in LISTS):
            reason = f"{key} of {located.record.type} '{located.id}' is not what that key has"
            raise UnsafeChangeError(reason, f"run: korea set {located.record.type}:{located.id} {key}=")


def _taken_over(kept: LocatedRecord, gone: LocatedRecord, prefer: str | None, forms: dict[str, str]) -> Iterator[Edit]:
    """Yield the edits by which a record gets the values of another; raises MergeConflictError."""
    keys, ref = file_keys(kept.record), kept.ref
    order, conflicts = tuple(keys), []
    others = _values_to_take(kept, gone, forms) | moved_paths(gone, kept.document)
    for key, spec in keys.items():
        old, other = kept.values.get(key), others.get(key)
        if spec.form in LISTS:
            had = [*(old or []), *([kept.values.get(title_key(kept.record))] if key == _ALIASES else [])]
            yield from (add_value(ref, key, each, order) for each in _new_items(other or [], had))
        elif is_empty(other) or _is_same(spec, old, other):
            continue
        elif is_empty(old):
            yield set_key(ref, key, other, order)
        elif key == _NOTE:
            yield set_key(ref, key, f"{old}\n\n{other}", order)
        elif prefer is None:
            conflicts.append((key, value_words(old), value_words(other)))
        elif prefer == gone.id:
            yield set_key(ref, key, other, order)
    if conflicts:
        raise MergeConflictError(kept.id, gone.id, conflicts)


def _values_to_take(kept: LocatedRecord, gone: LocatedRecord, forms: dict[str, str]) -> Tables:
    """Return the values of a record that another may get: its name as an alias, and nothing that refers to itself."""
    values = {key: redirect_value(each, forms.get(key, ""), gone.id, kept.id) for key, each in gone.values.items()}
    title = title_key(kept.record)
    if _ALIASES in file_keys(kept.record):
        values[_ALIASES] = [values.pop(title), *values.get(_ALIASES, [])]
    values.pop("id")
    if kept.document.hiding != gone.document.hiding:
        values = hide_values(values, gone.document.hiding)
    for key in forms.keys() & values:
        if isinstance(values[key], list):
            values[key] = [each for each in values[key] if each != kept.id]
        elif values[key] == kept.id:
            del values[key]
    return values


def _about_each_other(kept: LocatedRecord, gone: LocatedRecord, forms: dict[str, str]) -> Iterator[str]:
    """Yield the keys under which the record that goes refers to the one that stays."""
    for key, value in gone.values.items():
        if key in forms and kept.id in (value if isinstance(value, list) else [value]):
            yield key


def _new_items(items: Iterable[object], had: Sequence[object]) -> Sequence[object]:
    """Return each item once that a list does not have; items may be tables."""
    new: list[object] = []
    for each in items:
        if each not in had and each not in new:
            new.append(each)
    return new


def _is_same(spec: Key, one: object, other: object) -> bool:
    if spec.form == "date" and not is_empty(one):
        try:
            return from_toml(one) == from_toml(other)
        except DateError:
            return False
    return one == other


def _dropped(
    document: Document, kept: LocatedRecord, gone: LocatedRecord, forms: dict[str, dict[str, str]]
) -> Iterator[Dropped]:
    """Yield the values of a file that go: references that the merge would make double, or the record's own."""
    for record in RECORDS:
        raws, of_table = document.records(record.table), forms.get(record.table, {})
        forms_of = [(key, form) for key, form in of_table.items() if key != EXTENDS]
        for number, raw in enumerate(raws):
            named = [each for each in forms_of if each[0] in raw and may_have(raw[each[0]], each[1], gone.id)]
            if not named or (document is gone.document and (record, number) == (gone.record, gone.number)):
                continue
            ref, own = RecordRef(record.table, number, len(raws)), raw.get("id", raw.get(EXTENDS))
            itself = record is kept.record and own in (kept.id, gone.id)
            for key, form in named:
                yield from _dropped_of(ref, key, raw, (form, gone.id, kept.id), itself=itself)


def _dropped_of(
    ref: RecordRef, key: str, raw: Tables, change: tuple[str, str, str], *, itself: bool
) -> Iterator[Dropped]:
    """Yield what goes under a key of a record. change: the form of the key, the old and the new id."""
    form, old, new = change
    value = raw[key]
    if isinstance(value, str):
        if itself and value == old:
            yield Dropped(ref, key, None, _itself(key, new))
        return
    after: list[Any] = []
    named = isinstance(value, list) and redirect_value(value, form, old, new) != value
    for number, each in enumerate(value if named else ()):
        followed = redirect_value(each, form, old, new)
        if itself and followed == new:
            yield Dropped(ref, key, number, _itself(key, new))
        elif followed in after:
            yield Dropped(ref, key, number)
        after.append(followed)


def _itself(key: str, id_: str) -> str:
    return f"removed from '{id_}' what would refer to itself: {key}"


def _drop(dropped: Dropped) -> Edit:
    order = tuple(file_keys(next(record for record in RECORDS if record.table == dropped.ref.table)))
    if dropped.number is None:
        return set_key(dropped.ref, dropped.key, None, order)
    return remove_value(dropped.ref, dropped.key, dropped.number, order)
