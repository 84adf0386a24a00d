"""Bibliographies of other programs become sources: every value is stored, or named in the report."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.ingest.bibliography import readable
from korea_cli.ingest.csl_items import are_items, source_cells

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea, Run

ITEM: dict[str, Any] = {
    "id": "kim2017", "type": "article-journal", "title": "Launches", "container-title": "Asian Survey",
    "author": [{"family": "Kim", "given": "Ana", "suffix": "Jr."}, {"literal": "The Institute"}],
    "issued": {"date-parts": [["2017", 5]]}, "DOI": "https://doi.org/10.1000/ab.1", "volume": "57", "page": "1-9",
    "URL": "https://example.org/1", "language": "en_us", "ISSN": "0004-4687", "archive": "JSTOR", "file": "x.pdf",
}  # fmt: skip


def imported(korea: Korea, folder: Path, name: str, text: str, *options: str) -> tuple[Run, list[Any]]:
    """Import a file into an empty one; return the run, and the sources in it."""
    (folder / name).write_text(text, "utf-8")
    (folder / "mine.toml").write_text("")
    run = korea("import", folder / name, "-d", folder / "mine.toml", *options)
    return run, json.loads(korea("sources", "-d", folder / "mine.toml", "--json").out)["sources"]


def filled(source: dict[str, Any]) -> dict[str, Any]:
    """Return what a source has of its own."""
    derived = {"type", "event_count", "fact_count", "alone", "first", "last", "file", "line"}
    return {key: value for key, value in source.items() if value and key not in derived}


@pytest.mark.parametrize("wrap", [lambda item: [item], lambda item: item, lambda item: {"items": [item]}])
def test_items_of_csl_json_are_sources_without_any_option(wrap: Any, korea: Korea, tmp_path: Path) -> None:  # noqa: ANN401
    run, sources = imported(korea, tmp_path, "refs.json", json.dumps(wrap(ITEM)))
    assert list(map(filled, sources)) == [
        {
            "id": "kim2017", "source_type": "article", "title": "Launches", "container": "Asian Survey",
            "authors": ["Kim, Ana", "The Institute"], "issued": "2017-05", "doi": "10.1000/ab.1",
            "url": "https://example.org/1", "language": "en-US",
        }
    ]  # fmt: skip
    assert "1 of ISSN, 1 of author[].suffix, 1 of field archive, 1 of file, 1 of page, 1 of volume" in run.err


def test_a_field_without_a_key_is_imported_by_its_own_name(korea: Korea, tmp_path: Path) -> None:
    maps = ("--map", "volume=note", "--map", "container-title=publisher")
    run, (source,) = imported(korea, tmp_path, "refs.json", json.dumps([ITEM]), *maps)
    assert (source["note"], source["publisher"], source["container"]) == ("57", "Asian Survey", None)
    assert "volume" not in run.err.partition("ignored")[2]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ({"date-parts": [[2017, 7, 4]]}, "2017-07-04"), ({"date-parts": [["2017"]]}, "2017"),
        ({"date-parts": [[-44, 3]]}, "-0043-03"), ({"date-parts": [[2016], [2017, 2]]}, "2016/2017-02"),
        ({"date-parts": [[2017]], "circa": True}, "2017~"), ({"date-parts": [[2017]], "season": 1}, "2017"),
        ({"literal": "since 2016, ongoing"}, "2016/.."), ({"raw": "4 July 2017"}, "2017-07-04"),
        ({"raw": "4/7/2017"}, "4/7/2017"), ("2017-07", "2017-07"), ({"literal": "July 98"}, "9998-07"),
    ],
)  # fmt: skip
def test_a_date_of_csl_is_read_as_far_as_it_is_known(written: object, stored: str) -> None:
    cells = source_cells({"id": "a", "type": "book", "title": "A", "issued": written})
    assert readable(str(cells["issued"])) == stored


@pytest.mark.parametrize("written", [{"literal": "forthcoming"}, {"date-parts": [[2017, 13]]}, {"date-parts": [[]]}])
def test_what_is_no_date_is_counted_as_such(written: object, korea: Korea, tmp_path: Path) -> None:
    run, (source,) = imported(korea, tmp_path, "r.json", json.dumps([ITEM | {"issued": written}]))
    assert source["issued"] is None
    assert "of issued (not a date)" in run.err or "of issued (not a date).literal" in run.err


def test_an_address_that_is_none_does_not_cost_the_entry(korea: Korea, tmp_path: Path) -> None:
    text = json.dumps([ITEM | {"URL": "in print", "DOI": "none", "language": "Klingon?"}])
    run, (source,) = imported(korea, tmp_path, "r.json", text)
    assert (source["url"], source["doi"], source["language"]) == (None, None, None)
    assert "1 of DOI (no DOI)" in run.err
    assert "1 of URL (no web address)" in run.err
    assert "1 of language (no code)" in run.err


@pytest.mark.parametrize(
    "records",
    [
        [{"type": "event", "id": "a", "title": "A"}], [{"type": "report", "title": "A", "date": "2031"}],
        [{"type": "meeting", "title": "A", "date": "2031", "URL": "https://example.org"}], [{"id": "a", "title": "A"}],
        [1], [],
    ],
)  # fmt: skip
def test_other_json_is_no_bibliography(records: list[object]) -> None:
    assert not are_items(records)


def test_a_bibliography_has_no_events(korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, "r.json", json.dumps([ITEM]), "--type", "event")
    assert (run.code, sources) == (2, [])
    assert "this file has sources: leave out --type event" in run.err


@pytest.mark.parametrize("form", ["csl-json"])
def test_what_korea_exports_comes_back_but_for_what_it_named(form: str, korea: Korea, tmp_path: Path) -> None:
    """Law: export, import into an empty file, and only the keys named on the way out differ."""
    out = korea("sources", "-f", form)
    named = set(re.findall(r"[\d,]+ of (\w+)", out.err))
    run, sources = imported(korea, tmp_path, "back", out.out, "-f", form if form != "csl-json" else "json")
    assert run.code == 0, run.err
    assert "rejected" not in run.err
    before = json.loads(korea("sources", "--json").out)["sources"]
    after = {each["id"]: each for each in sources}
    keys = set(filled(before[0])) | set(filled(sources[0])) | named
    differing = {key for each in before for key in keys if (each[key] or None) != (after[each["id"]][key] or None)}
    assert differing <= named
    assert {"voice", "country"} <= named
