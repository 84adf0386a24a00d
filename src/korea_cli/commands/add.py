"""Add records to a chronology of your own."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.base.parameters import Argument
from korea_cli.commands import Variant
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.editing.files import Editable
    from korea_cli.editing.outcome import Outcome
    from korea_cli.model.records import Record

GROUP = "Record"
_EXAMPLES = {
    "event": "korea add event --title 'Talks' --date 'May 2018' --actor kim -d mine.toml",
    "fact": "korea add fact --text 'It was a test.' --holder kim -d mine.toml",
    "actor": "korea add actor --name 'Moon Jae-in' --kind person -d mine.toml --dry-run",
    "topic": "korea add topic --label 'Six-party talks' --alias 6PT -d mine.toml",
    "source": "korea add source --title 'Envoys meet' --type article -d mine.toml",
}
EXAMPLES = (
    _EXAMPLES["event"],
    _EXAMPLES["actor"],
    """echo '{"title": "Talks", "date": "2018"}' | korea add events -d mine.toml""",
)
_NAMES = {**RECORD_TYPES, **{record.table: record for record in RECORD_TYPES.values()}}


def add(
    record: Annotated[
        str,
        Argument(
            "TYPE",
            values=tuple(RECORD_TYPES),
            help="event, fact, actor, topic or source. 'korea add TYPE -h' lists its options.",
        ),
    ],
    files: Editable,
    **typed: object,
) -> Outcome:
    """Add a record by options or prompts, or many as JSON or TOML.

    Dates can be typed as people write them, and actors, topics and sources by id, name or alias. JSON is one object per
    line, a list, or the output of 'korea timeline --json', TOML is a data file. If one has an error, none is added.
    """
    added = _named(record)
    values = {written: value for written, value in typed.items() if value not in (None, False)}
    if not values and os.isatty(0) and os.isatty(1):
        from korea_cli.ingest.adding.interactive import converse  # noqa: PLC0415 - help adds nothing

        return converse(files, added)
    if values:
        from korea_cli.ingest.adding.adding import add_one  # noqa: PLC0415 - as above

        return add_one(files, added, values)
    from korea_cli.ingest.adding.adding_many import add_many  # noqa: PLC0415 - options need no reader of JSON

    return add_many(files, added, _read_stdin(files.max_size))


def variant_for_words(words: Sequence[str]) -> Variant | None:
    """Return the options and examples for the type of record that is named among the words after the command."""
    from korea_cli.ingest.adding.options import options_for  # noqa: PLC0415 - the list of commands needs none

    record = next((_NAMES[word] for word in words if word in _NAMES), None)
    if record is None and len(words) > 1 and not words[0].startswith("-"):
        record = _named(words[0])  # raises for an unknown type, before its options are found unknown
    return Variant(record.type, options_for(record), (_EXAMPLES[record.type],)) if record else None


def _named(word: str) -> type[Record]:
    if word not in _NAMES:
        raise NotInListError("type of record", word, tuple(RECORD_TYPES))
    return _NAMES[word]


def _read_stdin(limit: int) -> str:
    if sys.stdin is None:
        return ""
    from korea_cli.reading.toml import read_up_to  # noqa: PLC0415 - help reads nothing

    raw = read_up_to(limit, sys.stdin.buffer)
    if len(raw) > limit:
        raise UsageError(f"standard input is larger than {limit:,} bytes; raise the limit with --max-size")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("standard input is not UTF-8") from None
