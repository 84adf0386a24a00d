"""What a writing command did: a message for people, the files and changes for programs; or a preview of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.problems import shorten
from korea_cli.base.sanitize import clean_line
from korea_cli.comparing.changes import Change, compare
from korea_cli.editing.patience import unified
from korea_cli.model.records import written_keys
from korea_cli.reading.values import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from korea_cli.base.errors import KoreaError
    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.files import Located
    from korea_cli.editing.saving import Rewritten, Written

    Changes = Callable[[], Iterable[Change]]
    Places = Callable[[], Mapping[tuple[str, str], tuple[str, int | None]]]

_NO_NAME, _EMPTY = "''", "(empty)"  # a key that is written as "", and a value
_INEXACT = 2**53  # from here on, programs that read JSON round whole numbers


class Outcome(NamedTuple):
    """What a command did.

    text: what it prints. sentence: the same in short, in case that cannot be printed. files: by name, the digest of
    each file that it changed, or would change. changes, places: for programs, each change, and by type and id in which
    file and on which line records stand. details: lines below the text. dry: the text is what was asked for, as a
    preview is. notes: for stderr. error: what is still wrong.

    What words values of a file is called only when it is printed, where its failure is known not to undo a change.
    """

    text: str
    sentence: str = ""
    files: Mapping[str, str] = {}
    changes: Changes = tuple
    places: Places = dict
    details: Callable[[], Iterable[str]] = tuple
    dry: bool = False
    notes: Sequence[str] = ()
    error: KoreaError | None = None


def done(written: Written, sentence: str, *, dry: bool = False, changes: Changes | None = None) -> Outcome:
    """Return what was done to some files, or what would be; changes of single keys stand below the sentence."""
    return Outcome(
        "".join(map(difference, written.files)) if dry else f"{clean_line(sentence)}\n",
        clean_line(sentence.partition(" (")[0]),
        {file.after.name: file.after.sha256 for file in written.files},
        changes or (lambda: compare(written.before.draft, written.after.draft)),
        lambda: {**_places(written.before), **_places(written.after)},
        (lambda: as_lines(changes())) if changes and not dry else tuple,
        dry,
    )


def _places(loaded: LoadResult) -> dict[tuple[str, str], tuple[str, int | None]]:
    entries = (entry for table in loaded.draft.records for entry, _ in loaded.draft.all_entries(table))
    return {(entry.type, entry.id): (entry.file, entry.line) for entry in entries}


def difference(file: Rewritten) -> str:
    """Give a file's lines before and after, as `diff -u` writes them."""
    before, after = (each.text.splitlines(keepends=True) for each in (file.before, file.after))
    lines = unified(before, after, f"{file.path} (now)", f"{file.path} (changed)")
    return "".join(f"{clean_line(line.rstrip())}\n" for line in lines)


def changes_of(located: Located) -> Iterator[Change]:
    """Yield what is different under each key of a record that was changed, by its values as a file has them."""
    old, new = located.values, located.now
    about = (located.record.type, located.id, _title(located, new))
    for key in written_keys(located.record) | old:
        if type(old.get(key)) is type(new.get(key)) and old.get(key) == new.get(key):
            continue
        before, after = _in_json(old.get(key)), _in_json(new.get(key))
        if all(each is None or isinstance(each, list) for each in (before, after)):
            lost = [each for each in before or () if each not in (after or ())]
            gained = [each for each in after or () if each not in (before or ())]
            if lost:
                yield Change("lost", *about, key, lost, None, words_for(lost))
            if gained:
                yield Change("gained", *about, key, None, gained, "", words_for(gained))
            if lost or gained:
                continue
        change = "lost" if after is None else "gained" if before is None else "changed"
        yield Change(change, *about, key, before, after, words_for(before), words_for(after))


def _title(located: Located, values: Mapping[str, Any]) -> str:
    return words_for(next((values[key] for key in ("title", "text", "name", "label") if values.get(key)), located.id))


def _in_json(value: Any) -> Any:  # noqa: ANN401 - of any key
    """Return a value of a file as JSON has it; what none of our keys has, such as a TOML date, in words."""
    if isinstance(value, list):
        return [
            {key: _in_json(inner) for key, inner in each.items()} if isinstance(each, dict) else _in_json(each)
            for each in value
        ]
    exact = value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) < _INEXACT)
    return value if exact else words_for(value)


def words_for(value: Any) -> str:  # noqa: ANN401 - of any key
    """Return any value that a file may have, right or wrong, in words; a number that fills pages is cut."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(words_for, value))
    if isinstance(value, dict):
        return "; ".join(words_for(each) for each in value.values())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return shorten(format_number(value)) if isinstance(value, int | float) else str(value)


def as_lines(changes: Iterable[Change]) -> list[str]:
    """Return a line for each change of a key: `status: reported → confirmed`, `actors: + moon`."""
    return [
        f"  {each.key or _NO_NAME}: {each.before} → {each.after}" if each.before and each.after
        else f"  {each.key or _NO_NAME}: {'+' if each.after else '-'} {each.after or each.before or _EMPTY}"
        for each in changes
    ]  # fmt: skip
