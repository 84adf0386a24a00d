"""Links, names, addresses and repeated keys as other people write them: each is what it means, or is reported."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import DataError
from korea_cli.editing.files import Editable
from korea_cli.ingest.columns.titles import is_title
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea

    Tables = dict[str, list[dict[str, Any]]]
    Imported = Callable[..., tuple[Tables, str]]


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    """Return what imports a text into the same file, and returns the tables of the file and all that is printed."""
    mine = tmp_path / "mine.toml"
    mine.write_text("")

    def import_text(name: str, text: str, **settings: Any) -> tuple[Tables, str]:  # noqa: ANN401 - of any type
        (tmp_path / name).write_text(text, "utf-8")
        shown: list[str] = []
        request = build_request(str(tmp_path / name), (), None, settings)._replace(rejects=str(tmp_path / "rejects"))
        result = run(request, Editable((str(mine),), 1 << 24), lambda _: None, ImportNotes(shown.extend))
        return tomllib.loads(mine.read_text("utf-8")), "\n".join((*shown, *notes(result)))

    return import_text


def cited(tables: Tables) -> list[list[tuple[str, str]]]:
    """Return the title and the address of each source of each event."""
    sources = {each["id"]: (each["title"], each.get("url", "")) for each in tables["sources"]}
    return [[sources[id_] for id_ in event["sources"]] for event in tables["events"]]


def sheet(*sources: str) -> str:
    """Return a sheet with a row for each cell of its column of sources."""
    quoted = (each.replace('"', '""') for each in sources)
    return "date,title,source\n" + "".join(f'2031-01-{n:02},Event {n},"{each}"\n' for n, each in enumerate(quoted, 1))


@pytest.mark.parametrize(
    ("cell", "sources"),
    [
        ("[BBC](https://a.example/1)", [("BBC", "https://a.example/1")]),
        ("[BBC](<https://a.example/1>)", [("BBC", "https://a.example/1")]),
        ("see [BBC](https://a.example/1), p. 4", [("see BBC, p. 4", "https://a.example/1")]),
        ('[BBC](https://a.example/1 "News")', [('BBC "News"', "https://a.example/1")]),
        ("[A (b)](https://a.example/A_(b))", [("A (b)", "https://a.example/A_(b)")]),
        ("[https://a.example/1](https://a.example/1)", [("https://a.example/1", "https://a.example/1")]),
        ("[https://a.example/1 BBC]", [("BBC", "https://a.example/1")]),
        ("[https://a.example/1]", [("https://a.example/1", "https://a.example/1")]),
        ("<https://a.example/1>", [("https://a.example/1", "https://a.example/1")]),
        ("[[1]](https://a.example/1)", [("1", "https://a.example/1")]),
        ("[BBC]", [("BBC", "")]),
        ("A Report (2031) https://a.example/1", [("A Report (2031)", "https://a.example/1")]),
        ("A Report (see https://a.example/1)", [("A Report (see)", "https://a.example/1")]),
        ("(see https://a.example/1)", [("see", "https://a.example/1")]),
        (
            "[BBC](https://a.example/1), [CNN](https://a.example/2)",
            [("BBC", "https://a.example/1"), ("CNN", "https://a.example/2")],
        ),
        (
            "[BBC](https://a.example/1) and [CNN](https://a.example/2)",
            [("BBC", "https://a.example/1"), ("CNN", "https://a.example/2")],
        ),
    ],
)  # fmt: skip
def test_a_link_is_a_source_with_its_words_as_the_title(
    cell: str, sources: list[tuple[str, str]], imported: Imported
) -> None:
    assert cited(imported("x.csv", sheet(cell))[0]) == [sources]


def test_two_addresses_are_two_sources_also_with_one_title(imported: Imported) -> None:
    text = sheet("BBC https://a.example/1", "BBC https://a.example/2", "[BBC](https://a.example/1)", "BBC", "BBC")
    one, two = ("BBC", "https://a.example/1"), ("BBC", "https://a.example/2")
    tables, _ = imported("x.csv", text)
    assert cited(tables) == [[one], [two], [one], [("BBC", "")], [("BBC", "")]]
    assert imported("x.csv", text)[0] == tables


def test_another_title_of_an_address_is_reported(imported: Imported) -> None:
    tables, printed = imported("x.csv", sheet("BBC https://a.example/1", "The BBC https://a.example/1"))
    assert cited(tables) == [[("BBC", "https://a.example/1")]] * 2
    assert "did not overwrite 1 value of existing records: source 'bbc' title" in printed


def test_a_record_with_a_key_twice_is_rejected_with_both_values_and_the_rest_is_imported(imported: Imported) -> None:
    text = """{"meta": {"a": 1, "a": 2}, "events": [
        {"date": "2031-01-01", "title": "A"}, {"date": "2031-01-02", "date": "2031-01-03", "title": "B"},
        {"date": "2031-01-04", "title": "C", "sources": [{"title": "x"}, {"title": "y", "title": "z", "title": "y"}]},
        {"date": "2031-01-05", "title": "D", "note": "a", "note": "a"}, {"date": "2031-01-06", "title": "E"}]}"""
    tables, printed = imported("x.json", text)
    assert [each["title"] for each in tables["events"]] == ["A", "E"]
    assert "left out, beside the records: 2 of meta.a" in printed
    assert "sources" not in tables


def test_a_record_with_a_key_twice_says_where(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"")
    record = (
        '{"date": "2031", "title": "A", "actors": [{"name": "x", "name": "y"}], "note": {"b": {"c": 1.50, "c": [2]}}}'
    )
    once = '{"date": "2031", "title": "B"}'
    for name, text, unit in (
        ("x.json", f"[{once}, {record}]", "record 2"), ("x.jsonl", f"{once}\n{record}\n", "line 2"),
        ("y.json", record, "record 1"),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, "utf-8")
        run = korea("import", tmp_path / name, "-d", tmp_path / "mine.toml")
        assert run.code == 1
        assert f"{unit}: has the key '" in run.err
        assert "twice: " in run.err
        rejected = json.loads((tmp_path / f"{name}.rejects.jsonl").read_text("utf-8"))
        assert rejected["actors"] == [{"name": ["x", "y"]}]
        assert rejected["note"] == {"b": {"c": ["1.50", [2]]}}


@pytest.mark.parametrize(
    "text",
    [
        '{"events": [{"date": "2031", "title": "A"}], "events": [{"date": "2032", "title": "B"}]}',
        '{"events": [{"date": "2031", "title": "A"}], "more": {"a": 1}, "more": {"b": 1}}',
    ],
)
def test_lists_that_a_document_has_twice_are_not_chosen_from(text: str, imported: Imported) -> None:
    with pytest.raises(DataError, match=r"has the key '(events|more)' twice"):
        imported("x.json", text)


def test_slides_and_items_with_a_key_twice_are_rejected_alone(imported: Imported) -> None:
    slide = '{"start_date": {"year": "2031", "year": "2032"}, "text": {"headline": "A"}}'
    other = '{"start_date": {"year": "2033"}, "text": {"headline": "B"}}'
    assert [each["title"] for each in imported("x.json", f'{{"events": [{other}, {slide}]}}')[0]["events"]] == ["B"]
    item = '{"id": "a", "type": "book", "title": "A", "title": "C"}, {"id": "b", "type": "book", "title": "B"}'
    assert [each["title"] for each in imported("y.json", f"[{item}]")[0]["sources"]] == ["B"]


@pytest.mark.parametrize("heading", ["dispname", "battlename", "Event Name", "eventtitle", "DisputeName", "name"])
def test_a_heading_that_ends_in_name_has_the_titles(heading: str, imported: Imported) -> None:
    tables, printed = imported("x.csv", f"number,{heading},year\n1,A dispute,2031\n2,Another,2032\n")
    assert [each["title"] for each in tables["events"]] == ["A dispute", "Another"]
    assert f"'{heading}' as title" in printed or heading == "name"


@pytest.mark.parametrize(
    "heading", ["surname", "first_name", "username", "filename", "statename", "placename", "actorname", "subtitle"]
)
def test_names_of_persons_places_and_files_are_no_titles(heading: str) -> None:
    assert not is_title(heading)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("http://www.wikidata.org/entity/Q900000001", "Q900000001"),
        ("https://www.wikidata.org/wiki/Q900000001", "Q900000001"),
        ("https://m.wikidata.org/wiki/q900000001", "Q900000001"),
        ("Q900000001", "Q900000001"),
        ("https://www.wikidata.org/wiki/Property:P31", None),  # no item
    ],
)
def test_an_actor_has_the_number_of_its_item(written: str, stored: str | None, imported: Imported) -> None:
    event = {"date": "2031", "title": "Talks", "actors": [{"name": "Han", "wikidata": written}]}
    assert imported("x.json", json.dumps([event]))[0]["actors"][0].get("wikidata") == stored
    table = f"name,qid\nLee,{written}\nHong,\n"
    assert imported("y.csv", table, type="actor")[0]["actors"][-2].get("wikidata") == stored
