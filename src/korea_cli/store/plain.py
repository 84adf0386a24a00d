"""The tables of a chronology for engines that have no index of words: with the words of records as texts."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from korea_cli.base.tokenize import plain_words
from korea_cli.model.field_spec import WORDED
from korea_cli.model.records import RECORDS, keys_of
from korea_cli.store.database import Table
from korea_cli.store.derived import DERIVED
from korea_cli.store.encode_words import word_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli.store.database import SqlRow
    from korea_cli.store.engine import Read

_WORDS = "seq INTEGER, head TEXT, text TEXT, outcome TEXT, place TEXT, container TEXT"
_PHRASES = "seq INTEGER, key TEXT, words TEXT"


def _phrase_rows(read: Read) -> Iterator[SqlRow]:
    """Yield the words of every key that is searched for its own words, by number of record and key."""
    for record in RECORDS:
        forms = {name: key.form for name, key in keys_of(record).items() if key.form in WORDED}
        columns = ", ".join(f'"{name}"' for name in forms)
        for seq, *values in read(f"SELECT seq, {columns} FROM {record.type} ORDER BY seq"):  # noqa: S608 - names of keys
            for (name, form), value in zip(forms.items(), values, strict=True):
                if value:
                    yield seq, name, plain_words(*(json.loads(value) if form == "texts" else (value,)))


# words: the columns of the index of words, as texts that `plain_words` writes. phrase: the words of each text alone.
PLAIN = DERIVED | {
    "words": Table(_WORDS, partial(word_rows, spell=plain_words), derived=True),
    "phrase": Table(_PHRASES, _phrase_rows, derived=True),
}
