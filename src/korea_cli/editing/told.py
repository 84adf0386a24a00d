"""Say what a change did: in a sentence, or as the difference between two texts."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from korea_cli.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.editing.saving import Rewritten


def told(sentence: str, files: Iterable[Rewritten], *, dry: bool) -> str:
    """Say what was done, or show what would be."""
    return "".join(map(difference, files)) if dry else f"{clean_line(sentence)}\n"


def difference(file: Rewritten) -> str:
    """Give a file's lines before and after, as `diff -u` writes them."""
    before, after = (text.splitlines(keepends=True) for text in (file.before, file.after))
    lines = unified_diff(before, after, f"{file.path} (now)", f"{file.path} (changed)")
    return "".join(f"{clean_line(line.rstrip())}\n" for line in lines)
