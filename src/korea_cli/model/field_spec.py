"""How the keys of records are declared: each with its help, its form and its limits."""

from __future__ import annotations

from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from korea_cli.model.roles import ROLES_BY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli.model.roles import Role

T = TypeVar("T")
V = TypeVar("V")
Form = Literal[
    "slug", "text", "texts", "date", "other_dates", "choice", "flag", "whole", "ref", "refs", "cites", "url", "time",
    "found",
]  # fmt: skip
LISTS = {"texts", "refs", "cites", "other_dates"}  # forms of several values


class Key(NamedTuple):
    """What a data file may contain under one key.

    `role` is the part that the records under it play, with the `label` before their names and the `verb` for what they
    did (by default the key itself); `refers` names the tables its ids point into, where the role does not imply that.
    `searched` is whether the word search reads it: its text, or the names of the actors and topics under it. `ordered`
    marks a list whose order matters.
    `strict` marks what `check --strict` requires; `dated` marks the date by which the record is found and ordered;
    `written_as` and `shown_as` are the key in the file and in JSON where they differ from the attribute.
    """

    help: str
    form: Form = "text"
    refers: tuple[str, ...] = ()
    role: Role = ""
    label: str = ""
    verb: str = ""
    searched: bool = True
    ordered: bool = False
    choices: tuple[str, ...] = ()
    required: bool = False
    strict: bool = False
    dated: bool = False
    written_as: str = ""
    shown_as: str = ""


_TABLES = {role: f"{type_}s" for type_, roles in ROLES_BY_TYPE.items() for role in roles}
_EMPTY: dict[str, Any] = {
    "texts": (), "refs": (), "cites": (), "other_dates": (), "flag": False, "date": None, "whole": 0,
}  # fmt: skip


def key(help: str, form: Form = "text", **limits: Any) -> Any:  # noqa: A002, ANN401 - read as the field's own declaration
    """Declare a key that a file may write."""
    declared = Key(help=help, form=form, **limits)
    if not declared.refers and form in {"refs", "cites", "other_dates"}:
        declared = declared._replace(refers=(_TABLES[declared.role],))
    if declared.required:
        return field(metadata={"key": declared})
    return field(default=_EMPTY.get(form, ""), metadata={"key": declared})


def found(help: str, empty: Any = None) -> Any:  # noqa: A002, ANN401 - as above
    """Declare a field that is found on the way, and stands in no file."""
    return field(default=empty, metadata={"key": Key(help=help, form="found")})


def once(function: Callable[[T], V]) -> Callable[[T], V]:
    """Remember what a function answers for each record type; `cache` alone has mypy take these types for unhashable."""
    return cache(function)
