"""What may reach a terminal, and what `check` reports, come from one list."""

from __future__ import annotations

import re
import sys
from json import dumps, loads
from unicodedata import category

import pytest

from korea_cli.base.sanitize import _BREAKS, INVISIBLE, SURROGATES, UNSAFE, clean, clean_line, escape_json

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]


def test_all_that_drives_a_terminal_ends_a_line_or_turns_text_is_unsafe() -> None:
    unsafe = set(re.findall(UNSAFE, "".join(EVERY)))
    driving = {letter for letter in EVERY if category(letter) in {"Cc", "Zl", "Zp"}} - {"\t", "\n"}
    assert driving <= unsafe
    assert {category(letter) for letter in unsafe - driving} == {"Cf"}
    assert set("\u061c\u200e\u200f\u202a\u202e\u2066\u2069") <= unsafe
    assert unsafe.isdisjoint(re.findall(f"[{INVISIBLE}]", "".join(EVERY)))


@pytest.mark.parametrize("text", ["\u200d", "\ufe0f", "\u200c", "\u00a0", "한", "\u3000", "e\u0301"])
def test_what_scripts_need_is_neither_unsafe_nor_invisible(text: str) -> None:
    assert clean(text) == text
    assert not re.findall(f"[{INVISIBLE}]", text)


@pytest.mark.parametrize("letter", "\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029")
def test_what_ends_a_line_does_not_let_words_join(letter: str) -> None:
    assert clean(f"missile{letter}test") == clean_line(f"missile{letter}test") == "missile test"


def test_lines_stay_lines_and_all_else_goes() -> None:
    assert clean("a\r\nb\tc\rd\n\x1b[1me") == "a\nb\tc d\n[1me"
    assert clean_line("a\r\nb\tc\rd\n\x1b[1me\u202e") == "a b c d [1me"


def test_what_python_can_print_needs_no_cleaning() -> None:
    pattern = re.compile(f"{UNSAFE}|{SURROGATES}|[{_BREAKS}\t\n]")
    assert [
        letter for letter in map(chr, range(sys.maxunicode + 1)) if pattern.match(letter) and letter.isprintable()
    ] == []


def test_json_has_all_that_is_unsafe_escaped_and_exact() -> None:
    text = " ".join(EVERY)  # apart, for two halves of a letter make one
    written = escape_json(dumps(text, ensure_ascii=False))
    assert re.findall(UNSAFE, written) == []
    exact = loads(written) == text
    assert exact, "escaping changed a letter"
