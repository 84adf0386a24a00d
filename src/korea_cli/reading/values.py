"""Turn one TOML value into the typed value of a key, or say in the user's words why it cannot be."""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized, normalize

from korea_cli.base.nearest import nearest
from korea_cli.base.tokenize import plain_letters
from korea_cli.dates.parse import from_toml
from korea_cli.model.records import Citation, OtherDate
from korea_cli.reading.findings import Typo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.model.field_spec import Key

    Reader = Callable[[Any], Any]

# Plain comparisons, where a pattern would cost more to compile than all values of a file cost to read.
_SLUG_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
_ZONE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/"


class BadValueError(Exception):
    """A value that does not fit its key: `str()` is why, `meant` the right thing, or what it may be."""

    def __init__(self, reason: str, meant: str | Typo | None = None) -> None:
        super().__init__(reason)
        self.meant = meant

    @property
    def suggestion(self) -> str | None:
        """The nearest right thing."""
        return nearest(self.meant.word, self.meant.known) if isinstance(self.meant, Typo) else self.meant


def reader_for(name: str, key: Key, choices: tuple[str, ...] = ()) -> Reader:
    """Give the function that reads the values of one key; `choices` are the words it allows, if limited."""
    if key.form == "choice":
        return _chooser(choices)
    if key.form == "time":
        return _zone if name == "timezone" else _clock
    if key.required and key.form == "text":
        return _required_text
    if key.form == "date" and not key.required:
        return lambda value: None if value == "" else from_toml(value)
    return _READERS[key.form]


def is_slug(text: str) -> bool:
    """Say whether a text can be an id."""
    return text != "" and not text.strip(_SLUG_LETTERS)


def slug_of(text: str) -> str:
    """Return the id nearest to a text: lower case, accents off, hyphens for everything else."""
    plain = plain_letters(normalize("NFKD", text.lower())).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def text_of(value: object) -> str:
    """Read a text, normalised to NFC; raises BadValueError when it is something else."""
    if not isinstance(value, str):
        raise BadValueError(f"must be text in quotes, not {_named(value)}")
    return value if value.isascii() or is_normalized("NFC", value) else normalize("NFC", value)


def _required_text(value: object) -> str:
    text = text_of(value)
    if not text or text.isspace():
        raise BadValueError("is empty")
    return text


def _slug(value: object) -> str:
    if isinstance(value, str) and is_slug(value):
        return value
    text = text_of(value)
    raise BadValueError(
        f"'{text}' is not an id: only a-z, 0-9 and hyphens" if text else "is empty", slug_of(text) or None
    )


def _list_of(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadValueError(
            f"must be a list in [ ], not {_named(value)}", f'["{value}"]' if isinstance(value, str) else None
        )
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_items(_list_of(value))))


def _items(listed: list[Any]) -> Iterable[str]:
    """Read the texts of a list; one look tells that all are plain, as nearly always."""
    try:
        plain = "".join(listed).isascii()
    except TypeError:
        plain = False
    return listed if plain else map(_item, listed)


def _item(value: object) -> str:
    if not isinstance(value, str):
        raise BadValueError(f"must hold texts in quotes, not {_named(value)}")
    return text_of(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValueError(f"must be true or false, not {_named(value)}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadValueError(f"must be a whole number, not {_named(value)}")
    return value


def _chooser(choices: tuple[str, ...]) -> Reader:
    words = frozenset((*choices, ""))

    def choose(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        text = text_of(value)
        raise BadValueError(f"'{text}' is not one of {', '.join(choices)}", Typo(text, choices))

    return choose


def _url(value: object) -> str:
    text = text_of(value)
    scheme, _, rest = text.partition("://")
    if text and (scheme.lower() not in {"http", "https"} or rest[:1] in {"", "/"} or text.split() != [text]):
        reason = f"'{text}' is not an address beginning with http:// or https://"
        raise BadValueError(reason, f"https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else None)
    return text


def _clock(value: object) -> str:
    text = text_of(value)
    if text and not _is_clock(text):
        raise BadValueError(f"'{text}' is not a clock time such as 09:10")
    return text


def _is_clock(text: str) -> bool:
    """Say whether a text is HH:MM or HH:MM:SS, of the many forms that ISO 8601 has."""
    if len(text) not in {5, 8} or text[2] != ":" or text[5:6] not in {"", ":"}:
        return False
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def _zone(value: object) -> str:
    text = text_of(value)
    parts = text.split("/")
    named = len(parts) > 1 and all(part[:1].isupper() for part in parts) and not text.strip(_ZONE_LETTERS)
    if text and text != "UTC" and not named:
        raise BadValueError(f"'{text}' is not the IANA name of a time zone, such as Asia/Seoul")
    return text


@lru_cache(maxsize=4096)  # many records rest on few sources
def citation_of(text: str) -> Citation:
    """Read `source#locator`."""
    source, _, locator = text.partition("#")
    return Citation(source, locator or None)


def _cites(value: object) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(map(citation_of, _items(_list_of(value)))))


def _other_dates(value: object) -> tuple[OtherDate, ...]:
    return tuple(map(_other_date, _list_of(value)))


def _other_date(value: object) -> OtherDate:
    if not isinstance(value, dict):
        raise BadValueError(f"must hold {{ date = …, sources = […], note = … }}, not {_named(value)}")
    for key in value:
        if key not in OtherDate._fields:
            raise BadValueError(f"holds the unknown key '{key}'", Typo(key, OtherDate._fields))
    if "date" not in value:
        raise BadValueError("holds one without 'date'")
    return OtherDate(
        from_toml(value["date"]),
        _within("sources", _cites, value.get("sources", [])),
        _within("note", text_of, value.get("note", "")),
    )


def _within(key: str, read: Callable[[object], Any], value: object) -> Any:  # noqa: ANN401 - what `read` gives
    try:
        return read(value)
    except BadValueError as error:
        raise BadValueError(f"{key} {error}", error.meant) from None


def format_number(number: float) -> str:
    """Write a number; of one with more decimal digits than Python writes, the hexadecimal ones."""
    try:
        return str(number)
    except ValueError:
        return f"{number:#x}"


def _named(value: object) -> str:
    """Name a TOML value as its writer would."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"the number {format_number(value)}"
    if isinstance(value, str):
        return "text"
    return (
        "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else f"the date or time {value}"
    )


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
