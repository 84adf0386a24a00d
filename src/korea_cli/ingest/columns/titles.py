"""Titles of coded data: composed of columns, as `{EventCode}[ by {Actor1Name}][ to {Actor2Name|Actor2Code}]`."""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.ingest.columns.headings import guess_key, plain_heading
from korea_cli.ingest.columns.id_columns import THINGS
from korea_cli.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COLUMN = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[((?:[^][{}]*\{[^{}]*\})+[^][{}]*)\]")  # `[ to {Target}]`
_NAMES = {"name", "label", "headline", "title"}
_JOINT_NAME = re.compile(rf"([^\W_])({'|'.join(sorted(_NAMES))})$")  # `dispname`
_EVENTS = {
    "achievement", "action", "attack", "battle", "coup", "crisis", "development", "discovery", "election", "episode",
    "happening", "incident", "launch", "milestone", "occurrence", "provocation", "test", "treaty",
}  # fmt: skip
_OTHER = THINGS - {"war", "conflict", "campaign"} | {"geo", "short", "sub", "domain", "host"}  # the former are events
_OF_PERSONS = {"family", "first", "fore", "given", "last", "maiden", "middle", "nick", "pen", "screen", "sur"}


class _TitlePart(NamedTuple):
    """A part of a template; one in brackets is left out where one of its columns has nothing."""

    text: str
    optional: bool

    @property
    def columns(self) -> list[list[str]]:
        """The columns that it has, each with those that stand in where it has nothing: `{who|by whom}`."""
        return [_alternatives(name) for name in _COLUMN.findall(self.text)]


def columns_in(template: str, headings: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the columns that a title is composed of; raises UsageError, NotInListError for one that is unknown.

    A sheet need not have those that stand in brackets.
    """
    parts = _parts(template)
    if template and not any(part.columns for part in parts):
        raise UsageError(f"--title '{template}' names no column, such as {{{headings[0] if headings else 'COLUMN'}}}")
    needed = [names for part in parts for names in part.columns if not part.optional]
    unknown = next((names[0] for names in needed if headings and not {*names} & {*headings}), None)
    if unknown is not None:
        raise NotInListError("column", unknown, headings)
    return tuple(dict.fromkeys(name for part in parts for names in part.columns for name in names))


def with_columns(template: str, called: Callable[[str], str]) -> str:
    """Return a template with the columns as a sheet calls them."""
    return _COLUMN.sub(lambda match: f"{{{'|'.join(map(called, _alternatives(match[1])))}}}", template)


class ComposedTitle(NamedTuple):
    """A title, and the columns whose values are in it."""

    text: str
    columns: tuple[str, ...]


def composer(template: str) -> Callable[[Callable[[str], object]], ComposedTitle]:
    """Return what composes the titles of rows, by the values of their columns; what has no value leaves no gap."""
    parts = template_parts(template)

    def compose(value_of: Callable[[str], object]) -> ComposedTitle:
        texts: list[str] = []
        columns: list[str] = []
        for pieces, alternatives, optional in parts:
            found = [_first(value_of, names) for names in alternatives]
            if not optional or all(text for _, text in found):
                texts += chain(*zip_longest(pieces, (text for _, text in found), fillvalue=""))
                columns += [name for name, text in found if text]
        return ComposedTitle(" ".join("".join(texts).split()), tuple(columns))

    return compose


def template_parts(template: str) -> list[tuple[list[str], list[list[str]], bool]]:
    """Return the parts of a template: texts, the columns between them with their stand-ins, whether it is optional."""
    return [(_COLUMN.split(part.text)[::2], part.columns, part.optional) for part in _parts(template)]


def _parts(template: str) -> list[_TitlePart]:
    """Return the parts of a template, of which every other one is in brackets."""
    return [
        _TitlePart(text, optional=bool(number % 2)) for number, text in enumerate(_OPTIONAL.split(template)) if text
    ]


def _alternatives(name: str) -> list[str]:
    return [each.strip() for each in name.split("|")]


def _first(value_of: Callable[[str], object], names: Sequence[str]) -> tuple[str, str]:
    """Return the first of some columns that has a value, and this value."""
    for name in names:
        if text := str(value_of(name)).strip():
            return name, text
    return "", ""


def is_title(heading: str) -> bool:
    """Whether a column is called the name of what its rows are about, such as `battle_name`, and of nothing else."""
    words = _JOINT_NAME.sub(r"\1_\2", plain_heading(heading)).split("_")
    if not {"_".join(words), "_".join(words).removesuffix("s")}.isdisjoint(_EVENTS):
        return True
    others = [word for word in words if word not in _NAMES]
    named = len(others) < len(words) and (_OTHER | _OF_PERSONS).isdisjoint(others)
    return named and guess_key("_".join(others), Event) in {"", "title"}
