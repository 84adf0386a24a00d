"""Places are found by all their names, in any script, wherever they are looked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

MOSCOW = '["Moscow", "Москва", "모스크바", "莫斯科", "モスクワ"]'
NEW_YORK = '["New York", "뉴욕"]'
PLACES = {
    "kremlin": "The Kremlin, Moscow", "red-square": "Москва", "region": "莫斯科州", "muscovy": "Moscowville",
    "york": "York", "new": "NEW-YORK", "both": "뉴욕·모스크바", "nowhere": "",
}  # fmt: skip


def write(path: Path, lists: str, places: dict[str, str]) -> Path:
    records = (
        f'[[events]]\nid = "{id_}"\ntitle = "T"\ndate = "2017"\nplace = "{place}"\n' for id_, place in places.items()
    )
    header = f"[chronology]\nplace_names = [{lists}]\n" if lists else ""
    path.write_text(header + "".join(records), "utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "a.toml", f"{MOSCOW}, {NEW_YORK}", PLACES)


def found(korea: Korea, *arguments: str | Path) -> set[str]:
    run = korea(*arguments, "--fields", "id")
    assert run.code == 0, run.err
    return set(run.out.split())


IN_MOSCOW = {"kremlin", "red-square", "region", "both"}


@pytest.mark.parametrize("how", [(), ("--no-cache",)])
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *((name, IN_MOSCOW) for name in ("Москва", "москв", "모스크바", "스크", "莫斯科", "モスクワ", '"москва"')),
        *((name, IN_MOSCOW | {"muscovy"}) for name in ("moscow", "MOSC")),
        *((name, {"new", "both"}) for name in ("뉴욕", "new york", "New-Yor")),
        ("york", {"york", "new", "both"}),
        ("모스크바州", set()),
        ("moscow 모스크바", set()),
        ("kremlin москва", set()),
    ],
)
def test_a_place_is_found_by_every_name_of_it(
    typed: str, expected: set[str], how: tuple[str, ...], file: Path, korea: Korea
) -> None:
    if expected:
        assert found(korea, "timeline", f"place:{typed}", "-d", file, *how) == expected
        assert found(korea, "search", f"text:{typed}", "-d", file, *how) == expected
        assert found(korea, "timeline", f"not:place:{typed}", "-d", file, *how) == PLACES.keys() - expected
    else:
        assert korea("timeline", f"place:{typed}", "-d", file, *how).code == 1
        assert found(korea, "timeline", f"text:{typed}", "-d", file, *how) == set()


def test_a_place_is_shown_as_it_is_written(file: Path, korea: Korea) -> None:
    events = json.loads(korea("timeline", "place:moscow", "-d", file, "--json").out)["events"]
    assert {each["place"] for each in events} == {
        "The Kremlin, Moscow",
        "Москва",
        "莫斯科州",
        "Moscowville",
        "뉴욕·모스크바",
    }


def test_a_misspelt_name_gets_the_right_one_in_its_script(file: Path, korea: Korea) -> None:
    assert "Did you mean 'Москва'?" in korea("timeline", "place:Масква", "-d", file).err
    assert "Did you mean 'Moscow'?" in korea("timeline", "place:moskow", "-d", file).err
    others = korea("timeline", "place:Ulan-Bator", "-d", file).err
    assert "Known values: Moscowville, NEW-YORK, The Kremlin, Moscow, York" in others
    assert "モスクワ" not in others


def test_another_file_adds_names_to_a_place(tmp_path: Path, file: Path, korea: Korea) -> None:
    more = write(tmp_path / "b.toml", '["MOSCOW", "Mosca"], ["Rome", "Roma"]', {"rome": "Roma", "visit": "Mosca"})
    for order in ((file, more), (more, file)):
        data = [part for each in order for part in ("-d", each)]
        assert found(korea, "timeline", "place:Mosca", *data) == {*IN_MOSCOW, "visit"}
        assert found(korea, "timeline", "place:모스크바", *data) == {*IN_MOSCOW, "visit"}
        assert found(korea, "timeline", "place:rome", *data) == {"rome"}
    included = tmp_path / "whole.toml"
    included.write_text('[chronology]\ninclude = ["a.toml", "b.toml"]\n', "utf-8")
    assert found(korea, "timeline", "place:Mosca", "-d", included) == {*IN_MOSCOW, "visit"}


def test_a_changed_list_counts_at_once(file: Path, korea: Korea) -> None:
    assert found(korea, "timeline", "place:москва", "-d", file) == IN_MOSCOW
    write(file, '["Moscow", "Moskau"]', PLACES)
    assert found(korea, "timeline", "place:moskau", "-d", file) == {"kremlin"}
    assert found(korea, "timeline", "place:москва", "-d", file) == {"red-square"}


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ('"Moscow", "Москва"', "must contain lists of names, one for each place, not text"),
        ("1", "must contain lists of names, one for each place, not the number 1"),
        ('["Moscow", 1]', "must contain texts in quotes, not the number 1"),
        ('["Moscow", ["Москва"]]', "must contain texts in quotes, not a list"),
        ('["Moscow"]', "must contain at least two names of each place"),
        ('["Moscow", "Moscow"]', "must contain at least two names of each place"),
        ("[]", "must contain at least two names of each place"),
        ('["Moscow", ""]', "contains '': a name has a letter or digit, and at most 200 characters"),
        ('["Moscow", "—"]', "contains '—': a name has a letter or digit, and at most 200 characters"),
        (f'["Moscow", "{"M" * 201}"]', "place_names contains 'MMM"),
        ('["Moscow", "Москва"], ["Kremlin", "москва́"]', "'москва́' is a name of both 'Moscow' and 'Kremlin'"),
        ('["Moscow", "Москва"], ["Москва", "Moskau"]', "'Москва' is a name of both 'Moscow' and 'Москва'"),
    ],
)
def test_what_is_no_list_of_names_is_refused(lists: str, said: str, tmp_path: Path, korea: Korea) -> None:
    path = write(tmp_path / "a.toml", lists, {"a": "Moscow"})
    run = korea("check", path)
    assert run.code == 1
    problem = next(line for line in run.out.splitlines() if "\terror\t" in line)
    assert problem.startswith(f"{path}:2:15\terror\t[chronology]\t")
    assert said in problem


def test_a_list_of_no_place_is_noted_and_goes_with_what_is_unused(file: Path, korea: Korea) -> None:
    write(file, f'{MOSCOW}, ["Rome", "Roma"]', {"a": "Москва"})
    assert "'Rome' is the place of no event" in korea("check", "--notes", file).out
    assert "Moscow" not in korea("check", "--notes", file).out
    assert korea("check", "--fix", "--unused", "--yes", file).code == 0
    assert "Roma" not in file.read_text("utf-8")
    assert MOSCOW in file.read_text("utf-8")


def test_fmt_writes_a_list_a_line_where_they_are_many(file: Path, korea: Korea) -> None:
    write(file, f"{MOSCOW},{NEW_YORK},['Seoul','서울', \"Сеул\"], # the South\n['Pyongyang', '평양']", {"a": "Seoul"})
    assert korea("fmt", file).code == 0
    lines = file.read_text("utf-8").splitlines()
    assert lines[1:7] == [
        "place_names = [", f"    {MOSCOW},", f"    {NEW_YORK},", '    ["Seoul", "서울", "Сеул"],  # the South',
        '    ["Pyongyang", "평양"],', "]",
    ]  # fmt: skip
    assert korea("fmt", "--check", file).code == 0
    assert found(korea, "timeline", "place:서울", "-d", file) == {"a"}


def test_diff_has_the_lists_that_changed(tmp_path: Path, file: Path, korea: Korea) -> None:
    new = write(tmp_path / "b.toml", f'{MOSCOW}, ["New York", "뉴욕", "紐約"]', PLACES)
    changes = json.loads(korea("diff", file, new, "--json").out)["changes"]
    assert [(each["change"], each["record"], each["key"]) for each in changes] == [
        ("gained", "chronology", "place_names"), ("lost", "chronology", "place_names")
    ]  # fmt: skip
    assert changes[0]["new"] == [["New York", "뉴욕", "紐約"]]
    assert "New York, 뉴욕, 紐約" in korea("diff", file, new).out


def test_nothing_in_a_name_drives_the_terminal(tmp_path: Path, korea: Korea) -> None:
    evil = '"x \\u001b[31m\\u202e</script>\\" onload=\\"x"'
    path = write(tmp_path / "a.toml", f'["Moscow", {evil}], ["Nowhere", {evil[:-1]} y"]', {"a": "Moscow"})
    for arguments in (
        ("check", "--notes", path), ("timeline", "-d", path, "-f", "html"), ("timeline", "place:x_31w", "-d", path),
        ("diff", path, write(tmp_path / "b.toml", "", {"a": "Moscow"})),
    ):  # fmt: skip
        run = korea(*arguments)
        assert not {"\x1b", "\u202e"} & {*run.out, *run.err}
        assert '</script>"' not in run.out or "html" not in arguments
    assert "place_names contains U+001B and U+202E" in korea("check", path).out


SPELT = {
    "a": "Moscow", "b": "Москва", "c": "모스크바", "d": "moscow", "e": "Moskau", "f": "The Kremlin, Moscow",
    "g": "New York", "h": "new-york", "i": "York", "j": "Minsk", "k": "Minsk", "l": "莫斯科州", "m": "",
}  # fmt: skip
COUNTED = {"Moscow": 5, "Mensk": 2, "New York": 2, "The Kremlin, Moscow": 1, "York": 1, "莫斯科州": 1, None: 1}


@pytest.mark.parametrize("how", [(), ("--no-cache",), ("--known-by", "2018")])
def test_a_place_is_counted_by_its_first_name(how: tuple[str, ...], tmp_path: Path, korea: Korea) -> None:
    lists = f'{MOSCOW}, ["moscow", "Moskau"], {NEW_YORK}, ["York", "요크"], ["Mensk", "Minsk"]'
    file = write(tmp_path / "a.toml", lists, SPELT)

    def answer(*words: str) -> dict[str, list[dict[str, Any]]]:
        answered: dict[str, list[dict[str, Any]]] = json.loads(korea(*words, "-d", file, "--json", *how).out)
        return answered

    rows = answer("stats", "--by", "place")["counts"]
    assert {row["value"]: row["event_count"] for row in rows} == COUNTED
    assert [row["label"] for row in rows] == [
        "Moscow",
        "Mensk",
        "New York",
        "The Kremlin, Moscow",
        "York",
        "莫斯科州",
        "none",
    ]
    cells = answer("stats", "--by", "kind", "--lanes", "place")["cells"]
    assert {cell["lane"]: cell["event_count"] for cell in cells} == COUNTED
    lanes = answer("chart", "--lanes", "place", "--by", "year")["periods"]
    assert {row["lane"]: row["event_count"] for row in lanes} == COUNTED
    assert {event["place"] for event in answer("timeline")["events"]} == {place or None for place in SPELT.values()}
