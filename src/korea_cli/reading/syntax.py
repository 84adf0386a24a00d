"""Explain why a text is not TOML, and where, to someone who has never read TOML's rules."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from korea_cli.base.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

# A part of a date, one that is qualified or goes on, or one of the years that TOML lacks.
_DATE = re.compile(
    r"""(?:^|[{,])\s*\w+\s*=\s*(-?\d{4}-(?:\d\d|XX)\b(?!-\d)|-?\d{4}(?:-\d\d){0,2}[~?%/][^\s,\]\#]*"""
    r"""|-?0\d{3}(?:-\d\d){0,2}|-\d{4}-\d\d-\d\d)"""
)
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_KEY_LINE = re.compile(rf"(?m)^{_KEY.pattern}")
_TABLE = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")

_MARKERS = re.compile(r"^(?:<{7,} |={7,}\r?$|>{7,} )", re.MULTILINE)
_MARKER = re.compile(r"(<{7,}|\|{7,}|>{7,}) |={7,}\s*$")
_RECORD = re.compile(r"^[ \t]*\[\[?[ \t]*(\w+)[ \t]*\]", re.MULTILINE)
_ID = re.compile(r"""^[ \t]*(?:id|extends)[ \t]*=[ \t]*["']([\w-]+)["']""", re.MULTILINE)
_OTHERS = 5  # further conflicts that are listed

# How the parser's message begins, and what to do about it.
_ADVICE = {
    "Invalid statement": "a line begins with a key, a [table] or a #",
    "Invalid value": "write text in quotes, and lists in [ ]",
    "Invalid initial character for a key part": "a key consists of letters, digits, - and _",
    "Expected '=' after a key": "write key = value",
    "Expected newline or end of document": 'write one value per line, and \\" for a quotation mark inside a text',
    "Expected ']": "write the name of a table in brackets: [chronology], [[events]]",
    "Unclosed array": "a comma, a quotation mark or the closing ] is missing before this",
    "Unclosed inline table": "a comma, a quotation mark or the closing } is missing before this",
    "Unterminated string": "the closing quotation marks are missing",
    "Unescaped '\\' in a string": "write \\\\ for a backslash, or put the text in single quotes",
    "Invalid date or datetime": "there is no such day or time",
    "Cannot redefine": "it already has a value above",
    "Cannot mutate": "it already has a value above",
}


def syntax_problem(file: str, text: str, message: str, place: tuple[int, int]) -> Problem:
    """Explain an error of the parser; `place` is its line and column."""
    line, column = place
    lines = text.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    if _MARKER.match(written):  # what is left of a conflict
        return conflict_problem(file, line)
    column = min(column, len(written) + 1)  # a backslash that ends the file is placed beyond it
    suggestion = None
    if date := _DATE.search(written):
        reason, column, suggestion = "put this date in quotes", date.start(1) + 1, f'"{date[1]}"'
    elif message.startswith(("Cannot overwrite", "Cannot declare")):
        reason, column = _duplicate(written), len(written) - len(written.lstrip()) + 1
    else:
        reason = _reason(message, text)
    return Problem(file=file, line=line, column=column, message=f"TOML: {reason}", suggestion=suggestion, check="toml")


def limit_problem(file: str, text: str, error: Exception) -> Problem:
    """Explain what is too much for the parser: endless nesting, and numbers of thousands of digits."""
    if isinstance(error, RecursionError):
        return Problem(file=file, message="TOML: lists or tables are nested too deeply", check="toml")
    digits = sys.get_int_max_str_digits()
    number = re.search(rf"[0-9][0-9_]{{{digits},}}", text)
    if number is None:
        return Problem(file=file, message=f"TOML: {error}", check="toml")
    before, message = text[: number.start()], f"TOML: a number has more than {digits:,} digits"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(file=file, line=line, column=column, message=message, check="toml")


def _duplicate(written: str) -> str:
    if key := _KEY.match(written):
        return f"duplicate key '{key[1]}' in this table"
    if table := _TABLE.match(written):
        return f"duplicate table '{table[1]}'; write [[{table[1]}]] for each record of a list"
    return "duplicate key in this table"


def _reason(message: str, text: str) -> str:
    if message == r"Illegal character '\n'":
        return "the closing quotation mark is missing on this line"
    if text.lstrip().startswith("{"):
        return "this looks like JSON; a chronology is written in TOML"
    advice = next((advice for beginning, advice in _ADVICE.items() if message.startswith(beginning)), "")
    if message.endswith(r"'\x00'"):
        advice = "the file may be UTF-16 or not text; save it as UTF-8"
    return message[:1].lower() + message[1:] + (f"; {advice}" if advice else "")


def find_conflict(file: str, text: str) -> Problem | None:
    """Report an unfinished merge, even inside a string, where it is no error of the parser; None if there is none.

    Names the record and the key of the first conflict, and the lines of others.
    """
    conflicts = [*_conflicts_in(text)]
    if not conflicts:
        return None
    first, *others = (text.count("\n", 0, start) + 1 for start, _, _ in conflicts[: _OTHERS + 1])
    more = f" and {len(conflicts) - _OTHERS - 1:,} more" if len(conflicts) > _OTHERS + 1 else ""
    rest = f"; others begin on line {', '.join(map(str, others))}{more}" if others else ""
    return conflict_problem(file, first, _what_differs(text, *conflicts[0]), rest)


def _conflicts_in(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the offsets of the three markers of each conflict."""
    found: list[int] = []
    for marker in _MARKERS.finditer(text):
        number = "<=>".index(marker[0][0])
        found = [*found[:number], marker.start()] if len(found) >= number else []
        if len(found) > number == len("<="):
            yield found[0], found[1], found[2]
            found = []


def _what_differs(text: str, start: int, _: int, end: int) -> str:
    """Return which record and key a conflict is about, as far as that can be seen; "" if it cannot."""
    header = _RECORD.search(text, start, end)
    key = None if header else _KEY_LINE.search(text, start, end)
    if header is None:
        header = next(iter(reversed([*_RECORD.finditer(text, 0, start)])), None)
    if header is None:
        return ""
    following = _RECORD.search(text, header.end())
    id_ = _ID.search(text, header.end(), following.start() if following else len(text))
    record = f"{header[1].removesuffix('s')} '{id_[1]}'" if id_ else f"[{header[1]}]"
    return f", in {record}{f' ({key[1]})' if key else ''}"


def conflict_problem(file: str, line: int, about: str = "", rest: str = "") -> Problem:
    """Return the problem of an unfinished merge that begins on a line; about: in what; rest: where others are."""
    message = f"line {line} is a git conflict marker{about}: finish the merge first{rest}"
    return Problem(file=file, line=line, column=1, message=message, check="toml")
