"""Report what an import did, or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError
from korea_cli.base.sanitize import clean
from korea_cli.editing.outcome import Outcome
from korea_cli.ingest.building.kind_words import KIND_NOUNS
from korea_cli.ingest.columns.headings import LONGEST_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.editing.outcome import Changes
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.ingest.names.ids import Reference
    from korea_cli.ingest.row_processor import ProcessedRows
    from korea_cli.ingest.sheet import Counts


_LISTED = 20  # keys
_NOUNS = {"cleaned": "cell", "trimmed": "cell", "long": "title"}  # all others are dates


class RejectedRowsError(KoreaError):
    """Rows that were rejected: sentences about the first few, and how many there are."""

    def __init__(self, first: Sequence[str], count: int) -> None:
        super().__init__(first, count)
        self.first, self.count = tuple(first), count

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each of the first rows, and one for the others."""
        more = self.count - len(self.first)
        return (*self.first, *([f"… and {_counted(more, 'more rejected row')}"] if more else []))


def summary(result: ImportResult, target: str, *, dry: bool) -> str:
    """Return the counts in a sentence; with `dry`, after the first records as they would be written."""
    rows, skipped = result.rows, "would skip" if dry else "skipped"
    parts = [f"{'Would import' if dry else 'Imported'} {listed(rows.added) or 'nothing'} into {target}"]
    if declared := listed(rows.declared):
        parts.append(f"{'would declare' if dry else 'declared'} {declared}")
    if existing := rows.counts["existing"]:
        parts.append(f"{skipped} {_counted(existing, 'existing record')}")
    if joined := rows.counts["joined"]:
        parts.append(f"{'would join' if dry else 'joined'} {_counted(joined, 'row')} with others")
    if repeated := rows.counts["repeated"]:
        parts.append(f"{skipped} {_counted(repeated, 'repeated row')}")
    if rows.counts["skipped"]:
        parts.append(f"{skipped} the title slide")
    if rows.rejects.count:
        parts.append(rejected(result, dry=dry))
    preview = "\n".join(rows.preview) + "\n" if dry and rows.preview else ""
    return clean(f"{preview}{'; '.join(parts)}\n")


def rejected(result: ImportResult, *, dry: bool) -> str:
    """Return how many rows were rejected, and where they are."""
    count, differing = result.rows.rejects.count, result.rows.counts["differing"]
    verb = "differs from an existing record" if differing == 1 else "differ from existing records"
    which = f", {f'{differing} of ' if differing < count else ''}which {verb}" if differing else ""
    where = "" if dry else f" (see {result.rejects})" if result.rejects else " (use --rejects FILE to save them)"
    return f"{'would reject' if dry else 'rejected'} {_counted(count, 'row')}{which}{where}"


def notes(result: ImportResult, *, dry: bool = False) -> list[str]:
    """Return what was read in a way that may not be intended; only a dry run lists all names of what was left."""
    rows = result.rows
    found = [] if rows.counts["rows"] else ["the file has no rows"]
    found += [
        *_counted_notes(rows.counts, result.rules.latest),
        *result.notes,
        *_identity_notes(result),
        *_ignored_notes(result, dry=dry),
        *_value_notes(rows, dry=dry),
    ]
    found += rows.header.left_out
    if missing := rows.counts["unresolved"]:
        found.append(left_out(missing, rows.unresolved, result.sheet.unit))
    if left := result.sheet.left_out:
        found.append(f"left out, beside the records: {_numbers(left, dry=dry)}")
    if kept := rows.kept:
        keys = _some(f"{record} {key}" for record, key in sorted(kept))
        found.append(f"did not overwrite {_counted(kept.total(), 'value')} of existing records: {keys}")
    return found


def _counted_notes(counts: Counts, last: int) -> Iterator[str]:
    """Yield which cells and dates were changed or read by rules; `last`: the last year that two digits can mean."""
    sentences = {
        "inferred": f"{{}} with a two-digit year: read as {last - 99} to {last} (see --pivot) and marked year-inferred",
        "partial": "{} with more than 'time' and 'timezone' can hold, such as the time of an end, an offset of half an"
        " hour, words or a zone without an IANA name: kept as written in date_text",
        "hours": "{} with an hour without minutes: read as the full hour, and kept as written in date_text",
        "coarsened": "{} made as vague as the precision beside it: what it says beyond that is left out",
        "midnight": "{} with T00:00:00Z: read as a day without a time",
        "cleaned": "removed control characters from {}",
        "trimmed": "trimmed {}",
        "long": f"{{}} longer than {LONGEST_TITLE} letters. Use --map 'COLUMN=title' or --title for shorter ones.",
    }
    for name, sentence in sentences.items():
        if counts[name]:
            yield sentence.format(_counted(counts[name], _NOUNS.get(name, "date")))


def _ignored_notes(result: ImportResult, *, dry: bool) -> Iterator[str]:
    """Yield which values no key is for: those of columns that were to be left out, and the others."""
    left_out = {heading for heading, key in result.request.maps if not key}
    ignored = result.rows.of("ignored")
    if wanted := {name: count for name, count in ignored.items() if name not in left_out}:
        yield f"ignored values: {_numbers(wanted, dry=dry)}. Use --map '{min(wanted)}=KEY' to import them."
    if unwanted := {name: count for name, count in ignored.items() if name in left_out}:
        yield f"left out as requested: {_numbers(unwanted, dry=dry)}"


def allowed(words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield which words a header allows from now on, by its key."""
    return (f"allowed in [chronology]: {key} {_some(each)}" for key, each in words.items())


def _value_notes(rows: ProcessedRows, *, dry: bool) -> Iterator[str]:
    """Yield what was taken for missing or became something else, and what has no code in a codebook."""
    if missing := rows.of("missing"):
        yield f"taken for missing: {_numbers(missing, dry=dry)}. Use --missing A,B for other words."
    for noun in KIND_NOUNS:
        if moved := rows.of(f"moved {noun}"):
            advice = f". Use --new-kinds to allow them as {noun}s." if rows.kinds.can_be_new else ""
            yield f"unknown {noun}s became topics: {_numbers(moved, dry=dry)}{advice}"
        if lost := rows.of(f"unknown {noun}"):
            yield f"left out unknown {noun}s: {_numbers(lost, dry=dry)}. Use --new-kinds to allow them."
    yield from allowed(rows.kinds.added)
    if roles := rows.actors.roles:
        yield f"read as a role what is in brackets: {_some(roles)}"
    if bracketed := rows.actors.bracketed:
        yield f"kept brackets as part of a name: {_some(bracketed)}"
    if coded := rows.of("coded"):
        yield f"read as codes: {_numbers(coded, dry=dry)}"
    if unread := rows.of("unread"):
        advice = "Use --values for other words, or --map COLUMN=KEY."
        yield f"left out what is no value of its key: {_numbers(unread, dry=dry)}. {advice}"
    yield from _uncoded(rows, dry=dry)


def _uncoded(rows: ProcessedRows, *, dry: bool) -> Iterator[str]:
    """Yield what no codebook, or no table of codes, has."""
    if unknown := rows.of("unknown codes"):
        yield f"unknown codes of actors, read by their names where they have some: {_numbers(unknown, dry=dry)}"
    if uncoded := rows.of("uncoded"):
        yield f"values without a code in --values, imported as they are: {_numbers(uncoded, dry=dry)}"


def left_out(number: int, first: Iterable[tuple[int, Reference]], unit: str) -> str:
    """Return that some references were left out, as what they refer to is missing; the first each with its line."""
    which = _some((f"{each.key} '{each.text}' ({unit} {line})" for line, each in first), number)
    return f"left out {_counted(number, 'reference')} to what is neither here nor in the file: {which}"


def _numbers(counts: Mapping[str, int], *, dry: bool) -> str:
    """Return how many there are of each name; of many, only a dry run names all."""
    names = sorted(counts)
    rest = [] if dry else names[_LISTED:]
    listed = [f"{counts[name]:,} of {name}" for name in names[: len(names) - len(rest)]]
    more = [f"and {sum(map(counts.__getitem__, rest)):,} of {len(rest):,} more (--dry-run lists all)"] if rest else []
    return ", ".join([*listed, *more])


def _some(words: Iterable[str], number: int = 0) -> str:
    """Return the first of some words, and how many more there are, where these are not all."""
    every = list(words)
    more = (number or len(every)) - len(listed := every[:_LISTED])
    return ", ".join([*listed, *([f"and {more:,} more"] if more else [])])


def _identity_notes(result: ImportResult) -> Iterator[str]:
    """Yield what is to know about ids, and about rows without one, of which each is a record of its own."""
    rows, counts = result.rows, result.rows.counts
    for given, id_ in rows.changed_ids:
        yield f"changed {_counted(counts['changed'], 'id')}, such as '{given}' to '{id_}'"
    if joinable := counts["joinable"]:
        verb = "differs" if joinable == 1 else "differ"
        advice = "--join-rows joins such rows, in a file that does not have them yet."
        yield f"{_counted(joinable, 'rejected row')} {verb} from an earlier one in a single list only. {advice}"
    if sharing := counts["sharing"]:
        heading = next((heading for heading, key in result.mapping.keys if key == "id"), "id")
        verb = "has" if sharing == 1 else "have"
        advice = f"If '{heading}' is no id of a record, use --map '{heading}='."
        yield f"{_counted(sharing, 'rejected row')} {verb} the id of an earlier one. {advice}"
    if identical := counts["identical"]:
        advice = "--skip-identical imports one of each."
        yield f"{_counted(identical, 'row')} identical to an earlier one: each became a record of its own. {advice}"
    if pairs := rows.lookalikes:
        shared, new, old = pairs[0]
        yield (
            f"{_counted(len(pairs), 'imported record')} with the {shared} of an existing one that no row matches, such"
            f" as '{new}' and '{old}'. If they are the same, remove one."
        )


def outcome(result: ImportResult, text: str, changes: Changes, sentences: Sequence[str], *, dry: bool) -> Outcome:
    """Return an import as a command prints it: by a text, and sentences about it; the rejected rows are an error."""
    rejects = result.rows.rejects
    error = RejectedRowsError(rejects.first, rejects.count) if rejects.count else None
    return Outcome(text, text.rstrip("\n"), result.changed, changes, dry=dry, notes=sentences, error=error)


def listed(counts: Mapping[str, int]) -> str:
    """Return how many there are of each table, in words."""
    parts = [_counted(count, table.removesuffix("s")) for table, count in counts.items()]
    *others, last = parts or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
