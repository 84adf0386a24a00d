"""Write values and records as TOML: one key a line, in the order of the model, empty values left out."""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from korea_cli.base.errors import UsageError
from korea_cli.model.records import written_keys
from korea_cli.reading.values import is_slug, slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.model.records import Header, Record


MAX_COLUMNS = 100  # a list that would be wider has a line for each item
INDENT = "    "


def toml_value(value: object, before: int = 0) -> str:
    """Write a text, number, truth value, list or table; `before`: the columns before it.

    Raises TypeError for anything else.
    """
    if isinstance(value, str):  # TOML's escapes are those of JSON, and it requires one character more to be escaped
        return encode_basestring(value).replace("\x7f", "\\u007f")
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return _list([toml_value(each) for each in value], before)
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml_value(each)}' for key, each in value.items())} }}"
    raise TypeError(f"no key holds {value!r}")


def _list(items: Sequence[str], before: int) -> str:
    line = f"[{', '.join(items)}]"
    if before + len(line) <= MAX_COLUMNS:
        return line
    return "".join(("[\n", *(f"{INDENT}{item},\n" for item in items), "]"))


def toml_record(record: type[Record | Header], values: Mapping[str, object]) -> str:
    """Write a record; `values` are by key as a file has them, and those that are empty are left out."""
    opening = f"[{record.table}]" if record.table == "chronology" else f"[[{record.table}]]"
    lines = [f"{toml_pair(key, values[key])}\n" for key in written_keys(record) if values.get(key)]
    return "".join((f"{opening}\n", *lines))


def toml_pair(key: str, value: object, indent: str = "") -> str:
    """Write a key and its value."""
    start = f"{indent}{key} = "
    return start + toml_value(value, len(start))


def require_slug(text: str) -> str:
    """Return a text that can be an id; raises UsageError for another."""
    if not is_slug(text):
        near = slug_of(text)
        hint = f". Did you mean '{near}'?" if near else ""
        raise UsageError(f"'{text}' is not an id: only a-z, 0-9 and hyphens{hint}")
    return text
