"""Make a difference small enough to read: leave out whatever it does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli import DataError
from law.comparing import Opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from law.chronologies import Tables
    from law.comparing import Difference
    from law.questions import Question


def shrunk(found: Difference, folder: Path) -> Difference:
    """Return the same difference with fewer terms, settings, records and keys."""
    smaller: Difference | None = found
    while smaller:
        found = smaller
        smaller = next(_smaller(found, folder), None)
    return found


def _smaller(found: Difference, folder: Path) -> Iterator[Difference]:
    """Yield what still differs with one thing less."""
    path = folder / "smaller.toml"
    for question in _simpler(found.question):
        if what := _what(found.tables, question, path):
            yield found._replace(question=question, what=what)
    for tables in _fewer(found.tables):
        if what := _what(tables, found.question, path):
            yield found._replace(tables=tables, what=what)


def _what(tables: Tables, question: Question, path: Path) -> str:
    """Say how the answers differ; nothing where they do not, or where there is no such chronology."""
    try:
        with Opened(tables, path) as opened:
            return opened.difference(question)
    except DataError:
        return ""


def _simpler(question: Question) -> Iterator[Question]:
    """Yield a question with one term, name or setting less."""
    options = question.options
    for name, value in options.items():
        rest = {key: each for key, each in options.items() if key != name}
        yield question._replace(options=rest)
        shorter = _without_one(list(value)) if isinstance(value, tuple) else ()
        for each in shorter:
            yield question._replace(options=options | {name: tuple(each)})
    for names in _without_one(list(question.names)):
        if names:
            yield question._replace(names=tuple(names))


def _fewer(tables: Tables) -> Iterator[Tables]:
    """Yield tables with half of their rows, with one row less, or one key or list item less."""
    for table, rows in tables.items():
        half = len(rows) // 2
        for kept in (rows[half:], rows[:half], *_without_one(rows)):
            if len(kept) < len(rows):
                yield tables | {table: kept}
        for place, row in enumerate(rows):
            for smaller in _without_key(row):
                yield tables | {table: [*rows[:place], smaller, *rows[place + 1 :]]}


def _without_key(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, value in row.items():
        yield {other: each for other, each in row.items() if other != key}
        for each in _without_one(value) if isinstance(value, list) else ():
            yield row | {key: each}


def _without_one(values: list[Any]) -> list[list[Any]]:
    return [values[:place] + values[place + 1 :] for place in range(len(values))]
