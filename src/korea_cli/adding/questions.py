"""Ask for a record, key by key: what is needed first, each answer held to its key at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from korea_cli.adding.fitting import Misfit, fitted_value
from korea_cli.adding.known import TITLES
from korea_cli.adding.suggesting import suggested_id
from korea_cli.base.sanitize import clean_line
from korea_cli.dates.format import show_stored
from korea_cli.model.choices import EVENT_KINDS
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORDS, keys_of, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.adding.known import Known, UndeclaredError
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Values = dict[str, Any]

# What a dialogue leaves to options and to the editor, so that it stays short.
SELDOM = {
    "date_text", "date_basis", "other_dates", "time", "timezone", "responds_to", "disputed_by", "quote", "reported_by",
    "events", "wikidata", "voice", "accessed", "language", "part_of", "publisher", "number", "archive_url",
    "doi", "isbn",
}  # fmt: skip
_NONE = "-"


class Asker(Protocol):
    """Whom questions are put to."""

    def say(self, text: str) -> None:
        """Show a text."""

    def ask(self, offers: Sequence[str] = ()) -> str:
        """Give the next answer; some may be offered."""

    def confirm(self, question: str, *, usual: bool = True) -> bool:
        """Ask what can be answered by yes or no."""


class Questions:
    """Questions about new records of a chronology; `added` are those that were answered for, in order.

    remembered: by key, an answer that serves again.
    """

    def __init__(self, asker: Asker, known: Known, remembered: Values) -> None:
        """Prepare to ask about what will be added."""
        self._asker, self._known, self._remembered = asker, known, remembered
        self.added: list[tuple[type[Record], Values]] = []

    def record(self, record: type[Record], given: Values | None = None) -> Values:
        """Ask for a record; of one of which something is given, only what a finished record must have."""
        values = dict(given or {})
        for written in _asked(record, finished=bool(given)):
            if written not in values:
                self._answer(record, written, values)
        values = {"id": self._id(record, values)} | values if "id" not in values else values
        self._known.add(record, values, self._known.target)
        self.added.append((record, values))
        return values

    def _answer(self, record: type[Record], written: str, values: Values) -> None:
        key = keys_of(record)[written_keys(record)[written]]
        if key.form == "flag":
            if self._asker.confirm(self._question(written, key), usual=False):
                values[written] = True
            return
        self._asker.say(f"{self._question(written, key)}\n")
        if key.form in LISTS:
            answer: Any = list(dict.fromkeys(self._several(record, written, key)))
        else:
            answer = self._one(record, written, key, needed=key.required)
        if answer:
            values[written] = answer
        if key.form == "cites":
            self._remembered[written] = answer

    def _question(self, written: str, key: Key) -> str:
        words = f": {', '.join(self._choices(key))}" if key.choices else ""
        several = "; one a line" if key.form in LISTS else ""
        before = ", ".join(self._remembered.get(written) or ())
        again = f" (Enter: {before}; {_NONE} for none)" if before else ""
        return clean_line(f"{'* ' if key.required else ''}{written}: {key.help}{words}{several}{again}")

    def _several(self, record: type[Record], written: str, key: Key) -> Iterator[str]:
        """Ask for one after the other until there are no more."""
        answer = self._one(record, written, key, needed=False)
        if not answer:
            yield from self._remembered.get(written) or ()
        while answer and answer != _NONE:
            yield answer
            answer = self._one(record, written, key, needed=False)

    def _one(self, record: type[Record], written: str, key: Key, *, needed: bool) -> str:
        """Ask until an answer fits; an empty one does where none is needed."""
        while True:
            typed = self._asker.ask(self._offers(key))
            if not typed and not needed:
                return ""
            if typed == _NONE and key.form == "cites":
                return _NONE
            answer = self._fit(record, written, key, typed)
            if answer:
                return answer

    def _fit(self, record: type[Record], written: str, key: Key, typed: str) -> str:
        """Give a typed answer as a file has it; say what is wrong with one that does not fit, and give nothing."""
        fit = fitted_value(record, written, [typed] if key.form in LISTS else typed, self._known) if typed else None
        if isinstance(fit, Misfit) and fit.undeclared:
            return self._declared(fit.undeclared, typed)
        if fit is None or isinstance(fit, Misfit):
            self._asker.say(f"{clean_line(fit.said if fit else 'this is needed')}\n")
            return ""
        answer: str = fit[0] if isinstance(fit, list) else fit
        shown = show_stored(answer) if key.form == "date" else answer
        if shown != typed or key.form == "date":
            self._asker.say(f"  = {clean_line(shown)}\n")
        return answer

    def _declared(self, missing: UndeclaredError, typed: str) -> str:
        """Offer to add what nothing is called by; give its id, with the place in a source that was typed."""
        self._asker.say(f"{clean_line(missing.sentences[0])}\n")
        record = next(each for each in RECORDS if each.table == missing.tables[0])
        if len(missing.tables) > 1 or not self._asker.confirm(
            f"Add it as a new {record.type}?", usual=not missing.near
        ):
            return ""
        title = TITLES.get(record.type, "title")
        fit = fitted_value(record, "id", missing.name, self._known)
        values = self.record(record, {title: missing.name} if isinstance(fit, Misfit) else {"id": fit})
        self._asker.say(f"  {record.type} '{values['id']}' will be added too\n")
        return f"{values['id']}{typed.removeprefix(missing.name)}"

    def _id(self, record: type[Record], values: Values) -> str:
        taken = self._known.ids(record.table)
        suggested = suggested_id(record, values, self._known.taken(record.table))
        self._asker.say(f"id: its permanent name (Enter: {suggested})\n")
        while True:
            typed = self._asker.ask([suggested]) or suggested
            if typed in taken:
                self._asker.say(f"'{typed}' is already used at {self._known.place_of(record.table, typed)}\n")
            elif self._fit(record, "id", keys_of(record)["id"], typed):
                return typed

    def _choices(self, key: Key) -> tuple[str, ...]:
        return key.choices + self._known.kinds if key.choices is EVENT_KINDS else key.choices

    def _offers(self, key: Key) -> list[str]:
        return self._known.names(key.refers) if key.refers else list(self._choices(key))


def _asked(record: type[Record], *, finished: bool) -> list[str]:
    """Give the keys that are asked for: what is needed, what a finished record has, perhaps the others."""
    keys = {written: keys_of(record)[name] for written, name in written_keys(record).items() if written != "id"}
    asked = [written for written, key in keys.items() if key.required or key.strict or not finished]
    asked = [written for written in asked if written not in SELDOM]
    return sorted(asked, key=lambda written: (not keys[written].required, not keys[written].strict))
