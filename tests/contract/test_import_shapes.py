"""Files of other programs, each in the shape that it comes in, become records with one command and no options."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea, Run

    Import = Callable[..., Run]
    Rows = Callable[..., list[dict[str, Any]]]

CASES = Path(__file__).parents[1] / "data" / "import"


@pytest.fixture
def take(korea: Korea, mine: Path) -> Import:
    """Return what imports a case by name, or what is written to a file of that name first."""

    def imported(name: str, *options: str, text: object = None) -> Run:
        file = CASES / name if (CASES / name).exists() else mine.with_name(name)
        if text is not None:
            file.write_bytes(
                text if isinstance(text, bytes) else (text if isinstance(text, str) else json.dumps(text)).encode()
            )
        return korea("import", file, "-d", mine, "--rejects", mine.with_name("rejects"), *options)

    return imported


def values(record: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    return tuple(record[key] for key in keys)


# ---------------------------------------------------------------- objects within objects


def test_what_a_row_spells_out_of_a_source_or_an_actor_is_stored(take: Import, rows: Rows) -> None:
    run = take("06_nested_source_keys.json")
    assert (run.code, run.err) == (0, "")
    ((event,), (source,), (actor,)) = rows(), rows("sources"), rows("actors")
    assert values(event, "title", "date") == ("An order", "2031-01-30")
    assert values(source, "title", "url", "container", "issued", "archive_url", "authors") == (
        "Order 1", "https://example.org/o", "Federal Gazette", "2031-02-03", "https://archive.example.org/o", ["Lee"],
    )  # fmt: skip
    assert values(actor, "name", "country", "role") == ("Lee", "KOR", "Envoy")


def test_what_no_key_is_for_is_counted_by_its_path_and_can_be_mapped(take: Import, rows: Rows) -> None:
    event = {
        "date": "2031", "title": "A", "place": {"name": "Seoul", "lat": 37.5}, "extra": {"deep": {"er": 1}},
        "sources": [{"title": "S", "foo": "x"}, {"title": "T", "foo": "y"}], "actors": {"name": "Lee", "age": 50},
    }  # fmt: skip
    run = take("a.json", text=[event])
    told = "ignored values: 1 of actors.age, 1 of extra.deep.er, 1 of place.lat, 2 of sources[].foo. Use --map"
    assert told in run.err
    assert values(rows()[0], "place") == ("Seoul",)
    more = event | {"title": "B", "sources": [{"title": "U", "foo": "x"}]}
    run = take(
        "a.json", "--map", "sources[].foo=note", "--map", "place.lat=note", "--map", "extra.deep.er=", text=[more]
    )
    assert "ignored values: 1 of actors.age. Use" in run.err
    assert "left out as requested: 1 of extra.deep.er\n" in run.err
    assert [each["note"] for each in rows("sources")] == [None, None, "x"]
    assert rows()[1]["note"] == "37.5"
    run = take("a.json", "--map", "sources[].foo=place", text=[more])
    assert (run.code, run.out) == (2, "")
    assert "unknown key 'place'. Allowed values: id, type" in run.err


def test_a_record_that_exists_keeps_its_values_and_what_differs_is_told(take: Import, rows: Rows, mine: Path) -> None:
    there = '[[sources]]\nid = "order"\ntitle = "Order"\nurl = "https://example.org/o"\nissued = "2031"\n'
    mine.write_text(there, "utf-8")
    source = {"title": "The order", "url": "https://example.org/o", "date": "2031-02", "outlet": "Gazette"}
    run = take("a.json", text=[{"date": "2031", "title": "A", "sources": [source]}])
    assert run.code == 0
    assert "did not overwrite 3 values of existing records: source 'order' container, source 'order' issued" in run.err
    assert mine.read_text("utf-8").startswith(there)
    assert [each["id"] for each in rows()[0]["sources"]] == ["order"]
    again = take("a.json", text=[{"date": "2031", "title": "A", "sources": [source]}])
    assert "did not overwrite 3 values" in again.err
    assert "skipped 1 existing record" in again.out


def test_rows_complete_what_other_rows_declare(take: Import, rows: Rows) -> None:
    run = take(
        "a.json",
        text=[
            {"date": "2031", "title": "A", "actors": [{"name": "Lee"}], "sources": [{"url": "https://example.org/a"}]},
            {"date": "never", "title": "R", "actors": [{"name": "Lee", "role": "Nobody"}]},
            {"date": "2032", "title": "B", "actors": [{"name": "Lee", "role": "Envoy"}]},
            {"date": "2033", "title": "C", "actors": [{"name": "LEE", "role": "Minister", "country": "KOR"}]},
            {"date": "2034", "title": "D", "sources": [{"title": "Report", "url": "https://example.org/a"}]},
            {"date": "2035", "title": "E", "sources": ["Report"]},
            {"type": "actor", "name": "Lee", "country": "PRK", "note": "Own"},
        ],
    )
    assert "did not overwrite 2 values of existing records: actor 'lee' country, actor 'lee' role" in run.err
    ((actor,), (source,)) = rows("actors"), rows("sources")
    assert values(actor, "name", "role", "country", "note") == ("Lee", "Envoy", "PRK", "Own")
    assert values(source, "title", "url") == ("Report", "https://example.org/a")


def test_one_source_is_declared_once_and_another_address_is_another_source(take: Import, rows: Rows) -> None:
    cited = [
        {"title": "Report", "url": "https://example.org/a"}, {"title": "Report", "url": "https://example.org/a"},
        {"title": "Report", "url": "https://example.org/b"}, {"title": "Other"}, {"title": "other"}, {"id": 5},
        {"id": 5},
    ]  # fmt: skip
    take("a.json", text=[{"date": "2031", "title": f"E{n}", "sources": [each]} for n, each in enumerate(cited)])
    assert [each["sources"][0]["id"] for each in rows()] == [
        "report", "report", "report-2", "other", "other", "source-5", "source-5",
    ]  # fmt: skip


def test_a_nested_value_that_cannot_be_stored_rejects_its_row_only(take: Import, rows: Rows) -> None:
    authors = ["X", {"family": "Y", "given": "Z", "orcid": 1}]
    run = take(
        "a.json",
        text=[
            {"date": "2031", "title": "A", "sources": [{"title": "S", "url": "nowhere"}]},
            {"date": "2031", "title": "B", "sources": [{"title": "S", "type": "scroll", "authors": authors}]},
        ],
    )
    assert run.code == 1
    assert "record 1: source 'S': url 'nowhere' is not a URL beginning with http:// or https://" in run.err
    assert "ignored values: 1 of sources[].authors[].orcid, 1 of sources[].type." in run.err
    assert [each["title"] for each in rows()] == ["B"]
    assert rows("sources")[0]["authors"] == ["X", "Y, Z"]


def test_of_two_names_for_one_text_the_key_wins_and_the_other_is_told(take: Import, rows: Rows) -> None:
    run = take(
        "a.json", text=[{"date": "2031", "name": "N", "title": "T", "headline": "H", "summary": "s", "text": "t"}]
    )
    assert "ignored values: 1 of headline, 1 of name." in run.err
    assert values(rows()[0], "title", "summary") == ("T", "summary: s\ntext: t")
    run = take("a.json", text=[{"date": "2032", "title": "T", "what": "W"}])
    assert "ignored values: 1 of what." in run.err
    assert [each["title"] for each in rows()] == ["T", "T"]


def test_only_our_own_derived_keys_are_left_out_without_a_word(take: Import) -> None:
    foreign = {"date": "2031", "title": "A", "first": "x", "last": "y", "members": ["z"]}
    assert "ignored values: 1 of first, 1 of last, 1 of members." in take("a.json", text=[foreign]).err


# ---------------------------------------------------------------- where the records are


def test_an_object_is_a_record_though_it_has_lists_of_objects(take: Import, rows: Rows) -> None:
    run = take("04_one_event.json")
    assert (run.code, run.err) == (0, "")
    ((event,), (source,)) = rows(), rows("sources")
    assert values(event, "id", "title", "date") == ("2031-03-02--talks-end", "Talks end early", "2031-03-02")
    assert [actor["name"] for actor in event["actors"]] == ["The North", "The South"]
    assert values(source, "title", "container", "issued") == ("A report", "Gazette", "2031-03-04")


def test_the_only_list_is_read_and_named_with_what_is_beside_it(take: Import, rows: Rows) -> None:
    run = take("21_wrapped.json")
    assert run.code == 0
    assert "korea: read the records in 'data'\n" in run.err
    assert "korea: left out, beside the records: 1 of count, 1 of status\n" in run.err
    assert values(rows()[0], "title", "date") == ("A clash", "2031-05-16")


def test_of_several_lists_one_is_chosen_by_its_path(take: Import, rows: Rows, mine: Path) -> None:
    document = {"a": [{"title": "A", "date": "2031"}], "b": [{"title": "B", "date": "2032"}]}
    run = take("x.json", text=document)
    assert (run.code, run.out) == (2, "")
    assert "the file has several lists: a (1), b (1). Choose one with --at, as in --at a" in run.err
    saved = mine.with_name("x.mapping.toml")
    assert "left out, beside the records: 1 of a" in take("x.json", "--at", "b", "--save-mapping", str(saved)).err
    assert [each["title"] for each in rows()] == ["B"]
    assert 'at = "b"' in saved.read_text("utf-8")
    assert "skipped 1 existing record" in take("x.json", "--mapping", str(saved)).out
    assert "unknown path 'c'. Allowed values: a, b" in take("x.json", "--at", "c").err


def test_a_feature_of_a_map_is_a_record_and_its_place_on_the_map_is_told(take: Import, rows: Rows) -> None:
    feature = {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": [126.9, 37.5]},
        "properties": {"name": "A clash", "startDate": "2031-05-16", "endDate": "2031-05-17", "city": "Seoul"},
    }  # fmt: skip
    run = take("x.geojson", text={"type": "FeatureCollection", "features": [feature]})
    assert run.code == 0
    assert "read the records in 'features'" in run.err
    told = "ignored values: 2 of geometry.coordinates, 1 of geometry.type, 1 of object type."
    assert told in run.err
    assert values(rows()[0], "title", "date", "place") == ("A clash", "2031-05-16/2031-05-17", "Seoul")


def test_an_item_of_wikidata_has_its_label_its_number_and_no_time(take: Import, rows: Rows) -> None:
    run = take("07_wikidata.json")
    assert run.code == 0
    assert "2 dates with T00:00:00Z: read as a day without a time" in run.err
    older, event = rows()
    assert values(older, "id", "title", "date", "time") == ("q900000002", "Battle of Betatown", "-0231-01-01", None)
    assert values(event, "id", "title", "date", "time") == ("q900000001", "Battle of Alphaville", "1807-01-01", None)
    assert [each["url"] for each in event["sources"]] == ["https://en.example.org/wiki/Alphaville"]


def test_terms_of_a_query_result_are_their_values(take: Import, rows: Rows) -> None:
    item = "http://www.wikidata.org/entity/"
    terms = {
        "battle": f"{item}Q1", "battleLabel": "A battle", "pointInTime": "1807-06-01T00:00:00Z",
        "participant": f"{item}Q2", "participantLabel": "The North", "location": f"{item}Q3", "locationLabel": "Alpha",
    }  # fmt: skip
    binding = {key: {"type": "literal", "value": value} for key, value in terms.items()}
    run = take("x.json", text={"head": {"vars": list(terms)}, "results": {"bindings": [binding]}})
    assert "read the records in 'results.bindings'" in run.err
    assert "ignored values: 1 of location, 1 of participant." in run.err
    (event,), (actor,) = rows(), rows("actors")
    assert values(event, "id", "title", "date", "time", "place") == ("q1", "A battle", "1807-06-01", None, "Alpha")
    assert actor["name"] == "The North"


def test_names_in_json_are_guessed_as_headings_are(take: Import, rows: Rows) -> None:
    run = take(
        "x.json", text=[{"when": "2031", "description": "A", "body": {"text": "B"}}, {"when": "2032", "label": "C"}]
    )
    assert "columns: 'when' as date, 'description' as summary, 'body' as summary, 'label' as title\n" in run.err
    assert "record 1: title is required" in run.err
    run = take("y.json", text=[{"when": "2031", "description": "A", "body": {"text": "B"}}, {"when": "2032"}])
    assert "columns: 'description' as title, 'when' as date, 'body' as summary\n" in run.err
    assert [values(each, "title", "summary") for each in rows()] == [("A", "B"), ("C", None)]
    run = take("z.json", text=[{"when": "2031", "what": {"colour": "red"}}, {"when": "2032", "x": 1}])
    assert (run.code, run.out) == (2, "")
    assert "no column for 'title', which every event must have. Use --map 'COLUMN=title'." in run.err
    assert "Columns: when, what.colour, x" in run.err


# ---------------------------------------------------------------- calendars


def test_a_letter_that_a_fold_parts_is_one_letter(take: Import, rows: Rows) -> None:
    assert take("01-ics-octets-split-at-fold.ics").code == 0
    assert values(rows()[0], "title", "date") == ("caf\xe9 noir", "2017-01-01")


def test_an_entry_ends_before_its_end_in_the_zone_of_its_start(take: Import, rows: Rows) -> None:
    assert take("02-ics-ends-at-midnight.ics").code == 0
    evening, hour = rows()
    assert values(evening, "date", "time", "timezone") == ("2017-04-02", "20:00", "Asia/Seoul")
    assert evening["date_text"] == "2017-04-02 20:00 (Asia/Seoul) \u2013 2017-04-02 24:00 (Asia/Seoul)"
    assert values(hour, "date", "time", "timezone") == ("2017-04-02", "20:00", "America/New_York")


def test_a_zone_of_windows_has_its_usual_name(take: Import, rows: Rows) -> None:
    assert take("04-ics-windows-zone.ics").code == 0
    assert values(rows()[0], "date", "time", "timezone", "date_text") == (
        "2017-01-24", "12:00", "America/New_York", None,
    )  # fmt: skip


def test_a_cancelled_entry_is_rejected_and_what_has_no_key_is_counted(take: Import, rows: Rows, mine: Path) -> None:
    run = take("25_cancelled.ics")
    assert run.code == 1
    assert "line 4: it is cancelled (STATUS:CANCELLED)" in run.err
    assert "ignored values: 1 of VALARM." in run.err
    assert "left out, beside the records: 1 of VJOURNAL" in run.err
    assert [each["title"] for each in rows()] == ["Talks"]
    rejected = json.loads(mine.with_name("rejects").read_text("utf-8"))
    assert values(rejected, "title", "time", "status") == ("Talks called off", "09:00 (Pacific/Auckland)", "cancelled")
    assert rejected["ORGANIZER"] == [{"name": "Envoy Lee", "address": "mailto:lee@example.org"}]
    mine.with_name("rejects.jsonl").write_text(mine.with_name("rejects").read_text("utf-8"), "utf-8")
    assert "it is cancelled (status 'cancelled')" in take("rejects.jsonl").err
    assert "it is cancelled (status 'canceled')" in take("x.csv", text=b"date,title,status\n2031,Talks,Canceled\n").err


def test_people_of_a_calendar_can_be_mapped(take: Import, rows: Rows) -> None:
    people = "ORGANIZER;CN=Lee:mailto:a@x\nATTENDEE;CN=Kim:mailto:b@x\nATTENDEE:mailto:c@x"
    entry = f"UID:a\nDTSTART:20310101\nSUMMARY:A\n{people}"
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{entry}\nEND:VEVENT\nEND:VCALENDAR\n".encode()
    run = take("x.ics", "--map", "ORGANIZER=actors", "--map", "ATTENDEE=recipients", text=text)
    assert "ignored values: 1 of ATTENDEE[].address, 1 of ORGANIZER[].address." in run.err
    (event,) = rows()
    assert [[each["name"] for each in event[key]] for key in ("actors", "recipients")] == [
        ["Lee"],
        ["Kim", "mailto:c@x"],
    ]


# ---------------------------------------------------------------- timelines


def test_years_of_a_timeline_are_complete(take: Import, rows: Rows) -> None:
    assert take("06-timelinejs-year-33.json").code == 0
    assert [values(each, "title", "date", "date_basis") for each in rows()] == [
        ("a", "0033-04-03", None), ("b", "0476", None),
    ]  # fmt: skip
    sheet = b"Year,Month,Day,Headline,Text\n33,4,3,C,\n476,,,D,<a href='https://x.org/a'>A good source</a> has it\n"
    assert take("x.csv", text=sheet).code == 0
    assert [values(each, "title", "date", "summary") for each in rows() if each["title"] in "CD"] == [
        ("C", "0033-04-03", None), ("D", "0476", "A good source has it"),
    ]  # fmt: skip
    assert [values(each, "title", "url") for each in rows("sources")] == [("A good source", "https://x.org/a")]


def test_a_timeline_of_version_2_is_read(take: Import, rows: Rows) -> None:
    run = take("13_timelinejs_v2.json")
    assert (run.code, run.err) == (0, "")
    assert "; skipped the title slide\n" in run.out
    assert [values(each, "title", "date", "summary", "note") for each in rows()] == [
        ("First", "2031-01-26/2031-01-27", "Text.", "Media: https://example.org/a.jpg, Y, X"),
        ("Second", "2031-02", None, None),
    ]  # fmt: skip


def test_what_a_timeline_links_to_quotes_and_decorates_is_stored_or_told(take: Import, rows: Rows) -> None:
    slide = {
        "start_date": {"year": 2031}, "background": {"color": "red"},
        "media": {"url": "<blockquote>&lt;Yes&gt;</blockquote>"},
        "text": {"headline": "A", "text": "As <a href='https://x.org/a'>the &lt;daily&gt; gazette</a> has it"},
    }  # fmt: skip
    era = {"start_date": {"year": 2030}, "end_date": {"year": 2031}, "text": {"headline": "B"}}
    run = take("x.json", text={"events": [slide], "eras": [era], "scale": "human"})
    assert "read 1 era as an event of the kind 'period'" in run.err
    assert "ignored values: 1 of background.color." in run.err
    assert "left out, beside the records: 1 of scale" in run.err
    era_event, event = rows()
    assert values(era_event, "title", "date", "kind") == ("B", "2030/2031", "period")
    assert values(event, "title", "summary", "quote") == ("A", "As the <daily> gazette has it", "<Yes>")
    assert [values(each, "title", "url") for each in event["sources"]] == [("the <daily> gazette", "https://x.org/a")]


# ---------------------------------------------------------------- sheets


def test_headings_below_a_title_are_found_and_what_is_above_and_beside_them_is_told(take: Import, rows: Rows) -> None:
    sheet = b"Missile tests;;;\nAs of 2032;;;\nDate;;Title;Title\n2031-05-16;x;A;B\n2031-05-17;;C;\n"
    run = take("x.csv", text=sheet)
    assert run.code == 0
    assert "read the headings from line 3; left out above them: 'Missile tests', 'As of 2032'" in run.err
    assert "columns: 'Date' as date, 'Title' as title\n" in run.err
    assert "ignored values: 1 of Title 2, 1 of column 2." in run.err
    assert [values(each, "title", "date") for each in rows()] == [("A", "2031-05-16"), ("C", "2031-05-17")]
    run = take("x.csv", "--map", "column 2=note", "--map", "Title 2=summary")
    assert "columns: 'Date' as date, 'column 2' as note, 'Title' as title, 'Title 2' as summary" in run.err


def test_the_line_of_the_headings_and_headings_of_ones_own_can_be_given_and_are_saved(
    take: Import, rows: Rows, mine: Path
) -> None:
    sheet = b"2031-05-16\tA\t1\n2031-05-17\tB\t2\n"
    run = take("x.tsv", text=sheet)
    assert (run.code, run.out) == (2, "")
    assert "the headings in line 1 look like data: 2031-05-16, 1. Use --headings a,b,c" in run.err
    saved, names = mine.with_name("saved.toml"), mine.with_name("names.txt")
    names.write_text("date\ntitle\nnote\n", "utf-8")
    assert take("x.tsv", "--headings", str(names), "--save-mapping", str(saved)).code == 0
    assert [values(each, "title", "date", "note") for each in rows()] == [
        ("A", "2031-05-16", "1"), ("B", "2031-05-17", "2"),
    ]  # fmt: skip
    assert 'headings = "date,title,note"' in saved.read_text("utf-8")
    names.unlink()
    assert "skipped 2 existing records" in take("x.tsv", "--mapping", str(saved)).out
    run = take("y.csv", "--header-row", "2", "--save-mapping", str(saved), text=b"Date,Title\nTitle,Date\nC,2033\n")
    assert (run.code, rows()[2]["title"]) == (0, "C")
    assert 'header_row = "2"' in saved.read_text("utf-8")
    assert "skipped 1 existing record" in take("y.csv", "--mapping", str(saved)).out
    assert "no row begins in line 9, which --header-row names" in take("y.csv", "--header-row", "9").err
    assert take("y.csv", "--header-row", "0").code == 2


def test_a_packed_file_is_read_through_and_one_that_cannot_be_read_is_named(take: Import, rows: Rows) -> None:
    assert take("x.csv.gz", text=gzip.compress(b"Date,Title\n2031,A\n")).code == 0
    assert rows()[0]["title"] == "A"
    run = take("x.csv", text=b"<!DOCTYPE html><html></html>")
    assert (run.code, run.out) == (3, "")
    assert "x.csv: this is a web page. Download the data itself, or save its table as CSV." in run.err


def test_a_zip_is_read_from_a_pipe(korea: Korea, mine: Path, rows: Rows) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.json", '{"data": [{"title": "A", "date": "2031"}]}')
    run = korea("import", "-", "-d", mine, input=raw.getvalue())
    assert run.code == 0, run.err
    assert rows()[0]["title"] == "A"


# ---------------------------------------------------------------- dates


def test_a_year_of_its_own_column_completes_the_dates_beside_it(take: Import, rows: Rows, mine: Path) -> None:
    mine.write_text('[[sources]]\nid = "rolls"\ntitle = "Rolls"\n', "utf-8")
    run = take("10_year_beside_date.csv", "--map", "locality=title", "--source", "rolls")
    assert run.code == 0, run.err
    assert [values(each, "date", "date_text") for each in rows()] == [
        ("1861-04-12/1861-04-13", "April 12th and 13th 1861"), ("1861-05-10", "May 10th 1861"),
        ("1862-06-03", "June 3d 1862"),
    ]  # fmt: skip


def test_dates_that_edtf_or_words_leave_open_are_as_wide_as_they_can_be(take: Import, rows: Rows) -> None:
    run = take("28_edtf.csv")
    assert run.code == 0, run.err
    assert {each["title"]: values(each, "date", "date_text") for each in rows()} == {
        "a": ("[2030..2039]", "203X"), "b": ("[2000..2099]", "20XX"), "spring": ("2031", "2031-21"),
        "44 BCE": ("-0043", None), "one day within": ("[2031..2035]", "between 2031 and 2035"),
        "as korea itself shows 2031-04/": ("2031-04/", "from Apr 2031, end unknown"),
        "late in a decade": ("[1990..1999]", "late 1990s"), "a century": ("[1800..1900]", "19th century"),
        "going on": ("2014/..", "2014-present"), "zeros": ("2031", None), "no space": ("1920~", "c1920"),
        "approx": ("2031-05-12~", "12 May 2031 (approx.)"),
    }  # fmt: skip
