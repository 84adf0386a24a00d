"""Add records by answering questions, one after the other until there are no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.adding.commit import add_records, open_registry
from korea_cli.adding.duplicates import find_similar
from korea_cli.adding.questions import Questions
from korea_cli.adding.terminal import Terminal
from korea_cli.base.errors import KoreaError
from korea_cli.base.sanitize import clean, clean_line
from korea_cli.editing.outcome import Outcome
from korea_cli.editing.toml import toml_record

if TYPE_CHECKING:
    from korea_cli.adding.questions import Prompter
    from korea_cli.adding.registry import Registry
    from korea_cli.editing.files import Editable
    from korea_cli.model.records import Record

_OPENING = (
    "New {type} in {file}. Fields marked * are required; press Enter to skip the others. TAB completes, the arrow keys"
    " recall earlier answers. Ctrl-C cancels, and nothing is written."
)


class NothingAddedError(KoreaError):
    """The answers ended before a record was confirmed."""

    def _message(self) -> str:
        return "nothing was added"


def converse(files: Editable, record: type[Record], prompter: Prompter | None = None) -> Outcome:
    """Ask for records, show each, and add it to the file once it is confirmed; nothing is left to print."""
    prompter = prompter or Terminal()
    last_answers: dict[str, list[str]] = {}
    prompter.say(f"{clean_line(_OPENING.format(type=record.type, file=files.target()))}\n")
    added = 0
    try:
        while True:
            added += _add_one(files, record, prompter, last_answers)
            if not prompter.confirm(f"Another {record.type}?", default=False):
                return Outcome("")
    except EOFError:
        prompter.say("\n")
        if not added:
            raise NothingAddedError from None
        return Outcome("")


def _add_one(files: Editable, record: type[Record], prompter: Prompter, last_answers: dict[str, list[str]]) -> bool:
    """Ask for a record and add it; return whether it was confirmed."""
    registry = open_registry(files)
    questions = Questions(prompter, registry, last_answers)
    questions.ask_for(record)
    if not _confirm(prompter, questions, registry):
        prompter.say("Not added.\n")
        return False
    prompter.say(add_records(files, lambda _: questions.added).text)
    return True


def _confirm(prompter: Prompter, questions: Questions, registry: Registry) -> bool:
    """Show what will be written, and what it may duplicate."""
    for record, values in questions.added:
        prompter.say(clean(f"\n{toml_record(record, values)}"))
    for record, values in questions.added:
        for sentence in find_similar(record, values, registry.loaded.draft):
            prompter.say(f"Possible duplicate: {clean_line(sentence)}\n")
    return prompter.confirm(f"Add this to {clean_line(registry.target)}?")
