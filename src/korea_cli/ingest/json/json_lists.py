"""Find the records in a document of JSON: the only list of objects, wherever it is, or the document itself."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import NotInListError
from korea_cli.ingest.columns.headings import guess_key, missing_keys
from korea_cli.ingest.json.json_shapes import objects_by_date, objects_of_table, unwrapped
from korea_cli.ingest.json.json_values import EMPTY, count_values
from korea_cli.ingest.open_question import OpenQuestion, PossibleAnswer, UnsettledError
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORDS, file_keys
from korea_cli.report.sections import REFERRED, amount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from korea_cli.model.records import Record

    Path = tuple[str, ...]  # the keys of the objects around a value
    Objects = Sequence[object]

_OURS = {"schema_version", "command", "chronology", "query", "count", "matched"}  # in documents that korea writes
_WHOLE = "export"  # the command that writes whole chronologies
_TABLES = {record.table: record.type for record in RECORDS}
_LISTS = (*_TABLES, "results", REFERRED, "records")
_COMPARED = 20  # objects by which a list is judged
_DEEPEST = 20  # objects in objects
_FEWEST = 2  # objects by id: one may be anything


class FoundRecords(NamedTuple):
    """The records of a document, the path of their list where it had to be found, and what is beside them, by path.

    header: what an export of korea states about its chronology.
    """

    records: Objects
    path: str = ""
    left_out: Counter[str] = Counter()  # noqa: RUF012 - never changed
    header: Mapping[str, object] = {}


def find_records(document: object, at: str, record: type[Record]) -> FoundRecords | None:
    """Return the records of a document; None where it has none.

    Raises UnsettledError where several lists could be meant, and NotInListError for a path that it does not have.
    """
    if at:
        path, records = _at(document, at, dict(_lists_in(document, record)))
        return FoundRecords(records, at, _beside(document, path))
    if table := objects_of_table(document):
        return FoundRecords(table[0], left_out=count_values("", table[1]))
    if not isinstance(document, dict):
        return _only_list(document, record) if isinstance(document, list) else None
    if _is_record(document, record):
        return FoundRecords([document])
    if tables := {key: document[key] for key in _LISTS if isinstance(document.get(key), list)}:
        records = [_typed(each, _TABLES.get(key)) for key, objects in tables.items() for each in objects]
        own = document.keys() >= _OURS
        beside = _rest(document, {*tables, *(_OURS if own else ())})
        return FoundRecords(records, "", beside, _header(document) if own else {})
    return _only_list(document, record)


def _header(document: Mapping[str, object]) -> Mapping[str, object]:
    """Return the header of a whole chronology; a list only names the one that it is of."""
    header = document.get("chronology")
    return header if document.get("command") == _WHOLE and isinstance(header, dict) else {}


def _only_list(document: object, record: type[Record]) -> FoundRecords | None:
    """Return the records of a document that has one list of objects somewhere."""
    lists = dict(_lists_in(document, record))
    if not lists:
        return None
    path = _likeliest(lists, record)
    return FoundRecords(lists[path], ".".join(path), _beside(document, path))


def _lists_in(value: object, record: type[Record], path: Path = ()) -> Iterator[tuple[Path, Objects]]:
    """Yield the lists of objects in a value with their paths, also a record alone, and records by id: `{id: {...}}`."""
    if len(path) == _DEEPEST:
        return
    if isinstance(value, list):
        if not path or any(isinstance(each, dict) for each in value):
            yield path, value
            yield from _lists_within(value, record, path)
    elif isinstance(value, dict):
        if path and _is_record(value, record):
            yield path, [value]
        elif objects := objects_by_date(value, record) or _objects_by_id(value, record):
            yield path, objects
        else:
            for key, inner in value.items():
                yield from _lists_in(inner, record, (*path, key))


def _lists_within(objects: Objects, record: type[Record], path: Path) -> Iterator[tuple[Path, Objects]]:
    """Yield the lists in the objects of another, each joined to one, unless those are records: `days[].events`."""
    if any(_is_record(each, record) for each in _first(objects)):
        return
    inner: dict[str, list[object]] = {}
    for each in objects:
        for key, value in each.items() if isinstance(each, dict) else ():
            if isinstance(value, list):
                inner.setdefault(key, []).extend(value)
    *before, last = path or ("",)
    for key, joined in inner.items():
        yield from _lists_in(joined, record, (*before, f"{last}[]", key))


def _objects_by_id(values: Mapping[str, object], record: type[Record]) -> Objects:
    """Return the objects that are the values of another, each with its key as an id, unless these are only counted."""
    objects = {key: each for key, each in values.items() if isinstance(each, dict)}
    if len(objects) < max(len(values), _FEWEST) or not all(
        _is_described(each, record) for each in _first(objects.values())
    ):
        return ()
    if list(objects) in ([f"{n + first}" for n in range(len(objects))] for first in (0, 1)):
        return [*objects.values()]
    named = {key for each in objects.values() for key in each if guess_key(key, record) == "id"}
    return [{"object key" if each.keys() & named else "id": key, **each} for key, each in objects.items()]


def _likeliest(lists: Mapping[Path, Objects], record: type[Record]) -> Path:
    """Return the path of the only list, or of the only one whose objects have most of what a record must have."""
    scores = {path: max(map(partial(_score, record), _first(objects)), default=0) for path, objects in lists.items()}
    best = [path for path in lists if scores[path] == max(scores.values())]
    if len(best) > 1:  # what is in the objects of a list is part of it
        best = [path for path in best if not any(_is_within(path, other) for other in best)]
    if len(best) == 1:
        return best[0]
    longest = max((len(lists[path]), path) for path in best)[1]
    sizes = {".".join(path): len(objects) for path, objects in lists.items()}
    answers = tuple(PossibleAnswer(name, amount(size, "records"), {"at": name}) for name, size in sizes.items())
    raise UnsettledError(
        f"the file has several lists: {', '.join(f'{name} ({size:,})' for name, size in sizes.items())}."
        f" Choose one with --at, as in --at {next(iter(sizes))}",
        OpenQuestion("at", "The file has several lists. Which one has the records?", answers, ".".join(longest)),
    )


def _score(record: type[Record], value: object) -> int:
    """Return how many of the keys an object has that a record must have."""
    keys = _keys_of(value, record)
    return len(missing_keys(record, ())) - len(missing_keys(record, keys | ({"title"} if "summary" in keys else set())))


def _is_within(path: Path, other: Path) -> bool:
    """Whether a path leads into the objects of the list at another."""
    *before, last = other or ("",)
    return path[: len(other) or 1] == (*before, f"{last}[]")


def _at(document: object, at: str, lists: Mapping[Path, Objects]) -> tuple[Path, Objects]:
    """Return the keys on the way to a path, and the objects there."""
    for path, objects in lists.items():
        if ".".join(path) == at:
            return path, objects
    path, value, rest = (), document, at
    while rest and isinstance(value, dict):
        key = next((each for each in value if rest == each or rest.startswith(f"{each}.")), None)
        if key is None:
            break
        path, value, rest = (*path, key), value[key], rest[len(key) + 1 :]
    if rest or not isinstance(value, dict | list):
        raise NotInListError("path", at, [".".join(each) for each in lists])
    return path, value if isinstance(value, list) else [value]


def _beside(document: object, path: Path) -> Counter[str]:
    """Count the values that a document has beside a path, and on the way to it."""
    left, level = Counter[str](), [document]
    for depth, part in enumerate(path):
        before, key = "".join(f"{each}." for each in path[:depth]), part.removesuffix("[]")
        objects = [each for each in level if isinstance(each, dict)]
        for each in objects if key else ():
            left += _rest(each, [key], before)
        level = [each[key] for each in objects if key in each] if key else level
        if part.endswith("[]"):
            level = [item for each in level if isinstance(each, list) for item in each]
    return left


def _rest(values: Mapping[str, object], taken: Collection[str], before: str = "") -> Counter[str]:
    """Count the values of an object under all keys but some."""
    return sum((count_values(before + key, each) for key, each in values.items() if key not in taken), Counter())


def _typed(value: object, type_: str | None) -> object:
    """Return an object with the type of the records in its list, where that is known and it has none."""
    return {"type": type_, **value} if isinstance(value, dict) and type_ else value


def _first(objects: Iterable[object]) -> Iterator[object]:
    return islice(objects, _COMPARED)


def _keys_of(value: object, record: type[Record]) -> set[str]:
    """Return the keys of a record for which an object has values."""
    plain = unwrapped(value)
    values = plain.items() if isinstance(plain, dict) else ()
    return {guess_key(key, record) for key, each in values if each not in EMPTY and not isinstance(each, list)}


def _is_described(value: object, record: type[Record]) -> bool:
    """Whether an object has something that a record must have."""
    keys = _keys_of(value, record)
    return len(missing_keys(record, keys)) < len(missing_keys(record, ()))


def _is_record(value: object, record: type[Record]) -> bool:
    """Whether an object has all that a record must have, and no list of other records."""
    if not isinstance(value, dict) or missing_keys(record, _keys_of(value, record)):
        return False
    lists = {key: each for key, each in value.items() if isinstance(each, list) and not _is_list(key, record)}
    return not any(_is_record(each, record) for objects in lists.values() for each in _first(objects))


def _is_list(key: str, record: type[Record]) -> bool:
    """Whether a key is one under which a record has a list."""
    spec = file_keys(record).get(guess_key(key, record))
    return spec is not None and spec.form in LISTS
