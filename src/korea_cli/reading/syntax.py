"""Explain why a text is not TOML, and where, to someone who has never read TOML's rules."""

from __future__ import annotations

import re
import sys

from korea_cli.base.problems import Problem

# A part of a date, one that is qualified or goes on, or one of the years that TOML lacks.
_DATE = re.compile(
    r"""(?:^|[{,])\s*\w+\s*=\s*(-?\d{4}-(?:\d\d|XX)\b(?!-\d)|-?\d{4}(?:-\d\d){0,2}[~?%/][^\s,\]\#]*"""
    r"""|-?0\d{3}(?:-\d\d){0,2}|-\d{4}-\d\d-\d\d)"""
)
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_TABLE = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")

_CONFLICT = r"(?m)^<{7} ", r"(?m)^={7}\r?$", r"(?m)^>{7} "
_MARKER = re.compile(r"(<{7}|\|{7}|>{7}) |={7}\s*$")

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
    """Report an unfinished merge, even inside a string, where it is no error of the parser; None if there is none."""
    starts = [0]
    for marker in _CONFLICT:
        found = re.compile(marker).search(text, starts[-1])
        if found is None:
            return None
        starts.append(found.start())
    return conflict_problem(file, text.count("\n", 0, starts[1]) + 1)


def conflict_problem(file: str, line: int) -> Problem:
    """Return the problem of an unfinished merge that begins on a line."""
    message = f"line {line} is a git conflict marker: finish the merge first"
    return Problem(file=file, line=line, column=1, message=message, check="toml")
