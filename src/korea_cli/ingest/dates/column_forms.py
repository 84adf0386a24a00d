"""Decide for a whole column how dates are read that have two readings, by those of its dates that have only one."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Evidence = Mapping[str, str]  # by reading, the first date of a column that has only this one

AMBIGUOUS, ASK = "both", "ask"  # a date with two readings; a column that shows both


class ColumnForms:
    """The readings of the dates of one sheet: `found` in its columns, and `fixed`, by which they are read, by key.

    chosen: the reading of all columns; "" if none was chosen. reading_of: returns the only reading that a text has,
    AMBIGUOUS for one with several, "" for any other text. decide: returns the reading of a column by what was found
    there, ASK where that contradicts itself. words: what is said of each reading that decides.
    """

    def __init__(
        self, chosen: str, reading_of: Callable[[str], str], decide: Callable[[Evidence], str],
        words: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._chosen, self._reading_of, self._decide, self._words = chosen, reading_of, decide, words
        self.found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.fixed: dict[str, Evidence] = {}
        self._ambiguous: Counter[str] = Counter()  # the dates that their column has to decide
        self._contradicted: set[str] = set()  # the keys of columns that have dates of another reading

    def fix(self, known: Iterable[tuple[str, Evidence]] = ()) -> None:
        """Read the rows by what is known of their columns so far."""
        for key, evidence in known:
            self.found[key].update(evidence)
        self.fixed = {key: dict(evidence) for key, evidence in self.found.items()}
        self._ambiguous.clear()

    def of(self, key: str) -> str:
        """Return how the dates of a column are read, ASK if it contradicts itself; "" if nothing decides."""
        return self._chosen or self._decide(self.fixed.get(key, {}))

    def observe(self, key: str, text: str) -> bool:
        """Learn how a column is read from one of its dates; return whether the column has to decide that one."""
        reading = "" if self._chosen else self._reading_of(text)
        if reading == AMBIGUOUS:
            self._ambiguous[key] += 1
        elif reading:
            self.found[key].setdefault(reading, text)
            if reading in self._words and self.of(key) not in {"", ASK, reading}:
                self._contradicted.add(key)
        return reading == AMBIGUOUS

    @property
    def outdated(self) -> bool:
        """Whether rows were read, or rejected, otherwise than by what was found in the end."""
        keys = {*self._ambiguous, *self._contradicted}
        return any(self._decide(self.fixed.get(key, {})) != self._decide(self.found[key]) for key in keys)

    @property
    def common(self) -> str:
        """The reading of all dates that have two; "" where there are none, or columns differ."""
        readings = {"" if (reading := self.of(key)) == ASK else reading for key in self._ambiguous}
        return self._chosen or (readings.pop() if len(readings) == 1 else "")

    def notes(self) -> list[str]:
        """Return what was decided for each column, and by which date."""
        decided = ((key, count, self.of(key)) for key, count in sorted(self._ambiguous.items()))
        return [
            f"read {count:,} {'date' if count == 1 else 'dates'} of '{key}' {self._words[reading]}, as in"
            f" '{self.fixed[key][reading]}'"
            for key, count, reading in decided
            if reading in self.fixed.get(key, {})
        ]
