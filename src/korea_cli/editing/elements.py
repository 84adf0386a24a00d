"""Add one value to a list, remove one from it, or add to a text, and leave every other byte of the file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.editing.change import Change, UnsafeChangeError, entry_of, newline_of, setting, statement_of
from korea_cli.editing.layout import end_of_line, start_of_line
from korea_cli.editing.spelling import spelled
from korea_cli.editing.toml import INDENT, written_value
from korea_cli.reading.statements import comments_in, tokens_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from korea_cli.editing.layout import Spot

_LONG = '"""'  # around a text over several lines


def with_value(spot: Spot, key: str, value: Any, order: Sequence[str]) -> Change:  # noqa: ANN401 - any value
    """Add a value to the list under a key, behind the last."""

    def add_to(text: str) -> str:
        statement = statement_of(entry_of(text, spot), key)
        if statement is None:
            return setting(spot, key, [value], order).text(text)
        return _edited(text, statement.value, statement.end, lambda written: _with_item(written, written_value(value)))

    return Change(add_to, lambda tables: tables[spot.table][spot.number].setdefault(key, []).append(value))


def without_value(spot: Spot, key: str, number: int, order: Sequence[str]) -> Change:
    """Remove one value of the list under a key, by its number; a comment beside it stays."""

    def remove_from(text: str) -> str:
        statement = statement_of(entry_of(text, spot), key)
        written = text[statement.value : statement.end] if statement else ""
        if statement is None or (len(_items_in(written)) == 1 and not any(comments_in(written))):
            return setting(spot, key, [], order).text(text)
        if len(_items_in(written)) == 1:
            raise UnsafeChangeError(f"this is the last value of '{key}', and the list has comments", "use 'korea edit'")
        return _edited(text, statement.value, statement.end, lambda written: _without_item(written, number))

    def remove_in(tables: dict[str, Any]) -> None:
        record = tables[spot.table][spot.number]
        del record[key][number]
        if not record[key]:
            del record[key]

    return Change(remove_from, remove_in)


def joined(old: str, more: str) -> str:
    """Return a text with more words at its end, behind a space unless there is one."""
    return f"{old}{more}" if not old or old[-1].isspace() or more[:1].isspace() else f"{old} {more}"


def with_more(spot: Spot, key: str, old: str, more: str, order: Sequence[str]) -> Change:
    """Add words to the end of the text under a key."""
    whole = setting(spot, key, joined(old, more), order)

    def add_to(text: str) -> str:
        statement = statement_of(entry_of(text, spot), key)
        if statement is None or not text.startswith(_LONG, statement.value):
            return whole.text(text)
        end = statement.end - len(_LONG)
        return f"{text[:end]}{written_value(joined(old, more).removeprefix(old))[1:-1]}{text[end:]}"

    return Change(add_to, whole.tables)


def _edited(text: str, start: int, end: int, edit: Callable[[str], str]) -> str:
    """Edit a list; one that is spelled the canonical way is so afterwards."""
    before = start - start_of_line(text, start)
    old = text[start:end].replace("\r\n", "\n")
    new = edit(old)
    if spelled(old, before) == old:
        new = spelled(new, before)
    if sorted(comments_in(new)) != sorted(comments_in(old)):
        raise UnsafeChangeError("a comment among the values would be lost")
    return text[:start] + new.replace("\n", newline_of(text)) + text[end:]


class _Item(NamedTuple):
    """A value of a list as it is written: where it begins, where it ends, where the comma behind it ends (or it)."""

    start: int
    end: int
    behind: int


def _items_in(written: str) -> list[_Item]:
    """Return the values of a list."""
    items: list[_Item] = []
    depth, within = 0, False
    for match in tokens_in(written):
        depth -= match.lastgroup == "close"
        if match.lastgroup in {"comment", "newline"} or depth < 1:
            pass
        elif depth == 1 and match.lastgroup is None and match[0] == ",":
            items[-1], within = items[-1]._replace(behind=match.end()), False
        elif within:
            items[-1] = items[-1]._replace(end=match.end(), behind=match.end())
        else:
            items.append(_Item(match.start(), match.end(), match.end()))
            within = True
        depth += match.lastgroup == "open"
    return items


def _with_item(written: str, item: str) -> str:
    items, close = _items_in(written), len(written) - 1
    if not items:
        line = start_of_line(written, close)
        return f"{written[:line]}{INDENT}{item},\n{written[line:]}" if line else f"[{item}]"
    _, end, behind = items[-1]
    comma = behind > end
    if "\n" not in written[end:close]:
        return f"{written[:behind]}{'' if comma else ','} {item}{written[behind:]}"
    next_line, line = end_of_line(written, behind), start_of_line(written, items[-1].start)
    indent = written[line : line + len(written[line:]) - len(written[line:].lstrip(" \t"))]
    indent = INDENT if line == 0 else indent
    above = f"{written[:behind]}{'' if comma else ','}{written[behind:next_line]}"
    return f"{above}{indent}{item}{',' if comma else ''}\n{written[next_line:]}"


def _without_item(written: str, number: int) -> str:
    items = _items_in(written)
    start, end, behind = items[number]
    line, next_line = start_of_line(written, start), end_of_line(written, behind)
    beside = written[behind:next_line].lstrip(" \t")
    if line and not written[line:start].strip() and beside[:1] in {"#", "\n"}:
        kept = f"{written[line:start]}{beside}" if beside != "\n" else ""
        return f"{written[:line]}{kept}{written[next_line:]}"
    if behind == end and number:  # the last, with no comma behind it
        _, kept_end, comma_end = items[number - 1]
        return written[:kept_end] + written[comma_end:start].rstrip(" \t") + written[end:]
    return written[:start] + written[behind:].removeprefix(" ")
