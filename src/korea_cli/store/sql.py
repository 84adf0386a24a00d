"""SQL for the tables of the store, in a module of its own so that composing a query does not load SQLite."""

from __future__ import annotations

from korea_cli.base.tokenize import phrase_for

LONG = 800  # days: longer dates are kept apart, so that a window need not look far back for the others


def with_words(column: str, text: str) -> tuple[str, str]:
    """Return what follows `FROM` to find the records with a word or phrase in a column, and the value to bind.

    column: `head`, title and names; `text`, all that is searched; `place`; `container`. Raises UsageError when the text
    contains no word.
    """
    return "(SELECT rowid AS seq FROM words WHERE words MATCH ?)", f"{column} : {phrase_for(text)}"


def spans_touching(first: int, last: int) -> tuple[str, tuple[int, ...]]:
    """Return what follows `FROM` to find the dates that may overlap a window of days, and the values to bind."""
    near, far = (
        "long = 0 AND start_min BETWEEN ? AND ? AND end_max >= ?",
        "long = 1 AND start_min <= ? AND end_max >= ?",
    )
    rows = f"(SELECT seq FROM span WHERE {near} UNION ALL SELECT seq FROM span WHERE {far})"  # noqa: S608 - the line above
    return rows, (first - LONG, last, first, last, first)
