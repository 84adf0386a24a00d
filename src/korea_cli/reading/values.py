"""Turn one TOML value into the typed value of a key, or say in the user's words why it cannot be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized, normalize

from korea_cli.dates.edtf import from_toml
from korea_cli.model import Citation, Key, OtherDate

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[Any], Any]

_SLUG = re.compile(r"[a-z0-9-]+")
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]+)+")


class Unfit(Exception):  # noqa: N818 - a value, not an accident: it becomes a finding
    """A value that does not fit its key: `str()` is why, `suggestion` the nearest right thing."""

    def __init__(self, reason: str, suggestion: str | None = None) -> None:
        super().__init__(reason)
        self.suggestion = suggestion


def reader_for(name: str, key: Key, choices: tuple[str, ...] = ()) -> Reader:
    """Give the function that reads the values of one key; `choices` are the words it allows, if limited."""
    if key.form == "choice":
        return lambda value: _choice(value, choices)
    if key.form == "time":
        return _zone if name == "timezone" else _clock
    if key.required and key.form == "text":
        return _required_text
    if key.form == "date" and not key.required:
        return lambda value: None if value == "" else from_toml(value)
    return _READERS[key.form]


def is_slug(text: str) -> bool:
    """Say whether a text can be an id."""
    return _SLUG.fullmatch(text) is not None


def slug_of(text: str) -> str:
    """Give the id nearest to a text: lower case, hyphens for everything else."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def text_of(value: object) -> str:
    """Read a text, normalised to NFC; raises Unfit when it is something else."""
    if not isinstance(value, str):
        raise Unfit(f"must be text in quotes, not {_named(value)}")
    return value if value.isascii() or is_normalized("NFC", value) else normalize("NFC", value)


def _required_text(value: object) -> str:
    text = text_of(value)
    if not text.strip():
        raise Unfit("is empty")
    return text


def _slug(value: object) -> str:
    text = text_of(value)
    if not is_slug(text):
        raise Unfit(f"'{text}' is not an id: only a-z, 0-9 and hyphens", slug_of(text) or None)
    return text


def _list_of(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit(f"must be a list in [ ], not {_named(value)}", f'["{value}"]' if isinstance(value, str) else None)
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(text_of, _list_of(value))))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit(f"must be true or false, not {_named(value)}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unfit(f"must be a whole number, not {_named(value)}")
    return value


def _choice(value: object, choices: tuple[str, ...]) -> str:
    text = text_of(value)
    if text and text not in choices:
        from korea_cli.reading.findings import nearest  # noqa: PLC0415 - difflib only when something is wrong

        raise Unfit(f"unknown word '{text}'; it is one of {', '.join(choices)}", nearest(text, choices))
    return text


def _url(value: object) -> str:
    text = text_of(value)
    if text and not _URL.fullmatch(text):
        raise Unfit(f"'{text}' is not an address beginning with http:// or https://")
    return text


def _clock(value: object) -> str:
    text = text_of(value)
    if text and not _CLOCK.fullmatch(text):
        raise Unfit(f"'{text}' is not a clock time such as 09:10")
    return text


def _zone(value: object) -> str:
    text = text_of(value)
    if text and not _ZONE.fullmatch(text):
        raise Unfit(f"'{text}' is not the IANA name of a time zone, such as Asia/Seoul")
    return text


def citation_of(value: object) -> Citation:
    """Read `source#locator`."""
    source, _, locator = text_of(value).partition("#")
    return Citation(source, locator or None)


def _cites(value: object) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(map(citation_of, _list_of(value))))


def _other_dates(value: object) -> tuple[OtherDate, ...]:
    return tuple(map(_other_date, _list_of(value)))


def _other_date(value: object) -> OtherDate:
    if not isinstance(value, dict):
        raise Unfit(f"each must be {{ date = …, sources = […], note = … }}, not {_named(value)}")
    for key in value:
        if key not in OtherDate._fields:
            raise Unfit(f"unknown key '{key}' in it; it has {', '.join(OtherDate._fields)}")
    if "date" not in value:
        raise Unfit("one of them has no 'date'")
    return OtherDate(from_toml(value["date"]), _cites(value.get("sources", [])), text_of(value.get("note", "")))


def _named(value: object) -> str:
    """Name a TOML value as its writer would."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {value}"
    kinds = {list: "a list", dict: "a table", str: "text"}
    return kinds.get(type(value), f"the date or time {value}")


_READERS: dict[str, Reader] = {
    "slug": _slug,
    "text": text_of,
    "texts": _texts,
    "refs": _texts,
    "ref": text_of,
    "cites": _cites,
    "other_dates": _other_dates,
    "date": from_toml,
    "flag": _flag,
    "whole": _whole,
    "url": _url,
}

