"""A preview shows what `diff -u` would, and looks at few pairs of lines, however long the texts are."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
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
