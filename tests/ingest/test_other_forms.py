"""Links, names and addresses as other people write them mean the sources, titles and items that they name."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.editing.files import Editable
from korea_cli.ingest.columns.titles import is_title
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
        ("https://www.wikidata.org/wiki/Property:P31", "https://www.wikidata.org/wiki/Property:P31"),
    ],
)
def test_an_actor_has_the_number_of_its_item(written: str, stored: str, imported: Imported) -> None:
    event = {"date": "2031", "title": "Talks", "actors": [{"name": "Han", "wikidata": written}]}
    assert imported("x.json", json.dumps([event]))[0]["actors"][0]["wikidata"] == stored
    table = f"name,qid\nLee,{written}\nHong,\n"
    assert imported("y.csv", table, type="actor")[0]["actors"][-2]["wikidata"] == stored
