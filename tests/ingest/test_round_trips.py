"""Laws: what is exported is imported again exactly, or the export said what it loses; a second import adds nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections import Counter
from itertools import product
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from korea_cli import Selection, commands, formats, open_chronology
from korea_cli.cache.progress import ignore_progress
from korea_cli.checks.load import load_valid
from korea_cli.comparing.changes import compare, file_value
from korea_cli.editing.files import Editable
from korea_cli.ingest import summary
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.model.field_spec import DERIVED
from korea_cli.model.records import RECORD_TYPES, keys_of
from korea_cli.reading.locate import MAX_SIZE
from korea_cli.report.report import ALL_KEYS, Report
from korea_cli.report.screen import Screen
from korea_cli.rows.short import SHORT
from law.chronologies import chronology, toml_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from conftest import Korea
    from korea_cli.comparing.changes import Change
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

    Ids = dict[str, set[str]]  # by table


class Exported(NamedTuple):
    """What a command wrote in a format, and its notes."""

    text: str
    notes: tuple[str, ...]


def export(source: Path, command: str, form: str) -> Exported:
    pieces: list[str] = []
    with open_chronology(str(source)) as opened:
        report = commands.load(command).answer(opened, Selection())
        assert isinstance(report, Report)
        report = report.only(ALL_KEYS) if form in WHOLE else report
        content = iter(formats.render(formats.load(form), report, Screen(file=True), {}))
        while True:
            try:
                pieces.append(next(content))
            except StopIteration as end:
                return Exported("".join(pieces), tuple(end.value or ()))


def import_into(target: Path, file: Path, type_: str = "") -> tuple[str, list[str]]:
    """Import a file, and return what is said of that."""
    request = build_request(str(file), (), None, {"type": type_})
    read: list[str] = []
    result = run(request, Editable((str(target),), MAX_SIZE), ignore_progress, ImportNotes(read.extend))
    return summary.summary(result, "", dry=False), [*read, *summary.notes(result), *result.rows.rejects.first]


def changes(old: Path, new: Path) -> list[Change]:
    before, after = (load_valid([str(each)], max_size=MAX_SIZE) for each in (old, new))
    return list(compare(before.draft, after.draft))


pytestmark = pytest.mark.random


@pytest.fixture
def source(tmp_path: Path, seed: int) -> Path:
    """Write a random chronology."""
    file = tmp_path / "source.toml"
    file.write_text(toml_of(chronology(Random(f"round trip {seed}"))), encoding="utf-8")  # noqa: S311 - not for secrets
    return file


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", ["json", "toml"])
def test_a_whole_chronology_comes_back_exactly(source: Path, form: str, tmp_path: Path) -> None:
    whole, mine = tmp_path / f"whole.{form}", tmp_path / "mine.toml"
    whole.write_text(export(source, "export", form).text, encoding="utf-8")
    mine.touch()
    assert import_into(mine, whole)[1] == []
    assert changes(source, mine) == []
    before = mine.read_bytes()
    assert import_into(mine, whole)[0].startswith("Imported nothing into")
    assert mine.read_bytes() == before


@pytest.mark.parametrize("form", ["json", "toml"])
def test_a_pipe_copies_a_chronology(form: str, korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.touch()
    run_ = korea("import", "-", "-d", mine, input=korea("export", "-f", form).out.encode())
    assert (run_.code, run_.err) == (0, "")
    assert korea("diff", "builtin", mine, "--exit-code").code == 0


@pytest.mark.parametrize("form", ["json", "toml"])
def test_a_file_keeps_its_own_header(form: str, tmp_path: Path) -> None:
    source, mine, whole = (tmp_path / name for name in ("source.toml", "mine.toml", f"whole.{form}"))
    header = '[chronology]\ntitle = "S"\nas_of = "2031"\nkinds = ["Air Raid", "ebb"]\n'
    event = '[[events]]\nid = "a"\ntitle = "A"\ndate = "2031"\nkind = "Air Raid"\n'
    source.write_text(f"{header}{event}", encoding="utf-8")
    whole.write_text(export(source, "export", form).text, encoding="utf-8")
    mine.write_text('[chronology]\ntitle = "M"\n', encoding="utf-8")
    said = import_into(mine, whole)[1]
    assert "left out what the file has otherwise of [chronology]: as_of, kinds, title" in said
    assert "allowed in [chronology]: kinds Air Raid" in said
    assert mine.read_text("utf-8").startswith('[chronology]\ntitle = "M"\nkinds = ["Air Raid"]\n')


LISTS = {"event": "timeline", "fact": "facts", "actor": "actors", "topic": "topics", "source": "sources"}
LOSSY = [("event", "ics"), ("event", "timelinejs"), ("source", "bibtex"), ("source", "csl-json")]
WHOLE = ("json", "jsonl", "csv", "tsv")
LOST = "lost or changed when imported again: "


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("type_", "form"), [*LOSSY, *product(LISTS, WHOLE)])
def test_what_does_not_come_back_is_just_what_the_export_says(
    source: Path, type_: str, form: str, tmp_path: Path
) -> None:
    """Law: but for references to what is not in the file, which the import counts."""
    written, mine = tmp_path / f"written.{form}", tmp_path / "mine.toml"
    text, notes = export(source, LISTS[type_], form)
    written.write_text(text, encoding="utf-8", newline="")
    mine.touch()
    summary_, said = import_into(mine, written, "" if type_ == "source" else type_)
    assert "rejected" not in summary_, said
    assert differing(source, mine, type_, whole=form in WHOLE) == told_lost(notes)
    before = mine.read_bytes()
    assert import_into(mine, written, "" if type_ == "source" else type_)[0].startswith("Imported nothing into")
    assert mine.read_bytes() == before


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_a_whole_chronology_comes_back_but_for_what_the_export_says(
    source: Path, form: str, korea: Korea, tmp_path: Path
) -> None:
    written, mine = tmp_path / f"written.{form}", tmp_path / "mine.toml"
    notes = [each.removeprefix("korea: ") for each in korea("export", "-d", source, "-o", written).err.splitlines()]
    mine.touch()
    summary_, said = import_into(mine, written)
    assert "rejected" not in summary_, said
    assert not [each for each in said if not each.startswith(("columns: ", "allowed in [chronology]: "))]
    found = changes(source, mine)
    header = {each.key for each in found if each.record == "chronology"}
    assert header <= told_left(notes)
    assert told_left(notes) == header_of(source)
    lost = sum((differing(source, mine, type_, whole=False) for type_ in RECORD_TYPES), Counter[str]())
    assert lost == told_lost(tuple(notes))
    before = mine.read_bytes()
    assert import_into(mine, written)[0].startswith("Imported nothing into")
    assert mine.read_bytes() == before


def told_left(notes: Iterable[str]) -> set[str]:
    """Return the keys of the header that an export says it leaves out."""
    left = "".join(note for note in notes if note.startswith(f"{LOST}[chronology] "))
    return set(left.removeprefix(f"{LOST}[chronology] ").split(", ")) - {""}


def header_of(file: Path) -> set[str]:
    return set(tomllib.loads(file.read_text("utf-8")).get("chronology", {})) - {"schema", "include"}


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_records_of_several_types_come_back_whatever_their_order(form: str, korea: Korea, tmp_path: Path) -> None:
    """A fact before the event that it is about, an actor after those who name it, a source before its claims."""
    written, turned, mine = (tmp_path / name for name in (f"written.{form}", f"turned.{form}", "mine.toml"))
    assert korea("export", "-o", written).code == 0
    head, rows = split(written.read_text("utf-8-sig"), form)
    turned.write_text("".join([*head, *reversed(rows)]), encoding="utf-8", newline="")
    for file in (written, turned):
        mine.write_bytes(b"")
        run_ = korea("import", file, "-d", mine)
        assert run_.code == 0, run_.err
        found = json.loads(korea("diff", "builtin", mine, "--json").out)["changes"]
        assert {each["record"] for each in found} == {"chronology"}


def split(text: str, form: str) -> tuple[list[str], list[str]]:
    """Return the lines with the headings and those of the rows; a row may have several lines."""
    if form == "jsonl":
        return [], text.splitlines(keepends=True)
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if form == "tsv" else ","))
    lines = []
    for cells in table:
        line = io.StringIO()
        csv.writer(line, delimiter="\t" if form == "tsv" else ",").writerow(cells)
        lines.append(line.getvalue())
    return lines[:1], lines[1:]


def test_a_foreign_column_called_type_stays_what_it_was(korea: Korea, tmp_path: Path) -> None:
    """Only where a row names a type and has the title of such a record, under the name that korea gives it."""
    sheet, mine = tmp_path / "sheet.csv", tmp_path / "mine.toml"
    sheet.write_text("id,type,title,date,text\n1,event,A,2031,a text\n2,Battle,B,2031,\n3,actor,C,2031,\n")
    mine.touch()
    run_ = korea("import", sheet, "-d", mine)
    assert (run_.code, "its type is 'actor', but the sheet is read as events. Use --type" in run_.err) == (1, True)
    events = tomllib.loads(mine.read_text("utf-8"))["events"]
    assert [each.get("summary") for each in events] == ["a text", None]


def test_a_part_of_what_was_found_comes_back_with_each_row_as_its_type(korea: Korea, tmp_path: Path) -> None:
    mine, sheet = tmp_path / "mine.toml", tmp_path / "found.csv"
    for chosen in ((), ("--fields", "type,id,title,date,text,kind,name,label")):
        assert korea("search", "thaad", *chosen, "-o", sheet).code == 0
        mine.write_bytes(b"")
        run_ = korea("import", sheet, "-d", mine)
        assert run_.code == 0, run_.err
        tables = tomllib.loads(mine.read_text("utf-8"))
        listed = Counter(row["type"] for row in csv.DictReader(sheet.read_text("utf-8-sig").splitlines()))
        assert len(listed) > 2
        assert all(len(tables[f"{type_}s"]) >= number for type_, number in listed.items())


def told_lost(notes: tuple[str, ...]) -> Counter[str]:
    """Return what an export says that an import loses or changes: how many values, by key."""
    lost = "".join(note for note in notes if note.startswith(LOST))
    return Counter({key: int(number.replace(",", "")) for number, key in re.findall(r"([\d,]+) of (\w+)", lost)})


def differing(old: Path, new: Path, type_: str, *, whole: bool) -> Counter[str]:
    """Return how many values of the records of a type differ, by key, of those that two files have.

    whole: leave out references to what the second file does not have.
    """
    record, found = RECORD_TYPES[type_], Counter[str]()
    drafts = [load_valid([str(file)]).draft.records for file in (old, new)]
    before, after = ({each.id: each for each in draft[record.table]} for draft in drafts)
    assert after.keys() <= before.keys()
    ids = [{table: {each.id for each in draft[table]} for table in draft} for draft in drafts]
    for id_, entry in after.items():
        for name, key in keys_of(record).items():
            was = plain(before[id_], name, key, lambda each, key=key: not whole or is_left(each, key, *ids))  # type: ignore[misc]
            found[key.shown_as or name] += key.form not in DERIVED and was != plain(entry, name, key)
    return +found


def is_left(id_: str, key: Key, before: Ids, after: Ids) -> bool:
    """Whether a file has what an id means in another: the first of its tables that has it there."""
    return id_ in after[next(table for table in key.refers if id_ in before[table])]


def plain(record: Record, name: str, key: Key, is_kept: Callable[[str], bool] = bool) -> object:
    """Return a value as a file has it, of which equal ones mean the same."""
    value = file_value(key.form, getattr(record, name))
    if key.form == "refs" and isinstance(value, list):
        value = [each for each in value if is_kept(each)] or None
    return sorted(map(repr, value)) if isinstance(value, list) and not key.ordered else value


def test_texts_that_a_sheet_cannot_hold_are_named(tmp_path: Path) -> None:
    source, sheet, mine = (tmp_path / name for name in ("source.toml", "sheet.csv", "mine.toml"))
    event = '[[events]]\nid = "a"\ntitle = " A"\ndate = "2031"\nnote = "x\\u202ey"\nsummary = "a;b | c"\n'
    topics = '[[topics]]\nid = "t"\nlabel = "T"\naliases = ["a; b", " c", "[1]"]\n'
    source.write_text(event + topics, encoding="utf-8")
    for type_, expected in (("event", {"title": 1, "note": 1}), ("topic", {})):
        text, notes = export(source, LISTS[type_], "csv")
        sheet.write_text(text, encoding="utf-8", newline="")
        mine.write_bytes(b"")
        import_into(mine, sheet, type_)
        assert told_lost(notes) == differing(source, mine, type_, whole=True) == expected


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_id_that_is_a_number_comes_back(form: str, tmp_path: Path) -> None:
    source, written, mine = (tmp_path / name for name in ("source.toml", f"written.{form}", "mine.toml"))
    event = '[[events]]\nid = "{}"\ntitle = "A"\ndate = "2031"\nactors = ["1"]\nresponds_to = {}\nsources = ["7#p1"]\n'
    records = event.format("2031", "[]") + event.format("2032", '["2031"]') + '[[actors]]\nid = "1"\nname = "B"\n'
    source.write_text(f'{records}[[sources]]\nid = "7"\ntitle = "7"\n', encoding="utf-8")
    written.write_text(export(source, "timeline", form).text, encoding="utf-8", newline="")
    mine.write_bytes(b"")
    import_into(mine, written)
    assert changes(source, mine) == []


HOSTILE = """
[chronology]
title = "T"
[[actors]]
id = "kcna"
name = "조선중앙통신; KCNA"
aliases = ["A; B", "C"]
[[actors]]
id = "b"
name = "B: and C"
[[topics]]
id = "one-of-two"
label = "This | that"
[[sources]]
id = "s"
title = "기사; A | B"
authors = ["Kim; Sons", "Lee, Ann"]
[[events]]
id = "one"
title = "Two; and more: yes"
date = "2017"
actors = ["kcna", "b"]
disputed_by = ["f"]
sources = ["s"]
[[facts]]
id = "f"
text = "No [sic]; it was | otherwise\\nsecond line"
holders = ["kcna", "b"]
topics = ["one-of-two"]
events = ["one"]
disputed_by = ["g", "kcna", "s"]
sources = ["s"]
[[facts]]
id = "g"
text = "그러나: 아니다; 그렇다."
holders = ["b"]
sources = ["s"]
"""


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_short_sheets_come_back_with_all_that_they_have(form: str, korea: Korea, tmp_path: Path) -> None:
    """Each is known for what it is; those are imported first that others name."""
    mine = tmp_path / "mine.toml"
    mine.touch()
    for type_ in ("actor", "topic", "source", "event", "fact"):
        sheet = tmp_path / f"{type_}.{form}"
        assert korea(LISTS[type_], "-o", sheet).code == 0
        run_ = korea("import", sheet, "-d", mine)
        assert run_.code == 0, run_.err
        left = [line for line in run_.err.splitlines() if not line.startswith("korea: columns: ")]
        assert not [line for line in left if "left out 3 references" not in line]  # to facts, which come last
    found = json.loads(korea("diff", "builtin", mine, "--json").out)["changes"]
    short = {(type_, key) for type_, keys in SHORT.items() for key in (*keys, None)}
    assert [each for each in found if (each["record"], each["key"]) in short] == []


def test_in_a_short_sheet_names_with_signs_come_back(korea: Korea, tmp_path: Path) -> None:
    """The holder of a claim, and what disputes it, have semicolons, brackets and line breaks in their names."""
    source, mine = tmp_path / "source.toml", tmp_path / "mine.toml"
    source.write_text(HOSTILE, "utf-8")
    mine.touch()
    for type_ in ("actor", "topic", "source", "event", "fact"):
        sheet = tmp_path / f"{type_}.csv"
        assert korea(LISTS[type_], "-d", source, "-o", sheet).code == 0
        assert korea("import", sheet, "-d", mine).code == 0
        assert korea("import", sheet, "-d", mine, "--update").out.startswith("Nothing to change")
    found = json.loads(korea("diff", source, mine, "--json").out)["changes"]
    assert [(each["record"], each["key"]) for each in found] == [("chronology", "title"), ("event", "disputed_by")]


def test_in_chosen_columns_a_claim_is_known_by_its_words_behind_who_holds_it(korea: Korea, tmp_path: Path) -> None:
    source, sheet, mine = (tmp_path / name for name in ("source.toml", "sheet.csv", "mine.toml"))
    source.write_text(HOSTILE.replace("; 그렇다", ""), "utf-8")
    assert korea("facts", "-d", source, "--fields", "id,text,disputed_by", "-o", sheet).code == 0
    assert "B: and C: 그러나: 아니다.; 조선중앙통신; KCNA" in sheet.read_text("utf-8")
    mine.touch()
    assert korea("import", sheet, "--type", "fact", "-d", mine).code == 0
    assert 'disputed_by = ["g"]' in mine.read_text("utf-8")
