"""A preview shows what `diff -u` would, and looks at few pairs of lines, however long the texts are."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli.editing.patience import unified

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d\n", "e\n", "f\n"]), max_size=30)


def patched(before: list[str], hunks: list[str]) -> list[str]:
    """Apply hunks to lines, as `patch` does."""
    made, done = [], 0
    for line in hunks[2:]:
        if line.startswith("@@"):
            start, _, length = line.split()[1][1:].partition(",")
            first = int(start) - (length != "0")
            made += before[done:first]
            done = first
        elif line.startswith("+"):
            made.append(line[1:])
        else:
            assert before[done] == line[1:]
            made += [] if line.startswith("-") else [line[1:]]
            done += 1
    return made + before[done:]


def headers(hunks: list[str]) -> list[tuple[str, list[str]]]:
    """Return the header of each hunk with the lines below it."""
    starts = [number for number, line in enumerate(hunks) if line.startswith("@@")]
    return [(hunks[a], hunks[a + 1 : b]) for a, b in pairwise([*starts, len(hunks)])]


def span(numbers: str) -> tuple[int, int]:
    """Read `5` or `5,3` of a header: the first line, counted from 0, and how many."""
    first, comma, count = numbers[1:].partition(",")
    assert count != "1", "diff writes a single line without a count"
    length = int(count) if comma else 1
    return int(first) - (length > 0), length


@given(LINES, LINES)
@example(["a\n"], ["b\n"])
def test_each_hunk_says_which_lines_it_has(before: list[str], after: list[str]) -> None:
    for header, lines in headers(list(unified(before, after, "old", "new"))):
        (start, length), (start_new, length_new) = map(span, header.split()[1:3])
        assert [line[1:] for line in lines if line[0] != "+"] == before[start : start + length]
        assert [line[1:] for line in lines if line[0] != "-"] == after[start_new : start_new + length_new]


def test_changes_far_apart_are_shown_and_nothing_between_them() -> None:
    before = [line for number in range(1_000) for line in (f"{number}\n", "\n")]
    after = ["new\n", *before, "new\n"]
    after[1_000] = "changed\n"
    hunks = list(unified(before, after, "old", "new"))
    assert [line for line in hunks[2:] if line[0] in "+-"] == ["+new\n", "-\n", "+changed\n", "+new\n"]
    assert patched(before, hunks) == after


@given(LINES, LINES)
@example([], ["a\n"])
@example(["a\n"], [])
@example(["a\n", "b\n"], ["b\n", "a\n"])
def test_what_is_shown_makes_the_new_text_of_the_old(before: list[str], after: list[str]) -> None:
    hunks = list(unified(before, after, "old", "new"))
    assert bool(hunks) == (before != after)
    assert patched(before, hunks) == after


def test_it_is_written_as_diff_writes_it() -> None:
    before = [f"{number}\n" for number in range(20)]
    after = [*before[:5], "new\n", *before[6:18], before[19]]
    assert "".join(unified(before, after, "old", "new")) == (
        "--- old\n+++ new\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+new\n 6\n 7\n 8\n"
        "@@ -16,5 +16,4 @@\n 15\n 16\n 17\n-18\n 19\n"
    )


@pytest.mark.parametrize("how", ["sorted", "one line each", "one record"])
def test_long_texts_are_not_compared_line_by_line(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        ["[[events]]\n", f'id = "e{number}"\n', f"title='Title {number}'\n", 'kind = "test"\n', "\n"]
        for number in range(2_000)
    ]
    before = [line for record in records for line in record]
    shuffled = random.Random(1).sample(records, len(records))  # noqa: S311 - not a secret
    after = {
        "sorted": [line for record in shuffled for line in record],
        "one line each": [line.replace("title='", "title = '") for line in before],
        "one record": before[:5000] + before[5005:],
    }[how]
    compared: list[int] = []
    original = SequenceMatcher.set_seqs

    def counting(self: Any, a: Any, b: Any) -> None:  # noqa: ANN401 - as difflib has it
        compared.append(len(a) * len(b))
        original(self, a, b)

    monkeypatch.setattr(SequenceMatcher, "set_seqs", counting)
    hunks = list(unified(before, after, "old", "new"))
    assert patched(before, hunks) == after
    assert sum(compared) <= 100 * len(before)
    assert how != "one record" or sum(line.startswith("-") for line in hunks[2:]) == 5
