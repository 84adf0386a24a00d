"""The header of a file: what an export states about its chronology, and the words that new records need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import KoreaError
from korea_cli.editing.edits import Edit, insert_blocks, join_edits, set_key
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.toml import toml_record
from korea_cli.ingest.names.values import as_written
from korea_cli.model.header import HIDING, Header
from korea_cli.model.records import RECORD_TYPES, RECORDS, keys_of, written_keys
from korea_cli.model.vocabulary import WORD_LISTS
from korea_cli.reading.bad_value import BadValueError
from korea_cli.reading.toml import HEADER
from korea_cli.reading.values import reader_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.ingest.names.registry import Registry
    from korea_cli.model.records import Record
    from korea_cli.reading.toml import Document

    Values = dict[str, object]

_OF_THE_FILE = {"schema", "include"}


class TakenHeader(NamedTuple):
    """What a file takes of the header in an export, and a sentence on what is left out."""

    values: Mapping[str, object] = {}
    left_out: tuple[str, ...] = ()


def take_header(names: Registry, stated: Mapping[str, object]) -> TakenHeader:
    """Return what a new file takes of the header in an export.

    A file that has a header or records keeps its own; what hides the records is in each of them too. The words that the
    header allows are allowed at once.
    """
    document, own = names.document, names.loaded.draft.header
    values = {key: _fitted(name, stated.get(key)) for key, name in written_keys(Header).items()}
    values = {key: value for key, value in values.items() if value and key not in _OF_THE_FILE}
    differing = {key for key, value in values.items() if value != as_written(getattr(own, key))}
    unread = {key for key in written_keys(Header) if stated.get(key) and key not in values}
    if not (HEADER in document.tables or any(document.tables.get(record.table) for record in RECORDS)):
        for record, word in words_in(values):
            names.allow(record, str(word))
        return TakenHeader(values, _left_out("what is invalid in", unread))
    return TakenHeader({}, _left_out("what the file has otherwise of", (differing | unread) - {*HIDING}))


def words_in(header: Mapping[str, object]) -> Iterator[tuple[type[Record], object]]:
    """Yield the words that a header allows, each with the type of the records that may have it."""
    for type_, key in WORD_LISTS.items():
        yield from ((RECORD_TYPES[type_], word) for word in _listed(header.get(key)))


def _fitted(name: str, value: object) -> object:
    """Return a value of a header as a file has it; None for one that does not fit its key."""
    try:
        return as_written(reader_for(name, keys_of(Header)[name])(value)) if value else None
    except (BadValueError, KoreaError):
        return None


def _left_out(which: str, keys: set[str]) -> tuple[str, ...]:
    return (f"left out {which} [{HEADER}]: {', '.join(sorted(keys))}",) if keys else ()


def with_header(
    document: Document, values: Mapping[str, object], words: Mapping[str, list[str]]
) -> tuple[Document, Values]:
    """Return a document with more in its header: values of keys, and words of lists; and what that header must be."""
    found = document.tables.get(HEADER, {})
    old: Values = {**found} if isinstance(found, dict) else {}
    new = {**values, **{key: [*_listed({**old, **values}.get(key)), *each] for key, each in words.items()}}
    return document.with_text(_edit_of(document, new).text(document.text)), old | new


def allow_words(document: Document, words: Mapping[str, list[str]]) -> Edit:
    """Return the edit that adds words to the lists of a header."""
    found = document.tables.get(HEADER, {})
    old = found if isinstance(found, dict) else {}
    return _edit_of(document, {key: [*_listed(old.get(key)), *each] for key, each in words.items()})


def _edit_of(document: Document, new: Values) -> Edit:
    """Return the edit that sets keys of a header, which the document may lack."""
    if HEADER in document.tables or not new:
        order = tuple(keys_of(Header))
        return join_edits(set_key(RecordRef(HEADER, 0), key, each, order) for key, each in new.items())
    block = toml_record(Header, new)
    return Edit(lambda text: insert_blocks(text, 0, [block]), lambda tables: tables.update({HEADER: new}))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
