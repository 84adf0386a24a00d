"""Calendars become events of the days that they name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError
from korea_cli.ingest.calendars.calendar_times import windows_zones
from korea_cli.ingest.dates.clocks import is_zone
from korea_cli.ingest.readers import ics
from korea_cli.ingest.sheet import InputFile, ReaderOptions

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import SheetRow


def source(raw: bytes) -> InputFile:
    return InputFile("x.ics", io.BufferedReader(io.BytesIO(raw)))


def rows(*entries: str, end: str = "END:VEVENT\n") -> list[SheetRow]:
    """Return the rows of a calendar with some entries."""
    text = "BEGIN:VCALENDAR\n" + "".join(f"BEGIN:VEVENT\n{entry}\n{end}" for entry in entries) + "END:VCALENDAR\n"
    return list(ics.read(source(text.encode())).rows)


def cells(entry: str) -> dict[str, object]:
    """Return what an entry says, by key."""
    (row,) = rows(entry)
    assert not row.error
    assert isinstance(row.cells, dict)
    return row.cells


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        ("DTSTART;VALUE=DATE:19500625", {"date": "1950-06-25"}),
        ("DTSTART;VALUE=DATE:19500625\nDTEND;VALUE=DATE:19500626", {"date": "1950-06-25"}),
        ("DTSTART;VALUE=DATE:19500625\nDTEND;VALUE=DATE:19500625", {"date": "1950-06-25"}),
        ("DTSTART;VALUE=DATE:19500625\nDTEND;VALUE=DATE:19500628", {"date": "1950-06-25", "end_date": "1950-06-27"}),
        ("DTSTART;VALUE=DATE:19500625\nDURATION:P3D", {"date": "1950-06-25", "end_date": "1950-06-27"}),
        ("DTSTART;VALUE=DATE:19500625\nDTEND;VALUE=DATE:19500620", {"date": "1950-06-25", "end_date": "1950-06-20"}),
        ("DTSTART:19500625T040500Z", {"date": "1950-06-25", "time": "04:05Z"}),
        ("DTSTART:19500625T040500", {"date": "1950-06-25", "time": "04:05"}),
        ("DTSTART:19500625T000000", {"date": "1950-06-25", "time": "00:00"}),
        ("DTSTART:19500625T040530", {"date": "1950-06-25", "time": "04:05:30"}),
        ("DTSTART:19500625T040500Z\nDTEND:19500625T040500Z", {"date": "1950-06-25", "time": "04:05Z"}),
        (
            "DTSTART;TZID=Asia/Seoul:19500625T040500\nDTEND;TZID=Asia/Seoul:19500626T010000",
            {"date": "1950-06-25", "time": "04:05 (Asia/Seoul)", "end_date": "1950-06-26 01:00 (Asia/Seoul)"},
        ),
        (
            'DTSTART;TZID="Korea Standard Time":20170625T230500\nDTEND:20170625T153000Z',
            {"date": "2017-06-25", "time": "23:05 (Asia/Seoul)", "end_date": "2017-06-26 00:30 (Asia/Seoul)"},
        ),
        (
            "DTSTART;TZID=(UTC+09:00) Seoul:20170625T230500\nDTEND:20170625T153000Z",
            {"date": "2017-06-25", "time": "23:05 ((UTC+09:00) Seoul)", "end_date": "2017-06-25 15:30Z"},
        ),
        (
            "DTSTART;TZID=/vendor.example/2017/America/Argentina/Ushuaia:20170625T230500",
            {"date": "2017-06-25", "time": "23:05 (America/Argentina/Ushuaia)"},
        ),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20170625T230500", {"date": "2017-06-25", "time": "23:05Z"}),
        ("DTSTART:2017-06-25T23:05:00", {"date": "2017-06-25", "time": "23:05"}),
        (
            "DTSTART:20170402T200000\nDTEND:20170403T000000",
            {"date": "2017-04-02", "time": "20:00", "end_date": "2017-04-02 24:00"},
        ),
        (
            "DTSTART;TZID=Asia/Seoul:20170402T200000\nDTEND:20170404T150000Z",
            {"date": "2017-04-02", "time": "20:00 (Asia/Seoul)", "end_date": "2017-04-04 24:00 (Asia/Seoul)"},
        ),
        (
            "DTSTART;TZID=Asia/Seoul:20170402T200000\nDURATION:PT4H",
            {"date": "2017-04-02", "time": "20:00 (Asia/Seoul)", "end_date": "2017-04-02 24:00 (Asia/Seoul)"},
        ),
        (
            "DTSTART;TZID=America/New_York:20170402T200000\nDTEND;TZID=Asia/Seoul:20170403T100000",
            {
                "date": "2017-04-02",
                "time": "20:00 (America/New_York)",
                "end_date": "2017-04-02 21:00 (America/New_York)",
            },
        ),
        (
            "DTSTART:20170402T200000\nDTEND;VALUE=DATE:20170403",
            {"date": "2017-04-02", "time": "20:00", "end_date": "2017-04-02"},
        ),
        ("DTSTART;VALUE=DATE:20170402\nDURATION:P1W", {"date": "2017-04-02", "end_date": "2017-04-08"}),
        (
            "DTSTART:19500625T040500Z\nDURATION:PT2H",
            {"date": "1950-06-25", "time": "04:05Z", "end_date": "1950-06-25 06:05Z"},
        ),
        (
            "DTSTART:19500625T040500Z\nDTEND:19500625T030000Z",
            {"date": "1950-06-25", "time": "04:05Z", "end_date": "1950-06-25 03:00Z"},
        ),
    ],
)
def test_an_entry_has_the_days_that_it_lasts(entry: str, days: dict[str, str]) -> None:
    assert cells(entry) == days


def test_an_entry_has_its_words_its_kind_and_its_topics() -> None:
    day = "DTSTART;VALUE=DATE:19500625\n"
    assert cells(f"{day}UID:war\nSUMMARY:War\nDESCRIPTION:Long\nLOCATION:Seoul\nURL:https://example.org") == {
        "id": "war", "title": "War", "summary": "Long", "place": "Seoul", "sources": "https://example.org",
        "date": "1950-06-25",
    }  # fmt: skip
    assert cells(f"{day}CATEGORIES:exercise,arms")["topics"] == ["arms"]
    assert cells(f"{day}CATEGORIES:exercise")["kind"] == "exercise"
    assert "topics" not in cells(f"{day}CATEGORIES:exercise")
    assert cells(f"{day}CATEGORIES:arms,exercise")["topics"] == ["arms", "exercise"]
    assert cells(f"{day}CATEGORIES:a\nCATEGORIES:b,c")["topics"] == ["a", "b", "c"]
    assert cells(f"{day}CATEGORIES:a\\, b,, c\\;d")["topics"] == ["a, b", "c;d"]
    assert cells(f"{day}SUMMARY;LANGUAGE=en:A\\, B\\; C\\nD \\\\n")["title"] == "A, B; C\nD \\n"


@pytest.mark.parametrize("cut", range(1, 12))
@pytest.mark.parametrize("fold", [b"\n ", b"\r\n ", b"\r\n\t"])
def test_a_letter_whose_bytes_a_fold_parts_is_one_letter(cut: int, fold: bytes) -> None:
    title = "caf\xe9 \ud55c\uad6d".encode()
    entry = b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:19500625\nSUMMARY:%s%s%s\nEND:VEVENT\n"
    (row,) = ics.read(source(entry % (title[:cut], fold, title[cut:]))).rows
    assert row.cells == {"date": "1950-06-25", "title": "caf\xe9 \ud55c\uad6d"}


@pytest.mark.parametrize(
    ("uid", "id_"),
    [("war@mine.korea-cli", "war"), ("a@b@mine.korea-cli", "a@b"), ("war@example.org", "war@example.org")],
)
def test_an_entry_that_this_program_wrote_has_its_id_again_and_another_its_own(uid: str, id_: str) -> None:
    assert cells(f"DTSTART;VALUE=DATE:19500625\nUID:{uid}")["id"] == id_


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("SUMMARY:War", "no valid day (DTSTART)"),
        ("DTSTART;VALUE=DATE:19500625\nRRULE:FREQ=YEARLY", "it repeats; an event happens once"),
        ("DTSTART;VALUE=DATE:19500625\nRDATE;VALUE=DATE:19510625", "it repeats; an event happens once"),
        ("DTSTART:nonsense", "it is not a calendar entry: 'nonsense' is not a date"),
        ("DTSTART:20170230", "it is not a calendar entry: day is out of range for month"),
        ("DTSTART:20170204\nDTEND:x", "it is not a calendar entry: 'x' is not a date"),
        ("DTSTART:20170204\nDURATION:P", "it is not a calendar entry: 'P' is not a duration"),
        ("DTSTART:20170204\nDURATION:P99999999999W", "it is not a calendar entry: 'P99999999999W' is longer than"),
        ("DTSTART:20170204\nDURATION:P999999W", "it is not a calendar entry: its end is after the year 9999"),
        ("DTSTART:20170204\nSTATUS:CANCELLED", "it is cancelled (STATUS:CANCELLED)"),
    ],
)
def test_an_entry_that_is_no_event_is_told_with_its_line(entry: str, wrong: str) -> None:
    first, row, last = rows("SUMMARY:Peace", entry, "DTSTART;VALUE=DATE:19500625")
    assert first.error
    assert row.line == first.line + 3
    assert row.error.startswith(wrong)
    assert not last.error


def test_an_entry_that_does_not_end_is_told() -> None:
    (row,) = rows("DTSTART;VALUE=DATE:19500625", end="")
    assert (row.line, row.error) == (2, "the entry has no end")
    assert row.cells == {"date": "1950-06-25"}


def test_an_entry_in_which_another_begins_is_told_and_both_are_read() -> None:
    first, second = rows("DTSTART;VALUE=DATE:19500625\nSUMMARY:A\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:19500626")
    assert (first.line, first.error, second.line, second.error) == (2, "the entry has no end", 5, "")
    assert first.cells == {"date": "1950-06-25", "title": "A"}


def test_what_no_key_is_for_has_the_name_that_calendars_have_for_it() -> None:
    assert cells(
        'DTSTART;VALUE=DATE:19500625\nORGANIZER;CN="Lee, Envoy":mailto:a@x\nATTENDEE;CN=Kim:mailto:b@x\n'
        "ATTENDEE:mailto:c@x\nATTACH:https://example.org/a.pdf\nGEO:37.5;126.9\nPRIORITY:\nnonsense\nX-A;B=C:d\n"
        "BEGIN:VALARM\nTRIGGER:nonsense\nBEGIN:X\nEND:X\nEND:VALARM\nBEGIN:VALARM\nEND:VALARM\nSTATUS:CONFIRMED"
    ) == {
        "date": "1950-06-25", "ORGANIZER": [{"name": "Lee, Envoy", "address": "mailto:a@x"}],
        "ATTENDEE": [{"name": "Kim", "address": "mailto:b@x"}, "mailto:c@x"], "ATTACH": "https://example.org/a.pdf",
        "GEO": "37.5;126.9", "unreadable lines": "nonsense", "X-A": "d", "X-A;B": ["C"],
        "STATUS:CONFIRMED": "CONFIRMED",
        "VALARM": ["BEGIN:VALARM\nTRIGGER:nonsense", "BEGIN:VALARM"], "X": "BEGIN:X",
    }  # fmt: skip


def test_a_tentative_entry_is_unverified_unless_it_is_ours() -> None:
    entry = "DTSTART;VALUE=DATE:19500625\nSTATUS:TENTATIVE\nDTSTAMP:20170101T000000Z\nTRANSP:TRANSPARENT\nUID:a"
    assert cells(entry)["status"] == "unverified"
    ours = {name: value for name, value in cells(f"{entry}@x.korea-cli").items() if value}
    assert ours == {"date": "1950-06-25", "id": "a", "type": "event"}


def test_entries_with_the_same_uid_are_told_apart_by_the_one_that_they_replace() -> None:
    entry = "DTSTART;VALUE=DATE:19500625\nUID:a\nRECURRENCE-ID;VALUE=DATE:{}"
    assert [cells(entry.format(day))["id"] for day in (19500101, 19500102)] == ["a-19500101", "a-19500102"]


def test_what_a_calendar_has_beside_its_entries_is_counted_and_its_zones_are_read() -> None:
    text = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Talks\n and more\nX-EMPTY:\n"
        "BEGIN:VTIMEZONE\nTZID:Custom\nX-LIC-LOCATION:Asia/Seoul\nBEGIN:STANDARD\nTZOFFSETTO:+0900\nEND:STANDARD\n"
        "END:VTIMEZONE\nBEGIN:VTODO\nSUMMARY:x\nBEGIN:VALARM\nEND:VALARM\nEND:VTODO\nBEGIN:VJOURNAL\nEND:VJOURNAL\n"
        "BEGIN:VEVENT\nDTSTART;TZID=Custom:20170101T090000\nEND:VEVENT\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n"
    )
    sheet = ics.read(source(text.encode()))
    (row,) = sheet.rows
    assert row.cells == {"date": "2017-01-01", "time": "09:00 (Asia/Seoul)"}
    assert sheet.left_out == {"X-WR-CALNAME": 1, "VTODO": 2, "VJOURNAL": 1}


def test_a_calendar_in_another_encoding_is_told_with_its_line_and_read_when_it_is_named() -> None:
    raw = "BEGIN:VEVENT\r\nDTSTART:20170101\r\nSUMMARY:caf\xe9 \r\n noir\r\nEND:VEVENT\r\n".encode("latin-1")
    with pytest.raises(DataError, match=r"x\.ics:3: byte 0xe9 is not UTF-8"):
        list(ics.read(source(raw)).rows)
    named = InputFile("x.ics", source(raw).stream, options=ReaderOptions("latin-1"))
    assert [row.cells for row in ics.read(named).rows] == [{"date": "2017-01-01", "title": "caf\xe9 noir"}]


def test_the_zones_of_windows_are_those_of_the_library_for_calendars() -> None:
    library = pytest.importorskip("icalendar.timezone.windows_to_olson")
    assert {name: windows_zones()[name] for name in library.WINDOWS_TO_OLSON} == library.WINDOWS_TO_OLSON
    assert all(is_zone(zone) for zone in windows_zones().values())
