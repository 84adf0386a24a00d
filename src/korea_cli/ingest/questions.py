"""Ask for the values of records key by key: the required ones first, each answer checked at once, with a way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from korea_cli.base.problems import shorten
from korea_cli.base.sanitize import clean, clean_line
from korea_cli.dates.format import show_stored
from korea_cli.editing.terminal import BACK, BackError
from korea_cli.editing.toml import toml_record
from korea_cli.ingest.asked_keys import keys_to_ask, label_of
from korea_cli.ingest.duplicates import find_similar
from korea_cli.ingest.values import InvalidValue, fit_value, suggest_id
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORD_TYPES, file_keys
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.editing.terminal import Terminal
    from korea_cli.ingest.registry import Registry, UndeclaredError
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Values = dict[str, object]

_NONE = "-"
_DATE = "{}, as exactly as you know it (4 June 2018, June 2018, c. 1998)"


class Questions:
    """Questions about a new record of a chronology, and about others that it names and the chronology does not have.

    last_answers: by key, answers that can be repeated in the next record. confirmed: whether the records may be added.
    """

    def __init__(self, terminal: Terminal, registry: Registry, last_answers: dict[str, list[str]]) -> None:
        self.terminal, self._registry, self._last_answers = terminal, registry, last_answers
        self._complete: list[tuple[type[Record], Values]] = []  # in the order in which they were asked for
        self._open: list[tuple[type[Record], Values]] = []  # those being asked for, the outermost first
        self._left: dict[tuple[str, str], Values] = {}  # answers about a named record that was gone back from
        self._suggested = ""  # id
        self.confirmed = False

    @property
    def added(self) -> list[tuple[type[Record], Values]]:
        """The records to add, what others refer to before these; one that was named is left out if it no longer is."""
        used: list[tuple[type[Record], Values]] = []
        for record, values in reversed(self._complete):
            if not used or any(_refers(*each, record, str(values["id"])) for each in used):
                used.append((record, values))
        return used[::-1]

    def typed(self) -> list[tuple[type[Record], Values]]:
        """Return all records of which something was typed, those that others refer to first."""
        return [each for each in (*self._complete, *reversed(self._open)) if each[1]]

    def forget(self) -> None:
        """Forget what was typed, as it was added or shown."""
        self._complete.clear()

    def ask_and_confirm(self, record: type[Record]) -> None:
        """Ask for a record, and whether to add it."""
        keys = [*keys_to_ask(record, finished=False), "id"]
        answers: Values = {}
        step = 0
        while True:
            self._ask_for(record, keys, answers, step)
            try:
                self.confirmed = self._confirm()
            except BackError:
                self._registry.remove(*self._complete.pop())
                step = len(keys) - 1
            else:
                return

    def _confirm(self) -> bool:
        """Show what will be written, and what it may duplicate."""
        for record, values in self.added:
            self.terminal.say(clean(f"\n{toml_record(record, values)}"))
        for record, values in self.added:
            for sentence in find_similar(record, values, self._registry.loaded.draft):
                self.terminal.say(f"Possible duplicate: {clean_line(sentence)}\n")
        return self.terminal.confirm(f"Add this to {clean_line(self._registry.target)}?", back=True)

    def _ask_for(self, record: type[Record], keys: Sequence[str], answers: Values, step: int = 0) -> Values:
        """Ask for the values of a record from one of its keys on; return them all.

        Raises BackError at the first question about a record that another one named.
        """
        self._open.append((record, answers))
        while step < len(keys):
            try:
                self._answer(record, keys[step], answers)
                step += 1
            except BackError:
                if not step and len(self._open) > 1:
                    self._open.pop()
                    raise
                self.terminal.say("" if step else "This is the first question.\n")
                step = max(step - 1, 0)
        self._open.pop()
        values = {"id": answers["id"], **answers}
        self._registry.add(record, values, self._registry.target)
        self._complete.append((record, values))
        return values

    def _answer(self, record: type[Record], written: str, answers: Values) -> None:
        """Ask for one value, the present one being the default; raises BackError."""
        key = file_keys(record)[written]
        if written == "id":
            self._answer_id(record, answers)
        elif key.form == "flag":
            question = clean_line(f"{label_of(written)}: {key.help}")
            _set(answers, written, self.terminal.confirm(question, default=bool(answers.get(written)), back=True))
        elif key.form in LISTS:
            self._answer_list(record, written, answers)
        else:
            present = str(answers.get(written, ""))
            self.terminal.say(self._question(written, key, present))
            answer = self._one(record, written, key, required=key.required and not present)
            _set(answers, written, "" if answer == _NONE and not key.required else answer or present)

    def _answer_list(self, record: type[Record], written: str, answers: Values) -> None:
        key = file_keys(record)[written]
        earlier = answers.get(written) or self._last_answers.get(written) or []
        before = [str(each) for each in earlier] if isinstance(earlier, list) else []
        self.terminal.say(self._question(written, key, ", ".join(before)))
        new: list[str] = []
        while (answer := self._one(record, written, key, required=False)) not in {"", _NONE}:
            new += [answer] if answer not in new else []
            answers[written] = [*new]
        _set(answers, written, new or ([] if answer == _NONE else before))
        if key.form == "cites":
            self._last_answers[written] = new or ([] if answer == _NONE else before)

    def _question(self, written: str, key: Key, present: str) -> str:
        label = label_of(written)
        words = f" ({', '.join(self._choices(key))})" if key.choices else ""
        question = _DATE.format(label) if key.form == "date" else f"{label}: {key.help}{words}"
        several = "; one per line" if key.form in LISTS else ""
        shown = shorten(show_stored(present) if key.form == "date" and present else present)
        default = f" (Enter: {shown}{'' if key.required else f'; {_NONE} for none'})" if shown else ""
        mark, end = "* " if key.required else "", ":" if key.form == "date" else ""
        return f"{clean_line(f'{mark}{question}{several}{default}{end}')}\n"

    def _one(self, record: type[Record], written: str, key: Key, *, required: bool) -> str:
        """Ask until an answer fits; an empty one does where none is required. Raises BackError."""
        offers = self._registry.names(key.refers) if key.refers else self._choices(key)
        while True:
            typed = self._read(offers)
            if not typed and not required:
                return ""
            if typed == _NONE and not key.required:
                return _NONE
            if answer := self._fit(record, written, key, typed):
                return answer

    def _read(self, offers: Sequence[str]) -> str:
        typed = self.terminal.ask(offers)
        if typed == BACK:
            raise BackError
        return typed

    def _fit(self, record: type[Record], written: str, key: Key, typed: str) -> str:
        """Return a typed answer as a file has it; show what is wrong with one that does not fit, and return ""."""
        fit = fit_value(record, written, [typed] if key.form in LISTS else typed, self._registry) if typed else None
        if isinstance(fit, InvalidValue) and fit.undeclared:
            return self._declare(fit.undeclared, written, typed)
        if fit is None or isinstance(fit, InvalidValue):
            self.terminal.say(f"{clean_line(fit.sentence if fit else 'A value is required.')}\n")
            return ""
        answer = str(fit[0] if isinstance(fit, list) else fit)
        shown = show_stored(answer) if key.form == "date" else answer
        if shown != typed or key.form == "date":
            self.terminal.say(f"  = {clean_line(shown)}\n")
        return answer

    def _declare(self, missing: UndeclaredError, written: str, typed: str) -> str:
        """Offer to add a record of an unknown name; return its id, with the place in a source that was typed.

        Meanwhile the name is one of the answers, for it was typed.
        """
        self.terminal.say(f"{clean_line(missing.sentences[0])}\n")
        outer, answers = self._open[-1]
        before = answers.get(written)
        listed = file_keys(outer)[written].form in LISTS
        answers[written] = [*(before if isinstance(before, list) else []), typed] if listed else typed
        id_ = self._ask_for_named(RECORD_TYPES[missing.types[0]], missing, written)
        _set(answers, written, before)
        return id_ and f"{id_}{typed.removeprefix(missing.name)}"

    def _ask_for_named(self, record: type[Record], missing: UndeclaredError, written: str) -> str:
        """Ask for what a finished record must have, if it is wanted; return its id."""
        question = f"Add it as a new {record.type}?"
        try:
            if len(missing.types) > 1 or not self.terminal.confirm(question, default=not missing.near, back=True):
                return ""
            fit = fit_value(record, "id", missing.name, self._registry)
            given: Values = {title_key(record): missing.name} if isinstance(fit, InvalidValue) else {"id": fit}
            keys = [each for each in (*keys_to_ask(record, finished=True), "id") if each not in given]
            values = self._ask_for(record, keys, self._left.setdefault((record.table, missing.name), given))
        except BackError:
            sentence = f"'{missing.name}' is not added. {label_of(written)}:"
            self.terminal.say(f"{clean_line(sentence)}\n")
            return ""
        self.terminal.say(f"  {record.type} '{values['id']}' will also be added\n")
        return str(values["id"])

    def _answer_id(self, record: type[Record], answers: Values) -> None:
        if answers.get("id") == self._suggested:  # made of another title, perhaps
            answers.pop("id", None)
        free = partial(self._registry.is_free, record.table)
        self._suggested = suggestion = str(answers.get("id") or suggest_id(record, answers, free))
        self.terminal.say(f"Id: a permanent name (Enter: {suggestion})\n")
        while True:
            typed = self._read([suggestion]) or suggestion
            if place := self._registry.place_of(record.table, typed):
                self.terminal.say(f"'{typed}' is already used at {place}\n")
            elif self._fit(record, "id", file_keys(record)["id"], typed):
                answers["id"] = typed
                return

    def _choices(self, key: Key) -> tuple[str, ...]:
        own = getattr(self._registry.loaded.draft.header, key.more_in) if key.more_in else ()
        return (*key.choices, *own)


def _set(answers: Values, written: str, value: object) -> None:
    """Set an answer, or remove it where it is empty."""
    answers[written] = value
    if not value:
        del answers[written]


def _refers(record: type[Record], values: Values, other: type[Record], id_: str) -> bool:
    """Whether a record refers to another one by its id."""
    for written, value in values.items():
        if other.table in file_keys(record)[written].refers:
            named = value if isinstance(value, list) else [value]
            if any(str(each).partition("#")[0] == id_ for each in named):
                return True
    return False
