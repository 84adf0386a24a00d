"""Write values and records as TOML, and values of a file in the same form: one key a line, empty values left out.

What cannot be written in canonical form without a risk is left exactly as it is.
"""

from __future__ import annotations

import re
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.base.slugs import is_slug, slug_of
from korea_cli.model.records import written_keys
from korea_cli.reading.statements import tokens_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli.model.header import Header
    from korea_cli.model.records import Record

    Token = re.Match[str]

MAX_COLUMNS = 100  # a list that would be wider has a line for each item
INDENT = "    "
_LONG = ('"""', "'''")  # begin a multi-line string: such a value is left alone
_NEEDS_ESCAPES = re.compile(r'["\\]')
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value: object, before: int = 0) -> str:
    """Write a text, number, truth value, list or table; `before`: the columns before it.

    Raises TypeError for anything else.
    """
    if isinstance(value, str):
        return _toml_text(value)
    if isinstance(value, (list, tuple)):
        line = f"[{', '.join([_toml_text(each) if isinstance(each, str) else toml_value(each) for each in value])}]"
        return line if before + len(line) <= MAX_COLUMNS else canonical_value(line, before)
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml_value(each)}' for key, each in value.items())} }}"
    raise TypeError(f"no key holds {value!r}")


def _toml_text(text: str) -> str:
    """Write a text: TOML's escapes are those of JSON, and it requires one character more to be escaped."""
    quoted = encode_basestring(text)
    return quoted.replace("\x7f", "\\u007f") if "\x7f" in quoted else quoted


def toml_record(record: type[Record | Header], values: Mapping[str, object]) -> str:
    """Write a record; `values` are by key as a file has them, and those that are empty are left out."""
    return ordered_record(record, {key: value for key in written_keys(record) if (value := values.get(key))})


def ordered_record(record: type[Record | Header], values: Mapping[str, object]) -> str:
    """Write a record whose values are in the order of its keys, and none of them is empty."""
    opening = f"[{record.table}]" if record.table == "chronology" else f"[[{record.table}]]"
    lines = [
        f"{key} = {_toml_text(value) if isinstance(value, str) else toml_value(value, len(key) + len(' = '))}"
        for key, value in values.items()
    ]
    return "\n".join((opening, *lines, ""))


def toml_pair(key: str, value: object, indent: str = "") -> str:
    """Write a key and its value."""
    start = f"{indent}{key} = "
    return start + (_toml_text(value) if isinstance(value, str) else toml_value(value, len(start)))


def require_slug(text: str) -> str:
    """Return a text that can be an id; raises UsageError for another."""
    if not is_slug(text):
        near = slug_of(text)
        hint = f". Did you mean '{near}'?" if near else ""
        raise UsageError(f"'{text}' is not an id: only a-z, 0-9 and hyphens{hint}")
    return text


class ListItem(NamedTuple):
    """An item of a list: the comments above it, its tokens, the end of the comma behind it, the comment on its line."""

    above: Sequence[str]
    tokens: list[Token]
    comma: int = 0
    comment: str = ""

    @property
    def start(self) -> int:
        """Where it begins in the text of the list."""
        return self.tokens[0].start()

    @property
    def end(self) -> int:
        """Where it ends, without a comma."""
        return self.tokens[-1].end()


def is_bare(key: str) -> bool:
    """Whether a key needs no quotation marks."""
    return _BARE.fullmatch(key) is not None


def canonical_value(value: str, before: int = 0) -> str:
    """Return the canonical form of a value of a text whose lines end in LF; `before`: the columns before it.

    A list that is too wide for one line, or holds comments, has a line for each item. What holds multi-line strings, or
    comments deeper within, stays as it is.
    """
    tokens = [*tokens_in(value)]
    if any(token[0].startswith(_LONG) for token in tokens):
        return value
    if not value.startswith("["):
        return value if _needs_lines(tokens) else _on_one_line(tokens)
    items, last = items_in(value)
    if any(_needs_lines(item.tokens) for item in items):
        return value
    if not last and not any(item.above or item.comment for item in items):
        line = f"[{', '.join(_on_one_line(item.tokens) for item in items)}]"
        if before + len(line) <= MAX_COLUMNS:
            return line
    return "\n".join(["[", *(INDENT + line for line in _lines(items, last)), "]"])


def _needs_lines(tokens: Iterable[Token]) -> bool:
    """Whether tokens cannot be on one line: there is a comment among them, or a table over several lines."""
    tables = 0
    for token in tokens:
        tables += (token[0] == "{") - (token[0] == "}")
        if token.lastgroup == "comment" or (token.lastgroup == "newline" and tables):
            return True
    return False


def items_in(text: str) -> tuple[list[ListItem], list[str]]:
    """Return the items of a list, and the comments behind the last."""
    items: list[ListItem] = []
    above: list[str] = []
    depth, within, same_line = 0, False, False
    for token in [*tokens_in(text)][1:-1]:
        kind = token.lastgroup
        if depth == 0 and kind == "comment":
            if same_line and not items[-1].comment:
                items[-1] = items[-1]._replace(comment=token[0].rstrip())
            else:
                above.append(token[0].rstrip())
        elif depth == 0 and kind == "newline":
            same_line = False
        elif depth == 0 and token[0] == ",":
            items[-1], within = items[-1]._replace(comma=token.end()), False
        else:
            if not within:
                items.append(ListItem(above, []))
                above = []
            within = same_line = True
            depth += (kind == "open") - (kind == "close")
            items[-1].tokens.append(token)
    return items, above


def _lines(items: Iterable[ListItem], last: Iterable[str]) -> Iterator[str]:
    for item in items:
        yield from item.above
        yield f"{_on_one_line(item.tokens)},{f'  {item.comment}' if item.comment else ''}"
    yield from last


def _on_one_line(tokens: Iterable[Token]) -> str:
    line, end = "", 0
    for token in tokens:
        if token.lastgroup == "newline":
            continue
        apart = token.start() > end and line[-1:] not in {"", " ", "["}  # as within `2017-05-25 09:10:00`
        text, end = token[0], token.end()
        if token.lastgroup or text == ",":
            line = _with_mark(line, text)
        elif text[0] in "\"'":
            line += f"{' ' if apart else ''}{_quote(text)}"
        else:
            word = text.replace("=", " = ")
            line = f"{line.rstrip(' ')}{word}" if word.startswith(" ") else f"{line}{' ' if apart else ''}{word}"
    return line


def _with_mark(line: str, mark: str) -> str:
    if mark in "[{":
        return f"{line}{'{ ' if mark == '{' else '['}"
    if mark == "]":
        return f"{line.removesuffix(', ')}]"
    if mark == "}":
        return f"{line.removesuffix(' ')}}}" if line.endswith("{ ") else f"{line.removesuffix(', ')} }}"
    return f"{line}, "


def _quote(text: str) -> str:
    """Put a text in double quotation marks, unless something in it would have to be escaped."""
    return text if text.startswith('"') or _NEEDS_ESCAPES.search(text) else f'"{text[1:-1]}"'
