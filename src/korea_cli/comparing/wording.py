"""Tell a value as a data file has it, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.model.records import Citation, OtherDate
    from korea_cli.rows.column import Json


def in_file(form: str, value: Any) -> Json:  # noqa: ANN401 - of any key
    """Give the value of a key of some form as a data file has it, None for nothing."""
    if form == "flag":
        return bool(value)
    if not value:
        return None
    told: Json = _IN_FILE[form](value) if form in _IN_FILE else value
    return told


def in_words(form: str, value: Any) -> str:  # noqa: ANN401 - of any key
    """Say the value of a key of some form; nothing where it is empty."""
    if form == "flag":
        return "yes" if value else "no"
    if not value:
        return ""
    return _IN_WORDS[form](value) if form in _IN_WORDS else str(value)


def _cited(citations: Iterable[Citation]) -> list[str]:
    return [f"{id_}#{locator}" if locator else id_ for id_, locator in citations]


def _other_dates(dates: Iterable[OtherDate]) -> Json:
    return [{"date": date.text, "sources": _cited(sources), "note": note or None} for date, sources, note in dates]


def _other_dates_in_words(dates: Iterable[OtherDate]) -> str:
    return "; ".join(map(_other_date_in_words, dates))


def _other_date_in_words(other: OtherDate) -> str:
    by = f" by {', '.join(_cited(other.sources))}" if other.sources else ""
    return f"{other.date.show()}{by}{f': {other.note}' if other.note else ''}"


_IN_FILE: dict[str, Callable[[Any], Json]] = {
    "date": lambda date: str(date.text),
    "refs": list,
    "texts": list,
    "cites": _cited,
    "other_dates": _other_dates,
}
_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "date": lambda date: str(date.show()),
    "refs": ", ".join,
    "texts": "; ".join,
    "cites": lambda citations: ", ".join(_cited(citations)),
    "other_dates": _other_dates_in_words,
}
