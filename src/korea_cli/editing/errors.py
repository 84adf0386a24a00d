"""Why a data file was not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.base.errors import BAD_DATA, USAGE, DataError, KoreaError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.base.problems import Problem

_MAX_ERRORS, _MAX_REFERENCES = 5, 10  # listed in a message


class UnsafeChangeError(KoreaError):
    """A change that cannot be made without touching something else: why, and what to do instead."""

    def __init__(self, reason: str, instead: str = "edit the file by hand") -> None:
        super().__init__(reason, instead)
        self.reason, self.instead = reason, instead

    def _message(self) -> str:
        return f"cannot make this change automatically: {self.reason}; {self.instead}"


class NothingChangedError(DataError):
    """A change that was not made, because the files already have errors."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why nothing was changed, then each error."""
        count = len(self.problems)
        errors = "an error; fix it" if count == 1 else f"{count:,} errors; fix them"
        first, *others = dict.fromkeys(problem.file for problem in self.problems)
        where = f"{len(others) + 1:,} files already have" if others else f"{first} already has"
        return (f"cannot make this change: {where} {errors} first (try 'korea edit')", *super().sentences)


class UnfitChangeError(DataError):
    """A change that was not made, because a valid file would have errors; `typed`: what the user typed is wrong."""

    def __init__(self, problems: tuple[Problem, ...], *, typed: bool) -> None:
        super().__init__(problems)
        self.status = USAGE if typed else BAD_DATA

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each error, without a line number: it is in no file."""
        first, *others = [problem.sentence for problem in self.problems[:_MAX_ERRORS]]
        more = len(self.problems) - _MAX_ERRORS
        return (f"cannot make this change: {first}", *others, *([f"… and {more:,} more errors"] if more > 0 else []))


class LeftBehindError(UsageError):
    """Records that stay and refer to others that would move to a file which is not read with theirs."""

    def __init__(self, file: str, left: Sequence[str]) -> None:
        super().__init__(file, left)
        self.file, self.left = file, tuple(left)

    def _message(self) -> str:
        more = f" and {len(self.left) - _MAX_REFERENCES:,} more" if len(self.left) > _MAX_REFERENCES else ""
        left = ", ".join(self.left[:_MAX_REFERENCES])
        advice = "name it too with -d, or include it in a header"
        return f"cannot move: {left}{more}, and {self.file} is not read with the other files; {advice}"


class MergeConflictError(UsageError):
    """Two records that contradict each other: their ids, and each key with the value of the one and the other."""

    def __init__(self, kept: str, gone: str, conflicts: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(kept, gone, conflicts)
        self.kept, self.gone, self.conflicts = kept, gone, tuple(conflicts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to do, then both values of each key."""
        choice = f"choose whose values win with --prefer {self.kept} or --prefer {self.gone}"
        differ = "1 value differs" if len(self.conflicts) == 1 else f"{len(self.conflicts)} values differ"
        values = (f"{key}: {one} ({self.kept}) or {other} ({self.gone})" for key, one, other in self.conflicts)
        return (f"cannot merge '{self.gone}' into '{self.kept}': {differ}; {choice}", *values)


class UnformattedError(KoreaError):
    """Files that are not in canonical form: their names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self.names = tuple(names)

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each file."""
        return tuple(f"{name} is not formatted" for name in self.names)


class ReferredToError(KoreaError):
    """A record that others refer to: what it is, and each that does, as `type 'id' (key)`."""

    def __init__(self, what: str, by: Sequence[str]) -> None:
        super().__init__(what, by)
        self.what, self.by = what, tuple(by)

    def _message(self) -> str:
        more = f" and {len(self.by) - _MAX_REFERENCES:,} more" if len(self.by) > _MAX_REFERENCES else ""
        return f"cannot remove {self.what}: it is referred to by {', '.join(self.by[:_MAX_REFERENCES])}{more}"
