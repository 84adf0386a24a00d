"""Say what an import did, or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError
from korea_cli.base.sanitize import clean
from korea_cli.comparing.changes import record_change
from korea_cli.editing.outcome import Outcome
from korea_cli.ingest.mapping import FOUND, REJECTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.ingest.running import Done


class RowsLeftError(KoreaError):
    """Rows that were not taken: the first few, how many there are of each sort, and where they are kept."""

    def __init__(self, first: Sequence[str], rejected: int, differing: int, kept: str) -> None:
        super().__init__(first, rejected, differing, kept)
        self.first, self.rejected, self.differing, self.kept = tuple(first), rejected, differing, kept

    @property
    def sentences(self) -> tuple[str, ...]:
        """Give what there is to say, each cause for itself."""
        more = self.rejected + self.differing - len(self.first)
        return (*self.first, *([f"… and {more} more"] if more else []), self._message())

    def _message(self) -> str:
        parts = [f"{_counted_word(self.rejected, 'row')} rejected"] if self.rejected else []
        if self.differing:
            parts.append(
                f"{_counted_word(self.differing, 'row')} differing from what is there, which was left as it is"
            )
        return f"{' and '.join(parts)}{self.kept}"


def summary(done: Done, target: str, *, dry: bool) -> str:
    """Give the counts in a sentence; where nothing is written, with the first records as they would be."""
    taken = done.taken
    added = _counted(taken.added) or "nothing"
    declared = _counted(taken.declared)
    parts = [
        f"{'would add' if dry else 'added'} {added} to {target}"
        + (f", and {declared} that they name" if declared else "")
    ]
    if there := taken.counts["there"]:
        parts.append(f"{there} {'was' if there == 1 else 'were'} there already")
    if skipped := taken.counts["skipped"]:
        parts.append(f"{skipped} passed over: the title slide")
    shown = "\n".join(taken.shown) + "\n" if dry and taken.shown else ""
    return clean(f"{shown}{'; '.join(parts)}\n")


def notes(done: Done) -> list[str]:
    """Say what was read in a way that somebody may not have meant."""
    told = list(done.sheet.notes)
    if not done.taken.counts["rows"]:
        told.append("there are no rows in it")
    if count := done.maker.inferred:
        last = done.rules.latest
        told.append(
            f"{_counted_word(count, 'date')} with a year of two digits, read as {last - 99} to {last}"
            " (--pivot YEAR is the last of them) and kept as year-inferred"
        )
    if count := done.maker.partial:
        told.append(
            f"{_counted_word(count, 'date')} with more than 'time' and 'timezone' can hold, such as the time of an end,"
            " an offset of half an hour or a zone without an IANA name; kept as written in date_text"
        )
    if count := done.maker.cleaned:
        told.append(f"took control characters out of {_counted_word(count, 'cell')}")
    if count := done.maker.trimmed:
        told.append(f"took blanks off the ends of {_counted_word(count, 'cell')}")
    if left := sorted(done.maker.left - FOUND - {REJECTED, ""}):
        told.append(f"keys left out: {', '.join(left)}; --map 'KEY=KEY' takes one")
    return told


def outcome(done: Done, target: str, *, dry: bool) -> Outcome:
    """Return what is printed of an import, and what programs are told of it."""
    text = summary(done, target, dry=dry)
    return Outcome(
        text,
        text.rstrip("\n"),
        {target: done.digest} if done.digest else {},
        lambda: [record_change("added", each) for each in done.added],
        lambda: {(each.type, each.id): (each.file, each.line) for each in done.added},
        dry=dry,
        notes=notes(done),
        error=_rows_left(done, dry=dry),
    )


def _rows_left(done: Done, *, dry: bool) -> RowsLeftError | None:
    """Return what says where the rows are that were not taken; None where all were."""
    taken = done.taken
    if not taken.rejects.count:
        return None
    differing = taken.counts["differing"]
    kept = "" if dry else f"; see {done.rejects}" if done.rejects else "; --rejects FILE keeps them"
    return RowsLeftError(taken.rejects.first, taken.rejects.count - differing, differing, kept)


def _counted(counts: Mapping[str, int]) -> str:
    parts = [_counted_word(count, table.removesuffix("s")) for table, count in counts.items()]
    *others, last = parts or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _counted_word(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
