"""Look up whole records of several types by their ids, and what they show of others, by one statement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from korea_cli.model.roles import ROLES_BY_TYPE
from korea_cli.query.conditions import Condition, among, any_of
from korea_cli.query.field import DATED
from korea_cli.query.read_records import read_together, records_part, texts_part
from korea_cli.query.tables import rows_of
from korea_cli.store.sql import EACH_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from korea_cli.model.records import Record
    from korea_cli.model.row import Describe
    from korea_cli.query.read_records import RecordPart
    from korea_cli.query.resolve import Query
    from korea_cli.store.database import Store


def wanted_ids(wanted: Mapping[str, Collection[str]], *, wholes: bool) -> dict[str, Condition]:
    """Return the SQL of the ids of some records, by type; `wholes`: and of all that they belong to."""
    own = {type_: (json.dumps([*ids]),) for type_, ids in wanted.items()}
    found = {type_: Condition(EACH_TEXT, each) for type_, each in own.items()}
    more = f"{EACH_TEXT} UNION SELECT whole FROM belongs WHERE type = ? AND id IN ({EACH_TEXT})"  # noqa: S608 - values are bound
    with_wholes = {type_: Condition(more, (*own[type_], type_, *own[type_])) for type_ in ROLES_BY_TYPE if type_ in own}
    return found | with_wholes if wholes else found


def read_by_id(
    store: Store, queries: Mapping[str, Query], wanted: Mapping[str, Condition], describe: Describe
) -> Iterable[str | Record]:
    """Return the records that have some ids, by their types, as JSON text where the store has that.

    queries: what all records of a type match, by type. wanted: see `wanted_ids`. describe: gets the others, and what
    they show of others.
    """
    dated = [type_ for type_ in DATED if type_ in wanted]
    number = sum(len(json.loads(str(wanted[type_].values[0]))) for type_ in dated)
    as_texts = dated if dated and store.has_json_for(number) else []
    read = [type_ for type_ in wanted if type_ not in as_texts]
    parts = [_texts(wanted, as_texts)] if as_texts else []
    parts += [_records(store, queries[type_], type_, wanted[type_]) for type_ in read]
    beside = describe.beside(any_of([_having(type_, wanted[type_]) for type_ in read])) if read else ()
    found, shown = read_together(store, parts, beside)
    describe.expect([each for each in found.values() if not isinstance(each, str)], shown)
    return found.values()


def _texts(wanted: Mapping[str, Condition], types: Collection[str]) -> RecordPart:
    """Return the question for the JSON text of events and facts."""
    own = any_of([_having(type_, wanted[type_]) for type_ in types])
    rows = f"record_json WHERE seq IN (SELECT entry.seq FROM entry WHERE {own.sql})"  # noqa: S608 - values are bound
    return texts_part(rows, own.values)


def _records(store: Store, query: Query, type_: str, ids: Condition) -> RecordPart:
    """Return the question for records of a type, whether or not anything is counted for them."""
    # As rows of their own, so that SQLite looks the ids up instead of going through all records in their order.
    own = among(f"entry WHERE type = ? AND id IN ({ids.sql})", type_, *ids.values)
    kept = query.usual and query.tallied and type_ in ROLES_BY_TYPE and store.keeps("tally", making=False)
    query = query._replace(own=own, counted=None, kept=kept)
    return records_part(type_, rows_of(type_, query), own, query.asked(query.possible))


def _having(type_: str, ids: Condition) -> Condition:
    return Condition(f"entry.type = ? AND entry.id IN ({ids.sql})", (type_, *ids.values))
