"""Merge two versions of a data file by record and key: our text, with what the other side changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import DateError
from korea_cli.editing.formatting import rank_of
from korea_cli.reading.statements import comments_in
from korea_cli.reading.toml import HEADER, parse_document
from korea_cli.versioning.ordering import merged_order
from korea_cli.versioning.parts import FilePart, UnmergeableError, file_parts
from korea_cli.versioning.record_merge import TextConflict, merge_record
from korea_cli.versioning.table_merge import require_merged
from korea_cli.versioning.three_way import OURS, THEIRS, BothChangedError, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.reading.toml import Document
    from korea_cli.versioning.parts import PartName, Parts

    Sides = tuple[FilePart | None, FilePart | None, FilePart | None]  # base, ours, theirs


class MergedPart(NamedTuple):
    """A part of the merged file: its name, its text in pieces, and the blank lines below it."""

    name: PartName
    pieces: list[str | TextConflict]
    blank: str

    def text(self, side: int) -> str:
        """Return the text where conflicts are solved as on one side."""
        return "".join(each if isinstance(each, str) else each.of(side) for each in self.pieces)


class MergedFile(NamedTuple):
    """A merged file, with its conflicts."""

    parts: list[MergedPart]

    @property
    def conflicts(self) -> list[tuple[PartName, str]]:
        """The record and key of each conflict; key "" for a whole record."""
        return [(part.name, each.key) for part in self.parts for each in part.pieces if isinstance(each, TextConflict)]

    def solved(self, side: int) -> str:
        """Return the text with all conflicts solved as on one side."""
        return "".join(text + part.blank for part in self.parts if (text := part.text(side)))

    def text(self, marker: int) -> str:
        """Return the text with the conflicts as git marks them."""
        return "".join(
            "".join(each if isinstance(each, str) else _marked(each, marker) for each in part.pieces) + part.blank
            for part in self.parts
        )


def _marked(conflict: TextConflict, marker: int) -> str:
    return f"{'<' * marker} ours\n{conflict.ours}{'=' * marker}\n{conflict.theirs}{'>' * marker} theirs\n"


def merge_files(base: Document, ours: Document, theirs: Document) -> MergedFile:
    """Merge the versions of a file, whose lines end in LF; raises UnmergeableError.

    The result was parsed, and has the tables that a merge of the tables alone has.
    """
    parts = [file_parts(each) for each in (base, ours, theirs)]
    merged: list[MergedPart] = []
    for name in merged_order(*map(list, parts), rank=lambda name: _rank(name, *parts[1:])):
        sides = (parts[0].get(name), parts[1].get(name), parts[2].get(name))
        pieces = _merge_part(sides)
        if pieces:
            merged.append(MergedPart(name, pieces, _merged_blank(sides)))
    result = MergedFile(_apart(merged, parts[1:]))
    for side in (OURS, THEIRS) if result.conflicts else (OURS,):
        require_merged(parts, side, result.conflicts, _parsed(ours, result.solved(side)))
    return result


def _parsed(ours: Document, text: str) -> Parts:
    """Parse what our text has become; raises UnmergeableError."""
    after, problem = parse_document(ours.with_text(text), ours.parsed)
    if problem:
        raise UnmergeableError(f"the merged file would be broken: {problem.message}")
    return file_parts(after)


def _rank(name: PartName, ours: Parts, theirs: Parts) -> Any:  # noqa: ANN401 - comparable within a table
    """Return where a record belongs among those of its table; None for a comment."""
    part = ours.get(name) or theirs.get(name)
    if part is None or part.values is None or name[0] == HEADER:
        return None
    try:
        return name[0], rank_of(name[0], part.values), name[1:]
    except (DateError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _merge_part(sides: Sides) -> list[str | TextConflict]:
    """Merge a record or a comment; nothing where it is removed."""
    base, ours, theirs = sides
    texts = [part.text if part else "" for part in sides]
    try:
        text = chosen(*texts)
    except BothChangedError:
        pass
    else:
        return [text] if text else []
    if ours and theirs and (base or ours.name[0] == HEADER):
        return merge_record(base, ours, theirs)
    kept = ours or theirs
    other = base or theirs
    if kept and other and kept.values == other.values and _comments(kept) == _comments(other):
        return [] if base else [kept.text]  # only written differently
    return [TextConflict("", texts[1], texts[2])]


def _comments(part: FilePart) -> list[str]:
    return sorted(comments_in(part.text))


def _merged_blank(sides: Sides) -> str:
    base, ours, theirs = (part.blank if part else None for part in sides)
    if ours is None or theirs is None:
        return (theirs if ours is None else ours) or ""
    try:
        return chosen(base, ours, theirs) or ""
    except BothChangedError:
        return ours


def _apart(merged: list[MergedPart], sides: Sequence[Parts]) -> list[MergedPart]:
    """Keep parts apart by a blank line that were not next to each other without one, and end the file as before."""
    tight = {pair for parts in sides for pair in pairwise(parts) if not parts[pair[0]].blank}
    apart = [
        part if part.blank or (part.name, following.name) in tight else part._replace(blank="\n")
        for part, following in pairwise(merged)
    ]
    ends = {name: parts[name].blank for parts in reversed(sides) for name in [*parts][-1:]}
    return apart + [last._replace(blank=ends.get(last.name, "")) for last in merged[-1:]]
