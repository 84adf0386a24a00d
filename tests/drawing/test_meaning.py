"""What is drawn means what it says: marks, headings, chains, windows, bars, and columns that line up."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from korea_cli import commands
from korea_cli.chronology.opening import open_chronology
from korea_cli.dates.months import MONTHS
from korea_cli.drawing import phrases
from korea_cli.formats import table
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Count, counts

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.chronology import Chronology
    from korea_cli.model.records import Event, Fact

MARKS = {True: ("●", "○", "◆"), False: ("*", "o", "!")}  # a day that is known, one that is not, what is disputed
DATED = {
    "2017-07-04": 0, "2017-07-07/2017-07-08": 0, "2017-07-04~": 1, "2017-07-04?": 1, "2017-07": 1, "2017": 1,
    "2017-07-XX": 1, "2016-37": 1, "[2017-07-03,2017-07-04]": 1, "[..2017-07-07]": 1, "2016-04/2017-07-08": 1,
    "2016-04-01/2017-07": 1, "2016-04-01/": 1, "../2017-07-04": 1, "/2017-07-04": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


def answered(name: str, *asked: Any) -> Report:  # noqa: ANN401 - a command's own arguments
    report = commands.load(name).answer(*asked)
    assert isinstance(report, Report)
    return report


def drawn(report: Report, width: int = 200, **screen: bool) -> str:
    return "".join(table.render(report, Screen(width=width, **screen)))


def opened(folder: Path, text: str) -> Chronology:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return open_chronology(file)


def event(number: int, title: str, date: str = "2017-07-04", more: str = "") -> str:
    return f'[[events]]\nid = "e{number}"\ntitle = "{title}"\ndate = "{date}"\n{more}\n'


def squeezed(text: str) -> str:
    """Take away blanks and rails, so that wrapped words are whole again."""
    return "".join(text.replace("│", "").split())


def mark_before(text: str, title: str) -> str:
    """Return the mark on the line of a title that fits on one line."""
    (line,) = (line for line in text.splitlines() if f" {title}  " in line)
    return next(word for word in line.split() if word in {*MARKS[True], *MARKS[False]})


def without_aside(text: str) -> str:
    """Take away what is at the right on a screen of 200 columns."""
    return "\n".join(line[:140].rstrip() if line[137:140].isspace() else line for line in text.splitlines())


def aside(text: str) -> str:
    """Return what is at the right on a screen of 200 columns."""
    return "\n".join(line[140:] for line in text.splitlines() if line[137:140].isspace())


# ---------------------------------------------------------------- marks


@pytest.mark.parametrize("unicode", [True, False])
def test_marks_say_whether_the_day_is_known(tmp_path: Path, *, unicode: bool) -> None:
    written = "".join(event(number, f"Title {number} ends", date) for number, date in enumerate(DATED))
    text = drawn(answered("timeline", opened(tmp_path, written), Selection()), unicode=unicode)
    found = {date: mark_before(text, f"Title {number} ends") for number, date in enumerate(DATED)}
    assert found == {date: MARKS[unicode][vague] for date, vague in DATED.items()}


@pytest.mark.parametrize("unicode", [True, False])
def test_a_mark_of_its_own_says_what_is_disputed(tmp_path: Path, *, unicode: bool) -> None:
    disputed = 'status = "disputed"', 'disputed_by = ["f"]', 'status = "confirmed"\ndisputed_by = ["f"]'
    fact = '[[facts]]\nid = "f"\ntext = "It was otherwise."\n'
    written = fact + "".join(
        event(number, f"Title {number} ends", date, more)
        for number, (date, more) in enumerate([*(("2017", each) for each in disputed), ("2017-07-04", disputed[1])])
    )
    text = drawn(answered("timeline", opened(tmp_path, written), Selection()), unicode=unicode)
    assert {mark_before(text, f"Title {number} ends") for number in range(4)} == {MARKS[unicode][2]}
    quoted = "“It was otherwise.”" if unicode else '"It was otherwise."'
    assert text.count(f"disputed by {quoted}  f\n") == 1  # of the day; the years are one line each


@pytest.mark.parametrize("unicode", [True, False])
def test_a_legend_says_what_each_mark_means(record: Chronology, *, unicode: bool) -> None:
    legend = drawn(answered("timeline", record, Selection()), unicode=unicode).splitlines()[-1]
    words = ("day known", "day not known", "disputed")
    places = [legend.index(f"{mark} {said}") for mark, said in zip(MARKS[unicode], words, strict=True)]
    assert places == sorted(places)


def test_a_fact_in_doubt_is_marked_and_says_so(record: Chronology) -> None:
    for fact in record.facts():
        report = answered("facts", record, Selection(terms=(f"id:={fact.id}",)))
        text = drawn(report)
        doubted = bool(fact.disputed_by) or fact.status in {"disputed", "contradicted", "withdrawn", "unverified"}
        assert ("◆" in text) == doubted, fact.id
        assert not doubted or (fact.status in text or "disputed by" in text), fact.id


# ---------------------------------------------------------------- headings


RULE = "──"


@pytest.mark.parametrize(
    ("asked", "headed"),
    [({}, True), ({"reverse": True}, True), ({"sort": "date"}, True), ({"sort": "Date", "limit": 9}, True),
     ({"sort": "title"}, False), ({"sort": "place", "reverse": True}, False)],
)  # fmt: skip
def test_there_are_headings_only_where_the_order_is_that_of_time(
    record: Chronology, asked: dict[str, Any], *, headed: bool
) -> None:
    text = drawn(answered("timeline", record, Selection(**asked)), 80)
    assert (RULE in text) == headed
    assert any(line in MONTHS for line in text.splitlines()) == headed


ACROSS_MONTHS = (
    "2016-01-05",
    "2016-34",
    "2016-04-02",
    "2016-12-05",
    "2016-37",
    "2016",
    "2016-34~",
    "2016-12/2017-02",
    "2017-01-02",
    "2017-40",
)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("builtin", [False, True])
def test_no_event_stands_under_a_year_or_month_it_does_not_begin_in(
    record: Chronology, tmp_path: Path, *, builtin: bool, reverse: bool
) -> None:
    written = "".join(event(number, f"Title {number} ends", date) for number, date in enumerate(ACROSS_MONTHS))
    chronology = record if builtin else opened(tmp_path, written)
    ids = {each.id: each for each in chronology.events()}
    heading, seen = ["", ""], 0
    for line in without_aside(drawn(answered("timeline", chronology, Selection(reverse=reverse)))).splitlines():
        if RULE in line:
            heading = [line.split(" ─")[0], ""]
        elif line.removesuffix(" or later") in MONTHS:
            heading[1] = line
        elif re.search("[●○◆] ", line) and (id_ := line.rsplit("  ", 1)[-1]) in ids:
            seen += 1
            check_heading(heading, ids[id_])
    assert seen == len(ids)


def check_heading(heading: list[str], event: Event) -> None:
    """See that an event may begin in the year and month above it, and surely does where they are known."""
    first, last = event.date.earliest, dt.date.fromordinal(event.date.start_max)
    assert first is not None
    assert heading[0] == f"{first.year:04}"
    months = MONTHS[first.month - 1 : last.month if last.year == first.year else 12]
    assert heading[1] in (months if len(months) == 1 else (*months, f"{months[0]} or later", "")), event.date.text


def test_an_event_without_a_beginning_stands_under_no_year(tmp_path: Path) -> None:
    text = drawn(answered("timeline", opened(tmp_path, event(1, "Always so", "../2016")), Selection()), 80)
    (heading,) = (line for line in text.splitlines() if RULE in line)
    assert heading.startswith("start unknown ")
    assert not re.search(r"\d", heading)


# ---------------------------------------------------------------- who holds it


def chain_of(fact: Fact, names: dict[str, str]) -> str:
    holders = ", ".join(names[id_] for id_ in fact.holders) or "nobody named"
    return ", ".join([holders, *(f"reported by {names[id_]}" for id_ in fact.reported_by)])


@pytest.mark.parametrize("width", [20, 60, 200])
def test_no_fact_is_drawn_without_who_holds_it_and_who_passed_it_on(record: Chronology, width: int) -> None:
    names = {each.id: each.name for each in record.actors()}
    facts = list(record.facts())
    for command in ("facts", "search"):
        shown = drawn(answered(command, record, Selection(terms=("kind:claim", "not:zqx"))), width)
        text = squeezed(without_aside(shown) + aside(shown))
        for fact in facts:
            if fact.kind == "claim":
                assert squeezed(fact.text) in text
                assert squeezed(f"Claim of {chain_of(fact, names)}") in text, (command, fact.id)


@pytest.mark.parametrize("kind", ["fact", "claim", "assessment", "forecast", ""])
def test_a_fact_says_how_it_is_held_also_by_nobody_named(tmp_path: Path, kind: str) -> None:
    said = {"fact": "Stated by", "claim": "Claim of", "assessment": "Assessment of", "forecast": "Forecast of"}
    written = '[[facts]]\nid = "f"\ntext = "It is so."\nhedged = true\n' + (f'kind = "{kind}"\n' if kind else "")
    chronology = opened(tmp_path, written)
    for report in (answered("facts", chronology, Selection()), answered("show", ["f"], chronology, Selection())):
        assert f"{said.get(kind, 'Held by')} nobody named" in drawn(report)
    assert "(hedged)" in drawn(answered("facts", chronology, Selection()))


# ---------------------------------------------------------------- the window


def test_what_only_perhaps_falls_in_the_window_is_marked(record: Chronology) -> None:
    asked = Selection(period="2017-07-05")
    possible = record.events(asked).possible
    assert possible > 1
    for width in (40, 200):
        text = drawn(answered("timeline", record, asked), width)
        assert squeezed(text).count("(possibly)") == possible
        assert squeezed(f"{possible} only possibly in range") in squeezed(text)
    facts = record.facts(asked)
    assert drawn(answered("facts", record, asked), 99).count("(possibly)") == facts.possible > 0
    assert "possibly" not in drawn(answered("timeline", record, Selection(period="2017-07-05", certain=True)))
    assert "possibly" not in drawn(answered("timeline", record, Selection()))


# ---------------------------------------------------------------- counts


def bars(text: str, glyph: str = "█") -> list[int]:
    return [line.count(glyph) for line in text.splitlines() if glyph in line]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_longer_bar_counts_more_and_all_are_to_one_scale(record: Chronology, width: int) -> None:
    numbers = [40, 30, 20, 10, 10, 1]
    section = counts(
        "kinds", "By kind", [Count(by="kind", value=f"v{n}", label=f"v{n}", event_count=n) for n in numbers]
    )
    report = Report(command="x", header=record.header, documents=(), sections=(section,), listed=0, matched=0)
    lengths = bars(drawn(report, width))
    assert len(lengths) == len(numbers)
    for (count, length), (fewer, shorter) in pairwise(zip(numbers, lengths, strict=True)):
        assert length > shorter or (length == shorter and count - fewer <= 1)
    assert abs(lengths[2] * 2 - lengths[0]) <= 1


def test_every_count_says_its_numbers_of_events_and_facts(record: Chronology) -> None:
    report = answered("stats", record, Selection())
    text = drawn(report, 80, unicode=False)
    for section in report.sections[1:]:
        for row in section.rows:
            told = phrases.numbers(row.event_count, row.fact_count)
            start = row.label.split(" ")[0]
            assert re.search(rf"{re.escape(start)}.* {re.escape(told)}$", text, re.MULTILINE), row


@pytest.mark.parametrize(
    ("events", "facts", "said"), [(1, 0, "1 event"), (2, 1, "2 events, 1 fact"), (0, 3, "3 facts"), (0, 0, "none")]
)
def test_numbers_are_said_with_their_nouns(events: int, facts: int, said: str) -> None:
    assert phrases.numbers(events, facts) == said


# ---------------------------------------------------------------- summaries


def test_the_overview_says_how_much_there_is_and_from_when_to_when(record: Chronology) -> None:
    text = drawn(answered("stats", record, Selection(since="2017-07")), 200)
    asked = Selection(since="2017-07")
    assert f"{record.events(asked).matched} events, {record.facts(asked).matched} facts" in text
    assert f"{record.actors().matched} actors, {record.topics().matched} topics" in text
    assert "since 1 Jul 2017" in text
    assert record.header.title in text.splitlines()[0]


def test_an_actor_is_drawn_with_its_names_whole_and_members(record: Chronology) -> None:
    members = [each.name for each in record.actors() if "russia" in each.part_of]
    assert len(members) > 1
    text = drawn(answered("actor", "russia", record, Selection(period="2017-05")), 200)
    assert [name for name in members if name not in text] == []
    assert "1 May 2017 to 31 May 2017" in text
    putin = drawn(answered("actor", "putin", record, Selection()), 200)
    for words in ("Vladimir Putin", "Владимир Путин", "블라디미르 푸틴", "Kremlin", "RUS", "person"):
        assert words in putin, words


def test_a_list_says_when_each_was_active_no_more_precisely_than_known(tmp_path: Path) -> None:
    written = '[[actors]]\nid = "a"\nname = "Alpha"\n' + "".join(
        event(number, "E", date, 'actors = ["a"]') for number, date in enumerate(["2016-04", "2016-04-20", "2017/.."])
    )
    text = drawn(answered("actors", opened(tmp_path, written), Selection()))
    assert "3 events" in text
    assert "between 1 and 20 Apr 2016 – ongoing" in text


# ---------------------------------------------------------------- columns that line up

KOREAN = """
[[actors]]
id = "moon"
name = "문재인 대통령과 그의 특사 그리고 모든 외교관들이 함께"
[[topics]]
id = "korean"
label = "남북 관계와 미사일"
[[topics]]
id = "latin"
label = "Talks"
"""


def columns_of(text: str, sign: str) -> set[int]:
    """Give the columns of the screen in which a sign stands."""
    return {cell_len(line[: place.start()]) for line in text.splitlines() if (place := re.search(sign, line))}


def korean(folder: Path) -> Chronology:
    more = 'actors = ["moon"]\ntopics = ["korean"]'
    written = event(1, "문재인 대통령이 러시아에 특사를 보내 북한 문제를 논의하다", "2017-05-24", more)
    return opened(folder, KOREAN + written + event(2, "Talks are held", "2016-04/2017-05", 'topics = ["latin"]'))


@pytest.mark.parametrize("width", [20, 40, 61, 80])
def test_the_rail_is_straight_beside_hangul(tmp_path: Path, width: int) -> None:
    for command in ("timeline", "facts", "search", "topics"):
        text = drawn(answered(command, korean(tmp_path), Selection(terms=("not:zqx",))), width)
        entries = text.split("● day known")[0]
        entries = "".join(line for line in entries.splitlines(keepends=True) if "Talks are held" not in line)
        assert len(columns_of(entries, "[●○◆│]")) == (1 if command != "facts" else 0), command


@pytest.mark.parametrize("width", [61, 80, 200])
def test_bars_begin_in_one_column_beside_hangul(tmp_path: Path, width: int) -> None:
    text = drawn(answered("stats", korean(tmp_path), Selection()), width)
    topics = text[text.index("By topic") : text.index("By status")]
    assert len(bars(topics)) == 2
    assert len(columns_of(topics, "█+")) == 1
    assert re.search("남북 관계와 미사일 +█", topics)  # where the label fits, it is not wrapped


def test_columns_of_chosen_fields_line_up_beside_hangul(tmp_path: Path) -> None:
    report = answered("timeline", korean(tmp_path), Selection()).only(["title", "id"])
    text = drawn(report, 100)
    assert len(columns_of(text, r"\b(e1|e2|id)$")) == 1
    assert len(re.findall(r"(?m)\b(?:e1|e2|id) *$", text)) == 3


def test_every_line_of_a_summary_stands_beside_its_label(record: Chronology) -> None:
    text = drawn(answered("actor", "russia", record, Selection()), 60)
    head = text[text.index("also") : text.index("Roles")].rstrip().splitlines()[:-1]
    starts = {len(line) - len(line.lstrip()) for line in head if line.startswith(" ")}
    assert len(starts) == 1
    (start,) = starts
    assert {line[start - 2 : start] for line in head} <= {"  "}
