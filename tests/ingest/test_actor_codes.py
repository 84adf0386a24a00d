"""Codes of actors: what they mean, whom these belong to, and that a name counts only where there is no code."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, cast

import pytest

from korea_cli.base.errors import DataError
from korea_cli.editing.files import Editable
from korea_cli.ingest import actor_codes
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.mapping import load_mapping, mapping_text
from korea_cli.ingest.mappings import load
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes
from korea_cli.reading.codes.tables import codes
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from pathlib import Path

MEANINGS = {
    "PRK": ("North Korea", "PRK", None),
    "PRKMIL": ("North Korea: military", "PRK", "North Korea"),
    "USAGOVMIL": ("United States: government: military", "USA", "United States: government"),
    "KOROPPREF": ("South Korea: opposition: refugees", "KOR", "South Korea: opposition"),
    "ROM": ("Romania", "ROU", None),
    "EUR": ("Europe", None, None),
    "IGOUNO": ("United Nations", None, None),
    "UNO": ("United Nations", None, None),
    "IGOEUREEC": ("European Union", None, None),
    "IGOUNOHLHWHO": ("World Health Organization", None, "United Nations"),
    "IGOUNOHLH": ("United Nations: health", None, "United Nations"),
    "PSEREBHMS": ("Hamas", "PSE", "Palestinian Territories"),
    "HMS": ("Hamas", "PSE", "Palestinian Territories"),
    "SYRREBHEZ": ("Syria: rebels: Hezbollah", "SYR", "Syria: rebels"),
    "COP": ("Police", None, None),
    "COPMIL": ("Police: military", None, "Police"),
    "USAXYZ": ("United States: XYZ", "USA", "United States"),
}


@pytest.mark.parametrize("code", MEANINGS)
def test_a_code_means_an_actor_that_belongs_to_what_is_before_it(code: str) -> None:
    cameo = actor_codes.load("cameo")
    name = cameo.name_of(code)
    found = cameo.actors[name]
    whole = "".join(map(str, cast("list[str]", found.get("part_of", [])))) or None
    assert (name, found.get("country"), whole) == MEANINGS[code]
    assert whole is None or whole in cameo.actors


@pytest.mark.parametrize("text", ["", "prk", "NULL", "PRKM", "KUR", "North Korea", "PRK MIL"])
def test_what_begins_otherwise_is_no_code(text: str) -> None:
    assert actor_codes.load("cameo").name_of(text) == ""


def test_a_name_is_spelled_as_that_of_its_code() -> None:
    cameo = actor_codes.load("cameo")
    assert [cameo.named(each) for each in ("NORTH KOREA", "Nato", "MOSCOW")] == ["North Korea", "NATO", "MOSCOW"]
    assert [*cameo.actors] == ["North Korea", "NATO"]


def test_all_names_are_read_as_one_name_each_whatever_the_order() -> None:
    cameo = actor_codes.load("cameo")
    values: dict[str, dict[str, object]] = {}
    for code in (*sorted(cameo.first), *(f"PRK{each}" for each in sorted(cameo.first))):
        name = cameo.name_of(code)
        assert values.setdefault(name, cameo.actors[name]) == actor_codes.load("cameo").actors.get(name, values[name])
        assert not {*";|\n"} & {*name}
        assert cameo.actors[name].get("country", "PRK") in codes("countries")


ROWS = """\
GLOBALEVENTID,SQLDATE,Actor1Code,Actor1Name,Actor2Code,Actor2Name,EventRootCode
1,20170501,PRKMIL,KIM JONG UN,,NORTH KOREA,13
2,20170502,KUR,KURDISH,NULL,,13
3,20170503,XXX,,PRK,PYONGYANG,13
"""


def imported(folder: Path, text: str, *maps: str, name: str = "rows.csv") -> tuple[dict[str, Any], str]:
    sheet, mine = folder / name, folder / "mine.toml"
    sheet.write_text(text, "utf-8")
    mine.touch()
    request = build_request(str(sheet), maps, "gdelt", {})
    result = run(request, Editable((str(mine),), MAX_SIZE), lambda _: None, ImportNotes(lambda _: None))
    return tomllib.loads(mine.read_text("utf-8")), "\n".join(notes(result))


def test_a_name_counts_only_where_there_is_no_code(tmp_path: Path) -> None:
    mine, printed = imported(tmp_path, ROWS)
    events = {each["id"]: (each.get("actors"), each.get("recipients")) for each in mine["events"]}
    assert events == {
        "event-1": (["north-korea-military"], ["north-korea"]),
        "event-2": (["kurdish"], None),
        "event-3": (["xxx"], ["north-korea"]),
    }
    assert {each["id"]: (each["name"], each.get("part_of")) for each in mine["actors"]} == {
        "north-korea": ("North Korea", None), "north-korea-military": ("North Korea: military", ["north-korea"]),
        "kurdish": ("KURDISH", None), "xxx": ("XXX", None),
    }  # fmt: skip
    assert "unknown codes of actors, read by their names where they have some: 2 of Actor1Code" in printed


def test_objects_of_json_are_read_alike(tmp_path: Path) -> None:
    rows = '[{"GLOBALEVENTID": 1, "SQLDATE": 20170501, "Actor1Code": "PRKMIL", "Actor1Name": "KIM"},\n'
    rows += '{"GLOBALEVENTID": 2, "SQLDATE": 20170501, "Actor1Code": null, "Actor1Name": "KIM"}]'
    mine, _ = imported(tmp_path, rows, name="rows.json")
    assert [each["actors"] for each in mine["events"]] == [["north-korea-military"], ["kim"]]


def test_names_can_be_read_without_their_codes(tmp_path: Path) -> None:
    mine, _ = imported(tmp_path, ROWS, "Actor1Code=")
    assert [each.get("actors") for each in mine["events"]] == [["kim-jong-un"], ["kurdish"], None]


def test_a_saved_mapping_keeps_the_codes(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(mapping_text(load("gdelt").mapping), "utf-8")
    assert load_mapping(str(path)).codes == load("gdelt").mapping.codes
    path.write_text('[codes.cameos]\na = "b"\n', "utf-8")
    with pytest.raises(DataError) as refused:
        load_mapping(str(path))
    assert refused.value.problems[0].message == "unknown codes 'cameos'. Allowed values: cameo"
