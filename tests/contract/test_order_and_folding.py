"""Events of a day come by the clock, ongoing ones end with the record, words match without strokes and accents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

STROKES = """
[[actors]]
id = "a"
name = "Lech Wałęsa"
[[actors]]
id = "c"
name = "Yıldırım"
[[actors]]
id = "d"
name = "Điện Biên"
[[actors]]
id = "f"
name = "Æsir"
[[events]]
id = "e"
title = "Strikes in Łódź"
date = "1980-08"
place = "Łódź"
actors = ["a"]
[[events]]
id = "ss"
title = "Große Œuvres at Tórshavn, Møre, Ħamrun, Þingvellir and Guovđageaidnu"
date = "1981"
"""


@pytest.fixture
def strokes(tmp_path: Path) -> Path:
    (tmp_path / "strokes.toml").write_text(STROKES, "utf-8")
    return tmp_path / "strokes.toml"


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        *(("lodz", "e"), ("walesa", "a"), ("yildirim", "c"), ("dien", "d"), ("aesir", "f"), ("GROSSE", "ss")),
        *(("grosse", "ss"), ("oeuvres", "ss"), ("more", "ss"), ("hamrun", "ss"), ("thing", "ss"), ("guovdage", "ss")),
        *(("Łódź", "e"), ("ŁÓDŹ", "e"), ("Æsir", "f"), ("ÆSIR", "f"), ("YILDIRIM", "c"), ("Þing", "ss")),
    ],
)
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_letters_match_without_their_strokes(
    typed: str, id_: str, cache: tuple[str, ...], strokes: Path, korea: Korea
) -> None:
    assert id_ in korea("search", typed, "-d", strokes, *cache, "--fields", "id").out.split()


def test_names_and_places_match_without_their_strokes(strokes: Path, korea: Korea) -> None:
    assert "Lech Wałęsa" in korea("actor", "walesa", "-d", strokes).out
    for term in ("place:lodz", "actor:lech-walesa"):
        assert korea("timeline", term, "-d", strokes, "--fields", "id").out == "e\n"


def events(*times: tuple[str, str, str]) -> str:
    """Write events of one day: an id, a time and a zone each, empty where it has none."""
    lines = []
    for id_, time, zone in times:
        lines += ["[[events]]", f'id = "{id_}"', 'title = "T"', 'date = "2017-07-04"']
        lines += [f'time = "{time}"'] if time else []
        lines += [f'timezone = "{zone}"'] if zone else []
    return "\n".join(lines)


SEOUL, NEW_YORK = "Asia/Seoul", "America/New_York"


@pytest.mark.parametrize(
    ("times", "order"),
    [
        ([("evening", "21:00", SEOUL), ("morning", "09:00", SEOUL)], ["morning", "evening"]),
        ([("nine", "09:00", ""), ("day", "", ""), ("eight", "08:59:59", "")], ["day", "eight", "nine"]),
        ([("york", "09:00", NEW_YORK), ("seoul", "21:00", SEOUL)], ["seoul", "york"]),  # 13:00 and 12:00 UTC
        ([("york", "09:00", NEW_YORK), ("seoul", "21:00", SEOUL), ("local", "12:00", "")], ["york", "local", "seoul"]),
        ([("b", "09:00", SEOUL), ("a", "09:00", SEOUL)], ["b", "a"]),  # in the order of the file
        ([("b", "09:00", SEOUL), ("a", "09:30", "Asia/Nowhere")], ["b", "a"]),
        ([("late", "00:30", "UTC"), ("early", "00:15", NEW_YORK)], ["late", "early"]),  # 00:30 and 04:15 UTC
        ([("dawn", "00:00", "Pacific/Kiritimati"), ("day", "", "")], ["day", "dawn"]),
    ],
)
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_events_of_a_day_come_by_the_clock(
    times: list[tuple[str, str, str]], order: list[str], cache: tuple[str, ...], tmp_path: Path, korea: Korea
) -> None:
    (tmp_path / "day.toml").write_text(events(*times), "utf-8")
    asked = ("timeline", "-d", str(tmp_path / "day.toml"), "--fields", "id", *cache)
    assert korea(*asked).out.split() == order
    assert korea(*asked, "--reverse").out.split() == order[::-1]


ONGOING = """
[chronology]
{header}
[[events]]
id = "ongoing"
title = "Ongoing"
date = "2016-04/.."
[[events]]
id = "last"
title = "Last"
date = "2017-07-08"
[[facts]]
id = "fact"
text = "A fact"
{fact}
"""


@pytest.mark.parametrize(
    ("header", "fact", "known_until"),
    [
        ("", "", "2017-07-08"),
        ("", 'date = "2018-02"', "2018-02-28"),
        ('as_of = "2020-01-31"', 'date = "2018-02"', "2020-01-31"),
        ('as_of = "2010"', "", "2016-04-01"),  # at least the first day that it may have begun on
    ],
)
def test_what_is_ongoing_is_certain_while_the_record_reaches(
    header: str, fact: str, known_until: str, tmp_path: Path, korea: Korea
) -> None:
    (tmp_path / "on.toml").write_text(ONGOING.format(header=header, fact=fact), "utf-8")

    def certain(since: str) -> bool:
        listed = korea("timeline", "-d", tmp_path / "on.toml", "--from", since, "--certain", "--fields", "id").out
        possible = korea("timeline", "-d", tmp_path / "on.toml", "--from", since, "--fields", "id,match").out
        assert f"ongoing\t{'certain' if 'ongoing' in listed else 'possible'}" in possible
        return "ongoing" in listed

    assert certain(known_until)
    assert not certain(f"after {known_until}")
    assert not certain("2030")


@pytest.mark.parametrize(
    ("header", "window", "certain"),
    [
        ('as_of = "2017-06-30"', ("--from", "2017-07-01"), "0"),  # it may have begun in January and ended in July
        ('as_of = "2017-06-30"', ("--on", "2017-12-31"), "0"),
        ('as_of = "2017-06-30"', ("--from", "2017-06-30"), "1"),
        ('as_of = "2017-06-30"', ("--on", "2017-06-30"), "0"),  # it may begin later
        ('as_of = "2017-06-30"', ("--on", "2017"), "1"),
        ('as_of = "2017-06-30"', ("--to", "2017-06-30"), "0"),
        ('as_of = "2018-06-30"', ("--on", "2018"), "1"),
        ('as_of = "2018-06-30"', ("--on", "2018-07"), "0"),
        ('as_of = "2016"', ("--from", "2017-01-02"), "0"),
        ('as_of = "2016"', ("--from", "2017-01-01"), "1"),
        ("", ("--from", "2017-01-02"), "0"),  # nothing else in the record reaches further
        ("", ("--from", "2017-01-01"), "1"),
    ],
)
def test_what_began_on_some_day_of_a_year_may_have_ended_on_any_day_behind_the_record(
    header: str, window: tuple[str, str], certain: str, tmp_path: Path, korea: Korea
) -> None:
    for command, table, title in (("timeline", "events", "title"), ("facts", "facts", "text")):
        record = f'[chronology]\n{header}\n[[{table}]]\nid = "a"\n{title} = "A"\ndate = "2017/.."\n'
        (tmp_path / "a.toml").write_text(record, "utf-8")
        for cache in ((), ("--no-cache",)):
            asked = (command, "-d", tmp_path / "a.toml", *cache, *window)
            assert korea(*asked, "--certain", "--count").out == f"{certain}\n"
            assert korea(*asked, "--fields", "match").out == ("certain\n" if certain == "1" else "possible\n")


def test_what_is_ongoing_is_listed_and_drawn_from_the_first_day_that_it_may_have_begun_on(
    tmp_path: Path, korea: Korea
) -> None:
    dates = {"before": "2016-12-31", "ongoing": "2017/..", "same-day": "2017-01-01", "after": "2017-06-30"}
    written = "".join(f'[[events]]\nid = "{id_}"\ntitle = "T"\ndate = "{date}"\n' for id_, date in dates.items())
    file = tmp_path / "a.toml"
    file.write_text(f'[chronology]\nas_of = "2017-06-30"\n{written}', "utf-8")
    assert korea("timeline", "-d", file, "--fields", "id").out.split() == ["before", "same-day", "ongoing", "after"]
    counted = {
        unit: [
            (row["event_count"], row["lasting"], row["possible"])
            for row in json.loads(korea("chart", "-d", file, "--by", unit, "-p", "2017", "--json").out)["periods"]
        ]
        for unit in ("quarter", "year")
    }
    assert counted == {"quarter": [(1, 0, 1), (1, 0, 1), (0, 0, 1), (0, 0, 1)], "year": [(2, 1, 0)]}
    for form in ("ics", "html", "timelinejs", "markdown", "csv"):
        assert korea("timeline", "-d", file, "-f", form).code == 0
