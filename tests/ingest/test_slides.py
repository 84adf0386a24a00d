"""A timeline of TimelineJS, of version 3 or 2, becomes the rows of its sheet, and HTML what it says."""

from __future__ import annotations

from typing import Any

import pytest

from korea_cli.ingest.html import html_parts, plain_text
from korea_cli.ingest.json.slides import complete_cells, flatten, timeline_in

SLIDE = {"start_date": {"year": 1950}, "text": {"headline": "War"}}


def test_a_slide_becomes_a_row_of_the_sheet_with_all_that_it_has() -> None:
    slide = {
        "start_date": {"year": 1950, "month": "6", "hour": 4, "minute": 5, "format": "f"}, "end_date": {"year": "1953"},
        "text": {"headline": "<b>War</b>", "text": "<p>One &amp; two</p><p>Three</p>", "other": 1}, "unique_id": "war",
        "media": {"url": "https://example.org/a.jpg", "link": "https://example.org", "caption": "C", "thumbnail": "t"},
        "background": {"color": "red"}, "type": "overview", "autolink": False, "empty": "",
    }  # fmt: skip
    assert flatten(slide) == {
        "year": 1950, "month": "6", "time": "04:05", "end_year": "1953", "headline": "<b>War</b>", "unique_id": "war",
        "text": "<p>One &amp; two</p><p>Three</p>", "media": "https://example.org/a.jpg", "media_caption": "C",
        "sources": [{"url": "https://example.org"}], "background": {"color": "red"}, "slide type": "overview",
        "autolink": False, "start_date.format": "f", "text.other": 1, "media.thumbnail": "t",
    }  # fmt: skip


def test_a_card_that_korea_made_of_a_source_is_the_source() -> None:
    media = {"url": "<blockquote>A &amp; B</blockquote>", "link": "https://x.org", "caption": "Source", "credit": "C"}
    assert flatten({"media": media}) == {"sources": [{"url": "https://x.org", "title": media["url"], "container": "C"}]}


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ({"hour": 9}, {}, {"time": "09:00"}),
        ({"hour": 0, "minute": 0}, {}, {"time": "00:00"}),
        ({"hour": "", "minute": ""}, {}, {}),
        ({"hour": "9", "minute": "5", "second": "7"}, {}, {"time": "09:05:07"}),
        ({"hour": 9, "minute": 5, "second": 7, "millisecond": 50}, {}, {"time": "09:05:07.050"}),
        (
            {"hour": 9},
            {"year": 2017, "month": 7, "day": 4, "hour": 17},
            {"time": "09:00", "end_date": "2017-07-04 17:00"},
        ),
        ({}, {"year": 2018, "month": "", "hour": "8", "minute": 30}, {"end_date": "2018 08:30"}),
        ({}, {"year": "2017", "month": "7", "day": "5"}, {"end_year": "2017", "end_month": "7", "end_day": "5"}),
    ],
)
def test_the_times_of_a_slide_and_of_its_end_are_kept(
    start: dict[str, Any], end: dict[str, Any], found: dict[str, str]
) -> None:
    day = {"year": 2017, "month": 7, "day": 4}
    assert flatten({"start_date": day | start, "end_date": end}) == day | found


def test_a_timeline_has_slides_and_eras_and_what_is_beside_them_is_counted() -> None:
    era = {"start_date": {"year": 1}, "end_date": {"year": 2}, "text": {"headline": "Era"}}
    timeline = timeline_in({"title": SLIDE, "events": [SLIDE, 3], "eras": [era], "scale": "human", "empty": ""})
    assert timeline is not None
    assert timeline.rows == [
        {"year": 1950, "headline": "War"}, 3, {"year": 1, "end_year": 2, "headline": "Era", "type": "era"},
        {"year": 1950, "headline": "War", "type": "title"},
    ]  # fmt: skip
    assert timeline.notes == ("read 1 era as an event of the kind 'period'",)
    assert timeline.left_out == {"scale": 1}
    for document in ([SLIDE], {"events": [SLIDE]}):
        plain = timeline_in(document)
        assert plain is not None
        assert (plain.rows, plain.notes) == ([{"year": 1950, "headline": "War"}], ())


@pytest.mark.parametrize("document", [[], [3], {}, {"events": []}, {"events": [{"title": "A"}]}, {"timeline": {}}, 3])
def test_other_documents_are_no_timelines(document: object) -> None:
    assert timeline_in(document) is None


def test_a_timeline_of_version_2_is_read_as_one_of_version_3() -> None:
    slide = {
        "startDate": "2031,1,26,14,5", "endDate": "2031,2", "headline": "A", "text": "<p>T</p>", "tag": "G",
        "classname": "c", "asset": {"media": "https://x.org/a.jpg", "credit": "X", "caption": "Y", "thumbnail": "t"},
    }  # fmt: skip
    era = {"startDate": "2030", "endDate": "2031", "headline": "E"}
    other = {"startDate": "12 May 2031", "headline": "B"}
    whole = {"headline": "H", "type": "default", "text": "t", "date": [slide, other], "era": [era]}
    timeline = timeline_in({"timeline": whole, "more": 1})
    assert timeline is not None
    assert timeline.rows == [
        {
            "year": "2031", "month": "1", "day": "26", "time": "14:05", "end_year": "2031", "end_month": "2",
            "headline": "A", "text": "<p>T</p>", "group": "G", "classname": "c", "media": "https://x.org/a.jpg",
            "media_credit": "X", "media_caption": "Y", "media.thumbnail": "t",
        },
        {"date": "12 May 2031", "headline": "B"},
        {"year": "2030", "end_year": "2031", "headline": "E", "type": "era"},
        {"headline": "H", "text": "t", "slide type": "default", "type": "title"},
    ]  # fmt: skip
    assert timeline.left_out == {"more": 1}


@pytest.mark.parametrize(
    ("year", "complete"),
    [
        (33, "0033"),
        ("33", "0033"),
        (33.0, "0033"),
        ("476", "0476"),
        (2017, "2017"),
        ("-44", "44 BC"),
        (-500, "500 BC"),
        ("44 BC", "44 BC"),
    ],
)
def test_a_year_is_complete(year: object, complete: str) -> None:
    cells: dict[str, list[object]] = {"year": [year], "end_year": [year]}
    complete_cells(cells)
    assert cells == {"year": [complete], "end_year": [complete]}


def test_links_are_sources_quotations_quotes_and_what_is_shown_is_noted() -> None:
    html = (
        '<p>See <a href="https://x.org/a?b=1&amp;c=2" target="_blank">The Daily Gazette</a> and '
        "<A HREF='http://x.org/b'>here</A>, <a href=\"/c\">there</a>.</p><blockquote>I am <b>willing</b></blockquote>"
        '<img class="x" src="https://x.org/p.png"> End'
    )
    cells: dict[str, list[Any]] = {
        "title": ["<a href='https://x.org/t'>A long title</a>"],
        "summary": [html],
        "note": ["N"],
    }
    complete_cells(cells)
    assert plain_text(cells["title"][0]) == "A long title"
    assert plain_text(cells["summary"][0]) == "See The Daily Gazette and here, there (/c).\nEnd"
    assert cells["sources"] == [
        [
            {"url": "https://x.org/t", "title": "A long title"},
            {"url": "https://x.org/a?b=1&c=2", "title": "The Daily Gazette"}, {"url": "http://x.org/b"},
        ]
    ]  # fmt: skip
    assert [plain_text(each) for each in cells["quote"]] == ["I am willing"]
    assert cells["note"] == ["N", "Media: https://x.org/p.png"]


@pytest.mark.parametrize(
    ("media", "found"),
    [
        ("https://x.org/a.jpg", {"media": ["https://x.org/a.jpg"]}),
        ("a.jpg", {"media": ["a.jpg"]}),
        ("<blockquote>Words</blockquote>", {"quote": ["Words"]}),
        ('<iframe src="https://x.org/v"></iframe>', {"note": ["Media: https://x.org/v"]}),
        ("<p>Only text</p>", {"note": ["Media: <p>Only text</p>"]}),
    ],
)
def test_what_a_slide_shows_is_noted_or_quoted(media: str, found: dict[str, list[str]]) -> None:
    cells: dict[str, list[object]] = {"media": [media]}
    complete_cells(cells)
    assert cells == found


def test_html_becomes_text() -> None:
    assert plain_text("<p>One &amp; two</p><p>a < b</p>") == "One & two\na < b"
    assert plain_text('By <a href="https://x.org">Lee</a><br>x') == "By Lee (https://x.org)\nx"
    assert html_parts("a < b") == ("a < b", [], [], [])
