"""What files of other people need to become events with the first command: shapes of real ones, with invented rows."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import UsageError
from korea_cli.editing.files import Editable
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import build_request
from korea_cli.ingest.summary import notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    First = Callable[..., tuple[list[dict[str, Any]], str]]


@pytest.fixture
def first(tmp_path: Path) -> First:
    """Return what imports a text, and returns the events and all that is printed."""

    def imported(name: str, text: str, *maps: str, **settings: str) -> tuple[list[dict[str, Any]], str]:
        mine = tmp_path / "mine.toml"
        mine.write_text("")
        (tmp_path / name).write_text(text, "utf-8")
        shown: list[str] = []
        request = build_request(str(tmp_path / name), maps, None, settings)._replace(rejects=str(tmp_path / "rejects"))
        result = run(request, Editable((str(mine),), 1 << 24), lambda _: None, ImportNotes(shown.extend))
        return tomllib.loads(mine.read_text("utf-8")).get("events", []), "\n".join((*shown, *notes(result)))

    return imported


@pytest.mark.parametrize(
    ("lines", "titles", "composed"),
    [
        ("event_date,event_type,n\n2031-05-16,Riots,1\n2031-05-17,Talks,2", ["Riots", "Talks"], "{event_type}"),
        (
            "position,person,start\nMinister,Han,2031\nEnvoy,Lee,2032", ["Minister: Han", "Envoy: Lee"],
            "{position}[: {person}]",
        ),
        ("battle_id,start_date,n\nA Hill,2031-05-16,3\nB (Beta),2031-05-17,4", ["A Hill", "B (Beta)"], "{battle_id}"),
        ("battle,month,year,war\nAlpha,May,2031,First\nBeta,June,2031,First", ["Alpha", "Beta"], ""),
        ("date,region,who\n2031,North,Han\n2032,North,Lee", ["Han", "Lee"], "{who}"),
    ],
)  # fmt: skip
def test_titles_are_composed_where_no_column_is_called_one(
    lines: str, titles: list[str], composed: str, first: First
) -> None:
    events, printed = first("x.csv", lines)
    assert [each["title"] for each in events] == titles
    assert (f"no column is called a title. Use --title for others than '{composed}'." in printed) == bool(composed)


def test_titles_of_json_are_composed_too(first: First) -> None:
    text = json.dumps([{"start": "2031-05-16", "firm": "A Ltd", "n": 1}, {"start": "2031-05-17", "firm": "B Ltd"}])
    assert [each["title"] for each in first("x.json", text)[0]] == ["A Ltd", "B Ltd"]


@pytest.mark.parametrize(
    "lines", ["date,lat,tone\n2031,1.5,2", "date,url\n2031,https://example.org/a", "date,seen\n2031,2032-05"]
)
def test_nothing_but_numbers_dates_and_addresses_makes_no_title(lines: str, first: First) -> None:
    with pytest.raises(UsageError, match="no column for 'title'"):
        first("x.csv", lines)


def test_a_type_that_is_a_list_becomes_topics(first: First) -> None:
    some = [{"name": each, "start": "2031", "type": ["War", "Crisis"]} for each in ("A", "B")]
    assert [each["topics"] for each in first("x.json", json.dumps(some))[0]] == [["war", "crisis"]] * 2


def test_a_page_without_a_source_costs_no_row(first: First) -> None:
    events, printed = first("x.csv", "date,title,page\n2031,A,12\n2032,B,13\n")
    assert len(events) == 2
    assert "ignored values: 2 of page." in printed


def test_a_season_in_a_column_of_months_is_read_as_one(first: First) -> None:
    events, _ = first("x.csv", "title,month,year\nA,Spring,2031\nB,May,2031\nC,Nonsense,2031\n")
    assert [each["date"] for each in events] == ["2031", "2031-05"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ({"headline": "A", "text": "B"}, "A"), ({"headline": "", "text": "B"}, "B"), ({"body": "B"}, "B"),
        ({"headline": "", "text": ""}, "a picture"),
    ],
)  # fmt: skip
def test_a_slide_without_a_headline_is_called_what_it_says_or_shows(
    text: dict[str, str], title: str, first: First
) -> None:
    slide = {"start_date": {"year": "2031", "month": "5", "date": "16"}, "text": text}
    slide["media"] = {"url": "https://example.org/a.png", "caption": "a picture"}
    events, _ = first("x.json", json.dumps({"events": [slide]}))
    assert [(each["title"], each["date"]) for each in events] == [(title, "2031-05-16")]


def test_a_mapping_that_has_the_ids_leaves_none_to_be_guessed(first: First) -> None:
    text = "data_id,event_id_cnty,event_date,event_type,actor1\n1,XLD1,2031,Riots,Crowd\n2,XLD2,2032,Riots,Crowd\n"
    events, printed = first("x.csv", text)
    assert [each["id"] for each in events] == ["xld1", "xld2"]
    assert "'data_id' as" not in printed


def test_a_column_with_the_address_of_an_item_gives_way_to_its_label_also_with_a_chosen_id(first: First) -> None:
    item = "http://www.wikidata.org/entity/Q"
    text = f"item,itemLabel,date,participant,participantLabel\n{item}1,A,2031,{item}3,Han\n{item}2,B,2032,{item}4,Lee\n"
    events, _ = first("x.csv", text, "item=id")
    assert [(each["id"], each["actors"]) for each in events] == [("q1", ["han"]), ("q2", ["lee"])]


def test_a_value_that_a_composed_title_leaves_out_is_counted(first: First) -> None:
    lines = "date,a,b,c\n2031,One,Two,\n2032,,Two,Three\n"
    events, printed = first("x.csv", lines, title="{a|b}[: {b} {c}]")
    assert [each["title"] for each in events] == ["One", "Two: Two Three"]
    assert "ignored values: 1 of b." in printed


def test_of_several_columns_with_dates_the_fullest_is_read(first: First) -> None:
    lines = "docket,decided,filed,released\nA,1/15/2031,2/16/2030,3/1/2031\nB,,3/4/2030,4/30/2031\n"
    events, printed = first("x.csv", lines)
    assert [each["date"] for each in events] == ["2030-02-16", "2030-03-04"]
    assert "no column is called a date. Use --map COLUMN=date for others than 'filed': 'released', 'decided'" in printed
    assert "ignored values: 1 of decided, 2 of released." in printed


@pytest.mark.parametrize("heading", ["day", "Month", "Resignation date"])
def test_a_column_that_is_called_part_of_a_date_may_have_whole_ones(heading: str, first: First) -> None:
    events, _ = first("x.csv", f"event,{heading}\nA,2031-05-16\nB,2031-06-17\n")
    assert [each["date"] for each in events] == ["2031-05-16", "2031-06-17"]


@pytest.mark.parametrize("time", ["Afternoon", "14h00  -15h00", "25:00", "?"])
def test_a_time_that_is_none_costs_no_row_and_is_kept_as_written(time: str, first: First) -> None:
    events, printed = first("x.csv", f"title,date,time\nA,2031-05-16,{time}\nB,2031-05-17,9:10\n")
    assert events[0] | {"id": ""} == {
        "id": "", "title": "A", "date": "2031-05-16", "date_text": f"2031-05-16 {time}"
    }  # fmt: skip
    assert events[1]["time"] == "09:10"
    assert "1 date with more than 'time' and 'timezone' can hold" in printed


def test_words_in_a_column_called_like_a_key_with_few_values_cost_no_row_and_are_counted(first: First) -> None:
    lines = "title,date,status,timezone\nA,2031-05-16,scaffolded,local\nB,2031-05-17,Disputed,Asia/Seoul\n"
    events, printed = first("x.csv", lines)
    assert [each.get("status") for each in events] == [None, "disputed"]
    assert [each.get("timezone") for each in events] == [None, "Asia/Seoul"]
    assert "left out what is no value of its key: 1 of status 'scaffolded', 1 of timezone 'local'. Use" in printed


@pytest.mark.parametrize(("values", "ids"), [(("K1", "K2"), ["k1", "k2"]), (("true", ""), ["a", "b"])])
def test_a_column_called_key_has_ids_unless_it_says_what_is_a_turning_point(
    values: tuple[str, str], ids: list[str], first: First
) -> None:
    events, _ = first("x.csv", f"key,title,date\n{values[0]},A,2031-05-16\n{values[1]},B,2031-05-17\n")
    assert [each["id"] for each in events] == ids
    assert [each.get("key") for each in events] == [values[0] == "true" or None, None]


def test_an_empty_list_in_a_cell_is_no_value(first: First) -> None:
    events, printed = first("x.csv", "title,date,time,place\nA,2031-05-16,[],[]\n")
    assert events == [{"id": "a", "title": "A", "date": "2031-05-16"}]
    assert "taken for missing: 1 of place, 1 of time." in printed


@pytest.mark.parametrize(
    "document",
    [
        {"events": {"2031-05-01": [{"title": "A"}], "2031-05-02": [{"title": "B"}]}},
        {"2031-05-01": {"title": "A"}, "2031-05-02": {"title": "B"}},
        {"country": "KR", "holidays": {"2031-05-01": "A", "2031-05-02": "B"}},
        {"2031": [{"title": "A", "date": "2031-05-01"}], "2032": [{"title": "B", "date": "2031-05-02"}]},
    ],
)
def test_what_is_under_a_date_in_json_happened_then(document: object, first: First) -> None:
    events, printed = first("x.json", json.dumps(document))
    assert [(each["title"], each["date"]) for each in events] == [("A", "2031-05-01"), ("B", "2031-05-02")]
    assert ("1 of country" in printed) == ("KR" in str(document))
    assert ("ignored values: 2 of object key." in printed) == ("2032" in str(document))


def test_holidays_under_their_dates_are_events(first: First) -> None:
    text = json.dumps({"2031-05-01": ["Labour Day"], "2031-12-25": ["Christmas Day", "A Holiday"], "2031-06-06": []})
    events, _ = first("x.json", text)
    assert [(each["date"], each["title"]) for each in events] == [
        ("2031-05-01", "Labour Day"), ("2031-12-25", "Christmas Day"), ("2031-12-25", "A Holiday"),
    ]  # fmt: skip


def test_what_is_no_number_in_json_is_no_value(first: First) -> None:
    text = '[{"title": "A", "date": "2031", "note": NaN, "place": Infinity}, {"title": NaN, "date": "2032"}]'
    events, _ = first("x.json", text)
    assert events == [{"id": "a", "title": "A", "date": "2031", "place": "Infinity"}]


@pytest.mark.parametrize("years", [("79", "-0217", "365"), ("79", "365", "1755"), ("79.0", "0365", "1755.0")])
def test_a_year_of_two_digits_among_old_ones_is_that_year(years: tuple[str, ...], first: First) -> None:
    events, printed = first("x.csv", "title,year\n" + "".join(f"A,{year}\n" for year in years))
    assert events[0]["date"] == "0079"
    assert "two-digit year" not in printed


@pytest.mark.parametrize("year", ["79", "79.0"])
def test_a_year_of_two_digits_among_new_ones_lacks_its_century(year: str, first: First) -> None:
    events, _ = first("x.csv", f"title,year\nA,1981\nB,{year}\n")
    assert events[-1]["date"] == "1979"


@pytest.mark.parametrize("year", ["0", "0.0"])
def test_a_year_of_zero_among_old_ones_is_still_unknown(year: str, first: First) -> None:
    events, _ = first("x.csv", f"title,date,year\nA,1951,{year}\nB,0365,365\n")
    assert [each["date"] for each in events] == ["1951", "0365"]


@pytest.mark.parametrize("heading", ["date_iso", "ISO date"])
def test_a_date_beside_a_year_is_read_where_its_heading_names_its_form(heading: str, first: First) -> None:
    events, _ = first("x.csv", f"title,year,{heading}\nA,2031,2031-05-16\nB,2032,\n")
    assert [each["date"] for each in events] == ["2031-05-16", "2032"]
