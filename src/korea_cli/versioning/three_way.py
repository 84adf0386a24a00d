"""Merge three versions of one thing: what both began with, ours and theirs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from korea_cli.base.git import run_git

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.model.field_spec import Key

BASE, OURS, THEIRS = range(3)
Value = TypeVar("Value")


class BothChangedError(Exception):
    """Both versions changed the same thing, differently."""


def chosen(base: Value, ours: Value, theirs: Value) -> Value:
    """Return the version of the side that changed something; raises BothChangedError if both did, differently."""
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    raise BothChangedError


def merged_value(key: Key | None, base: Any, ours: Any, theirs: Any) -> Any:  # noqa: ANN401 - what TOML has
    """Merge the values of a key, None where it is missing: lists unite, and texts over several lines by line.

    Raises BothChangedError.
    """
    try:
        return chosen(base, ours, theirs)
    except BothChangedError:
        if are_lists(base, ours, theirs):
            return united(base or [], ours or [], theirs or [], ordered=bool(key and key.ordered)) or None
        if are_long_texts(base, ours, theirs):
            return merged_lines(base, ours, theirs)
        raise


def are_lists(*values: object) -> bool:
    """Whether values are lists, or missing."""
    return all(value is None or isinstance(value, list) for value in values)


def are_long_texts(*values: object) -> bool:
    """Whether values are texts over several lines."""
    return all(isinstance(value, str) and "\n" in value for value in values)


def united(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], *, ordered: bool = False) -> list[Any]:
    """Return a list with what both sides added, and without what either removed.

    Raises BothChangedError where that may not be what both meant: both added to an ordered list, or one changed its
    order, or both replaced a table in it.
    """
    added, dropped = ([each for each in theirs if each not in base], [each for each in base if each not in theirs])
    own = [each for each in ours if each not in base]
    if ordered and ((added and own) or _reordered(base, ours) or _reordered(base, theirs)):
        raise BothChangedError
    if added and own and any(not isinstance(each, str) and each not in ours for each in dropped):
        raise BothChangedError
    return [*(each for each in ours if each not in dropped), *(each for each in added if each not in own)]


def _reordered(base: Sequence[Any], side: Sequence[Any]) -> bool:
    return [each for each in side if each in base] != [each for each in base if each in side]


def merged_lines(base: str, ours: str, theirs: str) -> str:
    """Merge texts line by line, as git does; raises BothChangedError."""
    with TemporaryDirectory(prefix="korea-") as folder:
        names = [str(Path(folder) / name) for name in ("ours", "base", "theirs")]
        for name, text in zip(names, (ours, base, theirs), strict=True):
            Path(name).write_bytes(text.encode())
        done = run_git("merge-file", "-p", *names)
    if done.returncode:
        raise BothChangedError
    return done.stdout.decode()
