"""What a writing command did: a message for people, the files and changes for programs; or a preview of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.comparing.changes import Change, compare
from korea_cli.editing.patience import unified
from korea_cli.model import written_keys
from korea_cli.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from korea_cli.editing.files import Located
    from korea_cli.editing.saving import Rewritten, Written
    from korea_cli.errors import KoreaError
    from korea_cli.reading.load import Loaded

    Changes = Callable[[], Iterable[Change]]
    Places = Callable[[], Mapping[tuple[str, str], tuple[str, int | None]]]


class Done(NamedTuple):
    """What a command did.

    text: what it prints. sentence: what it changed, in case that cannot be printed; "" where it changed no file.
    files: by name, the digest of each file that it changed, or would change. changes, places: for programs, each
    change, and by type and id in which file and on which line records stand. notes: for stderr. error: what is still
    wrong.
    """

    text: str
    sentence: str = ""
    files: Mapping[str, str] = {}
    changes: Changes = tuple
    places: Places = dict
    dry: bool = False
    notes: Sequence[str] = ()
    error: KoreaError | None = None


def done(
    written: Written, sentence: str, *details: str, dry: bool = False, changes: Changes | None = None,
    notes: Sequence[str] = (),
) -> Done:  # fmt: skip
    """Return what was done to some files, or what would be; `details` stand below the sentence."""
    lines = "".join(f"{clean_line(line)}\n" for line in (sentence, *details))
    return Done(
        "".join(map(difference, written.files)) if dry else lines,
        "" if dry or not written.files else clean_line(sentence.partition(" (")[0]),
        {file.after.name: file.after.sha256 for file in written.files},
        changes or (lambda: compare(written.before.draft, written.after.draft)),
        lambda: {**_places(written.before), **_places(written.after)},
        dry,
        notes,
    )  # fmt: skip


def _places(loaded: Loaded) -> dict[tuple[str, str], tuple[str, int | None]]:
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
    for key in written_keys(located.record):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if isinstance(before, list) or isinstance(after, list):
            lost = [each for each in before or () if each not in (after or ())]
            gained = [each for each in after or () if each not in (before or ())]
            if lost:
                yield Change("lost", *about, key, lost, None, _words(lost))
            if gained:
                yield Change("gained", *about, key, None, gained, "", _words(gained))
        else:
            change = "lost" if after is None else "gained" if before is None else "changed"
            yield Change(change, *about, key, before, after, _words(before), _words(after))


def _title(located: Located, values: Mapping[str, Any]) -> str:
    return str(next((values[key] for key in ("title", "text", "name", "label") if values.get(key)), located.id))


def _words(value: Any) -> str:  # noqa: ANN401 - of any key
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    if isinstance(value, dict):
        return "; ".join(_words(each) for each in value.values())
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def as_lines(changes: Iterable[Change]) -> list[str]:
    """Return a line for each change of a key: `status: reported → confirmed`, `actors: + moon`."""
    return [
        f"  {each.key}: {each.before} → {each.after}" if each.before and each.after
        else f"  {each.key}: {'+' if each.after else '-'} {each.after or each.before}"
        for each in changes
    ]  # fmt: skip
