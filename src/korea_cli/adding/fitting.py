"""Fit values as given to the keys of a record: dates stored, names become ids, each held to the form of its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.adding.flags import flag_of
from korea_cli.adding.known import UndeclaredError
from korea_cli.adding.suggesting import suggested_id
from korea_cli.base.errors import NO, DateError, KoreaError, UsageError
from korea_cli.dates.parse import to_stored
from korea_cli.editing.change import is_empty
from korea_cli.model.choices import EVENT_KINDS
from korea_cli.model.field_spec import Key
from korea_cli.model.records import Actor, Citation, keys_of, written_keys
from korea_cli.reading.values import BadValueError, reader_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from korea_cli.adding.known import Known
    from korea_cli.model.records import Record

    Values = dict[str, Any]

_INNER = {"date": Key("", "date"), "sources": Key("", "cites", refers=("sources",))}  # within another date

_NAMES = {"id", "name", "aliases"}  # of an actor


class Misfit(NamedTuple):
    """What is wrong with the value under a key, as a file writes it, and the nearest right one.

    undeclared: the name that nothing is declared by, where that is what is wrong.
    """

    key: str
    message: str
    suggestion: str | None = None
    undeclared: UndeclaredError | None = None

    @property
    def said(self) -> str:
        """Say it, without the key."""
        return f"{self.message}. Did you mean '{self.suggestion}'?" if self.suggestion else self.message


class UnfitValuesError(UsageError):
    """Values that do not fit: what is wrong with each, and of which type of record where they were typed as options."""

    def __init__(self, wrong: Sequence[Misfit], record: type[Record] | None = None) -> None:
        super().__init__(wrong, record)
        self.wrong, self.record = tuple(wrong), record
        if all(misfit.undeclared for misfit in wrong):
            self.status = NO  # the command line was right

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is wrong, a sentence for each value."""
        return tuple(sentence for misfit in self.wrong for sentence in self._of(misfit))

    def _of(self, misfit: Misfit) -> tuple[str, ...]:
        if misfit.undeclared:
            return misfit.undeclared.sentences
        if self.record is None:
            return (f"{misfit.key} {misfit.said}",)
        form = keys_of(self.record)[written_keys(self.record)[misfit.key]].form
        return (f"{flag_of(misfit.key, form)} {misfit.said}",)


def fitted(record: type[Record], given: Mapping[str, Any], known: Known) -> tuple[Values, list[Misfit]]:
    """Give the values of a record as a file has them, and everything that does not fit."""
    values: Values = {}
    misfits: list[Misfit] = []
    for written, name in written_keys(record).items():
        key, value = keys_of(record)[name], given.get(written)
        if is_empty(value):
            if key.required:
                misfits.append(Misfit(written, "is needed"))
            continue
        fit = fitted_value(record, written, value, known, str(given.get("id") or ""))
        if isinstance(fit, Misfit):
            misfits.append(fit)
        else:
            values[written] = fit
    return values, misfits


def identified(record: type[Record], given: Mapping[str, Any], known: Known) -> tuple[Values, list[Misfit]]:
    """Give what was given with an id, suggested where there was none; one that is used already does not fit."""
    id_ = given.get("id") or suggested_id(record, given, known.taken(record.table))
    place = known.place_of(record.table, id_) if isinstance(id_, str) else None
    return {**given, "id": id_}, [Misfit("id", f"'{id_}' is already used at {place}")] if place else []


def fitted_value(record: type[Record], written: str, value: Any, known: Known, own: str = "") -> Any:  # noqa: ANN401 - of any form
    """Return a value as a file has it under a key of a record, whose id is `own`, or the Misfit that it is."""
    name = written_keys(record)[written]
    key = keys_of(record)[name]
    choices = key.choices + known.kinds if key.choices is EVENT_KINDS else key.choices
    try:
        read = reader_for(name, key, choices)(_prepared(key, value, known))
    except DateError as error:
        return Misfit(written, f"'{error.text}' is not a date: {error.reason}", error.suggestion)
    except BadValueError as error:
        return Misfit(written, str(error), error.suggestion)
    except UndeclaredError as error:
        return Misfit(written, error.sentences[0], undeclared=error)
    except KoreaError as error:
        return Misfit(written, str(error))
    plain = _plain(read)
    if not _is_text(plain):
        return Misfit(written, "holds something that is no letter in any script")
    return _taken(record, written, plain, known, own) or plain


def _taken(record: type[Record], written: str, value: Any, known: Known, own: str) -> Misfit | None:  # noqa: ANN401 - as a file has it
    """Return what is wrong with a name that another actor has."""
    if record is Actor and written in _NAMES:
        for name in value if isinstance(value, list) else [value]:
            if owner := known.owner_of(name, own):
                return Misfit(written, f"'{name}' is already a name of {owner}")
    return None


def _prepared(key: Key, value: Any, known: Known) -> Any:  # noqa: ANN401 - of any form
    """Turn typed dates into stored ones and names into ids; what has another form is left for the reader to refuse."""
    if isinstance(value, list):
        return [_prepared(key, each, known) for each in value]
    if key.form == "other_dates" and isinstance(value, dict):
        return {
            inner: _prepared(_INNER[inner], each, known) if inner in _INNER else each for inner, each in value.items()
        }
    if key.form == "other_dates" or not isinstance(value, str):
        return value
    if key.form == "date":
        return to_stored(value, known.today)
    if key.form == "cites":
        source, mark, locator = value.partition("#")
        return known.resolve(key.refers, source) + mark + locator
    return known.resolve(key.refers, value) if key.refers else value


def _plain(value: Any) -> Any:  # noqa: ANN401 - as read
    """Give a value that was read as a file writes it."""
    if isinstance(value, Citation):
        return f"{value.id}#{value.locator}" if value.locator else value.id
    if hasattr(value, "precision"):
        return value.text
    if hasattr(value, "_asdict"):  # another date
        return {key: _plain(each) for key, each in value._asdict().items() if each}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _is_text(value: Any) -> bool:  # noqa: ANN401 - as a file has it
    """Say whether a value can be written; the command line and JSON can hold halves of letters."""
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True
