"""Read records of several types by one statement, each as a record, or as the JSON text that the store has of it."""

from __future__ import annotations

from operator import itemgetter

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.query.together import QueryPart, rows_together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from korea_cli.query.conditions import Condition
    from korea_cli.query.tables import Rows
    from korea_cli.store.database import Store


class RecordPart(NamedTuple):
    """Some records of a statement: its SQL, and what makes a number and a record, or its text, of a row."""

    part: QueryPart
    read: Callable[[tuple[Any, ...]], tuple[int, Any]]


def records_part(type_: str, source: Rows, own: Condition, asked: Mapping[str, Condition]) -> RecordPart:
    """Return the question for the records of a type that meet a condition, by number; `asked` depends on the query.

    A rebuilt store has the same order. The plus sign keeps SQLite from scanning the whole type in that order.
    """
    from korea_cli.store.decode_rows import RowDecoder  # noqa: PLC0415 - counts and stored JSON need no records

    decoder = RowDecoder(type_, {name: each.sql for name, each in asked.items()})
    kinds = ["number", *decoder.kinds]
    places = sorted(range(len(kinds)), key=lambda place: ("text", "number", "blob").index(kinds[place]))
    named = {place: f"c{place}" for place in places}
    columns = ["entry.seq", *decoder.columns]
    listed = ", ".join(f"{columns[place]} AS {named[place]}" for place in places)
    values = tuple(value for name in decoder.asked for value in asked[name].values)
    sql = f"{source.tally.sql} SELECT {listed} FROM {source.tables} WHERE {own.sql} ORDER BY +entry.seq"  # noqa: S608 - values are bound
    of_kind = {kind: tuple(named[place] for place in places if kinds[place] == kind) for kind in set(kinds)}
    part = QueryPart(
        sql.strip(), (*source.tally.values, *values, *own.values),
        of_kind.get("text", ()), of_kind["number"], of_kind.get("blob", ()),
    )  # fmt: skip
    in_order = itemgetter(*(places.index(place) for place in range(len(kinds))))

    def read(row: tuple[Any, ...]) -> tuple[int, Any]:
        seq, *stored = in_order(row)
        return seq, decoder.record(stored)

    return RecordPart(part, read)


def texts_part(rows: str, values: Sequence[str | int]) -> RecordPart:
    """Return the question for the stored JSON of records by number; `rows` is what follows `FROM`."""
    sql = f"SELECT json, record_json.seq AS seq FROM {rows}"  # noqa: S608 - values are bound
    return RecordPart(QueryPart(sql, tuple(values), ("json",), ("seq",)), itemgetter(1, 0))


def read_together(
    store: Store, parts: Sequence[RecordPart], beside: Sequence[QueryPart] = ()
) -> tuple[dict[int, Any], list[list[tuple[Any, ...]]]]:
    """Return records, or their texts, by number, and the rows of other questions that are put with theirs."""
    found: dict[int, Any] = {}
    others: list[list[tuple[Any, ...]]] = [[] for _ in beside]
    for place, row in rows_together(store, [*(each.part for each in parts), *beside]):
        if place < len(parts):
            seq, record = parts[place].read(row)
            found[seq] = record
        else:
            others[place - len(parts)].append(row)
    return found, others
