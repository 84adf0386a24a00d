"""Turn one TOML value into the typed value of a key, or explain in the user's words why it cannot be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from korea_cli.base.slugs import is_slug, slug_of
from korea_cli.base.tokenize import words_of
from korea_cli.dates.parse import from_toml
from korea_cli.model.citation import Citation, OtherDate
from korea_cli.model.field_spec import CODES
from korea_cli.model.vocabulary import noun_of
from korea_cli.reading.bad_value import BadValueError, text_of
from korea_cli.reading.codes.reader import code_of
from korea_cli.reading.findings import Typo
from korea_cli.reading.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from korea_cli.model.field_spec import Key

    Reader = Callable[[object], object]

T = TypeVar("T")
# Patterns of whole texts, here and in the JSON Schema.
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
ZONE = "UTC|[A-Z][A-Za-z0-9_+-]*(?:/[A-Z][A-Za-z0-9_+-]*)+"
URL = r"[Hh][Tt][Tt][Pp][Ss]?://[^/\s]\S*"
LONGEST_NAME = 200  # characters of a name of a place
_FEWEST_NAMES = 2  # of a place
_MANY = 1 << 16  # lists that are kept: many records refer to the same


def reader_for(name: str, key: Key, own: Sequence[str] = ()) -> Reader:
    """Return the function that reads the values of one key; `own` are the words that the header allows its records."""
    if key.form == "choice":
        words = (*key.choices, *(own if key.more_in else ()))
        return _choice_of(key.written_as or name, words, key.more_in)
    if key.form == "time":
        zone = "the IANA name of a time zone, such as Asia/Seoul"
        return _like(ZONE, zone) if name == "timezone" else _like(CLOCK, "a clock time such as 09:10")
    if key.required and key.form == "text":
        return _required_text
    if key.form in CODES:
        return code_of(key.form)
    if key.form == "date" and not key.required:
        return lambda value: None if value == "" else from_toml(value)
    return _READERS[key.form]


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
            f"must be a list in [ ], not {in_words(value)}", f'["{value}"]' if isinstance(value, str) else None
        )
    return value


def _texts(value: object) -> tuple[str, ...]:
    try:
        return _distinct(tuple(value)) if type(value) is list else _distinct_in(value)
    except TypeError:  # of values that are no texts
        return _distinct_in(value)


def _distinct_in(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_items(value)))


@lru_cache(maxsize=_MANY)
def _distinct(items: tuple[object, ...]) -> tuple[str, ...]:
    return _distinct_in([*items])


def _items(value: object) -> Iterable[str]:
    """Read the texts of a list; nearly always one look shows that all are plain."""
    listed = _list_of(value)
    try:
        plain = "".join(listed).isascii()
    except TypeError:
        plain = False
    return listed if plain else map(_item, listed)


def _item(value: object) -> str:
    if not isinstance(value, str):
        raise BadValueError(f"must contain texts in quotes, not {in_words(value)}")
    return text_of(value)


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(map(_group, _list_of(value))))


def _group(value: object) -> tuple[str, ...]:
    """Read the names of one place."""
    if not isinstance(value, list):
        raise BadValueError(f"must contain lists of names, one for each place, not {in_words(value)}")
    names = _texts(value)
    for name in names:
        if len(name) > LONGEST_NAME or not words_of(name):
            limits = f"a name has a letter or digit, and at most {LONGEST_NAME} characters"
            raise BadValueError(f"contains '{name}': {limits}")
    if len(names) < _FEWEST_NAMES:
        raise BadValueError("must contain at least two names of each place")
    return names


def _of_type(type_: type[T], words: str) -> Callable[[object], T]:
    """Return the function that reads values of one type, whose name in words is for the message."""

    def read(value: object) -> T:
        if type(value) is not type_:
            raise BadValueError(f"must be {words}, not {in_words(value)}")
        return value

    return read


def _choice_of(written: str, words: tuple[str, ...], more_in: str) -> Reader:
    """Return the function that reads one of some words; `more_in` is the key of the header that allows others."""
    valid = frozenset((*words, ""))

    def choose(value: object) -> str:
        if isinstance(value, str) and value in valid:
            return value
        word = text_of(value)
        allow = f'. To allow it, add "{word}" to {more_in} under [chronology]' if more_in else ""
        advice = "" if more_in else f". Allowed values: {', '.join(words)}"
        raise BadValueError(f"unknown {noun_of(more_in) or written} '{word}'{allow}", Typo(word, words, advice), word)

    return choose


def _url(value: object) -> str:
    text = text_of(value)
    if text and not re.fullmatch(URL, text):
        reason = f"'{text}' is not a URL beginning with http:// or https://"
        raise BadValueError(reason, f"https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else None)
    return text


def _like(pattern: str, words: str) -> Reader:
    """Return the function that reads texts of one form, whose name in words is for the message."""

    def read(value: object) -> str:
        text = text_of(value)
        if text and not re.fullmatch(pattern, text):
            raise BadValueError(f"'{text}' is not {words}")
        return text

    return read


@lru_cache(maxsize=4096)  # many records cite few sources
def citation_of(text: str) -> Citation:
    """Read `source#locator`."""
    source, _, locator = text.partition("#")
    return Citation(source, locator or None)


def _cites(value: object) -> tuple[Citation, ...]:
    return _citations(_texts(value))


@lru_cache(maxsize=_MANY)
def _citations(texts: tuple[str, ...]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(map(citation_of, texts)))


def _other_dates(value: object) -> tuple[OtherDate, ...]:
    return tuple(map(_other_date, _list_of(value)))


def _other_date(value: object) -> OtherDate:
    if not isinstance(value, dict):
        raise BadValueError(f"must contain {{ date = …, sources = […], note = … }}, not {in_words(value)}")
    for key in value:
        if key not in OtherDate._fields:
            raise BadValueError(f"contains the unknown key '{key}'", Typo(key, OtherDate._fields))
    if "date" not in value:
        raise BadValueError("contains one without 'date'")
    return OtherDate(
        from_toml(value["date"]),
        _within("sources", _cites, value.get("sources", [])),
        _within("note", text_of, value.get("note", "")),
    )


def _within(key: str, read: Callable[[object], T], value: object) -> T:
    try:
        return read(value)
    except BadValueError as error:
        raise BadValueError(f"{key} {error}", error.hint) from None


_READERS: dict[str, Reader] = {
    "slug": _slug,
    "text": text_of,
    "texts": _texts,
    "groups": _groups,
    "refs": _texts,
    "ref": text_of,
    "cites": _cites,
    "other_dates": _other_dates,
    "date": from_toml,
    "flag": _of_type(bool, "true or false"),
    "whole": _of_type(int, "a whole number"),
    "url": _url,
}
