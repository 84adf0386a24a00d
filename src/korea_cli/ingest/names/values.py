"""Convert values as typed to those of a file: dates stored, names resolved to ids, each checked against its key."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import NO, DateError, KoreaError, UsageError
from korea_cli.base.once import once
from korea_cli.base.slugs import slug_of
from korea_cli.dates.days import YEAR, year_name
from korea_cli.dates.edtf import StoredDate
from korea_cli.editing.edits import is_empty
from korea_cli.ingest.names.registry import names_in
from korea_cli.ingest.names.undeclared import UndeclaredError
from korea_cli.model.citation import Citation, OtherDate
from korea_cli.model.field_spec import CODES, LISTS
from korea_cli.model.records import Actor, file_keys
from korea_cli.reading.bad_value import BadValueError
from korea_cli.reading.codes.forms import same_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.ingest.names.registry import Registry
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Values = dict[str, object]

FLAGS = {**dict.fromkeys(("true", "yes", "y", "x", "1"), True), **dict.fromkeys(("false", "no", "n", "0"), False)}
_NAMES = {"id", "name", "aliases"}  # of an actor
_LONGEST = 40  # letters; ids are typed, and printed in lists
_SMALL = set("a an and as at by for from in into is it its of on or the to".split())  # noqa: SIM905 - shorter so


class InvalidValue(NamedTuple):
    """What is wrong with the value of a key, as a file writes it, and the nearest valid one.

    key: the message follows it; "" where the message names it.
    undeclared: the name that no record has, where that is the cause.
    """

    key: str
    message: str
    suggestion: str | None = None
    undeclared: UndeclaredError | None = None

    @property
    def sentence(self) -> str:
        """What is wrong, without the key."""
        return f"{self.message}. Did you mean '{self.suggestion}'?" if self.suggestion else self.message

    def __str__(self) -> str:
        return f"{self.key} {self.sentence}".lstrip()


class InvalidValuesError(UsageError):
    """Values that do not fit their keys, each under the name that it was typed under."""

    def __init__(self, invalid: Sequence[InvalidValue]) -> None:
        super().__init__(invalid)
        self.invalid = tuple(invalid)
        if all(each.undeclared for each in invalid):
            self.status = NO  # the command line was right

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is wrong, a sentence for each value."""
        parts = (each.undeclared.sentences if each.undeclared else (str(each),) for each in self.invalid)
        return tuple(chain(*parts))


def fit_values(
    record: type[Record], typed: Mapping[str, object], registry: Registry
) -> tuple[Values, list[InvalidValue]]:
    """Return the values of a record as a file has them, and all that are invalid.

    Without an id, which a row may get later, the names of an actor are not compared with those of others.
    """
    own = id_ if isinstance(id_ := typed.get("id"), str) else None
    values: Values = {}
    required = [InvalidValue(key, "is required") for key in _required(record) if is_empty(typed.get(key))]
    invalid = []
    keys, plain = file_keys(record), _plain_texts(record)
    for key, value in typed.items():
        if key in plain and isinstance(value, str) and value.isascii() and not value.isspace():
            if value:  # most are such texts, which are stored as they are
                values[key] = value
        elif not is_empty(value) and key in keys:
            fit = fit_value(record, key, value, registry, own)
            if isinstance(fit, InvalidValue):
                invalid.append(fit)
            else:
                values[key] = fit
    return values, [*required, *invalid]


@once
def _required(record: type[Record]) -> list[str]:
    """Return the keys that a record must have, other than its id, which can be suggested."""
    return [written for written, key in file_keys(record).items() if key.required and written != "id"]


@once
def _plain_texts(record: type[Record]) -> set[str]:
    """Return the keys that have any text; names of actors are compared with those of others."""
    names = _NAMES if record is Actor else set()
    texts = {written for written, key in file_keys(record).items() if key.form == "text"}
    return texts - names


def with_id(record: type[Record], typed: Mapping[str, object], registry: Registry) -> tuple[Values, list[InvalidValue]]:
    """Return values with an id, suggested where there is none; one that is used already is invalid."""
    id_ = typed.get("id") or suggest_id(record, typed, partial(registry.is_free, record.table))
    place = registry.place_of(record.table, id_) if isinstance(id_, str) else None
    return {**typed, "id": id_}, [InvalidValue("id", f"'{id_}' is already used at {place}")] if place else []


def fit_value(record: type[Record], written: str, value: object, registry: Registry, own: str | None = "") -> object:
    """Return a value as a file has it, or why it is an InvalidValue.

    own: the id of its record, as which no other actor may be called; None where that is checked later.
    """
    key = file_keys(record)[written]
    try:
        if key.form in {"ref", "date", "flag"}:
            value = _resolve(written, key, value, registry)
        elif isinstance(value, list) and key.form in LISTS:
            value = _resolve_all(written, key, value, registry)
        elif key.form in CODES and isinstance(value, str):
            value = same_code(key.form, value)
        fit = as_written(registry.readers(record)[written](value))
        (fit if isinstance(fit, str) else "").encode()
    except UnicodeEncodeError:  # the command line and JSON can contain halves of letters
        return InvalidValue(written, "contains something that is not a letter in any script")
    except DateError as error:
        return InvalidValue(written, f"'{error.text}' is not a date: {error.reason}", error.suggestion)
    except BadValueError as error:
        return InvalidValue("" if error.word else written, error.reason, error.suggestion)
    except KoreaError as error:
        undeclared = error if isinstance(error, UndeclaredError) else None
        return InvalidValue(written, error.sentences[0], undeclared=undeclared)
    names = own is not None and record is Actor and written in _NAMES
    for each in (fit if isinstance(fit, list) else [fit]) if names else ():
        if owner := registry.owner_of(str(each), own or ""):
            return InvalidValue(written, f"'{each}' is also a name of {owner}")
    return fit


def _resolve_all(written: str, key: Key, values: list[object], registry: Registry) -> list[object]:
    if key.form == "refs":
        return [registry.refer(written, key, each) for each in values]
    return [_resolve(written, key, each, registry) for each in values]


def _resolve(written: str, key: Key, value: object, registry: Registry) -> object:
    """Convert a typed date to a stored one and a name to an id; what has another form is left for the reader."""
    if key.form == "cites":
        return registry.cite(value)
    if key.form == "ref":
        return registry.refer(written, key, value)
    if key.form == "date" and isinstance(value, str):
        return registry.date(written, value)
    if key.form == "flag" and isinstance(value, str):
        if (flag := FLAGS.get(value.casefold())) is None:
            raise BadValueError(f"must be true or false, not '{value}'")
        return flag
    return _other_date(value, registry) if key.form == "other_dates" else value


def _other_date(value: object, registry: Registry) -> object:
    """Return another date of an event, without what JSON derives from it."""
    if isinstance(value, str):
        value = parse_other_date(value)
    if not isinstance(value, dict):
        return value
    plain = {key: each for key, each in value.items() if each and key not in {"earliest", "latest"}}
    if isinstance(date := plain.get("date"), str):
        plain["date"] = registry.date("other_dates", date)
    if isinstance(sources := plain.get("sources"), list):
        plain["sources"] = [registry.cite(each) for each in sources]
    return plain


def parse_other_date(typed: str) -> dict[str, object]:
    """Parse `DATE; SOURCE, ...; NOTE`, of which the date is enough."""
    date, sources, note = (part.strip() for part in (*typed.split(";", 2), "", "")[:3])
    return {"date": date, "sources": [each.strip() for each in sources.split(",") if each.strip()], "note": note}


def as_written(value: object) -> object:
    """Return a value that was read as a file writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Citation):
        return f"{value.id}#{value.locator}" if value.locator else value.id
    if isinstance(value, StoredDate):
        return value.text
    if isinstance(value, OtherDate):
        return {key: as_written(each) for key, each in value._asdict().items() if each}
    return [as_written(each) for each in value] if isinstance(value, tuple) else value


def suggest_id(record: type[Record], values: Mapping[str, object], is_free: Callable[[str], bool]) -> str:
    """Return an id for a record: of a source, author and year; else the words that matter of its title."""
    name = _author_and_year(values) if record.type == "source" else ""
    name = name or _shorten(slug_of(names_in(record, values)[0]))
    if name and is_free(name):
        return name
    stem, first = (name, 2) if name else (record.type, 1)  # a title in another script leaves no letters
    return next(id_ for number in count(first) if is_free(id_ := f"{stem}-{number}"))


def _author_and_year(values: Mapping[str, object]) -> str:
    authors = values.get("authors")
    author = _text(authors[0] if isinstance(authors, list) and authors else values.get("container"))
    name = author.partition(",")[0] if "," in author else author.rpartition(" ")[2]
    year = re.search(YEAR, _text(values.get("issued")), re.ASCII)
    return slug_of(f"{name} {year_name(int(year[0]))}") if year and slug_of(name) else ""


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""  # JSON may have anything


def _shorten(slug: str) -> str:
    """Leave out small words where a slug is long, and cut it where a word ends."""
    words = slug.split("-")
    if len(slug) > _LONGEST:
        words = [word for word in words if word not in _SMALL] or words
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        del words[-1]
    return "-".join(words)[:_LONGEST].strip("-")
