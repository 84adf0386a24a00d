"""How the words of records are found: by an index of words where the engine has one, else by looking through texts.

Both find the same. Each way returns what follows `FROM`, and the values to bind to it.
"""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING, Protocol
from korea_cli.base.tokenize import phrase_for, plain_phrase_for
from korea_cli.store.sql import HAS_PHRASE

if TYPE_CHECKING:
    Rows = tuple[str, tuple[str, ...]]

ALL_WORDS = "text outcome"  # the columns of words that are searched
EVERY_WORD = "head text outcome place container"


class Words(Protocol):
    """How an engine finds the records that have a word or phrase; raises UsageError when a text contains no word."""

    def rows(self, columns: str, text: str) -> Rows:
        """Find records by columns of their words.

        columns: `head`, title and names; `text`, what is searched but an outcome; `outcome`; ALL_WORDS, both of these;
        `place`; `container`.
        """

    def rows_with(self, table: str, key: str, text: str, *, listed: bool, indexed: bool) -> Rows:
        """Find records of a type by the words of one key.

        listed: whether that holds a JSON list of texts. indexed: whether its words are among those of ALL_WORDS, so
        that few rows need to be looked at.
        """


class WordIndex:
    """An index of words of SQLite."""

    def rows(self, columns: str, text: str) -> Rows:
        """Look a phrase up in the index."""
        return "(SELECT rowid AS seq FROM words WHERE words MATCH ?)", (f"{{{columns}}} : {phrase_for(text)}",)

    def rows_with(self, table: str, key: str, text: str, *, listed: bool, indexed: bool) -> Rows:
        """Compare the texts of a key, by a function of our own: the index does not have them apart."""
        rows, values = self.rows(ALL_WORDS, text)
        text = text.encode(errors="replace").decode()  # the command line may contain surrogates, which SQL refuses
        test = f'{HAS_PHRASE}("{key}", ?)'
        if listed:
            test = f'EXISTS (SELECT 1 FROM json_each("{key}") WHERE {HAS_PHRASE}(value, ?))'  # noqa: S608 - as below
        if indexed:
            return f"{table} WHERE seq IN (SELECT seq FROM {rows}) AND {test}", (*values, text)  # noqa: S608 - values are bound
        return f"{table} WHERE {test}", (text,)


class PlainWords:
    """Words in texts, as `plain_words` writes them: any engine can look through these.

    `words` has the columns of the index, `phrase` the texts of each key of each record.
    """

    def rows(self, columns: str, text: str) -> Rows:
        """Look for a phrase in every text of some columns."""
        phrase, names = plain_phrase_for(text), columns.split()
        found = " OR ".join(f"INSTR(words.{name}, ?) > 0" for name in names)
        return f"(SELECT seq FROM words WHERE {found})", (phrase,) * len(names)  # noqa: S608 - values are bound

    def rows_with(self, table: str, key: str, text: str, *, listed: bool, indexed: bool) -> Rows:  # noqa: ARG002 - as an index needs it
        """Look for a phrase in the texts of a key; the table may have no text of a record that was not known yet."""
        found = "SELECT seq FROM phrase WHERE key = ? AND INSTR(phrase.words, ?) > 0"
        return f'{table} WHERE "{key}" IS NOT NULL AND seq IN ({found})', (key, plain_phrase_for(text))
