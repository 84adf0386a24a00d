"""Write rows as JSON text, remembering what recurs: most values of a chronology are names and sources seen before."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from korea_cli.safety import escape_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.sections import Column

to_json = JSONEncoder(ensure_ascii=False, check_circular=False).encode


def row_writer(columns: Iterable[Column]) -> Callable[[Any], str]:
    """Give a function that writes a row as one JSON object on one line, nothing in it that drives a terminal."""
    writers = [(f'"{column.key}": ', column.get, _value_writer(column)) for column in columns]

    def write(row: Any) -> str:  # noqa: ANN401 - of the type whose columns these are
        return escape_json("{" + ", ".join([key + told(get(row)) for key, get, told in writers]) + "}")

    return write


def _value_writer(column: Column) -> Callable[[Any], str]:
    read, known = column.read, dict[Any, str]()
    if not column.recurs:
        return lambda value: to_json(read(value))

    def told(value: Any) -> str:  # noqa: ANN401 - of any column
        if value not in known:
            known[value] = to_json(read(value))
        return known[value]

    return told
