"""What a file leaves open about how it is read, as questions with the answers to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.base.problems import Problem
    from korea_cli.model.records import Record


class PossibleAnswer(NamedTuple):
    """An answer: what is typed, words about it, and what it changes in the request."""

    name: str
    words: str = ""
    changes: Mapping[str, object] = {}


class OpenQuestion(NamedTuple):
    """A question about how a file is read.

    about: what it is about: none is asked twice about the same. default: the name of the choice that Enter means; ""
    where nothing is likely. other: the setting that any other answer is the value of; "" where only the choices are
    answers. hint: what else can be typed. note: the sentence that is printed where nobody
    is asked.
    """

    about: str
    text: str
    choices: tuple[PossibleAnswer, ...]
    default: str = ""
    other: str = ""
    hint: str = ""
    note: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it is one of yes or no."""
        return [each.name for each in self.choices] == ["y", "n"]

    def choice(self, typed: str) -> PossibleAnswer | None:
        """Return the choice that is named, by its name or its number."""
        word = typed.casefold()
        word = word[0] if self.is_plain and word in {"yes", "no"} else word
        named = next((each for each in self.choices if each.name == typed or each.name.casefold() == word), None)
        number = int(typed) if typed.isdecimal() and not self.is_plain else 0
        return named or (self.choices[number - 1] if 0 < number <= len(self.choices) else None)


def yes_or_no(about: str, text: str, changes: Mapping[str, object]) -> OpenQuestion:
    """Return a question of which yes changes something; Enter means no."""
    return OpenQuestion(about, text, (PossibleAnswer("y", "", changes), PossibleAnswer("n")), "n")


class UnsettledError(UsageError):
    """What cannot be decided without an answer: the message without a terminal, and the question on one."""

    def __init__(self, message: str, question: OpenQuestion) -> None:
        super().__init__(message, question)
        self.message, self.question = message, question

    def _message(self) -> str:
        return self.message


class UndecodedError(DataError):
    """A file that is not in its encoding, and the question which other it has."""

    def __init__(self, problem: Problem, question: OpenQuestion) -> None:
        super().__init__((problem,))
        self.question = question


class MissingColumnError(UsageError):
    """No column for what every record must have: the key, the type of record, the columns, and what else helps."""

    def __init__(self, key: str, record: type[Record], headings: Sequence[str], advice: str = "") -> None:
        super().__init__(key, record, headings, advice)
        self.key, self.record, self.headings, self.advice = key, record, tuple(headings), advice

    def _message(self) -> str:
        return (
            f"no column for '{self.key}', which every {self.record.type} must have."
            f" Use --map 'COLUMN={self.key}'. Columns: {', '.join(filter(None, self.headings))}{self.advice}"
        )
