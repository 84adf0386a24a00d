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


# Smaller is enough, it need not be the smallest: a difference is to be reported before somebody stops the run.
MOST_TRIES = 2_000


def shrunk(found: Difference, folder: Path) -> Difference:
    """Return the same difference with fewer terms, settings, records and keys."""
    path = folder / "smaller.toml"
    candidates = _smaller(found)
    for _ in range(MOST_TRIES):
        tried = next(candidates, None)
        if tried is None:
            break
        if what := _what(tried.tables, tried.question, path):
            found = tried._replace(what=what)
            candidates = _smaller(found)
    return found


def _smaller(found: Difference) -> Iterator[Difference]:
    """Yield what has one thing less and may still differ."""
    yield from (found._replace(question=question) for question in _simpler(found.question))
    yield from (found._replace(tables=tables) for tables in _fewer(found.tables))


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
    """Yield tables with half of the rows of one, with one row less, or one key or list item less.

    The last tables are first: their rows refer to others, and nothing refers to theirs.
    """
    backwards = dict(reversed(tables.items()))
    for table, rows in backwards.items():
        half = len(rows) // 2
        for kept in (rows[half:], rows[:half], *_without_one(rows)):
            if len(kept) < len(rows):
                yield tables | {table: kept}
    for table, rows in backwards.items():
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
