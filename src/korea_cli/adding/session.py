"""Add records by answering questions, one after the other until there are no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.adding.commit import Open, opened, put
from korea_cli.adding.duplicates import alike
from korea_cli.adding.questions import Questions
from korea_cli.adding.terminal import Terminal
from korea_cli.base.errors import KoreaError
from korea_cli.base.sanitize import clean, clean_line
from korea_cli.editing.outcome import Outcome
from korea_cli.editing.toml import toml_record

if TYPE_CHECKING:
    from korea_cli.adding.questions import Asker
    from korea_cli.editing.files import Editable
    from korea_cli.model.records import Record

_OPENING = (
    "A new {type} in {file}. * is needed, Enter skips what is not, TAB completes, arrows bring answers back;"
    " Ctrl-C stops, and nothing is written."
)


class NothingAddedError(KoreaError):
    """The answers ended before a record was confirmed."""

    def _message(self) -> str:
        return "nothing was added"


def converse(files: Editable, record: type[Record], asker: Asker | None = None) -> Outcome:
    """Ask for records, show each, and put it into the file once it is confirmed; nothing is left to print."""
    asker = asker or Terminal()
    remembered: dict[str, Any] = {}
    asker.say(f"{clean_line(_OPENING.format(type=record.type, file=files.target()))}\n")
    added = 0
    try:
        while True:
            added += _add_one(files, record, asker, remembered)
            if not asker.confirm(f"Another {record.type}?", usual=False):
                return Outcome("")
    except EOFError:
        asker.say("\n")
        if not added:
            raise NothingAddedError from None
        return Outcome("")


def _add_one(files: Editable, record: type[Record], asker: Asker, remembered: dict[str, Any]) -> bool:
    """Ask for a record and put it in; say whether that was done."""
    chronology = opened(files)
    questions = Questions(asker, chronology.known, remembered)
    questions.record(record)
    if not _confirmed(asker, questions, chronology):
        asker.say("not added\n")
        return False
    asker.say(put(files, lambda _: questions.added).text)
    return True


def _confirmed(asker: Asker, questions: Questions, chronology: Open) -> bool:
    """Show what will be written, and what it may be a copy of."""
    for record, values in questions.added:
        asker.say(clean(f"\n{toml_record(record, values)}"))
    for record, values in questions.added:
        for told in alike(record, values, chronology.loaded.draft):
            asker.say(f"Note: {clean_line(told)}\n")
    return asker.confirm(f"Add this to {clean_line(chronology.known.target)}?")
