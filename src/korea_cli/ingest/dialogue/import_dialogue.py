"""Import a file by question and answer: show how it is read, ask what it leaves open, and confirm before writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from korea_cli.base.errors import KoreaError, UsageError
from korea_cli.editing.terminal import Terminal
from korea_cli.ingest.dialogue.import_questions import about_columns, about_missing, about_rows, read_columns
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.mapping import parse_maps
from korea_cli.ingest.open_question import MissingColumnError, yes_or_no
from korea_cli.ingest.request import RereadError, command_line, require_apart
from korea_cli.ingest.summary import listed, notes, summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.ingest.dialogue.import_questions import ColumnReading
    from korea_cli.ingest.import_result import ImportResult
    from korea_cli.ingest.mapping import ColumnMapping
    from korea_cli.ingest.open_question import OpenQuestion
    from korea_cli.ingest.request import ImportRequest
    from korea_cli.ingest.sheet import Sheet, SheetRow
    from korea_cli.model.records import Record

_LEAVE = {"q", "quit"}
_SHOWN = 20  # choices


class NothingImportedError(KoreaError):
    """An import that was left, by `q` or without a confirmation."""

    def _message(self) -> str:
        return "nothing was imported"


class ColumnsTerminal(Terminal):
    """A terminal that can also draw how columns are read."""

    def show_columns(self, columns: Sequence[ColumnReading]) -> None:
        """Draw a table of columns."""
        raise NotImplementedError


class ImportDialogue(ImportNotes):
    """Asks about one file; every answer changes the request as an option would, and the file is read once more.

    request: with the answers so far. changes: how often it was changed.
    """

    asks = True

    def __init__(self, request: ImportRequest, files: Editable, terminal: ColumnsTerminal) -> None:
        super().__init__(self._show)
        self._terminal, self._files = terminal, files
        self._sheet: Sheet | None = None
        self._rows: Sequence[SheetRow] = ()
        self._said: set[str] = set()
        self._drawn: list[ColumnReading] = []
        self._asked: set[str] = set()
        self._steps: list[tuple[ImportRequest, OpenQuestion | None]] = []  # before each answer that changed something
        self.request = request

    def _show(self, sentences: Sequence[str]) -> None:
        """Show sentences, each once, however often the file is read."""
        for each in sentences:
            if each not in self._said:
                self._terminal.say(f"{each}\n")
        self._said.update(sentences)

    def again(self) -> ImportNotes:
        """Return itself: what was shown is not shown again."""
        return self

    def begin(self, request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow]) -> None:
        """Show how a file was opened, and ask what that leaves open."""
        self.request, self._sheet, self._rows = request, sheet, rows
        asked = {each.note for each in sheet.questions}
        self._show([each for each in sheet.notes if each not in asked])
        self._settle(sheet.questions)

    def columns(
        self, request: ImportRequest, record: type[Record], mapping: ColumnMapping, names: Sequence[str]
    ) -> None:
        """Draw how columns are read, and ask which of several that look alike is meant."""
        del names
        if self._sheet is None:
            return
        columns = read_columns(self._sheet, self._rows, record, mapping)
        decided = {*dict(request.maps).values(), *dict(request.columns).values()}
        decided |= {"title"} if mapping.title else set()
        self._draw(columns)
        if self._sheet.headings:  # else each row names its own
            self._settle(list(about_columns(record, columns, decided)))

    def _draw(self, columns: list[ColumnReading]) -> None:
        if columns != self._drawn:
            self._show([f"columns of {self.request.name}, the key that each is read as, and samples:"])
            self._terminal.show_columns(columns)
        self._drawn = columns

    def _settle(self, questions: Sequence[OpenQuestion]) -> None:
        """Ask each question once; raises RereadError if the answers change how the file is read."""
        for question in questions:
            if question.about not in self._asked:
                self._asked.add(question.about)
                self._change(self._ask(question), question)

    def _change(self, changes: Mapping[str, object], question: OpenQuestion | None) -> None:
        if changes:
            self._steps.append((self.request, question))
            raise RereadError(self.request.with_changes(changes))

    def answer(self, error: KoreaError, request: ImportRequest) -> ImportRequest:
        """Ask what an error leaves open, or again what its last answer was wrong about; raises any other error."""
        self.request = request
        question = getattr(error, "question", None)
        if isinstance(error, MissingColumnError) and self._sheet:
            chosen = dict((*self.request.columns, *self.request.maps))
            found = read_columns(self._sheet, self._rows, error.record)
            columns = [each._replace(key=chosen.get(each.heading, each.key)) for each in found]
            if not self._drawn:
                self._draw(columns)
            question = about_missing(error, columns)
        if question is None:
            return self._corrected(error)
        return self._answered(question)

    def _answered(self, question: OpenQuestion) -> ImportRequest:
        changes = self._ask(question)
        self._steps.append((self.request, question))
        return self.request.with_changes(changes)

    def _corrected(self, error: KoreaError) -> ImportRequest:
        """Ask the last question again, if its answer is what is wrong."""
        if not (self._steps and isinstance(error, UsageError)):
            self._keep()
            raise error
        self.request, question = self._steps.pop()
        for sentence in error.sentences:
            self._terminal.say(f"{sentence}\n")
        return self._answered(question) if question else self.request

    def _ask(self, question: OpenQuestion) -> Mapping[str, object]:
        """Return what the answer to a question changes; raises NothingImportedError for none."""
        self._terminal.say(_presented(question))
        while True:
            typed = self._read([each.name for each in question.choices]) or question.default
            if choice := question.choice(typed):
                return choice.changes
            if typed.casefold() in _LEAVE:
                self._leave()
            if typed and question.other:
                return {question.other: typed}
            self._terminal.say(f"{'Type one of the answers above' if typed else 'Type an answer'}, or q to leave.\n")

    def _read(self, offers: Sequence[str]) -> str:
        try:
            return self._terminal.ask(offers)
        except EOFError:
            self._terminal.say("\n")
            self._leave()
        except KeyboardInterrupt:
            self._terminal.say("\n")
            self._keep()
            raise

    def _leave(self) -> NoReturn:
        self._keep()
        raise NothingImportedError

    def _keep(self) -> None:
        """Print the command line with the answers so far, if there are any."""
        if self._steps:
            self._terminal.say(f"with your answers: {self.command()}\n")

    def command(self, saved: str = "") -> str:
        """Return the command line that does the same without questions."""
        return command_line(self.request, self._files.names, saved)

    def review(self, result: ImportResult) -> None:
        """Ask what the rows leave open, show what would be done, and have that confirmed.

        Raises RereadError if an answer changes how the file is read, NothingImportedError if nothing is to be written.
        """
        id_heading = next((heading for heading, key in result.mapping.keys if key == "id"), "id")
        self._settle(list(about_rows(result.rows, id_heading)))
        self._show(notes(result))
        if self._files.dry or not result.rows.spool.counts:
            return
        rejects = result.rows.rejects
        self._show([*rejects.first, *([summary(result, str(self._files.target()), dry=True)] if rejects.count else [])])
        self._confirm(f"Import {listed(result.rows.added)} into {self._files.target()}?")

    def _confirm(self, question: str) -> None:
        self._terminal.say(f"{question} [Y/n, or COLUMN=KEY to read a column differently]\n")
        while True:
            typed = self._read([f"{each.heading}=" for each in self._drawn])
            if typed.casefold() in {"", "y", "yes"}:
                self.saved = self._save_as()
                return
            if typed.casefold() in {"n", "no", *_LEAVE}:
                self._leave()
            if "=" in typed.strip("="):
                self._change({"maps": tuple(parse_maps([typed]))}, None)
            self._terminal.say("Type y, n, or COLUMN=KEY; without KEY, the column is ignored.\n")

    def outcome(self, result: ImportResult, target: str, *, dry: bool) -> Outcome:
        """Return what is printed at the end: also what to type to do the same again, if there were answers."""
        again = f"to do the same without questions: {self.command(self.request.save_mapping or self.saved)}"
        return super().outcome(result, target, dry=dry)._replace(notes=[again] if self._steps else [])

    def _save_as(self) -> str:
        """Return the file to save the mapping in, if answers changed it and a name is typed; else ""."""
        if not self._steps or self.request.save_mapping:
            return ""
        self._terminal.say("Save this mapping? (file name, or Enter for no)\n")
        while typed := self._read(()):
            try:
                require_apart(self.request._replace(save_mapping=typed), self._files.names)
                replaces = yes_or_no("save_mapping", f"{typed} exists. Replace it?", {"save_mapping": typed})
                if not Path(typed).exists() or self._ask(replaces):
                    return typed
            except KoreaError as error:
                self._terminal.say(f"{error}\n")
            self._terminal.say("Another file name? (Enter for no)\n")
        return ""


def _presented(question: OpenQuestion) -> str:
    """Return a question with its answers, one a line if they are not just yes and no."""
    if question.is_plain:
        return f"{question.text} [y/N]\n"
    numbered = not all(len(each.name) == 1 for each in question.choices)
    lines = [
        f"  {f'{number}  ' if numbered else ''}{each.name}{f'  {each.words}' if each.words else ''}"
        for number, each in enumerate(question.choices[:_SHOWN], 1)
    ]
    if more := len(question.choices) - _SHOWN:
        lines += [f"  and {more:,} more"] if more > 0 else []
    usual = f"Enter: {question.default}; " if question.default else ""
    lines.append(f"({usual}q leaves{f'; {question.hint}' if question.hint else ''})")
    return "\n".join((question.text, *lines)) + "\n"
