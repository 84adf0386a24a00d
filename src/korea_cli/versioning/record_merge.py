"""Merge one record that both sides changed, key by key: our text, with what they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.values import add_value, remove_value
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, keys_of, written_keys
from korea_cli.reading.statements import comments_in
from korea_cli.versioning.ordering import merged_order
from korea_cli.versioning.parts import KeyPart, key_parts
from korea_cli.versioning.three_way import (
    OURS,
    THEIRS,
    BothChangedError,
    are_lists,
    are_long_texts,
    chosen,
    merged_lines,
    merged_value,
)

if TYPE_CHECKING:
    from korea_cli.model.field_spec import Key
    from korea_cli.versioning.parts import FilePart

    Sides = tuple[KeyPart | None, KeyPart | None, KeyPart | None]  # base, ours, theirs

_MODELS = {model.table: model for model in (Header, *RECORDS)}
_ALONE = "record"  # the table of a key that is edited alone


class TextConflict(NamedTuple):
    """What both sides changed differently: the key, "" for the whole record, and the lines of both."""

    key: str
    ours: str
    theirs: str

    def of(self, side: int) -> str:
        """Return the lines of one side."""
        return self.ours if side == OURS else self.theirs


def key_of(table: str, name: str) -> Key | None:
    """Return what the model knows of a key of a table, as a file has it."""
    model = _MODELS[table]
    attribute = written_keys(model).get(name)
    return keys_of(model)[attribute] if attribute else None


def merge_record(base: FilePart | None, ours: FilePart, theirs: FilePart) -> list[str | TextConflict]:
    """Merge the text of a record; raises UnmergeableError."""
    texts = [key_parts(part.text) if part else {} for part in (base, ours, theirs)]
    values = [(part.values if part else None) or {} for part in (base, ours, theirs)]
    table = ours.name[0]
    rank = {key: number for number, key in enumerate(("", *written_keys(_MODELS[table])))}
    pieces: list[tuple[bool, str | TextConflict]] = []
    for key in merged_order(*map(list, texts), rank=rank.get):
        sides = (texts[0].get(key), texts[1].get(key), texts[2].get(key))
        nested = any(part and part.nested for part in sides)
        try:
            merged = _merge_key(key_of(table, key), sides, [each.get(key) for each in values])
            pieces += [(nested, _whole_lines(part.text)) for part in (merged,) if part]
        except BothChangedError:
            lines = [_whole_lines(part.text) if part else "" for part in sides[1:]]
            pieces.append((nested, TextConflict(key, lines[0], lines[1])))
    return [piece for _, piece in sorted(pieces, key=lambda each: each[0])]  # tables within a record come last


def _whole_lines(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _merge_key(key: Key | None, sides: Sides, values: list[Any]) -> KeyPart | None:
    """Merge a key and its comments; None where it is removed. Raises BothChangedError."""
    base, ours, theirs = sides
    try:
        return chosen(base, ours, theirs)
    except BothChangedError:
        pass
    value = merged_value(key, *values)
    if ours and theirs:
        lead = _merged_lead(base.lead if base else "", ours.lead, theirs.lead)
        tail = chosen(base.tail if base else "\n", ours.tail, theirs.tail)
        return KeyPart(ours.key, lead, _body(sides, values, value), tail)
    part, own = (ours, values[1]) if ours else (theirs, values[2])
    if part is None or value is None:
        if part and base and _comments(part.text) != _comments(base.text):
            raise BothChangedError
        return None
    return part._replace(body=_with_items(part, own, value))


def _merged_lead(base: str, ours: str, theirs: str) -> str:
    """Merge the lines above a key; where both changed them, all are kept."""
    try:
        return chosen(base, ours, theirs)
    except BothChangedError:
        known = {*base.splitlines(), *ours.splitlines()}
        return ours + "".join(line for line in theirs.splitlines(keepends=True) if line.rstrip("\n") not in known)


def _body(sides: Sides, values: list[Any], value: Any) -> str:  # noqa: ANN401 - what TOML has
    """Return the statement of a key that has a merged value; raises BothChangedError where a comment would be lost."""
    base, ours, theirs = sides
    assert ours  # noqa: S101 - for the type checker
    assert theirs  # noqa: S101 - as above
    try:
        return chosen(base.body if base else None, ours.body, theirs.body) or ""
    except BothChangedError:
        pass
    before, own, other = (_comments(part.body) if part else [] for part in sides)
    remarks, more = own not in (before, other), other not in (before, own)  # comments that only one side has
    if value == values[THEIRS] and not remarks and (more or value != values[OURS]):
        return theirs.body
    if value == values[OURS] and not more:
        return ours.body
    if more:
        raise BothChangedError
    if are_lists(*values):
        return _with_items(ours, values[1], value)
    if base and are_long_texts(*values):
        return merged_lines(base.body, ours.body, theirs.body)
    raise BothChangedError


def _comments(text: str) -> list[str]:
    return [*comments_in(text)]


def _with_items(part: KeyPart, old: list[Any], new: list[Any]) -> str:
    """Return the statement of a list with other items, and all else as it is; raises BothChangedError."""
    if part.nested:
        raise BothChangedError
    ref = RecordRef(_ALONE, 0)
    text = f"[[{_ALONE}]]\n{part.body}\n"
    try:
        for item in new:
            if item not in old:
                text = add_value(ref, part.key, item, [part.key]).text(text)
        for number in reversed([place for place, item in enumerate(old) if item not in new]):
            text = remove_value(ref, part.key, number, [part.key]).text(text)
    except UnsafeChangeError:
        raise BothChangedError from None
    return text.partition("\n")[2].removesuffix("\n")
