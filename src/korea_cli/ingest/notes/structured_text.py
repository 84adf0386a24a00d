"""Read YAML and TOML with every value as text, so that no date, number or word becomes something else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.reading.pieces import parse

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

_NOTHING = {"", "~", "null", "Null", "NULL"}


class StructuredTextError(ValueError):
    """Why a text is not read as YAML or TOML, and the line of it, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def read_toml(text: str) -> dict[str, object]:
    """Return the values of a text by key; raises StructuredTextError."""
    try:
        return {key: _as_text(value) for key, value in parse(text).items()}
    except RecursionError:
        raise StructuredTextError("it is nested too deeply", 1) from None
    except ValueError as error:
        reason = str(getattr(error, "msg", error))
        raise StructuredTextError(f"{reason[:1].lower()}{reason[1:]}", getattr(error, "lineno", 1)) from None


def _as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def read_yaml(text: str) -> list[object]:
    """Return the documents in a text; raises StructuredTextError, and UsageError where PyYAML is not installed.

    An alias is refused: a few lines of them can mean more than fits into memory.
    """
    try:
        import yaml  # noqa: PLC0415 - only YAML needs it
    except ImportError:
        raise UsageError("reading YAML needs PyYAML: pip install 'korea-cli[yaml]'") from None
    seen: set[int] = set()
    try:
        return [_value(node, seen) for node in yaml.compose_all(text, Loader=yaml.BaseLoader)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise StructuredTextError(str(error.problem or error.context), mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as error:
        raise StructuredTextError(str(error).splitlines()[0], 1) from None
    except RecursionError:
        raise StructuredTextError("it is nested too deeply", 1) from None


def _value(node: Node | None, seen: set[int]) -> object:
    from yaml.nodes import MappingNode, ScalarNode  # noqa: PLC0415 - as above

    if node is None:
        return None
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise StructuredTextError("it has an alias, such as *name. Write the value out", line)
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return None if node.style is None and node.value in _NOTHING else str(node.value)
    if isinstance(node, MappingNode):
        return _mapping(node, seen)
    return [_value(each, seen) for each in node.value]


def _mapping(node: MappingNode, seen: set[int]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in node.value:
        name = _value(key, seen)
        if isinstance(name, list | dict):
            raise StructuredTextError("a key is a list or a mapping", key.start_mark.line + 1)
        if (name := str(name or "")) in found:
            raise StructuredTextError(f"'{name}' is there twice", key.start_mark.line + 1)
        found[name] = _value(value, seen)
    return found
