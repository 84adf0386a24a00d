"""Split a data file into what is merged as one: records and comments between them; and records into their keys."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.editing.layout import end_of_line, start_of_line
from korea_cli.model.records import EXTENDS
from korea_cli.reading.record_lines import record_headers
from korea_cli.reading.records import TABLES
from korea_cli.reading.statements import statements_in
from korea_cli.reading.toml import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from korea_cli.reading.toml import Document

    Tables = dict[str, Any]
    PartName = tuple[str, ...]  # of a record its table and id; of the header its table; of a comment "", itself, number
    Parts = Mapping[PartName, "FilePart"]

_FILE_HEADER = re.compile(rf"""^[ \t]*\[[ \t]*["']?{HEADER}["']?[ \t]*\]""", re.MULTILINE)
_ENDS_A_TEXT = ('"""', "'''")


class UnmergeableError(Exception):
    """A file that cannot be merged by record and key, and why."""


class FilePart(NamedTuple):
    """Lines of a file that belong together, without and with the blank lines below them; values: those of a record."""

    name: PartName
    text: str
    blank: str
    values: Tables | None = None


class KeyPart(NamedTuple):
    """A key of a record, or its header (key ""): the lines above, the statement, and the rest of its line.

    nested: whether it is written as tables of its own, which come after all other keys.
    """

    key: str
    lead: str
    body: str
    tail: str
    nested: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return self.lead + self.body + self.tail


def file_parts(document: Document) -> dict[PartName, FilePart]:
    """Return the parts of a file whose lines end in LF, by name, in order; raises UnmergeableError."""
    headers = _headers(document)
    starts = [_first_line(document.text, offset) for _, offset in headers]
    starts.append(len(document.text))
    parts = [*_comments(document.text[: starts[0]])]
    numbers = Counter[str]()
    for (table, _), (start, end) in zip(headers, pairwise(starts), strict=True):
        found: Any = document.tables[table]
        values: Tables = found[numbers[table]] if isinstance(found, list) else found
        numbers[table] += 1
        parts += _record_and_comments(table, values, document.text[start:end])
    return _by_name(parts)


def _headers(document: Document) -> list[tuple[str, int]]:
    """Return the table and the offset of every header; raises UnmergeableError where a record has none."""
    found = [*record_headers(document.text), *((HEADER, each.start()) for each in _FILE_HEADER.finditer(document.text))]
    counted = Counter(table for table, _ in found)
    for table in {*document.tables, *counted}:
        records = document.tables.get(table, [])
        if table not in TABLES or counted[table] != (len(records) if isinstance(records, list) else 1):
            raise UnmergeableError(f"not all of '{table}' is written as tables with a header each")
    return sorted(found, key=lambda each: each[1])


def _first_line(text: str, header: int) -> int:
    """Return where the comments right above a header begin, or the header's own line."""
    start = start_of_line(text, header)
    while start and _is_comment(text[(above := start_of_line(text, start - 1)) : start]):
        start = above
    return start


def _is_comment(line: str) -> bool:
    """Whether a line can only be a comment: a text over several lines may end with such a line."""
    return line.lstrip().startswith("#") and not any(each in line for each in _ENDS_A_TEXT)


def _record_and_comments(table: str, values: Tables, text: str) -> Iterator[FilePart]:
    """Split the lines of a record from the comments below it."""
    end = len(text.rstrip(" \t\n"))
    while _is_comment(text[(line := start_of_line(text, end)) : end]):
        end = len(text[:line].rstrip(" \t\n"))
    end = end_of_line(text, end)
    comments = text[end:].lstrip(" \t\n")
    below = start_of_line(text, len(text) - len(comments)) if comments else len(text)
    yield FilePart(_name_of(table, values), text[:end], text[end:below], values)
    if comments:
        yield from _comments(text[below:])


def _name_of(table: str, values: Tables) -> PartName:
    if table == HEADER:
        return (table,)
    for key in ("id", EXTENDS):
        if isinstance(values.get(key), str):
            return (table, values[key]) if key == "id" else (table, values[key], EXTENDS)
    raise UnmergeableError(f"a record of '{table}' has no id")


def _comments(text: str) -> Iterator[FilePart]:
    """Split comments into paragraphs; blank lines above the first belong to it."""
    for paragraph in re.findall(r"(?:[ \t]*\n)*(?:[ \t]*[^\s].*\n?)+(?:[ \t]*\n)*|(?:[ \t]*\n)+", text):
        own = paragraph.rstrip(" \t\n")
        own += "\n" if paragraph[len(own) :].lstrip(" \t").startswith("\n") else ""
        yield FilePart(("", own), own, paragraph[len(own) :])


def _by_name(parts: Iterable[FilePart]) -> dict[PartName, FilePart]:
    named: dict[PartName, FilePart] = {}
    seen: Counter[PartName] = Counter()
    for part in parts:
        name = part.name
        if part.values is None:
            seen[name] += 1
            name = (*name, str(seen[name]))
        elif name in named:
            raise UnmergeableError(f"two records of '{name[0]}' have the id '{name[1]}'")
        named[name] = part
    return named


def key_parts(text: str) -> dict[str, KeyPart]:
    """Return the header and the keys of a record, by key; raises UnmergeableError."""
    parts: dict[str, KeyPart] = {}
    end, last = 0, None
    for each in statements_in(text):
        key = each.key or ""
        start, after = start_of_line(text, each.start), end_of_line(text, each.end)
        if key == last:
            before = parts[key]
            body = before.body + before.tail + text[end : each.end]
            parts[key] = before._replace(body=body, tail=text[each.end : after])
        elif key in parts or each.entry:
            raise UnmergeableError(f"'{key}' is written in several places")
        else:
            parts[key] = KeyPart(
                key, text[end:start], text[start : each.end], text[each.end : after], each.is_header and bool(key)
            )
        end, last = after, key
    return parts
