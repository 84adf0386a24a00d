"""Read records in the form in which `korea` writes them; the parser of TOML reads all others, and every other text."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Table = dict[str, Any]
    Parse = Callable[[str], Table]

# Possessive, so that what does not match is not tried otherwise; of groups, early releases of Python 3.11 do not match
# all that they should.
_KEY = r"[A-Za-z0-9_-]++"
_LETTERS = r'[^"\\\x00-\x1f\x7f]*+'  # of a text without escapes
_TEXT = rf'{_LETTERS}(?:\\[nrt"\\]{_LETTERS})*'
_ESCAPES = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\"": '"', r"\\": "\\"}
_LIST = rf'\[[ \n]*+"{_LETTERS}"(?:,[ \n]*+"{_LETTERS}")*,?[ \n]*+\]'
_BEGINS = re.compile(rf"({_KEY}) = (\[?)[ \n]*+\Z")  # a value, after what is before its first text
_PAIR = re.compile(rf'({_KEY}) = (?:"({_TEXT})"|({_LIST}))\n')
_APART = r"(?:#[^\x00-\x1f\x7f]*+\n|\n)*"  # comments and blank lines
_HEADER = re.compile(rf"{_APART}\[\[({_KEY})\]\]\n")
_LINES = re.compile(rf'((?:{_KEY} = (?:"{_TEXT}"|{_LIST})\n)*){_APART}(?=\[\[|\Z)')
_NEXT = "\n[["


class PlainRecord(NamedTuple):
    """A record of a text: its table, its values, and the letters and lines of its part of the text, up to the next.

    above: the lines of comments before its header.
    """

    table: str
    values: Table
    length: int
    lines: int
    above: int = 0


def parse_records(text: str, parse: Parse) -> list[PlainRecord] | None:
    """Parse a text that has only records of plain texts and lists of them, and some others that TOML has alone.

    parse: parses TOML. Returns None for any other text, right or wrong.
    """
    records: list[PlainRecord] = []
    at = 0
    while at < len(text):
        record = _parsed(text, at, parse)
        if record is None:
            return None
        records.append(record)
        at += record.length
    return records


def _parsed(text: str, at: int, parse: Parse) -> PlainRecord | None:
    """Parse the record that begins at a place; None where it is not plain, and not complete where the next begins."""
    header = _HEADER.match(text, at)
    if not header:
        return None
    lines = _LINES.match(text, header.end())
    end = lines.end() if lines else text.find(_NEXT, header.end() - 1) + 1 or len(text)
    values = (lines and _plain(lines[1])) or _record(text[header.start(1) - 2 : end], header[1], parse)
    if values is None:
        return None
    above = text.count("\n", at, header.start(1)) if text[at] != "[" else 0
    return PlainRecord(header[1], values, end - at, text.count("\n", at, end), above)


def _plain(lines: str) -> Table | None:
    if "\\" in lines:
        return _with_escapes(lines)
    parts = lines.split('"')  # what is within quotation marks, and between them what most records have the same
    shape = _shape_of(tuple(parts[::2]))
    if shape is None:
        return None
    return {key: [*map(intern, parts[at])] if listed else parts[at] for key, at, listed in shape}


@lru_cache(maxsize=1024)
def _shape_of(between: tuple[str, ...]) -> Sequence[tuple[str, Any, str]] | None:
    """Return the keys of a record by what is between its texts, with their places; None where a key is there twice.

    A list has the places of all its texts; what opens it comes with them.
    """
    begins = [(match[1], match[2], at) for at, text in enumerate(between) if (match := _BEGINS.search(text))]
    ends = [*(at for *_, at in begins[1:]), len(between) - 1]
    shape = [
        (intern(key), slice(2 * at + 1, 2 * end, 2) if listed else 2 * at + 1, listed)
        for (key, listed, at), end in zip(begins, ends, strict=False)
    ]
    return shape if len({key for key, *_ in shape}) == len(shape) else None


def _with_escapes(lines: str) -> Table | None:
    pairs = _PAIR.findall(lines)
    record: Table = {
        intern(key): [*map(intern, items.split('"')[1::2])] if items else value for key, value, items in pairs
    }
    record |= {key: re.sub(r"\\.", _unescaped, value) for key, value, _ in pairs if "\\" in value}
    return record if len(record) == len(pairs) else None  # else a key is there twice


def _unescaped(escape: re.Match[str]) -> str:
    return _ESCAPES[escape[0]]


def _record(text: str, table: str, parse: Parse) -> Table | None:
    """Parse the text of a record of a table; None where it is none, or not complete."""
    try:
        tables = parse(text)
    except ValueError:
        return None
    records = tables.pop(table, None)
    whole = not tables and isinstance(records, list) and len(records) == 1
    return {intern(key): value for key, value in records[0].items()} if whole else None
