"""The mappings that korea has: every data set is read as its codebook means it, and options go before."""

from __future__ import annotations

import csv
import json
import tomllib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import DataError, NotInListError
from korea_cli.cli.completion.offers import offer
from korea_cli.editing.files import Editable
from korea_cli.ingest import mappings
from korea_cli.ingest.columns.headings import keys_for
from korea_cli.ingest.columns.titles import columns_in, composer
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes
from korea_cli.model.records import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    Take = Callable[..., tuple[list[dict[str, Any]], str]]

FILES = {path.stem: path for path in (Path(__file__).parents[1] / "data" / "mappings").iterdir()}
GUESSED = {"wikidata", "zotero"}  # whose files are understood without a mapping
SOME: dict[str, list[dict[str, Any]]] = {
    "acled": [
        {
            "id": "xyz1", "date": "2031-05-16", "place": "Alphaville", "sources": ["daily-x", "y-news"],
            "title": "Armed clash: Military Forces of Xland (2028-) - Northern Front (Alphaville, Xland)",
            "actors": ["military-forces-of-xland-2028", "northern-front", "rebels-of-yland"],
            "topics": ["political-violence", "armed-clash", "battles"],
            "note": "country: Xland\nadmin1: Central\nfatalities: 3",
        },
        {"date": "[2031-05-12..2031-05-18]", "title": "Peaceful protest: Protesters (Xland) (Alphaville, Xland)"},
    ],
    "gdelt": [
        {
            "id": "event-900000001", "date": "2031-01-20", "title": "Offer: MOSCOW - NORTH KOREA", "kind": "offer",
            "actors": ["russia"], "recipients": ["north-korea"], "topics": ["cooperation-in-words"],
            "note": "EventCode: 036\nGoldsteinScale: 4.0\nAvgTone: -1.2",
        },
        {"title": "Threat - NORTH KOREA", "recipients": ["north-korea"], "topics": ["conflict-in-words", "threat"]},
    ],
    "ucdp": [
        {"date": "2031-05-16", "title": "Government of Xland - Front: Alpha town, Xland (3 dead)"},
        {"date": "[2031-06-05..2031-06-12]", "topics": ["one-sided-violence", "front-civilians"]},
    ],
    "mid": [
        {
            "date": "1902-07/1903-01-24", "title": "Display of force (dispute 9001)",
            "note": "outcome: compromise\nsettle: negotiated\nfatality: none",
        },
        {"date": "1962-10-05/1962-11-20", "note": "outcome: stalemate\nsettle: none"},
    ],
    "polecat": [
        {
            "id": "2031a-1", "date": "2031-05-16", "title": "Talks (meet): Han Tal - Lee Su", "place": "Alpha",
            "actors": ["han-tal"], "recipients": ["lee-su"], "topics": ["diplomatic", "military", "talks"],
        },
        {"title": "Threat: Han Tal", "topics": ["military", "threat"]},
    ],
    "nti": [
        {
            "date": "2031-05-16", "title": "Launch of Star-1 from Alpha Launch Site", "status": "confirmed",
            "actors": ["army"], "summary": "First test.", "sources": ["example-org-a"],
        },
        {"date": "2031-05-04", "status": "unverified", "sources": ["launch-agency-a-5-may-2031"]},
    ],
    "wikidata": [
        {"id": "q900000001", "date": "2031-05-16", "title": "Battle of Alpha", "summary": "battle", "place": "Alpha"},
        {"id": "q900000002", "date": "2030-02-03/2031-06-01"},
    ],
    "zotero": [
        {
            "id": "abcd2345", "type": "article", "issued": "2031-05",
            "note": "Abstract Note: On launches.\nPages: 1-9\nIssue: 2\nVolume: 12\nManual Tags: launches; talks",
        },
    ],
}  # fmt: skip


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Return what imports a file, and returns its records and all that is printed."""

    def imported(
        file: Path, mapping: str | None = None, *maps: str, **settings: str
    ) -> tuple[list[dict[str, Any]], str]:
        mine = tmp_path / "mine.toml"
        mine.write_text("")
        shown: list[str] = []
        request = build_request(str(file), maps, mapping, settings)._replace(rejects=str(tmp_path / "rejects"))
        result = run(request, Editable((str(mine),), 1 << 24), lambda _: None, ImportNotes(shown.extend))
        tables = tomllib.loads(mine.read_text("utf-8"))
        return tables.get("events", tables.get("sources", [])), "\n".join((*shown, *notes(result)))

    return imported


def test_every_mapping_has_a_file_to_try_it_with() -> None:
    assert set(mappings.names()) == set(FILES) == set(SOME)


@pytest.mark.parametrize("name", mappings.names())
def test_every_value_of_a_data_set_is_what_its_codebook_means(name: str, take: Take) -> None:
    records, _ = take(FILES[name], name)
    assert [{key: record.get(key) for key in some} for record, some in zip(records, SOME[name], strict=True)] == (
        SOME[name]
    )


@pytest.mark.parametrize("name", sorted(set(FILES) - GUESSED))
def test_a_file_of_a_known_data_set_is_read_with_its_mapping(name: str, take: Take) -> None:
    records, printed = take(FILES[name])
    assert records == take(FILES[name], name)[0]
    assert f"read with --mapping {name}. Use --mapping none to guess what they mean." in printed


@pytest.mark.parametrize("name", mappings.names())
def test_a_mapping_names_keys_and_columns_that_it_knows(name: str) -> None:
    shipped = mappings.load(name)
    record = RECORD_TYPES[shipped.mapping.settings.get("type", "event")]
    assert {key for _, key in shipped.mapping.keys if key} <= set(keys_for(record))
    known = set(map(mappings.plain, dict(shipped.mapping.keys)))
    for headings in shipped.headings:
        assert known - {"day"} <= set(map(mappings.plain, headings)) | {"sourceurl"}
    assert len(shipped.about) < 78


@pytest.mark.parametrize("columns", [61, 58, 57])
def test_a_file_without_headings_has_those_of_its_data_set(columns: int, take: Take, tmp_path: Path) -> None:
    text = FILES["gdelt"].read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines()]
    places = [place for place in range(61) if columns == 61 or place not in {39, 47, 55}]  # second divisions: 2.0 only
    (tmp_path / "x.CSV").write_text("".join("\t".join(line[n] for n in places[:columns]) + "\n" for line in lines))
    records, printed = take(tmp_path / "x.CSV")
    assert [each["title"] for each in records] == ["Offer: MOSCOW - NORTH KOREA", "Threat - NORTH KOREA"]
    assert [each.get("sources") for each in records] == [["example-org-a"] if columns > 57 else None] * 2
    assert "the sheet has no headings" in printed


@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: text.replace("_", " ")])
def test_columns_are_found_however_a_copy_spells_them(change: Callable[[str], str], take: Take, tmp_path: Path) -> None:
    headings, rest = FILES["acled"].read_text("utf-8").split("\n", 1)
    (tmp_path / "copy.csv").write_text(f"{change(headings)}\n{rest}", "utf-8")
    records, _ = take(tmp_path / "copy.csv")
    assert [each["title"] for each in records] == [each["title"] for each in SOME["acled"]]
    assert records[1]["date"] == SOME["acled"][1]["date"]


def test_options_go_before_a_mapping(take: Take) -> None:
    acled = partial(take, FILES["acled"], "acled")
    assert acled(title="{notes}")[0][0]["title"] == "On 16 May 2031, forces clashed."
    assert acled("admin2=place")[0][0]["place"] == "Alpha"
    assert acled("sub_event_type=")[0][0]["topics"] == ["political-violence", "battles"]


def test_columns_that_are_mapped_by_options_are_read_as_these_say(take: Take) -> None:
    records, printed = take(FILES["gdelt"], None, "SQLDATE=date", title="{Actor2Name}")
    assert [each["title"] for each in records] == ["NORTH KOREA"] * 2
    assert "--mapping gdelt knows what they mean; your options override it." in printed
    records, printed = take(FILES["acled"], "none", title="{notes}")
    assert "--mapping acled" not in printed


def test_a_mapping_is_found_by_name_or_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotInListError, match="unknown mapping 'gdlet'"):
        mappings.find_mapping("gdlet")
    with pytest.raises(DataError, match="no such file"):
        mappings.find_mapping("gdlet.toml")
    (tmp_path / "own").write_text('[columns]\n"A" = "date"\n')
    assert mappings.find_mapping("own").keys == (("A", "date"),)
    assert mappings.find_mapping("GDELT") == mappings.load("gdelt").mapping


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("{a} and {b}", "A and"), ("{a}[ and {b}]", "A"), ("[{b}: ]{a|b}[ ({c})]", "A (C)"), ("{b|c}", "C"),
        ("{a}[ and {nothing}]", "A"), ("{nothing|a} [sic]", "A [sic]"), ("[{a}]", "A"), ("[{a}, {b}]{c}", "C"),
    ],
)  # fmt: skip
def test_a_part_of_a_title_in_brackets_needs_all_its_columns(template: str, title: str) -> None:
    values = {"a": "A", "b": "", "c": "C"}
    assert composer(template)(lambda name: values.get(name, "")).text == title
    assert set(columns_in(template, ("a", "b", "c"))) - set(values) <= {"nothing"}


def test_a_column_outside_brackets_must_be_there() -> None:
    with pytest.raises(NotInListError, match="unknown column 'x'"):
        columns_in("{x|y} {a}", ("a", "b"))


def test_of_two_columns_for_one_value_the_second_completes_the_first_or_is_counted(take: Take, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b,title\n2031,2032,A\n,2033,B\n", "utf-8")
    records, printed = take(tmp_path / "x.csv", None, "a=date", "b=date")
    assert [each["date"] for each in records] == ["2031", "2033"]
    assert "ignored values: 1 of b." in printed


def test_words_for_nothing_are_left_out_of_notes_with_names(take: Take, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("date,title,a,b\n2031,A,NA,-9\n2032,B,1,None\n", "utf-8")
    records, printed = take(tmp_path / "x.csv", None, "a=note", "b=note")
    assert [each.get("note") for each in records] == [None, "a: 1"]
    assert "taken for missing: 1 of a, 2 of b." in printed


def test_a_tab_completes_the_names_of_mappings_beside_files() -> None:
    found = offer(["import", "x.csv", "--mapping", "g"], {}, described=False)
    assert (found.files, [each.value for each in found.choices]) == (True, ["gdelt"])
    offered = (
        {each.value for each in offer([*words, "--mapping", ""], {}, described=False).choices}
        for words in (["import", "x.csv"], ["timeline"])
    )
    assert next(offered) == {*mappings.names(), "none"}
    assert next(offered) == {*mappings.names(), "none"} - {"zotero"}  # those of events


def test_objects_of_json_are_recognized_by_their_names(take: Take, tmp_path: Path) -> None:
    rows = list(csv.DictReader(FILES["ucdp"].read_text("utf-8").splitlines()))
    (tmp_path / "answer.json").write_text(json.dumps({"TotalCount": len(rows), "Result": rows}), "utf-8")
    assert take(tmp_path / "answer.json")[0] == take(FILES["ucdp"])[0]
