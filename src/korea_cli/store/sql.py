"""SQL for the tables of the store, in a module of its own so that composing a query does not load SQLite."""

from __future__ import annotations

from korea_cli.base.tokenize import phrase_for

ALL_WORDS = "{text outcome}"  # the columns of words that are searched
HAS_PHRASE = "has_phrase"  # a function of our own: whether a text has a word or phrase, as the word index finds it
EACH_BOUND = "SELECT value FROM json_each(?)"  # the values of one JSON list that is bound, however many there are
# Whether the whole of a row of `belongs` belongs to no other itself.
OUTERMOST = "belongs.whole NOT IN (SELECT id FROM belongs WHERE type = 'actor' AND id <> whole)"
LONG = 800  # days: longer dates are kept apart, so that a window need not look far back for the others


def with_words(column: str, text: str) -> tuple[str, str]:
    """Return what follows `FROM` to find the records with a word or phrase in a column, and the value to bind.

    column: `head`, title and names; `text`, what is searched but an outcome; `outcome`; ALL_WORDS, both of these;
    `place`; `container`. Raises UsageError when the text contains no word.
    """
    return "(SELECT rowid AS seq FROM words WHERE words MATCH ?)", f"{column} : {phrase_for(text)}"


def with_phrase(table: str, column: str, text: str, *, listed: bool, indexed: bool) -> tuple[str, tuple[str, ...]]:
    """Return what follows `FROM` to find records of a type with a word or phrase in one column, and the values to bind.

    listed: whether the column holds a JSON list of texts. indexed: whether its words are among those of `with_words`
    in ALL_WORDS, so that few rows need to be looked at. Raises UsageError when the text contains no word.
    """
    rows, value = with_words(ALL_WORDS, text)
    text = text.encode(errors="replace").decode()  # the command line may contain surrogates, which SQL refuses
    held = f'"{column}"'
    if listed:
        test = f"EXISTS (SELECT 1 FROM json_each({held}) WHERE {HAS_PHRASE}(value, ?))"  # noqa: S608 - as below
    else:
        test = f"{HAS_PHRASE}({held}, ?)"
    if indexed:
        return f"{table} WHERE seq IN (SELECT seq FROM {rows}) AND {test}", (value, text)  # noqa: S608 - values are bound
    return f"{table} WHERE {test}", (text,)


def spans_touching(first: int, last: int) -> tuple[str, tuple[int, ...]]:
    """Return what follows `FROM` to find the dates that may overlap a window of days, and the values to bind."""
    near, far = (
        "long = 0 AND start_min BETWEEN ? AND ? AND end_max >= ?",
        "long = 1 AND start_min <= ? AND end_max >= ?",
    )
    rows = f"(SELECT seq FROM span WHERE {near} UNION ALL SELECT seq FROM span WHERE {far})"  # noqa: S608 - the line above
    return rows, (first - LONG, last, first, last, first)
