"""Pause the garbage collector while many records are made."""

from __future__ import annotations

import gc
from contextlib import contextmanager

from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector: among many records that are all in use it would search long and find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
