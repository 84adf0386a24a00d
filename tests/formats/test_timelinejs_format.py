"""TimelineJS's own code reads and draws the timeline: every event in its words, and nothing in it does harm."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bare import BareRelated
from korea_cli import formats, open_chronology
from korea_cli.base.errors import NotInListError
from korea_cli.base.sanitize import UNSAFE, clean, clean_line
from korea_cli.dates.format import show_stored
from korea_cli.model import field_spec
from korea_cli.model.records import Event, file_keys
from korea_cli.report.report import Report, listing
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Section
from korea_cli.rows.column import Column, Columns
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Korea

Timeline = dict[str, Any]
Drawn = dict[str, Any]

KEYS = ("type", "earliest", "latest", "precision", "match", "claims", *file_keys(Event))
LISTS = {"claims", *(name for name, key in file_keys(Event).items() if key.form in field_spec.LISTS)}
HOSTILE = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;img src=x onerror=alert(1)&gt;",
        "&amp;lt;b&gt;",
    ),
    *("</script>", "<!--<script>", "<a href=javascript:alert(1)>x</a>", "<svg onload=alert(1)>", "<iframe src=x>"),
    *(
        "www.x'onmouseover='alert(1)",
        "http://x.example/'onclick='alert(1)",
        "a@b.example",
        '"',
        "'",
        "`",
        "\\",
        "&",
        "<",
    ),
    *(
        "spotify",
        "iframe",
        "a.pdf",
        "youtu.be/x",
        "documentcloud.org/",
        "imgur.com/x",
        "google.com/maps/@1,1,1z",
        "x.jpg",
    ),
    *(
        "blockquote",
        "twitter-tweet",
        "a\nb",
        "\t",
        " ",
        "\x00",
        "\x1b[31m",
        "\u2028",
        "\u202e",
        "문재인",
        "😀",
        "x" * 300,
    ),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)
HOSTILE_TEXTS = st.lists(TEXTS, min_size=1, max_size=4).map("".join)


class Row(NamedTuple):
    """An event as a report has it, by its keys."""

    values: dict[str, Any]
    type: str = "event"


def event(**values: Any) -> Row:  # noqa: ANN401 - as JSON has them
    empty: dict[str, Any] = {key: [] if key in LISTS else None for key in KEYS}
    return Row(empty | {"type": "event", "id": "e", "title": "E", "date": "2017-07-04"} | values)


def source(url: str | None, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has them
    return {"id": "s", "locator": None, "title": "S", "url": url} | values


def report_of(*rows: Row, **header: Any) -> Report:  # noqa: ANN401 - of StoredHeader
    columns = Columns(("event",), lambda _: tuple(Column(key, lambda row, key=key: row.values[key]) for key in KEYS))  # type: ignore[misc]
    section = Section(key="events", rows=rows, columns=columns, plain=("id",), layout="timeline")
    heading = StoredHeader(title="Small")._replace(**header)
    return Report(
        command="ask", header=heading, documents=(), sections=(section,), listed=1, matched=1, related=BareRelated()
    )


def written(report: Report, screen: Screen | None = None, **options: Any) -> tuple[str, Sequence[str]]:  # noqa: ANN401 - of the format
    """Give the timeline of a report as text, and the notes beside it, but for that on what an import would lose."""
    pieces = []
    form = iter(formats.render(formats.load("timelinejs"), report, screen or Screen(), options))
    while True:
        try:
            pieces.append(next(form))
        except StopIteration as end:
            lost = "lost or changed when imported again"
            return "".join(pieces), tuple(each for each in end.value if not each.startswith(lost))


def timeline(*rows: Row, **options: Any) -> Timeline:  # noqa: ANN401 - of the format
    made: Timeline = json.loads(written(report_of(*rows), **options)[0])
    return made


@pytest.fixture(scope="module")
def draw(node: Callable[[str], Callable[[Timeline], Drawn]]) -> Callable[[Timeline], Drawn]:
    """Give what TimelineJS makes of a timeline; it must be content with it, and nothing of it may run."""
    ask = node("timelinejs.mjs")

    def drawn(made: Timeline) -> Drawn:
        answer = ask(made)
        assert (answer["errors"], answer["warnings"], answer["said"], answer["harm"]) == ([], [], [], [])
        assert [each for each in answer["slides"] if each["backwards"] or not each["valid"]] == []
        assert [each["media"]["harm"] for each in answer["slides"] if each["media"] and each["media"]["harm"]] == []
        return answer

    return drawn


# ---------------------------------------------------------------- the chronology that korea brings


@pytest.fixture(scope="module")
def built_in() -> Report:
    chronology = open_chronology()
    return listing("timeline", chronology, chronology.events(), "timeline", ("id",))


@pytest.fixture(scope="module")
def events(built_in: Report) -> dict[str, dict[str, Any]]:
    return {values["id"]: values for values in built_in.sections[0].values()}


@pytest.mark.parametrize("group", [("topic", "topics", "label"), ("actor", "actors", "name")])
def test_timelinejs_draws_every_event_with_its_date_in_our_words(
    group: tuple[str, str, str],
    built_in: Report,
    events: dict[str, dict[str, Any]],
    draw: Callable[[Timeline], Drawn],
) -> None:
    name, key, word = group
    text, notes = written(built_in, group=name)
    drawn = draw(json.loads(text))
    assert notes == ()
    assert {slide["id"] for slide in drawn["slides"]} == set(events)
    for slide in drawn["slides"]:
        values = events[slide["id"]]
        assert slide["headline"] == values["title"]
        shown = show_stored(values["date"])
        assert slide["date"] == shown or slide["date"].startswith(f"{shown},")
        assert slide["start"].startswith(begins(values))
        links = [each["url"] for each in values["sources"] if each["url"]]
        assert slide["hrefs"] == links
        assert (slide["media"]["hrefs"] if slide["media"] else []) == (links[:1] if values["quote"] else [])
        assert (slide["media"]["text"] if slide["media"] else "") == (f"“{values['quote']}”" if values["quote"] else "")
        for told in (values["summary"], values["note"]):
            assert (told or "") in slide["text"]
    first = Counter(each[key][0][word] for each in events.values() if each[key])
    assert set(drawn["groups"]) == {*(name for name, _ in first.most_common(5)), "Other"}


def begins(values: dict[str, Any]) -> str:
    """Say the first day an event can touch as JavaScript says a day."""
    return dt.date.fromisoformat(values["earliest"]).strftime("%a %b %d %Y ")


def test_the_title_says_what_the_chronology_is_and_how_it_was_dated(
    built_in: Report, draw: Callable[[Timeline], Drawn]
) -> None:
    title = draw(json.loads(written(built_in)[0]))["title"]
    assert title.startswith("Russia's Korea strategy, 2016-2017How Russia dealt with the two Koreas")
    assert "Dates are from the article" in title
    assert title.endswith("As of 8 Jul 2017.")


def test_a_chronology_that_says_nothing_of_itself_has_a_title_all_the_same(draw: Callable[[Timeline], Drawn]) -> None:
    made = json.loads(written(report_of(event(), title=""))[0])
    assert draw(made)["title"] == "Chronology"


def test_the_launch_has_its_time_and_zone(built_in: Report, draw: Callable[[Timeline], Drawn]) -> None:
    made = json.loads(written(built_in)[0])
    (launch,) = (each for each in made["events"] if each["unique_id"] == "hwasong-14-launch")
    assert launch["start_date"] == {"year": 2017, "month": 7, "day": 4, "hour": 9, "minute": 10}
    (slide,) = (each for each in draw(made)["slides"] if each["id"] == "hwasong-14-launch")
    assert slide["date"] == "4 Jul 2017, 09:10 Asia/Pyongyang"
    assert " 09:10:00 " in slide["start"]


def test_a_slide_says_who_to_whom_how_sure_and_from_where(built_in: Report, draw: Callable[[Timeline], Drawn]) -> None:
    drawn = draw(json.loads(written(built_in)[0]))["slides"]
    slides = {slide["id"]: slide["text"] for slide in drawn}
    offer = slides["putin-emissary-offer"]
    assert offer.startswith("Vladimir Putin → North Korea, South Korea; via Song Young-gil")
    assert [each["media"]["text"] for each in drawn if each["id"] == "putin-emissary-offer"] == ["“I am willing”"]
    assert "Also dated 24 May 2017 (" in offer
    assert "Status: reported" in offer
    rests = "Sources:Samuel Ramani, Russia's Korea Strategy, The Diplomat, Jul 2017, paragraph 6Yonhap, Putin says"
    assert rests in offer
    assert ", The Korea Herald, 25 May 2017" in offer
    assert ", The Chosun Ilbo, 26 May 2017Claimed by Song Young-gil: Putin agreed to an emissary when" in offer
    assert offer.endswith("what the North intends and bring its conditions for talks to Seoul. (unverified)")
    assert "Status: disputedDisputed by: " in slides["matsegora-han-meeting"]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2017-05-25", (2017, 5, 25), None),
        ("2016-04", (2016, 4), None),
        ("2016", (2016,), None),
        ("2016~", (2016,), None),
        ("2017-XX", (2017,), None),
        ("2017-07-XX", (2017, 7), None),
        ("2016-33", (2016, 1), (2016, 3)),
        ("2016-38", (2016, 5), (2016, 8)),
        ("2016-41", (2016, 7), (2016, 12)),
        ("2017-07-07/2017-07-08", (2017, 7, 7), (2017, 7, 8)),
        ("2016-37/2017-07?", (2016, 1), (2017, 7)),
        ("2016/2017", (2016,), (2017,)),
        ("2017-03/2017-05-02", (2017, 3), (2017, 5, 2)),
        ("2017-07-04/2017-07", (2017, 7, 4), None),
        ("2017-03/2017", (2017, 3), None),
        ("2016-04/..", (2016, 4), None),
        ("2016-04/", (2016, 4), None),
        ("[2017-07-03,2017-07-04]", (2017, 7, 3), (2017, 7, 4)),
        ("[2017-07-04,2017-07-03]", (2017, 7, 3), (2017, 7, 4)),
        ("[2017-05-29..2017-07-07]", (2017, 5, 29), (2017, 7, 7)),
        ("[2017-05-29..]", (2017, 5, 29), None),
        ("[2016,2017-05..2017-07-07]", (2016,), (2017, 7, 7)),
        ("0001-01-01", (1, 1, 1), None),
        ("0004-02-29/0099-12-31", (4, 2, 29), (99, 12, 31)),
        ("9999", (9999,), None),
    ],
)
def test_a_date_has_only_the_parts_that_are_known(
    date: str, start: tuple[int, ...], end: tuple[int, ...] | None, draw: Callable[[Timeline], Drawn]
) -> None:
    made = timeline(event(date=date))
    (written_event,) = made["events"]
    assert tuple(written_event["start_date"].items()) == tuple(zip(("year", "month", "day"), start, strict=False))
    assert tuple(written_event.get("end_date", {}).values()) == (end or ())
    assert written_event["display_date"] == show_stored(date)
    (slide,) = draw(made)["slides"]
    assert slide["date"] == show_stored(date)
    assert f" {start[0]:04} 00:00:00 " in slide["start"]
    assert (slide["end"] is None) is (end is None)


@pytest.mark.parametrize("date", ["../2017", "/2017-05-03", "[..2017-07-07]"])
def test_what_has_no_beginning_is_left_out_and_counted(date: str) -> None:
    text, notes = written(report_of(event(date=date), event(id="f"), event(id="g", date=date)))
    assert [each["unique_id"] for each in json.loads(text)["events"]] == ["f"]
    assert notes == ("left out 2 events whose start is not known; TimelineJS requires one",)
    assert written(report_of(event(date=date)))[1] == (
        "left out 1 event whose start is not known; TimelineJS requires one",
    )


def test_a_time_without_a_zone_is_told_as_it_is_and_one_of_no_single_day_not_at_all() -> None:
    (known,) = timeline(event(time="00:05"))["events"]
    assert known["start_date"] == {"year": 2017, "month": 7, "day": 4, "hour": 0, "minute": 5}
    assert known["display_date"] == "4 Jul 2017, 00:05"
    for date in ("2017-07", "2017-07-04/2017-07-05"):
        (vague,) = timeline(event(date=date, time="00:05"))["events"]
        assert set(vague["start_date"]) <= {"year", "month", "day"}
        assert vague["display_date"] == show_stored(date)


# ---------------------------------------------------------------- groups


def test_events_are_grouped_by_their_first_topic_or_actor_and_by_nothing_else() -> None:
    row = event(
        topics=[{"id": "t", "label": "One"}, {"id": "u", "label": "Two"}],
        actors=[{"id": "a", "name": "Anna"}, {"id": "b", "name": "Ben"}],
    )
    for options, group in (({"group": "topic"}, "One"), ({"group": "ACTOR"}, "Anna")):
        assert [each["group"] for each in timeline(row, **options)["events"]] == [group]
    assert "group" not in timeline(row)["events"][0]
    assert "group" not in timeline(event(), group="topic")["events"][0]
    with pytest.raises(
        NotInListError, match=r"^unknown group 'actors'\. Did you mean 'actor'\? Allowed values: topic, actor$"
    ):
        timeline(row, group="actors")


def test_the_five_groups_with_most_events_are_named_and_the_others_are_one() -> None:
    def grouped(numbers: str) -> list[str]:
        rows = (event(topics=[{"id": f"t{each}", "label": each}]) for each in numbers)
        return [each["group"] for each in timeline(*rows, group="topic")["events"]]

    assert grouped("12345") == [*"12345"]
    assert grouped("1233445566") == ["1" if each == "1" else each.replace("2", "Other") for each in "1233445566"]


def test_a_group_that_is_none_is_refused_before_anything_is_written(korea: Korea) -> None:
    run = korea("timeline", "-f", "timelinejs", "--group", "colour")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: unknown group 'colour'. Allowed values: topic, actor\n"


# ---------------------------------------------------------------- media


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://x.example/launch.JPG", "image"),
        ("https://x.example/launch.png?size=2", "image"),
        ("https://x.example/report.pdf", "pdf"),
        ("https://x.example/launch.mp4", "video"),
        ("https://www.youtube.com/watch?v=x", "youtube"),
    ],
)
def test_what_timelinejs_can_show_of_a_source_is_its_media(
    url: str, kind: str, draw: Callable[[Timeline], Drawn]
) -> None:
    made = timeline(event(sources=[source(None, id="r"), source(url)]))
    assert made["events"][0]["media"] == {"url": url, "caption": "S", "credit": ""}
    if kind != "youtube":  # which loads a player
        (slide,) = draw(made)["slides"]
        assert slide["media"]["type"] == kind


@pytest.mark.parametrize("url", ["https://x.example/article", "http://x.example/pdf", "https://x.example/a.pdf/page"])
def test_a_quotation_is_the_media_and_a_page_is_only_linked(url: str, draw: Callable[[Timeline], Drawn]) -> None:
    cited = source(url, title="A & B")
    plain, quoted = draw(timeline(event(sources=[cited]), event(id="q", quote="a < b", sources=[cited])))["slides"]
    assert (plain["media"], plain["hrefs"]) == (None, [url])
    assert quoted["media"] == {
        "type": "blockquote", "text": "“a < b”", "caption": "A & B", "credit": None, "hrefs": [url], "harm": [],
    }  # fmt: skip
    (alone,) = draw(timeline(event(quote="www.youtube.com/x.pdf spotify iframe")))["slides"]
    assert (alone["media"]["text"], alone["media"]["hrefs"]) == ("“www.youtube.com/x.pdf spotify iframe”", [])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.example/",
        "",
        None,
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, draw: Callable[[Timeline], Drawn]) -> None:
    made = timeline(event(sources=[source(url)]))
    (slide,) = draw(made)["slides"]
    assert (slide["hrefs"], slide["media"]) == ([], None)
    assert slide["text"] == "Sources:S"


@pytest.mark.parametrize("ending", ["", ".jpg", ".pdf", ".mp4", ".mp3"])
def test_no_address_gets_out_of_its_place(ending: str, draw: Callable[[Timeline], Drawn]) -> None:
    url = f"https://x.example/'onload='alert(1)\"onerror=\"alert(1)<img/src=x/onerror=alert(1)>\\`{ending}"
    (slide,) = draw(timeline(event(sources=[source(url)])))["slides"]
    (href,) = slide["hrefs"]
    assert href == (
        "https://x.example/%27onload=%27alert(1)%22onerror=%22alert(1)%3Cimg/src=x/onerror=alert(1)%3E%5C%60" + ending
    )


# ---------------------------------------------------------------- as a document


def test_the_same_question_gives_the_same_bytes(korea: Korea, tmp_path: Path) -> None:
    one, other = (korea.raw("timeline", "-f", "timelinejs", env={"TZ": zone}).stdout for zone in ("Asia/Seoul", "UTC"))
    korea("timeline", "-f", "timelinejs", "-o", tmp_path / "korea.json")
    assert one == other == (tmp_path / "korea.json").read_bytes()
    assert list(json.loads(one)) == ["title", "events"]


def test_no_event_gives_a_document_all_the_same() -> None:
    assert timeline()["events"] == []


def test_an_answer_without_events_is_refused(korea: Korea) -> None:
    run = korea("sources", "-f", "timelinejs")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("korea: the format 'timelinejs' is for events")


def test_an_answer_of_several_types_says_what_a_timeline_has_no_place_for(korea: Korea) -> None:
    run = korea("show", "hwasong-14-launch", "icbm-us", "-f", "timelinejs")
    left, lost = run.err.splitlines()
    assert (run.code, left) == (0, "korea: left out, as this format does not support them: 1 fact")
    assert lost.startswith("korea: lost or changed when imported again: 1 of date_text, ")
    assert [each["unique_id"] for each in json.loads(run.out)["events"]] == ["hwasong-14-launch"]


def test_slides_are_written_as_events_are_read() -> None:
    read = 0

    class Counted:
        """Rows that tell how many of them were read."""

        def __iter__(self) -> Any:  # noqa: ANN401
            nonlocal read
            for number in range(10_000):
                read += 1
                yield event(id=f"e{number}")

    report = report_of()
    (section,) = report.sections
    report = report._replace(sections=(section._replace(rows=Counted()),))
    for piece in formats.render(formats.load("timelinejs"), report, Screen(), {}):
        if '"e3"' in piece:
            break
    assert read <= 500  # whose sources are looked up together


def test_letters_that_cannot_be_written_are_escaped() -> None:
    text, _ = written(report_of(event(title="문재인")), Screen(unicode=False))
    assert text.isascii()
    assert json.loads(text)["events"][0]["text"]["headline"] == "문재인"


# ---------------------------------------------------------------- hostile text


@settings(max_examples=40)
@given(title=HOSTILE_TEXTS, more=HOSTILE_TEXTS)
@example(title="".join(HOSTILE), more="".join(HOSTILE))
@example(title="&lt;img src=x onerror=alert(1)&gt;", more="www.x'onmouseover='alert(1)")
def test_any_text_is_shown_as_it_is_and_none_of_it_runs(
    title: str, more: str, draw: Callable[[Timeline], Drawn]
) -> None:
    title, label = f"{title}T", f"{more}L"  # neither is ever empty
    cited = source("https://x.example/", locator=more, title=title)
    named = [{"id": "t", "label": label, "name": label}]
    row = event(
        title=title, summary=more, quote=more, note=title, topics=named, actors=named, sources=[cited],
        disputed_by=[{"type": "fact", "id": "f", "title": title, "holders": [{"id": "a", "name": title}]}],
        other_dates=[{"date": "2017-07", "note": more, "sources": [cited]}],
    )  # fmt: skip
    text, _ = written(report_of(row, title=title, about=more, date_rule=more), group="topic")
    assert re.findall(UNSAFE, text) == []
    assert "</" not in text  # so that it may stand in a script of a page
    assert "<!--" not in text
    drawn = draw(json.loads(text))
    (slide,) = drawn["slides"]
    assert slide["headline"] == drawn["marks"][0] == clean_line(title)
    for told in (title, more):
        assert "".join(clean(told).split("\n")) in slide["text"]
    assert [each.strip() for each in drawn["groups"]] == [clean_line(label).strip()]
    assert slide["hrefs"] == ["https://x.example/"]
    media = slide["media"] and (slide["media"]["type"], slide["media"]["text"])
    assert media == (("blockquote", f"“{clean_line(more)}”") if more else None)
