"""JSON and JSON lines as this program writes them, or a list of objects with the same keys, or a TimelineJS file."""

from __future__ import annotations

import io
import json
from typing import IO, TYPE_CHECKING, Any

from korea_cli.adding.piped import RepeatedKeyError, object_of
from korea_cli.base.errors import DataError
from korea_cli.base.problems import Problem
from korea_cli.ingest.lines import unmerged
from korea_cli.ingest.readers import timelinejs
from korea_cli.ingest.rows import Row, Sheet
from korea_cli.model.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LISTS = (*(record.table for record in RECORDS), "results", "records")


def read(name: str, stream: IO[bytes], share: Callable[[], float]) -> Sheet:
    """Read a document as a whole; raises DataError."""
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(name, "this is not UTF-8") from None
    try:
        document = json.loads(text, object_pairs_hook=object_of)
    except json.JSONDecodeError as error:
        list(unmerged(name, io.StringIO(text, newline=None)))  # says so where that is why
        raise _unreadable(name, f"JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.lineno, error.colno) from None
    except RepeatedKeyError as error:
        raise _unreadable(name, f"JSON: an object {error}") from None
    except (RecursionError, ValueError):
        raise _unreadable(name, "JSON: nested too deeply, or a number too long") from None
    records = _records(document)
    if records is None:
        raise _unreadable(name, f'there is no list of records in it, such as one under "{_LISTS[3]}"')
    if timelinejs.is_slide(records[0] if records else None):
        notes = ("left out the title slide",) if isinstance(document, dict) and document.get("title") else ()
        return Sheet(_slides(records, document), share, unit="slide", notes=notes, slides=True)
    return Sheet(_entries(records), share, unit="record")


def read_lines(name: str, stream: IO[bytes], share: Callable[[], float]) -> Sheet:
    """Read a record a line."""
    text = io.TextIOWrapper(stream, "utf-8-sig", "surrogateescape")
    return Sheet(_lines(name, text), share, held=text)


def _records(document: Any) -> list[Any] | None:  # noqa: ANN401 - whatever JSON holds
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    found = [document[key] for key in _LISTS if isinstance(document.get(key), list)]
    whole = [entry for records in found for entry in records]
    return whole if found and not {"id", "title", "text", "name"} <= document.keys() else None


def _entries(records: list[Any]) -> Iterator[Row]:
    for number, record in enumerate(records, 1):
        yield _row(number, record)


def _slides(records: list[Any], document: Any) -> Iterator[Row]:  # noqa: ANN401 - as above
    eras = document.get("eras") if isinstance(document, dict) else None
    whole = [*records, *({**era, "era": True} for era in eras or () if isinstance(era, dict))]
    for number, slide in enumerate(whole, 1):
        row = _row(number, slide)
        yield row if row.wrong else Row(number, timelinejs.flattened(slide))


def _lines(name: str, text: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(unmerged(name, text), 1):
        if not line.strip():
            continue
        try:
            line.encode()
            yield _row(number, json.loads(line, object_pairs_hook=object_of))
        except UnicodeEncodeError:
            raise _unreadable(name, "this is not UTF-8", number) from None
        except RepeatedKeyError as error:
            yield Row(number, {"": line.rstrip()}, f"it {error}")
        except (ValueError, RecursionError):
            yield Row(number, {"": line.rstrip()}, "it is not JSON")


def _row(number: int, record: Any) -> Row:  # noqa: ANN401 - as above
    if not isinstance(record, dict):
        return Row(number, {"": record}, "it is not an object with keys")
    return Row(number, record)


def _unreadable(name: str, message: str, line: int | None = None, column: int | None = None) -> DataError:
    return DataError((Problem(file=name, line=line, column=column, message=message, check="readable"),))
