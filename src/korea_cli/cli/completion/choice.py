"""A choice that completion offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.tokenize import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable


class Choice(NamedTuple):
    """A word to insert at the cursor, its meaning, and other names that it is also found by."""

    value: str
    about: str = ""
    names: tuple[str, ...] = ()

    def name_for(self, typed: str) -> str | None:
        """Return the first of its value and names that begins with what is typed; None if none does."""
        key = name_key(typed)
        return next((name for name in (self.value, *self.names) if name_key(name).startswith(key)), None)


def beginning_with(typed: str, choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return the choices, each once, that begin with what is typed."""
    return tuple(dict.fromkeys(each for each in choices if each.name_for(typed) is not None))
