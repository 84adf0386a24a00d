"""The drawn form says above what was asked and below how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import NotInListError
from korea_cli.chronology.opening import open_chronology
from korea_cli.formats import table
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report, listing
from korea_cli.report.screen import Screen

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.report.sections import Layout, Section


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


def drawn(report: Report, **screen: Any) -> list[str]:  # noqa: ANN401 - those of Screen
    return "".join(table.render(report, Screen(**{"width": 200, **screen}))).splitlines()


def report_of(record: Chronology, layout: Layout = "timeline", **asked: Any) -> Report:  # noqa: ANN401 - of Selection
    answer: Any = record.facts(Selection(**asked)) if layout == "facts" else record.events(Selection(**asked))
    return listing("timeline", record, answer, layout, ("id",))


def test_the_title_and_what_was_asked_stand_above(record: Chronology) -> None:
    title, asked, *_ = drawn(report_of(record, terms=("thaad", "not:by:usa"), topics=("thaad",), since="2017-05"))
    assert title == record.header.title
    for words in ("thaad", "not:by:usa", "topic:thaad", "since 1 May 2017"):
        assert words in asked


def test_where_nothing_was_asked_nothing_stands_between_title_and_records(record: Chronology) -> None:
    assert drawn(report_of(record))[1] == ""


def test_how_many_there_are_stands_below(record: Chronology) -> None:
    every = record.events().matched
    assert f"{every} events" in drawn(report_of(record))
    assert f"3 events of {every}" in drawn(report_of(record, limit=3))
    assert f"1 event of {every}" in drawn(report_of(record, limit=1))
    assert "0 events" in drawn(report_of(record, terms=("zqx",)))


def test_the_window_and_what_is_only_possibly_in_it_stand_below(record: Chronology) -> None:
    report = report_of(record, period="2017-05-24")
    below = drawn(report)[-2]
    assert f"{report.listed} events" in below
    assert "24 May 2017" in below
    assert report.possible.number
    assert f"{report.possible.number} only possibly in range" in below
    assert "possibly" not in drawn(report_of(record, period="2017-05-24", certain=True))[-2]
    assert "(year assumed)" in drawn(report_of(record, period="july 4"))[-2]


def test_a_legend_stands_below_where_marks_were_drawn(record: Chronology) -> None:
    assert "day not known" in drawn(report_of(record))[-1]
    assert "day not known" in drawn(report_of(record), unicode=False)[-1]
    assert not any("day not known" in line for line in drawn(report_of(record, terms=("zqx",))))
    assert not any("day not known" in line for line in drawn(report_of(record, "facts")))


def test_a_file_without_a_title_is_a_chronology(record: Chronology) -> None:
    report = report_of(record, limit=1)
    bare = Report(command="x", header=type(report.header)(), documents=(), listed=0, matched=0,
                  sections=report.sections)  # fmt: skip
    assert drawn(bare)[0] == "Chronology"


def test_what_is_drawn_comes_piece_by_piece(record: Chronology) -> None:
    pieces = list(table.render(report_of(record), Screen()))
    assert len(pieces) > record.events().matched
    assert all(piece.endswith("\n") for piece in pieces)


def test_chosen_fields_are_drawn_as_a_table(record: Chronology) -> None:
    lines = drawn(report_of(record, limit=2).only(["date", "id"]), width=80)
    assert any(line.split() == ["date", "id"] for line in lines)
    events = list(record.events(Selection(limit=2)))
    assert [line.split() for line in lines if line.split()[-1:] in ([event.id] for event in events)] == [
        [event.date.text, event.id] for event in events
    ]
    with pytest.raises(NotInListError):
        report_of(record).only(["dat"])


def test_every_section_is_drawn(record: Chronology) -> None:
    report = report_of(record, limit=1)
    (section,) = report.sections
    sections: tuple[Section, ...] = (section, section)
    twice = Report(command="x", header=report.header, documents=(), sections=sections, listed=1, matched=1)
    (event,) = record.events(Selection(limit=1))
    assert sum(event.title in line for line in drawn(twice)) == 2
