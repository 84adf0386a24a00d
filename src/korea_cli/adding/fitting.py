"""Convert values as typed to those of a file: dates stored, names resolved to ids, each checked against its key."""

from __future__ import annotations

import re
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.adding.options import option_name
from korea_cli.adding.registry import UndeclaredError
from korea_cli.base.errors import NO, DateError, KoreaError, UsageError
from korea_cli.dates.edtf import StoredDate
from korea_cli.dates.parse import to_stored
from korea_cli.editing.edits import is_empty
from korea_cli.model.field_spec import Key
from korea_cli.model.records import Actor, Citation, OtherDate, keys_of, written_keys
from korea_cli.model.row import title_key
from korea_cli.reading.values import BadValueError, reader_for, slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.adding.registry import Registry
    from korea_cli.model.records import Record

    Values = dict[str, object]

_WITHIN_OTHER_DATE = {"date": Key("", "date"), "sources": Key("", "cites", refers=("sources",))}
_NAMES = {"id", "name", "aliases"}  # of an actor
_LONGEST = 40  # letters; ids are typed, and printed in lists
_SMALL = set("a an and as at by for from in into is it its of on or the to".split())  # noqa: SIM905 - shorter so


class InvalidValue(NamedTuple):
    """What is wrong with the value of a key, as a file writes it, and the nearest valid one.

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


class InvalidValuesError(UsageError):
    """Values that do not fit their keys; `record` is the type of record where they were typed as options."""

    def __init__(self, invalid: Sequence[InvalidValue], record: type[Record] | None = None) -> None:
        super().__init__(invalid, record)
        self.invalid, self.record = tuple(invalid), record
        if all(each.undeclared for each in invalid):
            self.status = NO  # the command line was right

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is wrong, a sentence for each value."""
        return tuple(sentence for each in self.invalid for sentence in self._sentences_of(each))

    def _sentences_of(self, each: InvalidValue) -> tuple[str, ...]:
        if each.undeclared:
            return each.undeclared.sentences
        if self.record is None:
            return (f"{each.key} {each.sentence}",)
        form = keys_of(self.record)[written_keys(self.record)[each.key]].form
        return (f"{option_name(each.key, form)} {each.sentence}",)


def fit_values(
    record: type[Record], typed: Mapping[str, object], registry: Registry
) -> tuple[Values, list[InvalidValue]]:
    """Return the values of a record as a file has them, and all that are invalid."""
    values: Values = {}
    invalid: list[InvalidValue] = []
    for written, name in written_keys(record).items():
        value = typed.get(written)
        if not is_empty(value):
            fit = fit_value(record, written, value, registry, str(typed.get("id") or ""))
            if isinstance(fit, InvalidValue):
                invalid.append(fit)
            else:
                values[written] = fit
        elif keys_of(record)[name].required:
            invalid.append(InvalidValue(written, "is required"))
    return values, invalid


def with_id(record: type[Record], typed: Mapping[str, object], registry: Registry) -> tuple[Values, list[InvalidValue]]:
    """Return values with an id, suggested where there is none; one that is used already is invalid."""
    id_ = typed.get("id") or suggest_id(record, typed, partial(registry.is_free, record.table))
    place = registry.place_of(record.table, id_) if isinstance(id_, str) else None
    return {**typed, "id": id_}, [InvalidValue("id", f"'{id_}' is already used at {place}")] if place else []


def fit_value(record: type[Record], written: str, value: object, registry: Registry, own: str = "") -> object:
    """Return a value as a file has it, or why it is an InvalidValue; `own` is the id of its record."""
    name = written_keys(record)[written]
    key = keys_of(record)[name]
    try:
        plain = _plain(reader_for(name, key, registry.kinds)(_resolve(key, value, registry)))
        str(plain).encode()
    except UnicodeEncodeError:  # the command line and JSON can contain halves of letters
        return InvalidValue(written, "contains something that is not a letter in any script")
    except DateError as error:
        return InvalidValue(written, f"'{error.text}' is not a date: {error.reason}", error.suggestion)
    except BadValueError as error:
        return InvalidValue(written, error.reason, error.suggestion)
    except KoreaError as error:
        undeclared = error if isinstance(error, UndeclaredError) else None
        return InvalidValue(written, error.sentences[0], undeclared=undeclared)
    for each in (plain if isinstance(plain, list) else [plain]) if record is Actor and written in _NAMES else ():
        if owner := registry.owner_of(str(each), own):
            return InvalidValue(written, f"'{each}' is already a name of {owner}")
    return plain


def _resolve(key: Key, value: object, registry: Registry) -> object:
    """Convert typed dates to stored ones and names to ids; a value of another form is left for the reader to refuse."""
    if isinstance(value, list):
        return [_resolve(key, each, registry) for each in value]
    if key.form == "other_dates" and isinstance(value, dict):
        inner = _WITHIN_OTHER_DATE
        return {name: _resolve(inner[name], each, registry) if name in inner else each for name, each in value.items()}
    if not isinstance(value, str):
        return value
    if key.form == "date":
        return to_stored(value, registry.today)
    if key.form == "cites":
        source, mark, locator = value.partition("#")
        return registry.resolve(key.refers, source) + mark + locator
    return registry.resolve(key.refers, value) if key.refers else value


def _plain(value: object) -> object:
    """Return a value that was read as a file writes it."""
    if isinstance(value, Citation):
        return f"{value.id}#{value.locator}" if value.locator else value.id
    if isinstance(value, StoredDate):
        return value.text
    if isinstance(value, OtherDate):
        return {key: _plain(each) for key, each in value._asdict().items() if each}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def suggest_id(record: type[Record], values: Mapping[str, object], is_free: Callable[[str], bool]) -> str:
    """Return an id for a record: of a source, author and year; else the words that matter of its title."""
    name = _author_and_year(values) if record.type == "source" else ""
    name = name or _shorten(slug_of(str(values.get(title_key(record)) or "")))
    if name and is_free(name):
        return name
    stem, first = (name, 2) if name else (record.type, 1)  # a title in another script leaves no letters
    return next(id_ for number in count(first) if is_free(id_ := f"{stem}-{number}"))


def _author_and_year(values: Mapping[str, object]) -> str:
    authors = values.get("authors")
    author = str(authors[0] if isinstance(authors, list) and authors else values.get("container") or "")
    name = author.partition(",")[0] if "," in author else author.rpartition(" ")[2]
    year = re.search(r"\d{4}", str(values.get("issued") or ""), re.ASCII)
    return slug_of(f"{name} {year[0]}") if year and slug_of(name) else ""


def _shorten(slug: str) -> str:
    """Leave out small words where a slug is long, and cut it where a word ends."""
    words = slug.split("-")
    if len(slug) > _LONGEST:
        words = [word for word in words if word not in _SMALL] or words
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        del words[-1]
    return "-".join(words)[:_LONGEST].strip("-")
