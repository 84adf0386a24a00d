"""The outcome of a writing command: a message for people, files and changes for programs; or a preview of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.problems import shorten
from korea_cli.base.sanitize import clean_line
from korea_cli.comparing.changes import Change, compare
from korea_cli.editing.patience import unified
from korea_cli.model.records import written_keys
from korea_cli.model.row import title_key
from korea_cli.reading.wording import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from korea_cli.base.errors import KoreaError
    from korea_cli.editing.files import LocatedRecord
    from korea_cli.editing.saving import ChangeResult, FileChange
    from korea_cli.reading.toml import Document
    from korea_cli.rows.column import Json

    Changes = Callable[[], Iterable[Change]]

_NO_NAME, _EMPTY = "''", "(empty)"  # a key that is written as "", and a value
_INEXACT = 2**53  # from here on, programs that read JSON round whole numbers


class Outcome(NamedTuple):
    """What a command did.

    text: what it prints. sentence: the same in short, in case that cannot be printed. files: each that it changed, or
    would change, as it is then. changes: for programs. details: lines below the text. dry: the text is what was asked
    for, as a preview is. notes: for stderr. error: what is still wrong.

    The callables are called only when they are printed: a failure there does not undo a change.
    """

    text: str
    sentence: str = ""
    files: Sequence[Document] = ()
    changes: Changes = tuple
    details: Callable[[], Iterable[str]] = tuple
    dry: bool = False
    notes: Sequence[str] = ()
    error: KoreaError | None = None


def outcome_of(
    result: ChangeResult, sentence: str, *, dry: bool = False, changes: Changes | None = None,
    details: Changes | None = None,
) -> Outcome:  # fmt: skip
    """Return what was done to some files, or with `dry` would be.

    changes: those of single keys, if there are no others. details: those that go below the sentence (default: these).
    """
    lines = details or changes
    return Outcome(
        "".join(map(difference, result.files)) if dry else f"{clean_line(sentence)}\n",
        clean_line(sentence.partition(" (")[0]),
        [file.after for file in result.files],
        changes or (lambda: compare(result.before.draft, result.after.draft)),
        (lambda: map(_line, lines())) if lines and not dry else tuple,
        dry,
    )


def _line(change: Change) -> str:
    """Write the change of a key on a line: `status: reported → confirmed`, `actors: + moon`."""
    if change.before and change.after:
        return f"  {change.key or _NO_NAME}: {change.before} → {change.after}"
    return f"  {change.key or _NO_NAME}: {'+' if change.after else '-'} {change.after or change.before or _EMPTY}"


def difference(file: FileChange) -> str:
    """Return the lines of a file that differ, as `diff -u` writes them."""
    texts = ("" if file.before.new else file.before.text, file.after.text)
    before, after = (each.splitlines(keepends=True) for each in texts)
    lines = unified(before, after, f"{file.path} (now)", f"{file.path} (changed)")
    return "".join(f"{clean_line(line.rstrip())}\n" for line in lines)


def changes_of(located: LocatedRecord) -> Iterator[Change]:
    """Yield what is different under each key of a record that was changed, by its values as a file has them."""
    old, new = located.values, located.now
    title = value_words(new.get(title_key(located.record)) or located.id)
    about = (located.record.type, located.id, title, located.document.name, located.line)
    for key in written_keys(located.record) | old:
        if type(old.get(key)) is type(new.get(key)) and old.get(key) == new.get(key):
            continue
        before, after = _json_value(old.get(key)), _json_value(new.get(key))
        different: list[tuple[Json, Json]] = [(before, after)]
        if (before is None or isinstance(before, list)) and (after is None or isinstance(after, list)):
            lost = [each for each in before or () if each not in (after or ())]
            gained = [each for each in after or () if each not in (before or ())]
            different = [pair for pair in ((lost, None), (None, gained)) if any(pair)] or different
        for was, now in different:
            change = "lost" if now is None else "gained" if was is None else "changed"
            yield Change(change, *about, key, was, now, value_words(was), value_words(now))


def _json_value(value: object) -> Json:
    """Return a value of a file as JSON has it; what no key holds, such as a TOML date, in words."""
    if isinstance(value, list):
        return [
            {key: _json_value(inner) for key, inner in each.items()} if isinstance(each, dict) else _json_value(each)
            for each in value
        ]
    if value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) < _INEXACT):
        return value
    return value_words(value)


def value_words(value: object) -> str:
    """Return any value that a file may have, right or wrong, in words; a number that fills pages is cut."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(value_words, value))
    if isinstance(value, dict):
        return "; ".join(map(value_words, value.values()))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shorten(format_number(value)) if isinstance(value, int | float) else str(value)
