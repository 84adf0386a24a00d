"""Calendars become events of the days that they name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from korea_cli.ingest.readers import ics
from korea_cli.ingest.sheet import InputFile

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
            'DTSTART;TZID="Korea Standard Time":19500625T040500\nDTEND:19500625T050000Z',
            {"date": "1950-06-25", "time": "04:05 (Korea Standard Time)", "end_date": "1950-06-25 05:00Z"},
        ),
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
        ("DTSTART:nonsense", "it is not a calendar entry: "),
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
    assert row.cells == {"": "BEGIN:VEVENT\nDTSTART;VALUE=DATE:19500625\nEND:VCALENDAR\n"}
