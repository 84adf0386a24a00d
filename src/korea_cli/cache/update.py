"""Update the index of a file of which a few events, facts or sources were edited, without reading the others again."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from korea_cli.cache.blocks import FileBlock
from korea_cli.cache.catalog import read_catalog, write_catalog
from korea_cli.cache.edited_parts import find_edits
from korea_cli.cache.index import ENDING, connect_index, names_same_files, rewrite_database
from korea_cli.cache.parts import remove_parts
from korea_cli.cache.record_changes import changes_of
from korea_cli.cache.stamp import is_settled, same_content, stamp_of
from korea_cli.model.records import RECORDS
from korea_cli.store.database import Connection, insert_rows
from korea_cli.store.encode_rows import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from korea_cli.cache.catalog import Catalog
    from korea_cli.cache.changed_rows import RecordChanges
    from korea_cli.cache.edited_parts import FileEdits
    from korea_cli.cache.place import IndexPlace
    from korea_cli.cache.stamp import IndexedFile

_CLAIMS = f"""INSERT INTO claim SELECT own.seq,
    ROW_NUMBER() OVER (ORDER BY fact.orders, COALESCE(fact.end_max, {UNDATED}), fact.seq) - 1, fact.seq
  FROM entry AS own JOIN entry AS fact ON fact.type = 'fact' AND (
    fact.seq IN (SELECT seq FROM link WHERE key = 'events' AND target = own.id)
    OR fact.id IN (SELECT target FROM link WHERE key = 'disputed_by' AND seq = own.seq)
  ) WHERE own.type = 'event' AND own.id = ?"""  # noqa: S608 - a number


def update_index(place: IndexPlace, read_at: int) -> Catalog | None:
    """Write the index of files that were read at a time from that of before, and return its catalogue.

    Returns None unless one file has changed, in a few events, facts or sources of which nothing else depends: then all
    is read.
    """
    try:
        catalog = read_catalog(place.stem)
        if catalog is None or catalog.key != place.key or not catalog.apart or catalog.hides or catalog.view:
            return None
        connection = connect_index(place.stem, catalog)
        if connection is None:
            return None
        with closing(connection):
            return _updated(place, catalog, connection, read_at)
    except (OSError, Connection.damage):
        return None


def _updated(place: IndexPlace, catalog: Catalog, connection: Connection, read_at: int) -> Catalog | None:
    found = _changed_file(catalog)
    if found is None:
        return None
    number, files, raw = found
    sql = "SELECT size, lines, alone, digest FROM block WHERE document = ? ORDER BY rowid"
    edited = find_edits(raw, [FileBlock(*row) for row in connection.execute(sql, (number,))])
    changes = edited and changes_of(edited, files[number].name, catalog.header, connection.execute)
    if not (edited and changes and same_content(files[number])):
        return None

    def write(updated: Connection) -> None:
        _write(updated, number, files[number].name, edited, changes)

    mark, seal, check = rewrite_database(place.stem + ENDING, catalog.mark, write)
    remove_parts(place.stem)
    renewed = catalog._replace(
        files=files, read_at=read_at, header=changes.header, mark=mark, seal=seal, check=check
    )  # fmt: skip
    write_catalog(place.stem, renewed)
    return renewed


def _changed_file(catalog: Catalog) -> tuple[int, tuple[IndexedFile, ...], bytes] | None:
    """Return the number of the only file that has changed, all files as they are now, and its bytes."""
    from hashlib import sha256  # noqa: PLC0415 - loaded only where a file was changed

    if not names_same_files(catalog):
        return None
    files, changed = [], []
    for number, file in enumerate(catalog.files):
        stamp = stamp_of(file.path)
        if stamp is None:
            return None
        files.append(file._replace(stamp=stamp))
        if stamp != file.stamp or not is_settled(stamp, catalog.read_at):
            changed.append(number)
    changed = [number for number in changed if not same_content(files[number])]
    if len(changed) != 1 or files[changed[0]].stamp.size > int(catalog.key.settings[0]):
        return None
    (number,) = changed
    with open(files[number].path, "rb") as stream:
        raw = stream.read()
    files[number] = files[number]._replace(sha256=sha256(raw).hexdigest())
    return number, tuple(files), raw


def _write(connection: Connection, number: int, name: str, edited: FileEdits, changes: RecordChanges) -> None:
    """Write the rows of changed records, the lines of later ones, and the blocks of the file."""
    for part in reversed(edited.parts):
        shift = part.parsed.text.count("\n") - part.old_lines
        after = (shift, os.fsencode(name), part.old_line + part.old_lines)
        for record in RECORDS if shift else ():
            connection.execute(f"UPDATE {record.type} SET line = line + ? WHERE file = ? AND line >= ?", after)  # noqa: S608 - a type
    for type_, lines in changes.lines.items():
        moved = [(line, seq) for seq, line in lines.items()]
        connection.executemany(f"UPDATE {type_} SET line = ?1 WHERE seq = ?2 AND line IS NOT ?1", moved)  # noqa: S608 - as above
    gone = [(seq,) for seq in changes.numbers]
    for table, (form, rows) in changes.rows.items():
        connection.executemany(f"DELETE FROM {table} WHERE seq = ?", gone)  # noqa: S608 - as above
        insert_rows(connection, table, form, rows)
    _write_claims(connection, gone, changes.claimed)
    own = [(id_,) for id_ in changes.sources]
    connection.executemany("DELETE FROM belongs WHERE type IN ('source', 'voice') AND id = ?", own)
    connection.executemany("INSERT INTO belongs VALUES (?, ?, ?)", changes.belongs)
    for place in changes.places[0]:
        here = "SELECT ?1, ?1 WHERE NOT EXISTS (SELECT 1 FROM place_name WHERE place = ?1)"
        connection.execute(f"INSERT INTO place_name {here}", (place,))
    for place in changes.places[1]:
        unused = "place = ?1 AND NOT EXISTS (SELECT 1 FROM event WHERE event.place = ?1)"
        connection.execute(f"DELETE FROM place_name WHERE {unused}", (place,))  # noqa: S608 - as above
    connection.execute("DELETE FROM block WHERE document = ?", (number,))
    blocks = [(number, *block) for block in edited.blocks]
    connection.executemany("INSERT INTO block VALUES (?, ?, ?, ?, ?)", blocks)


def _write_claims(connection: Connection, gone: Iterable[tuple[int]], ids: Iterable[str]) -> None:
    """Write again what is claimed about events, in the order in which `encode_opponents` has it."""
    connection.executemany("DELETE FROM claim WHERE seq = ?", gone)
    for id_ in ids:
        connection.execute(
            "DELETE FROM claim WHERE seq = (SELECT seq FROM entry WHERE type = 'event' AND id = ?)", (id_,)
        )
        connection.execute(_CLAIMS, (id_,))
