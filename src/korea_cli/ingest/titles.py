"""Titles of coded data: composed of columns, as `{Actor1Name} {EventCode} {Actor2Name}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.ingest.headings import guess_key, plain_heading
from korea_cli.ingest.id_columns import THINGS
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COLUMN = re.compile(r"\{([^{}]*)\}")
_NAMES = {"name", "label", "headline", "title"}
_OTHER = THINGS - {"war", "conflict", "campaign"} | {"geo", "short"}  # the former are events


def columns_in(template: str, headings: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the columns that a title is composed of; raises UsageError, NotInListError for one that is unknown."""
    columns = tuple(dict.fromkeys(name.strip() for name in _COLUMN.findall(template)))
    if template and not columns:
        raise UsageError(f"--title '{template}' names no column, such as {{{headings[0] if headings else 'COLUMN'}}}")
    unknown = next((each for each in columns if headings and each not in headings), None)
    if unknown is not None:
        raise NotInListError("column", unknown, headings)
    return columns


def compose(template: str, value_of: Callable[[str], object]) -> str:
    """Return the title of a row; what a column has not leaves no gap."""
    text = _COLUMN.sub(lambda match: str(value_of(match[1].strip())), template)
    return " ".join(text.split())


def is_title(heading: str) -> bool:
    """Whether a column is called the name of what its rows are about, such as `battle_name`, and of nothing else."""
    words = plain_heading(heading).split("_")
    others = [word for word in words if word not in _NAMES]
    return (
        len(others) < len(words) and _OTHER.isdisjoint(others) and guess_key("_".join(others), Event) in {"", "title"}
    )
