"""The errors of a request: each is raised with facts, and builds its message from them. Exit statuses."""

from __future__ import annotations

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.base.problems import Problem

OK, NO, USAGE, BAD_DATA, CANNOT_WRITE, INTERNAL = 0, 1, 2, 3, 4, 70
INTERRUPTED, CLOSED_PIPE = 130, 141
EXIT_STATUSES = {
    OK: "Success, even if nothing matched (a note on stderr says so).",
    NO: "The answer is no: a name was not found, 'check' found errors, or --exit-code and nothing matched.",
    USAGE: "The command line is wrong.",
    BAD_DATA: "A data file is missing, unreadable or invalid.",
    CANNOT_WRITE: "The output could not be written. No file is left half-written.",
    INTERNAL: "An internal error: please report it.",
    INTERRUPTED: "Interrupted (Ctrl-C).",
    CLOSED_PIPE: "The reader of the output closed the pipe.",
}

_NAMED, _LISTED, _SHOWN = 5, 40, 20  # so many candidates for a name, allowed words and problems are listed


class KoreaError(Exception):
    """An error in the request; `str()` is the message for the user, `status` the exit status.

    The message is safe to log: it has one line for each cause, and no control, invisible direction or surrogate
    characters. The attributes hold the exact values.
    """

    status = NO
    excerpt: tuple[str, ...] = ()  # the expression that has its cause, and a caret below that

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the message, one sentence for each cause, with values as they were typed, and the excerpt."""
        return (self._message(), *self.excerpt)

    def _message(self) -> str:
        return super().__str__()

    def __str__(self) -> str:
        from korea_cli.base.sanitize import clean_line  # noqa: PLC0415 - only when something is wrong

        return "\n".join(map(clean_line, self.sentences)).encode("utf-8", "backslashreplace").decode()


class StoppedError(KeyboardInterrupt):
    """A signal that ends the program, after it has cleaned up as for Ctrl-C; `status` names the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


class UsageError(KoreaError):
    """The command line was wrong."""

    status = USAGE


class ArgumentError(UsageError):
    """An argument of a wrong type: its name, the type it takes, the one passed, and what to write instead."""

    def __init__(self, name: str, takes: str, passed: str, write: str = "") -> None:
        super().__init__(name, takes, passed, write)
        self.name, self.takes, self.passed, self.write = name, takes, passed, write

    def _message(self) -> str:
        hint = f": write {self.write}" if self.write else ""
        return f"{self.name} must be {self.takes}, not {self.passed}{hint}"


class DateError(UsageError):
    """A date that cannot be read: the text, the reason, and a date that was probably meant."""

    def __init__(self, text: str, reason: str, suggestion: str | None = None) -> None:
        super().__init__(text, reason, suggestion)
        self.text, self.reason, self.suggestion = text, reason, suggestion

    def _message(self) -> str:
        hint = f" Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"'{self.text}' is not a date: {self.reason}{'.' if hint else ''}{hint}"


class OpenDateError(DateError):
    """A date without the day at which a range starts or ends; the reason names which."""

    def _message(self) -> str:
        return f"'{self.text}' {self.reason}"


class ConflictError(UsageError):
    """Two settings that do not go together, each as (name, value), and a sentence about both."""

    def __init__(
        self, one: tuple[str, str], other: tuple[str, str], sentence: str = "{one} and {other} cannot be used together"
    ) -> None:
        super().__init__(one, other, sentence)
        self.one, self.other, self.sentence = one, other, sentence

    def _message(self) -> str:
        one, other = (f"'{name} {given}'" if given else f"'{name}'" for name, given in (self.one, self.other))
        return self.sentence.format(one=one, other=other)


class NotInListError(UsageError):
    """A word that is not among the allowed ones: what it should name, the word, the allowed ones."""

    def __init__(self, what: str, word: str, allowed: Sequence[str]) -> None:
        super().__init__(what, word, allowed)
        self.what, self.word, self.allowed = what, word, tuple(allowed)

    def _message(self) -> str:
        from korea_cli.base.nearest import nearest  # noqa: PLC0415 - only when something is wrong

        near = nearest(self.word, self.allowed)
        hint = f" Did you mean '{near}'?" if near else ""
        return f"unknown {self.what} '{self.word}'.{hint} Allowed values: {', '.join(self.allowed)}"


class UnknownFieldError(NotInListError):
    """A field that these records do not have: the field, the allowed ones, and a sentence on what to write instead."""

    def __init__(self, field: str, allowed: Sequence[str], hint: str) -> None:
        super().__init__("field", field, allowed)
        self.args = (field, allowed, hint)
        self.hint = hint

    def _message(self) -> str:
        return f"unknown field '{self.word}'. {self.hint}" if self.hint else super()._message()


class UnknownNameError(KoreaError):
    """A name not found, with the nearest, as (name, id), else all there are, or the type of the record that has it."""

    def __init__(
        self, what: str, name: str, near: Sequence[tuple[str, str]], known: Sequence[str] = (), type_: str = ""
    ) -> None:
        super().__init__(what, name, near, known, type_)
        self.what, self.name, self.near, self.known, self.type = what, name, tuple(near), tuple(known), type_

    def _message(self) -> str:
        if self.type:
            return f"{self.what} not found: '{self.name}' is the id of a{'n' * (self.type[0] in 'ae')} {self.type}"
        more = f" and {len(self.known) - _LISTED:,} more" if len(self.known) > _LISTED else ""
        known = f" Known values: {', '.join(self.known[:_LISTED])}{more}" if self.known else ""
        hint = f" Did you mean {listed(self.near[:_NAMED])}?" if self.near else known
        return f"{self.what} not found: '{self.name}'{'.' if hint else ''}{hint}"


class UnknownIdError(UnknownNameError):
    """An id that no record has, and the records that were probably meant, as (name, id)."""

    def __init__(self, id_: str, near: Sequence[tuple[str, str]]) -> None:
        super().__init__("record", id_, near)

    def _message(self) -> str:
        return f"{super()._message()}{' Type its id.' if self.near else ''}"


class MisspeltNameError(UnknownNameError):
    """A word of a query that is no name, where a name may stand, with the names that were probably meant."""

    def _message(self) -> str:
        sentence = super()._message()
        of, field = ("topic", "topic") if self.type == "topic" else ("word", "text")
        return f"{sentence}{'' if sentence[-1] in '?.' else '.'} To search for the {of}, write '{field}:{self.name}'"


class AmbiguousNameError(KoreaError):
    """A name, or the beginning of one, that several records have, as (name, id)."""

    def __init__(self, what: str, name: str, meant: Sequence[tuple[str, str]]) -> None:
        super().__init__(what, name, meant)
        self.what, self.name, self.meant = what, name, tuple(meant)

    def _message(self) -> str:
        names = ", ".join(f"{name} ({id_})" if name != id_ else id_ for name, id_ in self.meant[:_NAMED])
        more = f", and {len(self.meant) - _NAMED:,} more" if len(self.meant) > _NAMED else ""
        return f"'{self.name}' is ambiguous: {names}{more}"


def listed(names: Sequence[tuple[str, str]]) -> str:
    """Return records that may be meant, each as (name, id), in words."""
    *others, last = [f"'{name}' ({id_})" if name != id_ else f"'{id_}'" for name, id_ in names]
    return f"{', '.join(others)} or {last}" if others else last


class ClosedError(KoreaError):
    """A chronology that was used after it was closed."""

    def _message(self) -> str:
        return "the chronology is closed: open it again, or read all you need before closing it"


class DetachedRecordError(KoreaError):
    """A record that was not read from a chronology: its type and id."""

    def __init__(self, type_: str, id_: str) -> None:
        super().__init__(type_, id_)
        self.type, self.id = type_, id_

    def _message(self) -> str:
        return f"{self.type} '{self.id}' was not read from a chronology, so the names in it cannot be looked up"


class OutputError(KoreaError):
    """Output that could not be written: the place, the reason. No file is left half-written."""

    status = CANNOT_WRITE

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason

    def _message(self) -> str:
        return f"cannot write {self.place}: {self.reason}"


def system_reason(error: OSError) -> str:
    """Return the reason that the system has for an error, as part of a sentence."""
    return (error.strerror or str(error)).lower()


class ClosedPipeError(KoreaError):
    """The reader of standard output has gone."""

    status = CLOSED_PIPE


class DataError(KoreaError):
    """A data file that is missing, unreadable or invalid, with all its problems; the message lists the first ones."""

    status = BAD_DATA

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the first problems, and the number of the others."""
        more = len(self.problems) - _SHOWN
        rest = [f"{more:,} more problem{'s' if more > 1 else ''}; 'korea check' lists all"] if more > 0 else []
        return (*map(str, self.problems[:_SHOWN]), *rest)
