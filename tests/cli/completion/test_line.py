"""A line that is still being typed is read as the shells read it."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.cli.completion.line import words_in


@pytest.mark.parametrize(
    ("line", "texts", "quote"),
    [
        ("", [""], ""),
        ("korea", ["korea"], ""),
        ("korea ", ["korea", ""], ""),
        (" korea  timeline\tac", ["korea", "timeline", "ac"], ""),
        ("korea show 'Han Song", ["korea", "show", "Han Song"], "'"),
        ('korea actor:"Han S', ["korea", "actor:Han S"], '"'),
        ('korea "Han S"o', ["korea", "Han So"], ""),
        (r"korea Han\ S", ["korea", "Han S"], ""),
        (r"korea 'a\ b", ["korea", r"a\ b"], "'"),
        (r'korea "a\"b', ["korea", 'a"b'], '"'),
        ("korea \\", ["korea", ""], ""),
    ],
)
def test_the_last_word_may_be_half_typed_and_half_quoted(line: str, texts: list[str], quote: str) -> None:
    words = words_in(line)
    assert [word.text for word in words] == texts
    assert words[-1].quote == quote


@given(st.lists(st.text(min_size=1), max_size=4))
def test_words_quoted_for_a_shell_are_read_back(texts: list[str]) -> None:
    words = words_in(f"korea {shlex.join(texts)} ")
    assert [word.text for word in words] == ["korea", *texts, ""]


@given(st.text())
def test_no_line_is_refused_and_none_of_it_is_lost(line: str) -> None:
    words = words_in(line)
    assert "".join("".join(word.typed.split()) for word in words) == "".join(line.split())


@pytest.mark.parametrize(
    ("word", "typed"),
    [("actor:pu", "actor:"), ('actor:"Han S', 'actor:"'), ('"actor:Han S', '"actor:'), (r"a\ctor:", r"a\ctor:")],
)
def test_what_is_typed_before_a_value_is_given_with_its_quotes(word: str, typed: str) -> None:
    assert words_in(word)[-1].typed_for(len("actor:")) == typed
