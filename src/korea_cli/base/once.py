"""Compute what depends on a type only once."""

from __future__ import annotations

from functools import cache

from korea_cli.base.hints import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
V = TypeVar("V")


def once(function: Callable[[T], V]) -> Callable[[T], V]:
    """Cache what a function returns for each type; mypy regards types as unhashable for `cache` alone."""
    return cache(function)
