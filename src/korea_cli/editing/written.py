"""A record as JSON has it becomes one as a file has it: with ids for what it refers to, without what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.model.records import file_keys, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Row = Mapping[str, Any]


def written(record: type[Record], row: Row) -> dict[str, object]:
    """Return the values of a record by key as a file has them, of those that the row has."""
    names = written_keys(record)
    shown = {key: spec.shown_as or names[key] for key, spec in file_keys(record).items()}
    return {key: _value(file_keys(record)[key], row[each]) for key, each in shown.items() if each in row}


def _value(spec: Key, value: Any) -> object:  # noqa: ANN401 - whatever JSON has
    if spec.form == "ref":
        return value and value["id"]
    if spec.form == "refs":
        return [each["id"] for each in value]
    if spec.form == "cites":
        return [_citation(each) for each in value]
    return [_other_date(each) for each in value] if spec.form == "other_dates" else value


def _citation(cited: Row) -> str:
    return f"{cited['id']}#{cited['locator']}" if cited["locator"] else str(cited["id"])


def _other_date(other: Row) -> dict[str, object]:
    values = {"date": other["date"], "sources": [_citation(each) for each in other["sources"]], "note": other["note"]}
    return {key: value for key, value in values.items() if value}


def references(record: type[Record], row: Row) -> Iterator[tuple[str, str]]:
    """Yield the type and id of everything that a record refers to."""
    names = written_keys(record)
    for key, spec in file_keys(record).items():
        value = row[spec.shown_as or names[key]]
        if spec.form == "cites":
            yield from (("source", each["id"]) for each in value)
        elif spec.form == "other_dates":
            yield from (("source", each["id"]) for other in value for each in other["sources"])
        elif spec.form in {"ref", "refs"} and value:
            named = value if isinstance(value, list) else [value]
            yield from ((each.get("type", spec.refers[0].removesuffix("s")), each["id"]) for each in named)
