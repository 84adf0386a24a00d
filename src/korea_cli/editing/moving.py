"""Move records to another file as they stand there, with the actors, topics and sources that only they use."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from korea_cli.base.errors import UsageError
from korea_cli.comparing.changes import Change
from korea_cli.editing.edits import Edit, join_edits, remove_record, set_key
from korea_cli.editing.errors import LeftBehindError, UnsafeChangeError
from korea_cli.editing.files import locate_entry, require_own
from korea_cli.editing.layout import RecordRef, find_record
from korea_cli.editing.paths import moved_paths
from korea_cli.editing.placing import insert_in_order
from korea_cli.editing.toml import toml_record
from korea_cli.model.citation import ids_in
from korea_cli.model.header import HIDING, Header
from korea_cli.model.records import RECORDS, Actor, Source, Topic, file_keys, keys_of, title_of
from korea_cli.reading.disk import DiskFiles
from korea_cli.reading.include import resolve_includes
from korea_cli.reading.toml import HEADER, Document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from korea_cli.checks.load import LoadResult
    from korea_cli.editing.edits import Tables
    from korea_cli.editing.files import Editable, LocatedRecord
    from korea_cli.model.records import Record
    from korea_cli.reading.draft import Draft

    Name = tuple[str, str]  # the table and id of a record
    References = Collection[tuple[Name, Name]]  # records, and what they refer to

_USED: tuple[type[Record], ...] = (Source, Actor, Topic)  # what comes along where nothing else uses it


class MovePlan(NamedTuple):
    """What moves: the records that were named, what comes along, the edit of each file, and what to know then."""

    named: Sequence[LocatedRecord]
    along: Sequence[LocatedRecord]
    edits: Sequence[tuple[Document, Edit]]
    notes: Sequence[str]


def with_target(files: Editable, target: str) -> Editable:
    """Return the files together with the one that records move to, which is new where there is none yet.

    Raises OutputError where that may not be written to, UsageError where it is the only one and is not there.
    """
    require_own(target)
    path = Path(target)
    if path.exists():
        return files._replace(names=(*files.names, target))
    others = tuple(each for each in files.names if each != target)
    if not others:
        raise UsageError(f"'{target}' does not exist, so nothing can be moved from it. Name other files with -d.")
    return files._replace(names=(*others, target), new=Document(name=target, path=path, text="", new=True))


def _begin(origin: Document) -> Edit:
    """Return the edit of an empty file that gives it a header: the title of another, and that it is private."""
    header = origin.tables.get(HEADER)
    kept = (
        {key: header[key] for key in ("title", "schema", *HIDING) if key in header} if isinstance(header, dict) else {}
    )
    text = toml_record(Header, kept) if kept else ""
    return Edit(lambda _: text, lambda tables: tables.update({HEADER: kept} if kept else {}))


def plan_move(files: Editable, loaded: LoadResult, names: Sequence[str], target: str, own: Sequence[str]) -> MovePlan:
    """Plan which records move to a file that was loaded too; `own`: the files that are read without naming it.

    Raises LeftBehindError where what stays would refer to what those files do not have any more.
    """
    goal = next(each for each in loaded.documents if each.path and _same(each.path, Path(target)))
    located = [files.locate(loaded, name) for name in dict.fromkeys(names)]
    named = [each for each in located if each.document is not goal]
    along, users = _used_only_by(named, loaded) if named else ([], [])
    moved = [*named, *along]
    for document in () if goal.new else {each.document.name: each.document for each in moved}.values():
        _require_as_private(document, goal)
    notes = _notes(moved, (loaded, users), goal, own) if moved and not _is_read(goal, loaded, own) else []
    return MovePlan(named, along, _edits(moved, loaded, goal), notes)


def moved_records(plan: MovePlan, after: Draft) -> Iterator[Change]:
    """Yield each record that has moved, with the file that it was in and is in."""
    for each in (*plan.named, *plan.along):
        entry = next(entry for entry, _ in after.all_entries(each.record.table) if entry.id == each.id)
        files = each.document.name, entry.file
        yield Change(
            "changed", each.record.type, each.id, title_of(entry), entry.file, entry.line, "file", *files, *files
        )


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _require_as_private(origin: Document, goal: Document) -> None:
    """Raise UnsafeChangeError where records would lose what the header of their file hides."""
    for key, hidden in origin.hiding.items():
        if hidden != goal.hiding.get(key):
            raise UnsafeChangeError(
                f"{origin.name} has '{key}' in its header, and {goal.name} has not", f"set {key} there first"
            )


def _is_read(goal: Document, loaded: LoadResult, own: Sequence[str]) -> bool:
    """Whether the file that records move to is one of those that are named, or is included by one of the others."""
    disk, path = _WithFile(goal), Path(goal.name)
    named = any(name == goal.name or _same(Path(name), path) for name in own)
    others = [(each, each.path) for each in loaded.documents if each is not goal and each.path]
    return named or any(
        _same(file, path)
        for each, own_path in others
        for file in (resolve_includes(each, 0, (own_path.resolve(),), disk)[0] if each.includes else ())
    )


class _WithFile(DiskFiles):
    """The files of the disk, and one that may not be there yet."""

    def __init__(self, document: Document) -> None:
        self._path = Path(document.name).resolve()

    def exists(self, path: str) -> bool:
        """Whether there is something at a path, or will be."""
        return super().exists(path) or Path(path).resolve() == self._path

    def entries(self, folder: str) -> list[str]:
        """Return the names in a folder."""
        new = [self._path.name] if Path(folder).resolve() == self._path.parent else []
        return list(dict.fromkeys([*super().entries(folder), *new]))


def _used_only_by(named: Sequence[LocatedRecord], loaded: LoadResult) -> tuple[list[LocatedRecord], References]:
    """Return what only some records use, and what only that uses, of their files; and what refers to any of it all."""
    documents = {each.document.name for each in named}
    movable = {
        (record.table, entry.id): (entry, place)
        for record in _USED
        for entry, place in loaded.draft.all_entries(record.table)
        if place.table == record.table and loaded.documents[place.document].name in documents
    }
    chosen = {(each.record.table, each.id) for each in named}
    reached = more = set(chosen)
    while more := (_used_by(more, loaded.draft) & movable.keys()) - reached:
        reached = reached | more
    users = [*_users_of(reached, loaded.draft)]
    while kept := {used for user, used in users if user not in reached} & (reached - chosen):
        reached = reached - kept
    return [locate_entry(loaded, *movable[each]) for each in movable if each in reached - chosen], users


def _used_by(names: Collection[Name], draft: Draft) -> set[Name]:
    """Return what some records refer to."""
    return {
        (table, id_)
        for record in RECORDS
        if any(each[0] == record.table for each in names)
        for entry, _ in draft.all_entries(record.table)
        if (record.table, entry.id) in names
        for name, key in keys_of(record).items()
        if key.refers
        for id_ in ids_in(getattr(entry, name) or ())
        for table in key.refers
    }


def _users_of(names: Collection[Name], draft: Draft) -> Iterator[tuple[Name, Name]]:
    """Yield each record that refers to one of some, with that; a value that many have is looked into once."""
    ids = {id_ for _, id_ in names}
    for record in RECORDS:
        entries = [entry for entry, _ in draft.all_entries(record.table)]
        for name, key in keys_of(record).items():
            values = [*map(attrgetter(name), entries)] if key.refers else []
            found = {value for value in set(values) if value and not ids.isdisjoint(ids_in(value))}
            for entry, value in zip(entries, values, strict=False) if found else ():
                for used in _meant_by(value, key.refers) if value in found else ():
                    if used in names:
                        yield (record.table, entry.id), used


def _meant_by(value: object, tables: Iterable[str]) -> Iterator[Name]:
    return ((table, id_) for id_ in ids_in(value) for table in tables)


def _notes(
    moved: Sequence[LocatedRecord], read: tuple[LoadResult, References], goal: Document, own: Sequence[str]
) -> list[str]:
    """Return what to know about a file that is not read with the others; raises LeftBehindError."""
    loaded, users = read
    names = {(each.record.table, each.id): each for each in moved}
    there = {
        (table, entry.id)
        for table in loaded.draft.records
        for entry, place in loaded.draft.all_entries(table)
        if loaded.documents[place.document] is goal
    }
    left = sorted({pair for pair in users if pair[0] not in names.keys() | there and pair[1] in names})
    if left:
        said = [f"{table.removesuffix('s')} '{id_}' refers to '{used}'" for (table, id_), (_, used) in left]
        raise LeftBehindError(goal.name, said)
    needs = not _used_by(names, loaded.draft) <= names.keys() | there
    also = " It refers to records there, so it cannot be read alone." if needs else ""
    return [f"{goal.name} is not read with {', '.join(own)}: name it too with -d, or include it in a header.{also}"]


def _edits(moved: Sequence[LocatedRecord], loaded: LoadResult, goal: Document) -> list[tuple[Document, Edit]]:
    removed: dict[str, list[LocatedRecord]] = {}
    for each in moved:
        removed.setdefault(each.document.name, []).append(each)
    edits = [(found[0].document, join_edits(_removals(found))) for found in removed.values()]
    added = [
        insert_in_order(record, [_block(each, goal) for each in moved if each.record is record], loaded, goal)
        for record in RECORDS
        if any(each.record is record for each in moved)
    ]
    begin = [_begin(moved[0].document)] if goal.new and moved else []
    return [*edits, (goal, join_edits([*begin, *added]))] if moved else []


def _removals(found: Sequence[LocatedRecord]) -> Iterator[Edit]:
    """Yield what removes records of a file, the last of each table first."""
    left = {each.record.table: each.ref.total for each in found}
    for each in sorted(found, key=lambda located: -located.number):
        table = each.record.table
        yield remove_record(RecordRef(table, each.number, left[table]))
        left[table] -= 1


def _block(located: LocatedRecord, goal: Document) -> tuple[Tables, str]:
    """Return the values and the text of a record, with its comments, as another file has to have it."""
    text, paths = located.document.text, moved_paths(located, goal)
    for key, path in paths.items():
        text = set_key(located.ref, key, path, tuple(file_keys(located.record))).text(text)
    span = find_record(text, located.ref)
    return located.values | paths, text[span.start : span.end].replace("\r\n", "\n").removesuffix("\n") + "\n"
