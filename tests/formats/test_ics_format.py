"""What a calendar is given, calendar programs read: Thunderbird's parser (ical.js) and vobject find the same in it."""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from bare import BareRelated
from korea_cli import formats, open_chronology
from korea_cli.base.errors import UsageError
from korea_cli.base.sanitize import UNSAFE, clean, clean_line
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

Entries = list[dict[str, Any]]

KEYS = ("type", "earliest", "latest", "precision", "match", "claims", *file_keys(Event))
LISTS = {"claims", *(name for name, key in file_keys(Event).items() if key.form in field_spec.LISTS)}
HOSTILE = (
    *("\\N", "\\n", "\\", "\\\\N", "a\\;b", "a\\,b", "a,b;c:d", '"', "'", "^n", "a\nb", "a\r\nb", "\n", " ", "\t"),
    *("\nEND:VEVENT\nBEGIN:VEVENT", "\r\nATTACH:http://x.example", "BEGIN:VALARM", "x" * 300, "é" * 200, "😀" * 60),
    *("\x00", "\x1b[31m", "\x85", "\u2028", "\u202e", "문재인", "e\u0301", "<script>", "DTSTART:20170101"),
)
# The library drops a byte order mark from the start of a value: it shows nothing, and nothing is lost with it.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")) | st.sampled_from(HOSTILE)
HOSTILE_TEXTS = st.lists(TEXTS, min_size=1, max_size=4).map("".join)
DAY = dt.date(2017, 7, 4)


class Row(NamedTuple):
    """An event as a report has it, by its keys."""

    values: dict[str, Any]
    type: str = "event"


def event(**values: Any) -> Row:  # noqa: ANN401 - as JSON has them
    empty: dict[str, Any] = {key: [] if key in LISTS else None for key in KEYS}
    return Row(
        empty | {"type": "event", "id": "e", "title": "E", "date": "2017-07-04", "earliest": "2017-07-04"} | values
    )


def report_of(rows: Sequence[Row], **header: Any) -> Report:  # noqa: ANN401 - of StoredHeader
    columns = Columns(("event",), lambda _: tuple(Column(key, lambda row, key=key: row.values[key]) for key in KEYS))  # type: ignore[misc]
    section = Section(key="events", rows=rows, columns=columns, plain=("id",), layout="timeline")
    heading = StoredHeader(title="Small", closed=DAY.toordinal())._replace(**header)
    return Report(
        command="ask", header=heading, documents=(), sections=(section,), listed=1, matched=1, related=BareRelated()
    )


def written(report: Report, **options: Any) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401 - of the format
    """Give the calendar of a report, and the notes told beside it, but for the one on what an import would lose."""
    pieces, notes = [], ()
    form = iter(formats.render(formats.load("ics"), report, Screen(), options))
    while True:
        try:
            pieces.append(next(form))
        except StopIteration as end:
            notes = tuple(each for each in end.value if not each.startswith("lost or changed when imported again"))
            return "".join(pieces), notes


def dated(text: str, **options: Any) -> tuple[Entries, tuple[str, ...]]:  # noqa: ANN401 - of the format
    """Give the entries that vobject finds of one event with a date, and the notes."""
    calendar, notes = written(report_of([event(date=text, earliest=text[:10])]), **options)
    return by_vobject(calendar), notes


def by_vobject(calendar: str) -> Entries:
    return [_entry(each) for each in vobject.readOne(calendar).contents.get("vevent", ())]


def _entry(component: Any) -> dict[str, Any]:  # noqa: ANN401 - vobject has no types
    values = {name: [each.value for each in lines] for name, lines in component.contents.items()}
    assert {name for name, lines in values.items() if len(lines) > 1} == set()
    return {name: lines[0] for name, lines in values.items()}


@pytest.fixture(scope="module")
def thunderbird(node: Callable[[str], Callable[[str], dict[str, Any]]]) -> Callable[[str], dict[str, Any]]:
    """Give what ical.js finds in a calendar."""
    return node("ics.mjs")


# ---------------------------------------------------------------- the chronology that korea brings


@pytest.fixture(scope="module")
def built_in() -> Report:
    chronology = open_chronology()
    return listing("timeline", chronology, chronology.events(), "timeline", ("id",))


@pytest.fixture(scope="module")
def events(built_in: Report) -> dict[str, dict[str, Any]]:
    return {values["id"]: values for values in built_in.sections[0].values()}


@pytest.mark.parametrize("vague", [False, True])
def test_two_calendar_programs_find_every_event_with_its_days(
    built_in: Report,
    events: dict[str, dict[str, Any]],
    thunderbird: Callable[[str], dict[str, Any]],
    *,
    vague: bool,
) -> None:
    calendar, notes = written(built_in, include_imprecise=vague)
    theirs = {entry["uid"].partition("@")[0]: entry for entry in thunderbird(calendar)["entries"]}
    others = {entry["uid"].partition("@")[0]: entry for entry in by_vobject(calendar)}
    known = [id_ for id_, values in events.items() if fills_its_days(values)]
    assert list(theirs) == list(others) == (list(events) if vague else known)
    assert notes == (() if vague else told_vague(len(events) - len(known)))
    for id_, one in theirs.items():
        other, values = others[id_], events[id_]
        days = (values["earliest"], (latest_of(values) + dt.timedelta(1)).isoformat())
        if values["time"] is None:
            assert (one["start"], one["end"]) == (other["dtstart"].isoformat(), other["dtend"].isoformat()) == days
        assert (one["summary"] == values["title"]) is (
            id_ in known and values["status"] not in {"disputed", "unverified"}
        )
        assert one["summary"].startswith(values["title"])
        assert one["summary"] == other["summary"]
        named = [values["kind"], *(topic["label"] for topic in values["topics"])]
        assert one["categories"] == other["categories"] == named
        assert one["description"] == other["description"]
        assert one["location"] == other.get("location") == values["place"]
        assert one["url"] == other.get("url") == next((each["url"] for each in values["sources"] if each["url"]), None)
        assert one["status"] == other.get("status") == (None if id_ in known else "TENTATIVE")
        assert one["transp"] == other["transp"] == "TRANSPARENT"
        assert one["stamp"] == "2017-07-08T00:00:00Z"


def fills_its_days(values: dict[str, Any]) -> bool:
    ends = values["date"].split("/")
    return all(re.fullmatch(r"\d{4}-\d\d-\d\d", end) for end in ends)


def latest_of(values: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(values["latest"] or "2017-07-08")  # what goes on, until the chronology was closed


def told_vague(count: int) -> tuple[str, ...]:
    return (f"left out {count} events whose day is not known; --include-imprecise adds them as tentative",)


def test_a_calendar_says_what_it_is(built_in: Report, thunderbird: Callable[[str], dict[str, Any]]) -> None:
    head = thunderbird(written(built_in)[0])["head"]
    assert head.pop("x-wr-caldesc").startswith("How Russia dealt with the two Koreas, China")
    title = "Russia's Korea strategy, 2016-2017"
    assert head == {
        "version": "2.0", "prodid": "-//korea-cli//korea//EN", "method": "PUBLISH", "name": title,
        "x-wr-calname": title,
    }  # fmt: skip


def test_the_launch_stands_at_its_moment_in_utc_and_says_the_time_there(built_in: Report) -> None:
    (launch,) = (each for each in by_vobject(written(built_in)[0]) if each["uid"].startswith("hwasong-14-launch@"))
    assert launch["dtstart"] == dt.datetime(2017, 7, 4, 0, 40, tzinfo=dt.UTC)
    assert "dtend" not in launch
    assert "\nDate: 4 Jul 2017, 09:10 Asia/Pyongyang\n" in launch["description"]


def test_a_description_says_who_to_whom_what_how_sure_and_from_where(built_in: Report) -> None:
    entries = by_vobject(written(built_in)[0])
    (offer,) = (each for each in entries if each["uid"].startswith("putin-emissary-offer@"))
    lines = offer["description"].split("\n")
    assert lines[0].startswith("Vladimir Putin → ")
    assert "via Song Young-gil" in lines[0]
    assert any(line.startswith("“") and line.endswith("”") for line in lines)
    assert any(re.match(r"Also dated 24 May 2017 \(.+\): the meeting was on a Wednesday", line) for line in lines)
    assert "Date: 25 May 2017" in lines
    assert "Source: Samuel Ramani, Russia's Korea Strategy, The Diplomat, Jul 2017, paragraph 6" in lines
    assert any(re.fullmatch(r"Source: .+, The Korea Herald, 25 May 2017, https?://\S+", line) for line in lines)


def test_what_is_disputed_says_so_in_its_title_and_by_whom(built_in: Report) -> None:
    (meeting,) = (each for each in by_vobject(written(built_in)[0]) if each["uid"].startswith("matsegora-han-meeting@"))
    assert meeting["summary"] == "Matsegora meets Han Song Ryol and says he urged restraint (disputed)"
    assert "\nStatus: disputed\nDisputed by: " in meeting["description"]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2017-05-25", (2017, 5, 25), (2017, 5, 26)),
        ("2016-12-31", (2016, 12, 31), (2017, 1, 1)),
        ("1592-05-23", (1592, 5, 23), (1592, 5, 24)),
        ("1950-06-25/1953-07-27", (1950, 6, 25), (1953, 7, 28)),
        ("0001-01-01", (1, 1, 1), (1, 1, 2)),
        ("[2017-05-25]", (2017, 5, 25), (2017, 5, 26)),
    ],
)
def test_known_days_are_whole_days_and_end_before_the_day_after(
    date: str, start: tuple[int, int, int], end: tuple[int, int, int], thunderbird: Callable[[str], dict[str, Any]]
) -> None:
    (entry,), notes = dated(date)
    assert (entry["dtstart"], entry["dtend"]) == (dt.date(*start), dt.date(*end))
    assert "status" not in entry
    assert notes == ()
    (other,) = thunderbird(written(report_of([event(date=date)]))[0])["entries"]
    assert (other["start"], other["end"]) == (dt.date(*start).isoformat(), dt.date(*end).isoformat())


@pytest.mark.parametrize(("date", "days"), [("9999-12-31", 1), ("9999-12-30/9999-12-31", 2)])
def test_an_entry_that_lasts_until_the_last_of_all_days_says_how_many_it_has(date: str, days: int) -> None:
    (entry,), _ = dated(date)
    assert entry["duration"] == dt.timedelta(days)
    assert "dtend" not in entry


@pytest.mark.parametrize(
    ("date", "first", "last", "words"),
    [
        ("2016-04", (2016, 4, 1), (2016, 4, 30), "some day in Apr 2016"),
        ("2016", (2016, 1, 1), (2016, 12, 31), "some day in 2016"),
        ("2016-37", (2016, 1, 1), (2016, 4, 30), "some day in early 2016"),
        ("2017-07-XX", (2017, 7, 1), (2017, 7, 31), "some day in Jul 2017"),
        ("2016-04~", (2016, 4, 1), (2016, 4, 30), "c. Apr 2016"),
        ("2017-07-04~", (2017, 7, 4), (2017, 7, 4), "c. 4 Jul 2017"),
        ("2017-07-04?", (2017, 7, 4), (2017, 7, 4), "4 Jul 2017?"),
        ("[2017-07-03,2017-07-04]", (2017, 7, 3), (2017, 7, 4), "3 or 4 Jul 2017"),
        ("[2017-05-29..2017-07-07]", (2017, 5, 29), (2017, 7, 7), "between 29 May and 7 Jul 2017"),
        ("2017-03/2017-05-02", (2017, 3, 1), (2017, 5, 2), "Mar – 2 May 2017"),
        ("2017-03-02/2017-05-02?", (2017, 3, 2), (2017, 5, 2), "2 Mar 2017 – (2 May 2017?)"),
        ("2016-04/..", (2016, 4, 1), (2017, 7, 4), "since Apr 2016, ongoing"),
        ("2016-04-05/..", (2016, 4, 5), (2017, 7, 4), "since 5 Apr 2016, ongoing"),
        ("2016-04-05/", (2016, 4, 5), (2017, 7, 4), "from 5 Apr 2016, end unknown"),
        ("2018-01-01/..", (2018, 1, 1), (2018, 1, 1), "since 1 Jan 2018, ongoing"),
    ],
)
def test_a_day_that_is_not_known_is_left_out_or_a_tentative_span_in_words(
    date: str, first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    none, notes = dated(date)
    assert none == []
    assert notes == ("left out 1 event whose day is not known; --include-imprecise adds it as tentative",)
    rows = [event(date=date, precision="interval" if "/" in date else "one-of" if "[" in date else "day")]
    calendar, notes = written(report_of(rows), include_imprecise=True)
    (entry,) = by_vobject(calendar)
    assert (entry["dtstart"], entry["dtend"]) == (dt.date(*first), dt.date(*last) + dt.timedelta(1))
    assert (entry["status"], entry["transp"]) == ("TENTATIVE", "TRANSPARENT")
    assert entry["summary"] == f"E ({words})"
    assert notes == ()


def test_a_period_is_no_day_of_its_year() -> None:
    (entry,) = by_vobject(
        written(report_of([event(date="2016", precision="year", kind="period")]), include_imprecise=True)[0]
    )
    assert entry["summary"] == "E (2016)"


@pytest.mark.parametrize("date", ["../2017", "/2017", "../2017-05-03", "[..2017-07-07]"])
def test_what_has_no_beginning_has_no_place_in_a_calendar(date: str) -> None:
    assert dated(date) == (
        [],
        ("left out 1 event whose day is not known; --include-imprecise adds it as tentative",),
    )
    assert dated(date, include_imprecise=True) == ([], ("left out 1 event whose start is not known",))


@pytest.mark.parametrize(
    ("date", "time", "zone", "utc"),
    [
        ("2017-07-04", "09:10", "Asia/Pyongyang", dt.datetime(2017, 7, 4, 0, 40, tzinfo=dt.UTC)),
        ("2017-07-04", "00:10", "Asia/Seoul", dt.datetime(2017, 7, 3, 15, 10, tzinfo=dt.UTC)),
        ("2017-07-03", "20:40", "America/New_York", dt.datetime(2017, 7, 4, 0, 40, tzinfo=dt.UTC)),
        ("1950-06-25", "04:00", "Asia/Seoul", dt.datetime(1950, 6, 24, 18, 0, tzinfo=dt.UTC)),
        ("9999-12-31", "12:00", "UTC", dt.datetime(9999, 12, 31, 12, 0, tzinfo=dt.UTC)),
    ],
)
def test_a_time_whose_zone_is_known_is_told_in_utc(date: str, time: str, zone: str, utc: dt.datetime) -> None:
    calendar, notes = written(report_of([event(date=date, earliest=date, time=time, timezone=zone)]))
    (entry,) = by_vobject(calendar)
    assert entry["dtstart"] == utc
    assert {"dtend", "duration"} & set(entry) == set()
    assert notes == ()


@pytest.mark.parametrize(
    ("date", "zone"),
    [("2017-07-04", None), ("2017-07-04", "Asia/Nowhere"), ("2017-07-04", "Asia"), ("0001-01-01", "")],
)
def test_a_time_whose_zone_is_not_known_makes_a_whole_day_and_is_told(date: str, zone: str | None) -> None:
    calendar, notes = written(report_of([event(date=date, earliest=date, time="00:10", timezone=zone)]))
    (entry,) = by_vobject(calendar)
    assert entry["dtstart"] == dt.date.fromisoformat(date)
    assert f", 00:10 {zone or '(time zone not given)'}" in entry["description"]
    assert notes == ("1 event with a time but no known time zone: added as all-day",)


@pytest.mark.parametrize(
    "date", ["2017-07-07/2017-07-08", "2017-07-07/..", "2017-07-07~", "2017-07", "[2017-07-07,2017-07-09]"]
)
def test_a_time_of_no_single_day_is_not_said_to_lack_a_zone(date: str) -> None:
    rows = [event(date=date, earliest="2017-07-07", time="09:10", timezone="Asia/Seoul")]
    calendar, notes = written(report_of(rows), include_imprecise=True)
    (entry,) = by_vobject(calendar)
    assert type(entry["dtstart"]) is dt.date
    assert ", 09:10 Asia/Seoul" in entry["description"]
    assert notes == ("1 event with a time but no single day: added as all-day",)


@pytest.mark.parametrize("date", ["2017-07-07/2017-07-08", "2017-07-07/..", "2017-07", "[2017-07-07,2017-07-09]"])
def test_a_time_of_several_days_without_a_zone_is_said_to_lack_one_and_not_to_fill_a_day(date: str) -> None:
    rows = [event(date=date, earliest="2017-07-07", time="09:10", timezone=None)]
    assert written(report_of(rows), include_imprecise=True)[1] == (
        "1 event with a time but no known time zone: added as all-day",
    )


@pytest.mark.parametrize(
    ("date", "time", "zone"), [("0001-01-01", "00:10", "Asia/Seoul"), ("9999-12-31", "23:00", "America/New_York")]
)
def test_a_time_beyond_all_years_makes_a_whole_day_and_is_told(date: str, time: str, zone: str) -> None:
    calendar, notes = written(report_of([event(date=date, earliest=date, time=time, timezone=zone)]))
    (entry,) = by_vobject(calendar)
    assert entry["dtstart"] == dt.date.fromisoformat(date)
    assert notes == ("1 event with a time that UTC cannot express: added as all-day",)


# ---------------------------------------------------------------- what stays the same


def test_an_entry_is_stamped_by_the_chronology_and_never_by_the_clock() -> None:
    for header, day in (
        ({}, DAY),
        ({"closed": None, "last": dt.date(2016, 1, 2).toordinal()}, dt.date(2016, 1, 2)),
        ({"closed": None}, dt.date(1, 1, 1)),
    ):
        (entry,) = by_vobject(written(report_of([event()], **header))[0])
        assert entry["dtstamp"] == dt.datetime.combine(day, dt.time(), dt.UTC)


def test_an_entry_is_named_by_its_event_and_chronology_and_by_nothing_else() -> None:
    def uid(chronology: str, **values: Any) -> str:  # noqa: ANN401 - as JSON has them
        (entry,) = by_vobject(written(report_of([event(**values)], title=chronology))[0])
        return str(entry["uid"])

    assert uid("Small") == uid("Small", title="Changed", date="2016-01-01") == "e@5263293fc202.korea-cli"
    assert len({uid("Small"), uid("Other"), uid("Small", id="f"), uid("Other", id="f")}) == 4


def test_the_same_question_gives_the_same_bytes(korea: Korea, tmp_path: Path) -> None:
    one, other = (
        korea.raw("timeline", "--include-imprecise", "-f", "ics", env={"TZ": zone}).stdout
        for zone in ("Asia/Seoul", "America/New_York")
    )
    korea("timeline", "--include-imprecise", "-o", tmp_path / "korea.ics")
    assert one == other == (tmp_path / "korea.ics").read_bytes()
    assert one.startswith(b"BEGIN:VCALENDAR\r\n")
    assert one.endswith(b"END:VCALENDAR\r\n")
    assert one.count(b"\n") == one.count(b"\r\n")
    assert max(map(len, one.split(b"\r\n"))) <= 75


def test_an_answer_of_several_types_says_what_a_calendar_has_no_place_for(korea: Korea) -> None:
    run = korea("show", "hwasong-14-launch", "putin", "-f", "ics")
    left, lost = run.err.splitlines()
    assert (run.code, left) == (0, "korea: left out, as this format does not support them: 1 actor")
    assert lost.startswith("korea: lost or changed when imported again: 1 of date_text, ")
    assert run.out.count("BEGIN:VEVENT") == 1


def test_an_answer_without_events_is_refused(korea: Korea) -> None:
    run = korea("topics", "-f", "ics")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("korea: the format 'ics' is for events")


def test_no_event_gives_a_calendar_that_is_valid_and_empty() -> None:
    calendar, notes = written(report_of([]))
    assert by_vobject(calendar) == []
    assert notes == ()


def test_without_its_library_the_format_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(UsageError, match=r"^'-f ics' needs icalendar: pip install 'korea-cli\[ics\]'$"):
        written(report_of([event()]))


def test_entries_are_written_as_events_are_read() -> None:
    read = 0

    class Counted(list[Row]):
        """Rows that tell how many of them were read."""

        def __iter__(self) -> Any:  # noqa: ANN401
            nonlocal read
            for number in range(10_000):
                read += 1
                yield event(id=f"e{number}")

    for piece in formats.render(formats.load("ics"), report_of(Counted()), Screen(), {}):
        if "UID:e3@" in piece:
            break
    assert read <= 500  # whose sources are looked up together


# ---------------------------------------------------------------- hostile text


@settings(max_examples=150)
@given(title=HOSTILE_TEXTS, more=HOSTILE_TEXTS, labels=st.lists(HOSTILE_TEXTS, max_size=3))
def test_any_text_comes_back_and_none_of_it_is_taken_for_anything_else(
    title: str, more: str, labels: list[str], thunderbird: Callable[[str], dict[str, Any]]
) -> None:
    source = {
        "id": "s",
        "locator": more,
        "title": title,
        "url": f"https://x.example/{''.join(clean_line(more).split())}",
    }
    named = [{"id": "t", "label": label, "name": label} for label in labels]
    row = event(
        title=title, summary=more, quote=title, note=more, place=more, topics=named, actors=named, sources=[source],
        disputed_by=[{"type": "fact", "id": "f", "title": more, "holders": [{"id": "a", "name": more}]}],
        other_dates=[{"date": "2017-07", "note": title, "sources": [source]}],
    )  # fmt: skip
    calendar, _ = written(report_of([row], title=title, about=more))
    assert re.findall(UNSAFE, calendar.replace("\r\n", "\n")) == []
    found = thunderbird(calendar)
    (theirs,) = found["entries"]
    assert theirs["summary"] == clean_line(title)
    assert theirs["location"] == (clean_line(more) or None)
    assert theirs["url"] == source["url"]
    for text in (title, more):
        assert clean(text).replace("\t", " ") in theirs["description"]
    assert (theirs["start"], theirs["end"]) == ("2017-07-04", "2017-07-05")
    assert found["head"]["x-wr-calname"] == (clean_line(title) or "Chronology")
    assert set(found["head"]) <= {"version", "prodid", "method", "name", "x-wr-calname", "x-wr-caldesc"}
    (other,) = by_vobject(calendar)
    categories = [label for label in map(clean_line, labels) if label]
    assert other.get("categories", []) == categories
    if not any(label.endswith("\\") for label in categories):  # which ical.js takes for a comma within a category
        assert theirs["categories"] == categories
    assert set(other) <= {
        *("uid", "dtstamp", "dtstart", "dtend", "transp", "summary", "description", "categories", "location", "url"),
    }  # fmt: skip
    assert other["description"] == theirs["description"]
    assert other["summary"] == theirs["summary"]
