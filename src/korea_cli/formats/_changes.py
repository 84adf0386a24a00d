"""Changes in Markdown, for a review: the records by type, each with what is different under its keys."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from korea_cli.comparing.changes import words_by_key
from korea_cli.formats._marked import escape
from korea_cli.report.sections import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.comparing.changes import Change
    from korea_cli.formats._marked import Footnotes
    from korea_cli.report.sections import Section

_LONG = 40  # letters of two texts of which only the words are marked that differ
_ALIKE = 0.4  # how much two such texts have in common at least
_MOST_WORDS = 2_000


def write_changes(section: Section, _: Footnotes) -> Iterator[str]:
    """Write every record that changed."""
    for record, changes in groupby(section.rows, attrgetter("record")):
        yield f"\n### {record.capitalize()}{'' if record == 'chronology' else 's'}\n\n"
        for _id, of_one in groupby(changes, attrgetter("id")):
            yield from _record(tuple(of_one))


def _record(changes: Sequence[Change]) -> Iterator[str]:
    first = changes[0]
    name = f"**{escape(first.title)}**" if first.title.strip() else "*untitled*"
    named = f"{name} `{first.id}`" if first.id else name
    if first.change == "added" and first.entry:
        yield f"- Added {named}\n"
        yield from (f"  - {_key(key)}: {escape(words)}\n" for key, words in words_by_key(first.entry))
    elif first.change == "removed":
        yield f"- Removed {named}{f' ({escape(first.before)})' if first.before else ''}\n"
    else:
        yield f"- {named}\n"
        yield from (f"  - {_key(change.key)}: {_difference(change)}\n" for change in changes)


def _key(key: str) -> str:
    return escape(words_of(key))


def _difference(change: Change) -> str:
    """Write what was and what is: what is gone struck through, what is new in bold."""
    old, new = change.before.split(), change.after.split()
    if min(len(change.before), len(change.after)) < _LONG or max(len(old), len(new)) > _MOST_WORDS:
        return _marked(old, new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _marked(old, new)
    parts = (
        escape(" ".join(old[a:b])) if tag == "equal" else _marked(old[a:b], new[c:d])
        for tag, a, b, c, d in matcher.get_opcodes()
    )
    return " ".join(parts)


def _marked(old: Sequence[str], new: Sequence[str]) -> str:
    marks = (("~~", escape(" ".join(old))), ("**", escape(" ".join(new))))
    return " ".join(f"{mark}{text}{mark}" for mark, text in marks if text)
