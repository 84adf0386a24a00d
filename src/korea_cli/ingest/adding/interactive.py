"""Add records by answering questions, key by key: the required ones first, each answer checked at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from korea_cli.base.errors import KoreaError
from korea_cli.base.sanitize import clean, clean_line
from korea_cli.dates.format import show_stored
from korea_cli.editing.outcome import Outcome
from korea_cli.editing.terminal import Terminal
from korea_cli.editing.toml import toml_record
from korea_cli.ingest.adding.adding import add_records, open_registry
from korea_cli.ingest.adding.duplicates import find_similar
from korea_cli.ingest.names.registry import Registry
from korea_cli.ingest.names.values import InvalidValue, fit_value, suggest_id
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORD_TYPES, file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.editing.files import Editable
    from korea_cli.ingest.names.undeclared import UndeclaredError
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Values = dict[str, object]

_NONE = "-"
_DATE = "{}, as exactly as you know it (4 June 2018, June 2018, c. 1998)"
_OPENING = (
    "New {type} in {file}. Fields marked * are required; press Enter to skip the others. TAB completes, the arrow keys"
    " recall earlier answers. Ctrl-C cancels, and nothing is written."
)


class NothingAddedError(KoreaError):
    """The answers ended before a record was confirmed."""

    def _message(self) -> str:
        return "nothing was added"


def converse(files: Editable, record: type[Record], terminal: Terminal | None = None) -> Outcome:
    """Ask for records, show each, and add it to the file once it is confirmed; nothing is left to print."""
    terminal = terminal or Terminal()
    last_answers: dict[str, list[str]] = {}
    terminal.say(f"{clean_line(_OPENING.format(type=record.type, file=files.target()))}\n")
    added = 0
    try:
        while True:
            added += _add_one(files, record, _Questions(terminal, open_registry(files), last_answers))
            if not terminal.confirm(f"Another {record.type}?", default=False):
                return Outcome("")
    except EOFError:
        terminal.say("\n")
        if not added:
            raise NothingAddedError from None
        return Outcome("")


def _add_one(files: Editable, record: type[Record], questions: _Questions) -> bool:
    questions.ask_for(record)
    confirmed = questions.confirm()
    if confirmed:
        added = add_records(files, lambda loaded, target: (Registry(loaded, target), questions.added))
    questions.terminal.say(added.text if confirmed else "Not added.\n")
    return confirmed


class _Questions:
    """Questions about new records of a chronology; `added` are those that were answered for, in order.

    last_answers: by key, answers that can be repeated.
    """

    def __init__(self, terminal: Terminal, registry: Registry, last_answers: dict[str, list[str]]) -> None:
        self.terminal, self._registry, self._last_answers = terminal, registry, last_answers
        self.added: list[tuple[type[Record], Values]] = []

    def confirm(self) -> bool:
        """Show what will be written, and what it may duplicate."""
        for record, values in self.added:
            self.terminal.say(clean(f"\n{toml_record(record, values)}"))
        for record, values in self.added:
            for sentence in find_similar(record, values, self._registry.loaded.draft):
                self.terminal.say(f"Possible duplicate: {clean_line(sentence)}\n")
        return self.terminal.confirm(f"Add this to {clean_line(self._registry.target)}?")

    def ask_for(self, record: type[Record], prefilled: Values | None = None) -> Values:
        """Ask for a record; with some values, only for what else a finished record must have."""
        values = dict(prefilled or {})
        for written in _keys_to_ask(record, finished=bool(prefilled)):
            if written not in values:
                self._answer(record, written, values)
        values = {"id": self._id(record, values)} | values if "id" not in values else values
        self._registry.add(record, values, self._registry.target)
        self.added.append((record, values))
        return values

    def _answer(self, record: type[Record], written: str, values: Values) -> None:
        key = file_keys(record)[written]
        question = self._question(written, key)
        if key.form == "flag":
            if self.terminal.confirm(question, default=False):
                values[written] = True
            return
        self.terminal.say(f"{question}\n")
        if key.form not in LISTS:
            if answer := self._one(record, written, key, required=key.required):
                values[written] = answer
            return
        answers = list(dict.fromkeys(self._several(record, written, key)))
        if answers:
            values[written] = answers
        if key.form == "cites":
            self._last_answers[written] = answers

    def _question(self, written: str, key: Key) -> str:
        label = written.replace("_", " ").capitalize().replace("Url", "URL")
        words = f" ({', '.join(self._choices(key))})" if key.choices else ""
        question = _DATE.format(label) if key.form == "date" else f"{label}: {key.help}{words}"
        several = "; one per line" if key.form in LISTS else ""
        last = ", ".join(self._last_answers.get(written) or ())
        again = f" (Enter: {last}; {_NONE} for none)" if last else ""
        return clean_line(
            f"{'* ' if key.required else ''}{question}{several}{again}{':' if key.form == 'date' else ''}"
        )

    def _several(self, record: type[Record], written: str, key: Key) -> Iterator[str]:
        answer = self._one(record, written, key, required=False)
        if not answer:
            yield from self._last_answers.get(written) or ()
        while answer and answer != _NONE:
            yield answer
            answer = self._one(record, written, key, required=False)

    def _one(self, record: type[Record], written: str, key: Key, *, required: bool) -> str:
        """Ask until an answer fits; an empty one does where none is required."""
        offers = self._registry.names(key.refers) if key.refers else self._choices(key)
        while True:
            typed = self.terminal.ask(offers)
            if not typed and not required:
                return ""
            if typed == _NONE and key.form == "cites":
                return _NONE
            if answer := self._fit(record, written, key, typed):
                return answer

    def _fit(self, record: type[Record], written: str, key: Key, typed: str) -> str:
        """Return a typed answer as a file has it; show what is wrong with one that does not fit, and return ""."""
        fit = fit_value(record, written, [typed] if key.form in LISTS else typed, self._registry) if typed else None
        if isinstance(fit, InvalidValue) and fit.undeclared:
            return self._declare(fit.undeclared, typed)
        if fit is None or isinstance(fit, InvalidValue):
            self.terminal.say(f"{clean_line(fit.sentence if fit else 'A value is required.')}\n")
            return ""
        answer = str(fit[0] if isinstance(fit, list) else fit)
        shown = show_stored(answer) if key.form == "date" else answer
        if shown != typed or key.form == "date":
            self.terminal.say(f"  = {clean_line(shown)}\n")
        return answer

    def _declare(self, missing: UndeclaredError, typed: str) -> str:
        """Offer to add a record of an unknown name; return its id, with the place in a source that was typed."""
        self.terminal.say(f"{clean_line(missing.sentences[0])}\n")
        record = RECORD_TYPES[missing.types[0]]
        question = f"Add it as a new {record.type}?"
        if not self.terminal.confirm(question, default=not missing.near):
            return ""
        fit = fit_value(record, "id", missing.name, self._registry)
        prefilled: Values = {title_key(record): missing.name} if isinstance(fit, InvalidValue) else {"id": fit}
        values = self.ask_for(record, prefilled)
        self.terminal.say(f"  {record.type} '{values['id']}' will also be added\n")
        return f"{values['id']}{typed.removeprefix(missing.name)}"

    def _id(self, record: type[Record], values: Values) -> str:
        suggestion = suggest_id(record, values, partial(self._registry.is_free, record.table))
        self.terminal.say(f"Id: a permanent name (Enter: {suggestion})\n")
        while True:
            typed = self.terminal.ask([suggestion]) or suggestion
            if place := self._registry.place_of(record.table, typed):
                self.terminal.say(f"'{typed}' is already used at {place}\n")
            elif self._fit(record, "id", file_keys(record)["id"], typed):
                return typed

    def _choices(self, key: Key) -> tuple[str, ...]:
        own = getattr(self._registry.loaded.draft.header, key.more_in) if key.more_in else ()
        return (*key.choices, *own)


def _keys_to_ask(record: type[Record], *, finished: bool) -> list[str]:
    """Return the keys to ask for: the required ones, those of a finished record, perhaps the others."""
    keys = {written: key for written, key in file_keys(record).items() if written != "id"}
    chosen = [written for written, key in keys.items() if key.required or key.strict or not finished]
    return sorted(
        (written for written in chosen if not keys[written].seldom),
        key=lambda written: (not keys[written].required, not keys[written].strict),
    )
