"""A row without an id is itself: none is merged with another, and importing again adds only what is new."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from korea_cli.editing.files import Editable
from korea_cli.ingest.building import matching
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.names.ids import digest
from korea_cli.ingest.names.registry import Registry
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.ingest.building.matching import Values
    from korea_cli.ingest.import_result import ImportResult

START = '[chronology]\ntitle = "Mine"\nas_of = "2040"\n'
CASES = Path(__file__).parents[1] / "data" / "import"
HEADINGS = ("Date", "Title", "Place", "Tags", "Colour")  # no key has the last
MAP = "Use --map 'Colour=KEY' to import them."
IDENTICAL = "identical to an earlier one: each became a record of its own. --skip-identical imports one of each."
Rows = list[tuple[str, ...]]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(START, "utf-8")
    return file


def imported(mine: Path, text: str, *maps: str, name: str = "sheet.csv", **settings: str) -> ImportResult:
    """Import a sheet."""
    sheet = mine.with_name(name)
    sheet.write_text(text, "utf-8")
    request = build_request(str(sheet), maps, None, settings)
    return run(request, Editable((str(mine),), 1 << 24), lambda _: None, ImportNotes(lambda _: None))


def printed(result: ImportResult) -> str:
    return summary(result, "mine.toml", dry=False)


def sheet(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue()


def events(mine: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(mine.read_text("utf-8")).get("events", [])
    return found


def contents(mine: Path) -> Counter[str]:
    """Return every event without its id, with how often the file has it."""
    return Counter(repr(sorted((key, value) for key, value in each.items() if key != "id")) for each in events(mine))


def edit(mine: Path, old: str, new: str) -> None:
    text = mine.read_text("utf-8")
    assert old in text
    mine.write_text(text.replace(old, new, 1), "utf-8")


# ---------------------------------------------------------------- a row is itself


def test_events_of_one_day_and_title_are_all_imported(mine: Path) -> None:
    text = (CASES / "01_same_day_collapse.csv").read_text("utf-8")
    result = imported(mine, text, "event_type=title")
    assert printed(result) == "Imported 4 events into mine.toml\n"
    use = MAP.replace("Colour", "fatalities")
    assert notes(result) == [f"ignored values: 4 of fatalities, 4 of latitude, 4 of longitude. {use}"]  # which differ
    assert [event["id"] for event in events(mine)] == [
        "protests", "protests-2031-03-07", "protests-2031-03-07-2", "battles",
    ]  # fmt: skip
    again = imported(mine, text, "event_type=title")
    assert printed(again) == "Imported nothing into mine.toml; skipped 4 existing records\n"


def test_identical_rows_are_events_of_their_own_and_a_note_counts_them(mine: Path) -> None:
    rows = [("2031", "Raid", "Seoul", "", "red")] * 3 + [("2031", "Raid", "Seoul", "", "blue")]
    result = imported(mine, sheet(rows))
    assert printed(result) == "Imported 4 events into mine.toml\n"
    assert notes(result) == [f"2 rows {IDENTICAL}", f"ignored values: 4 of Colour. {MAP}"]
    again = imported(mine, sheet(rows))
    assert printed(again) == "Imported nothing into mine.toml; skipped 4 existing records\n"
    assert notes(again) == [f"ignored values: 4 of Colour. {MAP}"]
    more = imported(mine, sheet([*rows, rows[0]]))
    assert printed(more) == "Imported 1 event into mine.toml; skipped 4 existing records\n"
    assert notes(more) == [f"1 row {IDENTICAL}", f"ignored values: 5 of Colour. {MAP}"]


def test_rows_with_one_id_are_one_record_and_counted_apart_from_existing_records(mine: Path) -> None:
    text = "ID,Date,Title\na1,2031,Raid\na1,2031,Raid\nb,2032,Talks\n"
    assert printed(imported(mine, text)) == "Imported 2 events into mine.toml; skipped 1 repeated row\n"
    assert (
        printed(imported(mine, f"{text}c,2033,Flood\nc,2033,\nc,2033,Flood\n"))
        == "Imported 1 event into mine.toml; skipped 3 existing records; skipped 1 repeated row; rejected 1 row"
        f" (see {mine.with_name('sheet.csv.rejects.csv')})\n"
    )


@pytest.mark.parametrize("join", ["", "yes"])
def test_a_row_without_an_id_never_gets_that_of_another_row(mine: Path, join: str) -> None:
    text = "ID,Date,Title\n,2031,Raid\nraid,2031,Raid\nraid-2031,2031,Raid\n,2031,Raid\n"
    result = imported(mine, text, join_rows=join)
    assert result.rows.rejects.first == [
        "line 3: 'raid' is already the id of an earlier row, which has none in the sheet"
    ]
    assert [event["id"] for event in events(mine)] == ["raid", "raid-2031", "raid-2031-2"]


def test_a_record_that_waits_for_another_is_compared_with_later_rows_too(mine: Path) -> None:
    text = (
        "ID,Date,Title,Responds to,Place\na,2031,Raid,b,\na,2031,Raid,b,\na,2031,Raid,b,Seoul\nb,2030,Talks,,\n"
        "b,2030,Talks,,Busan\n"
    )
    result = imported(mine, text)
    assert printed(result).startswith("Imported 2 events into mine.toml; skipped 1 repeated row; rejected 2 rows")
    assert result.rows.rejects.first == [
        "line 4: event 'a' is in the sheet twice and differs in place",
        "line 6: event 'b' is in the sheet twice and differs in place",
    ]


def test_names_of_actors_are_one_record_each(mine: Path) -> None:
    text = "Name,Kind\nHan,person\nHan,person\nHan,unit\n"
    result = imported(mine, text, type="actor")
    assert printed(result).startswith("Imported 1 actor into mine.toml; skipped 1 repeated row; rejected 1 row")
    assert result.rows.rejects.first == ["line 4: actor 'han' is in the sheet twice and differs in kind"]


# ---------------------------------------------------------------- again


def test_a_row_is_found_again_after_its_record_was_renamed_or_completed(mine: Path) -> None:
    rows = [("2031", "Raid", "Seoul", "a;b", ""), ("2031", "Raid", "", "", ""), ("2032", "Raid", "", "", "")]
    rows += [("2033", "Caf\xe9", "", "", "")]
    imported(mine, sheet(rows))
    edit(mine, 'id = "raid"', 'id = "the-first-raid"')
    edit(mine, 'topics = ["a", "b"]', 'topics = ["b", "c", "a"]\nnote = "Mine."')
    edit(mine, 'date = "2032"', 'date = 2032\nplace = "Busan"')
    edit(mine, "Caf\xe9", "Cafe\u0301")
    mine.write_text(f'{mine.read_text("utf-8")}\n[[topics]]\nid = "c"\nlabel = "C"\n', "utf-8")
    before = mine.read_bytes()
    for order in (rows, rows[::-1]):
        result = imported(mine, sheet(order))
        assert printed(result) == "Imported nothing into mine.toml; skipped 4 existing records\n"
        assert mine.read_bytes() == before


def test_rows_that_fit_several_records_are_matched_so_that_each_finds_one(mine: Path) -> None:
    rows = [("2031", "Raid", "Seoul", "", ""), ("2031", "Raid", "", "a", ""), ("2031", "Raid", "", "", "")]
    imported(mine, sheet(rows))
    edit(mine, 'topics = ["a"]', 'topics = ["a"]\nplace = "Seoul"')  # fits all three rows now
    for order in (rows, rows[::-1], [rows[2], rows[0], rows[1]], [rows[0], rows[2], rows[1]]):
        assert printed(imported(mine, sheet(order))).startswith("Imported nothing into mine.toml; skipped 3")


def test_a_row_that_changed_is_imported_with_a_note_of_the_record_that_it_may_be(mine: Path) -> None:
    rows = [("2031", "Raid", "Seoul", "", ""), ("2031", "Raid", "Busan", "", "")]
    imported(mine, sheet(rows))
    result = imported(mine, sheet([rows[0], ("2031", "Raid", "Pusan", "", ""), ("2031", "Raid", "Jeju", "", "")]))
    assert printed(result) == "Imported 2 events into mine.toml; skipped 1 existing record\n"
    (note,) = notes(result)
    assert note == (
        "1 imported record with the title and date of an existing one that no row matches, such as 'raid-2031-2' and"
        " 'raid-2031'. If they are the same, remove one."
    )
    assert notes(imported(mine, sheet([("2031", "Raid", "Ulsan", "", "")])))[0].startswith("1 imported record with")
    assert len(events(mine)) == 5


def test_an_id_of_another_event_is_no_reason_for_a_note_but_a_renamed_record_is(mine: Path) -> None:
    imported(mine, "ID,Date,Title,Place\na,2031,Raid,Seoul\nb,2031,Raid,Busan\nc,2031,Raid,Jeju\n")
    assert notes(imported(mine, "ID,Date,Title,Place\nd,2031,Raid,Ulsan\n")) == []
    edit(mine, 'id = "b"', 'id = "the-raid"\nnote = "Mine."')
    result = imported(mine, "ID,Date,Title,Place\nc,2031,Raid,Jeju\nb,2031,Raid,Busan\ne,2031,Raid,Busan\n")
    assert printed(result) == "Imported 2 events into mine.toml; skipped 1 existing record\n"
    (note,) = notes(result)
    assert note.startswith(
        "1 imported record with the title and date of an existing one that no row matches, such as 'b'"
    )
    assert "'b' and 'the-raid'." in note


def test_facts_are_matched_by_all_their_values_too(mine: Path) -> None:
    text = "Text,When\nIt is so,\nIt is so,2031\nIt is so,\n"
    assert printed(imported(mine, text, type="fact")) == "Imported 3 facts into mine.toml\n"
    facts = tomllib.loads(mine.read_text("utf-8"))["facts"]
    assert [each["id"] for each in facts] == ["it-is-so", "it-is-so-2031", "it-is-so-2"]
    assert printed(imported(mine, text, type="fact")).startswith("Imported nothing into mine.toml; skipped 3")


# ---------------------------------------------------------------- columns with ids


def test_the_column_with_the_ids_is_named_and_used(mine: Path) -> None:
    shown: list[str] = []
    for name, text in (
        ("x.csv", (CASES / "19_precision_codes.csv").read_text("utf-8")),
        ("x.jsonl", '{"event_id_cnty": "XYZ3", "date": "2031", "title": "Raid"}\n'),
    ):
        sheet = mine.with_name(name)
        sheet.write_text(text, "utf-8")
        request = build_request(str(sheet), (), None, {})
        run(request, Editable((str(mine),), 1 << 24), lambda _: None, ImportNotes(shown.extend))
    assert [event["id"] for event in events(mine)] == ["xyz1", "xyz2", "xyz3"]
    assert "'event_id_cnty' as id" in shown[0]
    assert shown[-1] == "columns: 'event_id_cnty' as id"


def test_a_mapping_that_is_saved_has_the_column_with_the_ids(mine: Path) -> None:
    result = imported(mine, sheet([("7", "2031", "Raid"), ("8", "2031", "Raid")], ("Launch ID", "Date", "Title")))
    assert ("Launch ID", "id") in result.saved_mapping.keys
    assert [event["id"] for event in events(mine)] == ["event-7", "event-8"]


# ---------------------------------------------------------------- laws

CELLS = (["2031", "2031-03-07"], ["Raid", "Talks"], ["", "Seoul", "Busan"], ["", "a", "b", "a;b"], ["", "red"])
FEWER = settings(max_examples=40)  # each imports files
SHEETS = st.lists(st.tuples(*map(st.sampled_from, CELLS)), max_size=12)


def in_a_folder(*sheets: Rows) -> tuple[list[ImportResult], Counter[str]]:
    """Import sheets one after the other into a new file; return what became of each, and the events."""
    with TemporaryDirectory() as folder:
        mine = Path(folder, "mine.toml")
        mine.write_text(START, "utf-8")
        return [imported(mine, sheet(rows)) for rows in sheets], contents(mine)


def accounted(result: ImportResult) -> int:
    counts = result.rows.counts
    return result.rows.added["events"] + counts["existing"] + counts["repeated"] + result.rows.rejects.count


@FEWER
@given(SHEETS)
def test_every_row_is_an_event_and_importing_twice_is_importing_once(rows: Rows) -> None:
    (first, second), found = in_a_folder(rows, rows)
    assert (first.rows.added["events"], first.rows.counts["existing"]) == (len(rows), 0)
    assert (second.rows.added["events"], second.rows.counts["existing"]) == (0, len(rows))
    assert found.total() == accounted(first) == accounted(second) == len(rows)
    assert first.rows.counts["identical"] == len(rows) - len(set(rows))


@FEWER
@given(SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(rows: Rows, dice: object) -> None:
    order = sorted(rows, key=lambda _: dice.random())  # type: ignore[attr-defined]
    (_, again), found = in_a_folder(rows, order)
    assert again.rows.counts["existing"] == len(rows)
    assert in_a_folder(order)[1] == found


@FEWER
@given(SHEETS, SHEETS)
def test_a_longer_sheet_adds_just_the_rows_that_are_new(rows: Rows, more: Rows) -> None:
    (_, longer), found = in_a_folder(rows, [*more, *rows])
    assert longer.rows.added["events"] == len(more)
    assert found == in_a_folder([*rows, *more])[1]


@FEWER
@given(SHEETS, st.data())
def test_rows_are_found_again_whatever_was_added_to_their_records(rows: Rows, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        mine = Path(folder, "mine.toml")
        mine.write_text(START, "utf-8")
        imported(mine, sheet(rows))
        blocks = mine.read_text("utf-8").split("[[events]]\n")
        for number, block in enumerate(blocks[1:], 1):
            added = data.draw(
                st.sampled_from(["", 'place = "Seoul"\n', 'note = "x"\n', 'place = "Busan"\nnote = "y"\n'])
            )
            if added and "place" not in block:
                blocks[number] = block.rstrip("\n") + f"\n{added}\n"
        mine.write_text("[[events]]\n".join(blocks), "utf-8")
        again = imported(mine, sheet(data.draw(st.permutations(rows))))
        assert (again.rows.added["events"], again.rows.counts["existing"]) == (0, len(rows))


# ---------------------------------------------------------------- many


def test_equal_titles_get_numbers_without_a_search_from_the_start(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    is_free = Registry.is_free

    def count(self: Registry, table: str, id_: str) -> bool:
        asked.append(id_)
        return is_free(self, table, id_)

    monkeypatch.setattr(Registry, "is_free", count)
    imported(mine, sheet([("2031", "Raid", "", "", str(number)) for number in range(300)]))
    ids = [event["id"] for event in events(mine)]
    assert ids == ["raid", "raid-2031", *(f"raid-2031-{number}" for number in range(2, 300))]
    assert len(asked) < 5 * 300


def test_equal_titles_are_found_again_without_comparing_each_with_all(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("2031", "Raid", str(number), "", "") for number in range(300)]
    imported(mine, sheet(rows))
    compared: list[object] = []
    differing = matching.differing_keys

    def count_pairs(whole: Values, part: Values) -> list[str]:
        compared.append(part)
        return differing(whole, part)

    monkeypatch.setattr(matching, "differing_keys", count_pairs)
    changed = [(date, title, f"{place}x", *rest) for date, title, place, *rest in rows]
    for more, count in ((rows, 300), (changed, 0)):
        assert imported(mine, sheet(more)).rows.counts["existing"] == count
        assert len(compared) == count
        compared.clear()


# ---------------------------------------------------------------- ids that change


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ("XYZ1", "xyz1"), ("A--b", "a-b"), ("17", "event-17"), ("17 ", "event-17"), ("Q42", "q42"),
        ("http://www.wikidata.org/entity/Q900000001", "q900000001"), ("https://www.wikidata.org/wiki/Q9", "q9"),
        ("https://example.org/Q9", "https-example-org-q9"), ("\uac00-1", f"ga-1-{digest(chr(0xac00) + '-1')}"),
        ("\uac00", f"ga-{digest(chr(0xac00))}"), ("caf\xe9", "cafe"),
    ],
)  # fmt: skip
def test_an_id_is_changed_to_what_a_file_may_have(given: str, id_: str, mine: Path) -> None:
    result = imported(mine, sheet([(given, "2031", "Raid")], ("ID", "Date", "Title")))
    assert [event["id"] for event in events(mine)] == [id_]
    assert notes(result)[-1] == f"changed 1 id, such as '{given.strip()}' to '{id_}'"
    again = imported(mine, sheet([(given, "2031", "Raid")], ("ID", "Date", "Title")))
    assert printed(again).startswith("Imported nothing into mine.toml; skipped 1 existing record")
    assert not any(note.startswith("changed") for note in notes(again))


def test_changed_ids_are_counted_and_what_refers_to_them_follows(mine: Path) -> None:
    text = (
        "ID,Date,Title,Responds to,Disputed by\nAB--1,2031,Raid,,\nAB_2,2032,Talks,AB--1; AB--3;3,Han\n"
        "AB--3,2033,Flood,,\n3,2034,Truce,,\n"
    )
    mine.write_text(f'{START}[[actors]]\nid = "h"\nname = "Han"\n', "utf-8")
    result = imported(mine, text)
    assert printed(result) == "Imported 4 events into mine.toml\n"
    assert notes(result) == ["changed 4 ids, such as 'AB--1' to 'ab-1'"]
    found = {event["id"]: event for event in events(mine)}
    assert list(found) == ["ab-1", "ab-3", "event-3", "ab-2"]
    assert (found["ab-2"]["responds_to"], found["ab-2"]["disputed_by"]) == (["ab-1", "ab-3", "event-3"], ["h"])
    assert printed(imported(mine, text)) == "Imported nothing into mine.toml; skipped 4 existing records\n"


def test_an_id_that_a_file_may_have_is_kept(mine: Path) -> None:
    result = imported(mine, "ID,Date,Title,Responds to\na--b,2031,Raid,\n-c,2032,Talks,a--b\n")
    assert [event["id"] for event in events(mine)] == ["a--b", "-c"]
    assert notes(result) == []
    mine.write_text(mine.read_text("utf-8").replace("a--b", "17"), "utf-8")
    again = imported(mine, "ID,Date,Title,Responds to\n17,2031,Raid,\n-c,2032,Talks,17\n")
    assert printed(again) == "Imported nothing into mine.toml; skipped 2 existing records\n"


def test_ids_of_actors_and_sources_that_change_are_found_by_what_names_them(mine: Path) -> None:
    actors = "ID,Name,Part of\nP--1,Party,\nA--1,Army,P--1\nU.N.,United Nations,\n"
    text = "Date,Title,Who,Source\n2031,Raid,A--1; U.N.,S--1#p. 3\n2032,Talks,Party,S--1\n"
    for _ in range(2):
        imported(mine, "ID,Title\nS--1,Memoir\n", type="source")
        imported(mine, actors, type="actor")
        imported(mine, text)
    found = tomllib.loads(mine.read_text("utf-8"))
    assert [actor["id"] for actor in found["actors"]] == ["p-1", "a-1", "u-n"]
    assert found["actors"][1]["part_of"] == ["p-1"]
    assert [event["actors"] for event in found["events"]] == [["a-1", "u-n"], ["p-1"]]
    assert [event["sources"] for event in found["events"]] == [["s-1#p. 3"], ["s-1"]]


def test_ids_that_differ_do_not_become_one(mine: Path) -> None:
    result = imported(
        mine, "ID,Date,Title,Responds to\nA_1,2031,Raid,\nA-1,2031,Raid,\nB-1,2031,Raid,z\nB 1,2031,Raid,z\n"
    )
    assert result.rows.rejects.first[:1] == ["line 3: 'A-1' and the id of an earlier row both become 'a-1'"]
    assert "line 5: 'B 1' and the id of an earlier row both become 'b-1'" in result.rows.rejects.first
    assert [event["id"] for event in events(mine)] == ["a-1", "b-1"]
    result = imported(mine, "ID,Name\nA_1,Kim\nA-1,Han\n", type="actor")
    assert result.rows.rejects.first == ["line 3: 'A-1' and the id of an earlier row both become 'a-1'"]
