"""Write the value of a key as a data file has it, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from korea_cli.model.records import Citation, OtherDate
    from korea_cli.rows.column import Json

    FieldValue = Any  # of the type that goes with the form of a key


def file_value(form: str, value: FieldValue) -> Json:
    """Return the value of a key as a data file has it, None for nothing."""
    if form == "flag":
        return bool(value)
    if not value:
        return None
    written: Json = _FILE_VALUES[form](value) if form in _FILE_VALUES else value
    return written


def value_words(form: str, value: FieldValue) -> str:
    """Return the value of a key in words; an empty text for nothing."""
    if form == "flag":
        return "yes" if value else "no"
    return _WORDS.get(form, str)(value) if value else ""


def _citations(citations: Iterable[Citation]) -> list[str]:
    return [f"{id_}#{locator}" if locator else id_ for id_, locator in citations]


def _other_dates(dates: Iterable[OtherDate]) -> Json:
    return [{"date": date.text, "sources": _citations(sources), "note": note or None} for date, sources, note in dates]


def _other_date_words(other: OtherDate) -> str:
    by = f" by {', '.join(_citations(other.sources))}" if other.sources else ""
    return f"{other.date.show()}{by}{f': {other.note}' if other.note else ''}"


_FILE_VALUES: dict[str, Callable[[FieldValue], Json]] = {
    "date": lambda date: str(date.text),
    "refs": list,
    "texts": list,
    "cites": _citations,
    "other_dates": _other_dates,
}
_WORDS: dict[str, Callable[[FieldValue], str]] = {
    "date": lambda date: str(date.show()),
    "refs": ", ".join,
    "texts": "; ".join,
    "cites": lambda citations: ", ".join(_citations(citations)),
    "other_dates": lambda dates: "; ".join(map(_other_date_words, dates)),
}
