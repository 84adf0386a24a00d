"""Values of random files of other programs, and what each is reported under if it is not stored."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from random import Random

MISSING = ("NA", "N/A", "NaN", "NULL", "None", "-9", "-99", "0000-00-00")
NAMED = "named"  # instead of a name: the message contains the value itself
_EMPTY: tuple[object, ...] = (None, "", [], {})


class Value(NamedTuple):
    """A value: the name that it is counted under if it is not stored, and the texts as which it may be stored.

    row: a text that only its row contains, by which a rejected row is known.
    """

    name: str
    forms: tuple[str, ...] = ()
    row: str = ""


class ForeignFile(NamedTuple):
    """A file of another program, how many rows it has, and all values in it. maps, settings: options of the import."""

    name: str
    raw: bytes
    rows: int
    values: list[Value]
    maps: tuple[str, ...] = ()
    settings: dict[str, str] = {}  # noqa: RUF012 - never changed


class Scribe:
    """Makes up values, each of which is in a file only once, and notes them."""

    def __init__(self, dice: Random) -> None:
        """Begin a file."""
        self.dice, self.values, self.row = dice, list[Value](), ""
        self._count = dice.randrange(1000, 4000)
        self._missing = dice.sample(MISSING, len(MISSING))

    def chance(self, share: float = 0.5) -> bool:
        """Whether something that happens so often happens now."""
        return self.dice.random() < share

    def next(self) -> int:
        """Return another number."""
        self._count += 1
        return self._count

    def note(self, name: str, *forms: str) -> None:
        """Note a value that is in the file."""
        self.values.append(Value(name, tuple(each.casefold() for each in forms), self.row))

    def begin_row(self) -> str:
        """Begin a row, and return the word in its title."""
        self.row = ""
        return self.alone("title")

    def alone(self, name: str) -> str:
        """Return a word that is a row, or by which its row is known."""
        word = self.word(name)
        self.values[-1] = self.values[-1]._replace(row=word)
        self.row = word
        return word

    def word(self, name: str) -> str:
        """Return a word."""
        self.note(name, word := f"mark{self.next()}q")
        return word

    def text(self, name: str) -> str:
        """Return a text as people write it."""
        word = self.word(name)
        return self.dice.choice((word, f"{word}, and so on", f"  {word} & co. ", f"Ünser {word}\tдва", f"x: {word}#1"))

    def words(self, name: str, most: int = 3) -> list[str]:
        """Return some words."""
        return [self.word(name) for _ in range(self.dice.randint(1, most))]

    def number(self, name: str) -> float | int:
        """Return a number."""
        number = self.next() + self.dice.choice((40_000, 50_000.25, 60_000.5))
        self.note(name, str(number).removesuffix(".0"))
        return number

    def missing(self, name: str) -> str:
        """Return a word for a missing value, which stands in the file only once, or another word."""
        if not self._missing:
            return self.word(name)
        self.note(name, f'"{(word := self._missing.pop())}"')
        return word

    def day(self) -> dt.date:
        """Return a day; each is later than those before it."""
        return dt.date(1801, 1, 1) + dt.timedelta(days=self.next() * 3)

    def date(self, name: str) -> str:
        """Return a day as it is stored."""
        self.note(name, text := self.day().isoformat())
        return text

    def address(self, name: str) -> str:
        """Return an address of the web."""
        return f"https://example.org/{self.word(name)}"

    def scalar(self, name: str) -> object:
        """Return a value of JSON, which may be none at all."""
        kind = self.dice.randrange(6)
        if kind == 0:
            return self.dice.choice(_EMPTY)
        if kind == 1:
            self.note(name)
            return self.dice.choice((True, False, 0))
        return self.number(name) if kind == 2 else self.word(name)

    def tree(self, name: str, deepest: int = 3) -> object:
        """Return a value of JSON with others in it; each is counted under its path."""
        kind = self.dice.randrange(7) if deepest else 0
        if kind == 1:
            return {key: self.tree(f"{name}.{key}", deepest - 1) for key in self._keys()}
        if kind == 2:
            return [
                {key: self.tree(f"{name}[].{key}", deepest - 1) for key in self._keys()}
                for _ in range(self.dice.randint(1, 3))
            ]
        if kind == 3:
            return self.words(name)
        if kind == 4:
            return [self.number(name) for _ in range(3)]
        return self.scalar(name)

    def _keys(self) -> list[str]:
        return self.dice.sample(("aa", "bb", "cc", "dd"), self.dice.randint(1, 3))
