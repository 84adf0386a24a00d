"""The twenty-five questions of an analyst: one command answers each, as looking at every entry of the file does.

Each is asked of the built-in record, and of that record with more behind it: what a wrong answer would contain or miss.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import tomli

from questions import record, speaking
from questions.disagreements import Work
from questions.record import (
    ROLES,
    actor,
    bounds,
    certainly,
    data,
    dates_of,
    days_of,
    having,
    place_names,
    possibly,
    reading,
    sources_of,
    supporting,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conftest import Korea, Run
    from questions.record import Entry

HERE = Path(__file__).parent
QUESTIONS: list[dict[str, str]] = tomli.loads((HERE / "questions.toml").read_text("utf-8"))["questions"]
COMMANDS = {each["asked"]: each["command"] for each in QUESTIONS}
DATED = ("events", "facts")


@pytest.fixture(params=["the record", "with traps"], autouse=True)
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Read the built-in record, or a copy with traps, and return the file that is read."""
    if request.param == "the record":
        yield record.FILE
        return
    trapped = tmp_path_factory.getbasetemp() / "with-traps.toml"
    trapped.write_text(record.FILE.read_text("utf-8") + HERE.joinpath("traps.toml").read_text("utf-8"), "utf-8")
    with reading(trapped):
        yield trapped


class Asking:
    """Asks the program of a record."""

    def __init__(self, korea: Korea, file: Path) -> None:
        own = {} if file == record.FILE else {"KOREA_DATA": str(file)}
        self._korea, self._environment = korea, own

    def run(self, question: str, *more: str) -> Run:
        """Ask a question; a format may be among what is added."""
        _, *arguments = shlex.split(COMMANDS[question].removesuffix("-f markdown"))
        return self._korea(*arguments, *more, env=self._environment)

    def __call__(self, question: str, *more: str) -> str:
        """Return the answer of a question as printed."""
        run = self.run(question, *more)
        assert run.code == 0, run.err
        return run.out

    def json(self, question: str, *more: str) -> dict[str, Any]:
        """Return the answer as a JSON document."""
        document: dict[str, Any] = json.loads(self(question, *more, "--json"))
        return document

    def rows(self, question: str, *more: str) -> list[Entry]:
        """Return the rows of the one section that answers a question."""
        document = self.json(question, *more)
        (rows,) = (value for value in document.values() if isinstance(value, list))
        assert len(rows) == document["count"] == document["matched"]
        return rows

    def csv(self, question: str, *more: str) -> list[dict[str, str]]:
        """Return the rows of the answer as CSV."""
        return list(
            csv.DictReader(io.StringIO(self(question, *more, "--fields", "all", "-f", "csv", "--raw"), newline=""))
        )

    def markdown(self, question: str, *more: str) -> list[list[str]]:
        """Return the cells of all tables, without their headings."""
        text = re.sub(r"^\|.+\n\| (---|--:).+\n", "", self(question, *more, "-f", "markdown"), flags=re.MULTILINE)
        lines = re.findall(r"^\| (.*) \|$", text, re.MULTILINE)
        return [[re.sub(r"\\(.)", r"\1", cell) for cell in re.split(r" ?(?<!\\)\| ", line)] for line in lines]


@pytest.fixture
def ask(korea: Korea, file: Path) -> Asking:
    return Asking(korea, file)


def event(id_: str) -> Entry:
    return next(each for each in data()["events"] if each["id"] == id_)


# ---------------------------------------------------------------- sources


def source(id_: str) -> Entry:
    return next(each for each in data()["sources"] if each["id"] == id_)


def speaking_for(name: str) -> set[str]:
    """Return the sources that appeared in something of that name, were published by it, or copy it."""
    return {
        each["id"] for each in data()["sources"]
        if any(name in str(each.get(key, "")).lower().split() for key in ("container", "publisher", "original"))
    }  # fmt: skip


def only(sources: set[str]) -> Callable[[Entry], bool]:
    return lambda entry: bool(supporting(entry)) and supporting(entry) <= sources


def rests_on_tass_alone(entry: Entry) -> bool:
    return only(speaking_for("tass"))(entry)


def issued(id_: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day on which a source may have been published."""
    text = source(id_).get("issued")
    return bounds("[..]" if text is None else str(text))[:2]


def first_issue(sources: set[str]) -> tuple[dt.date, dt.date]:
    """Return the first and last day on which the first of some sources may have been published; any without one."""
    days = [issued(id_) for id_ in sources] or [(dt.date.min, dt.date.max)]
    return min(first for first, _ in days), min(last for _, last in days)


def published(entry: Entry) -> tuple[dt.date, dt.date]:
    """Return when its own sources first were, or if it has none, those of its other dates."""
    return first_issue(sources_of(entry) or supporting(entry))


def begun(entry: Entry) -> dt.date:
    """Return the first day on which it may have begun by a date that somebody may have claimed by then."""
    others = [(str(each["date"]), sources_of(each)) for each in entry.get("other_dates", ())]
    claimed = [max(bounds(text)[0], first_issue(sources)[0]) for text, sources in others]
    return min([days_of(entry)[0], *claimed])


def known_by(day: dt.date) -> Callable[[Entry], bool]:
    """Return whether an entry may have been known: it may have begun, and a source may have been published."""
    return lambda entry: max(begun(entry), published(entry)[0]) <= day


def surely_known_by(day: dt.date) -> Callable[[Entry], bool]:
    """Return whether a source was surely published; one before the event does not prove that this had begun."""

    def known(entry: Entry) -> bool:
        latest = published(entry)[1]
        return (latest if latest >= begun(entry) else max(bounds(text)[1] for text in dates_of(entry))) <= day

    return known


# ---------------------------------------------------------------- time


def may_begin_from(day: dt.date) -> Callable[[Entry], bool]:
    return lambda entry: any(bounds(text)[1] >= day for text in dates_of(entry))


def surely_begins_from(day: dt.date) -> Callable[[Entry], bool]:
    return lambda entry: all(bounds(text)[0] >= day and not re.search("[~?%]", text) for text in dates_of(entry))


def between(first: str, last: str) -> tuple[dt.date, dt.date]:
    return days_of(event(first))[0], days_of(event(last))[1]


def around(id_: str, days: int) -> tuple[dt.date, dt.date]:
    first, last = days_of(event(id_))
    return first - dt.timedelta(days), last + dt.timedelta(days)


def by_date(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries by date, undated ones last; those of the same day as in the file."""
    return sorted(
        entries, key=lambda each: (*(days_of(each) if "date" in each else (dt.date.max,) * 2), each.get("time", ""))
    )


# ---------------------------------------------------------------- questions that a listing answers


class Listing(NamedTuple):
    """What a listing should have: records of some tables for which something holds, and which of them are certain."""

    tables: tuple[str, ...]
    holds: Callable[[Entry], bool]
    certain: Callable[[Entry], bool] | None = None

    def entries(self) -> list[Entry]:
        """Return the records in order: by type, then by date."""
        return [each for table in self.tables for each in by_date(list(filter(self.holds, data()[table])))]


def takes_part(*names: str) -> Callable[[Entry], bool]:
    members = set[str]().union(*map(actor, names))
    return lambda entry: having(entry, members, *ROLES["events"])


def words_of_place(entry: Entry) -> set[str]:
    """Return the words of a place; of one that the record has in other languages, also its English name."""
    place = entry.get("place", "")
    return {*re.split(r"\W+", place), *(own[0] for own in place_names() if place in own)}


LAUNCH = "hwasong-14-launch"
AFTER_LAUNCH = dt.date(2017, 7, 5)
THAT_DAY = dt.date(2017, 5, 30)
EXPECTED = {
    "What does the author alone vouch for?": Listing(DATED, only({"ramani-2017"})),
    "What was known on 30 May 2017?": Listing(("events",), known_by(THAT_DAY), surely_known_by(THAT_DAY)),
    "What happened between Moon's statement and the launch?": Listing(
        ("events",),
        lambda e: possibly(e, between("moon-on-russia-cooperation", LAUNCH)),
        lambda e: certainly(e, between("moon-on-russia-cooperation", LAUNCH)),
    ),
    "What did Russia begin after the launch?": Listing(
        ("events",),
        lambda e: having(e, actor("russia"), "actors") and may_begin_from(AFTER_LAUNCH)(e),
        surely_begins_from(AFTER_LAUNCH),
    ),
    "What rests on TASS alone?": Listing(DATED, rests_on_tass_alone),
    "What happened within three days of the launcher probe?": Listing(
        ("events",),
        lambda e: possibly(e, around("thaad-launcher-probe", 3)),
        lambda e: certainly(e, around("thaad-launcher-probe", 3)),
    ),
    "What did Putin or Lavrov have to do with South Korea?": Listing(
        ("events",), lambda e: takes_part("putin", "lavrov")(e) and takes_part("rok")(e)
    ),
    "What did Russia and China both have a part in?": Listing(
        ("events",), lambda e: takes_part("russia")(e) and takes_part("china")(e)
    ),
    "What does anyone but Ramani say about Russia?": Listing(
        ("facts",), lambda f: having(f, actor("russia"), "about") and not having(f, actor("ramani"), "holders")
    ),
    "What answered the launch?": Listing(("events",), lambda e: LAUNCH in e.get("responds_to", [])),
    "What was forecast, and what came of it?": Listing(("facts",), lambda f: f.get("kind") == "forecast"),
    "Which claims are hedged?": Listing(("facts",), lambda f: bool(f.get("hedged"))),
    "Which events have competing dates?": Listing(("events",), lambda e: bool(e.get("other_dates"))),
    "What is known only through Song?": Listing(
        DATED,
        lambda e: (
            "song-young-gil" in e.get("via", []) + e.get("reported_by", []) or e.get("holders") == ["song-young-gil"]
        ),
    ),
    "What comes from paragraph 6?": Listing(
        DATED,
        lambda e: "ramani-2017#p6" in [
            *e.get("sources", []), *(s for other in e.get("other_dates", []) for s in other.get("sources", []))
        ],
    ),
    "How do I write a memo with footnotes?": Listing(("events",), lambda e: having(e, topic("icbm"), "topics")),
    "What happened in Moscow?": Listing(("events",), lambda e: "Moscow" in words_of_place(e)),
    "What do state media report?": Listing(
        ("events",), lambda e: any(source(id_).get("voice") == "state-media" for id_ in supporting(e))
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", EXPECTED)
def test_a_listing_has_exactly_the_records_that_answer_in_every_format(question: str, ask: Asking) -> None:
    listing = EXPECTED[question]
    expected = listing.entries()
    assert expected
    rows = ask.rows(question)
    assert [row["id"] for row in rows] == [each["id"] for each in expected]
    matches = [None if not listing.certain else "certain" if listing.certain(each) else "possible" for each in expected]
    assert [row["match"] for row in rows] == matches
    assert [(row["id"], row["match"]) for row in ask.csv(question)] == [(row["id"], row["match"] or "") for row in rows]
    texts = [each.get("title") or each["text"] for each in expected]
    cells = ask.markdown(question)
    assert [any(cell.startswith(text) for cell in line) for line, text in zip(cells, texts, strict=True)] == [
        True for _ in texts
    ]


def test_each_term_of_a_question_leaves_something_out(file: Path) -> None:
    """So that a listing without it would be seen to be wrong."""
    if file == record.FILE:
        return
    for question, listing in EXPECTED.items():
        assert 0 < len(listing.entries()) < sum(len(data()[table]) for table in listing.tables), question
        if listing.certain:
            assert {listing.certain(each) for each in listing.entries()} == {True, False}


def test_forecasts_have_what_came_of_them(ask: Asking) -> None:
    question = "What was forecast, and what came of it?"
    forecasts = EXPECTED[question].entries()
    expected = {each["id"]: each.get("outcome", "") for each in forecasts}
    assert {row["id"]: row["outcome"] or "" for row in ask.rows(question)} == expected
    assert {row["id"]: row["outcome"] for row in ask.csv(question)} == expected
    for each, cells in zip(forecasts, ask.markdown(question), strict=True):
        assert ("outcome" in each) == ("Outcome: " in " ".join(cells))
        assert each.get("outcome", "") in " ".join(cells)
    shown = " ".join(ask(question, "-f", "table").replace("│", "").split())
    for each in forecasts:
        came = f"outcome: {each['outcome']} {', '.join(each['outcome_sources'])}" if "outcome" in each else ""
        assert came in shown


def test_a_memo_has_a_footnote_for_every_source(ask: Asking) -> None:
    """Every row has those of its own sources, and each is spelled out below: its title, and where it is quoted from."""
    question = "How do I write a memo with footnotes?"
    memo, entries = ask(question, "-f", "markdown"), EXPECTED["How do I write a memo with footnotes?"].entries()
    for entry, cells in zip(entries, ask.markdown(question), strict=True):
        own = [cite.replace("#", "-") for cite in entry["sources"]]
        assert re.findall(r"\[\^([^\]]+)\]", cells[-1])[: len(own)] == own
    notes = dict(re.findall(r"^\[\^([^\]]+)\]: (.+)$", memo, re.MULTILINE))
    assert set(re.findall(r"\[\^([^\]]+)\]", memo)) == notes.keys()
    cited = {cite for entry in entries for cite in entry["sources"]}
    cited |= {cite for entry in entries for other in entry.get("other_dates", ()) for cite in other["sources"]}
    ids = {entry["id"] for entry in entries}
    claims = [fact for fact in data()["facts"] if ids & set(fact.get("events", ()))]
    cited |= {cite for fact in claims for cite in fact["sources"]}
    assert {cite.replace("#", "-") for cite in cited} == notes.keys()
    for cite in cited:
        id_, _, locator = cite.partition("#")
        note = re.sub(r"\\(.)", r"\1", notes[cite.replace("#", "-")])
        assert re.sub(r"\W", "", source(id_)["title"]) in re.sub(r"\W", "", note)
        assert not locator or note.endswith(f"paragraph {locator.removeprefix('p')}.")
    assert ("year-inferred" in {entry["date_basis"] for entry in entries if "date_basis" in entry}) <= ("year" in memo)


# ---------------------------------------------------------------- actors and sources


def cited() -> set[str]:
    entries = [each for table in DATED for each in data()[table]]
    outcomes = {cite.partition("#")[0] for each in entries for cite in each.get("outcome_sources", [])}
    return outcomes | {id_ for each in entries for id_ in supporting(each)}


def uses(actor_: Entry) -> int:
    """Count the events and facts in which an actor or one of its members has a part."""
    own = actor(actor_["id"])
    return sum(having(each, own, *ROLES[table]) for table in DATED for each in data()[table])


def test_actors_topics_and_sources_that_are_not_used(ask: Asking) -> None:
    question = "Which actors, topics and sources are not used?"
    entries = [each for table in DATED for each in data()[table]]
    unused = [each["id"] for each in data()["actors"] if not uses(each)]
    unused += [t["id"] for t in data()["topics"] if not any(having(each, topic(t["id"]), "topics") for each in entries)]
    unused += [each["id"] for each in data()["sources"] if each["id"] not in cited()]
    assert [row["id"] for row in ask.rows(question)] == unused != []
    assert [row["id"] for row in ask.csv(question)] == unused
    names = {each["id"]: each.get("name") or each.get("label") or each["title"]
             for table in ("actors", "topics", "sources") for each in data()[table]}  # fmt: skip
    for id_, cells in zip(unused, ask.markdown(question), strict=True):
        assert any(cell.startswith(names[id_]) for cell in cells)


def test_names_are_found_in_every_script(ask: Asking) -> None:
    question = "Who is 문재인, Путин or 习近平?"
    named = [each for each in data()["actors"] if {"문재인", "Путин", "习近平"} & {*each.get("aliases", ())}]
    assert len(named) == 3
    expected = [each["id"] for each in sorted(named, key=lambda each: -uses(each))]
    assert [row["id"] for row in ask.rows(question)] == expected
    assert [row["id"] for row in ask.csv(question)] == expected
    assert [line[0] for line in ask.markdown(question)] == expected


def test_a_misspelt_name_gets_the_right_one(ask: Asking) -> None:
    for form in ("plain", "json", "csv", "markdown"):
        run = ask.run("Who is Tilerson (misspelt)?", "-f", form)
        assert (run.code, run.out) == (1, "")
        assert "Did you mean 'Rex Tillerson' (tillerson)" in run.err


@pytest.mark.parametrize("name", ["Москва", "모스크바", "莫斯科", "モスクワ", "Moskva"])
def test_what_happened_in_moscow_is_found_in_every_script(name: str, korea: Korea, file: Path) -> None:
    events = [each["id"] for each in EXPECTED["What happened in Moscow?"].entries()]
    assert korea("timeline", "-d", file, f"place:{name}", "--fields", "id").out.split() == events
    assert set(korea("search", "-d", file, name, "--fields", "id").out.split()) >= {*events}


# ---------------------------------------------------------------- pairs and silences


def test_who_met_more_than_once(ask: Asking) -> None:
    question = "Who met more than once?"
    met: dict[frozenset[str], list[Entry]] = {}
    for meeting in (each for each in by_date(data()["events"]) if each.get("kind") == "meeting"):
        parties = {*meeting.get("actors", []), *meeting.get("recipients", [])}
        for pair in {frozenset((one, other)) for one in meeting.get("actors", []) for other in parties - {one}}:
            met.setdefault(pair, []).append(meeting)
    often = {pair: meetings for pair, meetings in met.items() if len(meetings) > 1}
    expected = sorted((-len(often[pair]), min(pair), max(pair)) for pair in often)
    rows = ask.rows(question)
    assert [(-row["event_count"], row["actor"]["id"], row["other"]["id"]) for row in rows] == expected
    for row in rows:
        meetings = often[frozenset((row["actor"]["id"], row["other"]["id"]))]
        assert row["kinds"] == [{"kind": "meeting", "event_count": len(meetings)}]
        assert (row["first"], row["last"]) == (str(meetings[0]["date"]), str(meetings[-1]["date"]))
    names = {each["id"]: each["name"] for each in data()["actors"]}
    expected_cells = [[names[one], names[other], str(-number)] for number, one, other in expected]
    assert [[row["actor"], row["other"], row["event_count"]] for row in ask.csv(question)] == expected_cells
    assert [cells[:3] for cells in ask.markdown(question)] == expected_cells


def test_the_longest_silence(ask: Asking) -> None:
    question = "What was the longest silence?"
    short = [each for each in data()["events"] if (days_of(each)[1] - days_of(each)[0]).days < 31]
    busy = {
        days_of(each)[0] + dt.timedelta(n): each["id"]
        for each in short for n in range((days_of(each)[1] - days_of(each)[0]).days + 1)
    }  # fmt: skip
    days = sorted(busy)
    length, sooner, later = max((later - sooner, sooner, later) for sooner, later in pairwise(days))
    ((gap),) = ask.json(question)["gaps"]
    assert (gap["day_count"], gap["previous"]["id"], gap["next"]["id"]) == (length.days - 1, busy[sooner], busy[later])
    day = dt.timedelta(1)
    assert (gap["from"], gap["to"]) == (str(sooner + day), str(later - day))
    (row,) = ask.csv(question)
    titles = [event(busy[each])["title"] for each in (sooner, later)]
    assert [row["from"], row["to"], row["previous"], row["next"]] == [gap["from"], gap["to"], *titles]
    (cells,) = ask.markdown(question)
    assert (cells[0], cells[5:7]) == (str(length.days - 1), titles)


# ---------------------------------------------------------------- who stands where


def test_the_open_disagreements_have_who_stands_where(ask: Asking, file: Path) -> None:
    question = "Which disagreements are open, and who stands where?"
    work = Work(file.read_text("utf-8"))
    expected = work.answer("open")
    rows = ask.rows(question)
    found = []
    for row in rows:
        key = "id" if row["contested"] == "claims" else "date"
        sides = [[each[key] for each in row["positions"] if each["side"] == n + 1] for n in range(row["side_count"])]
        found.append((row["id"], row["title"], sides))
    assert found == expected
    assert {row["state"] for row in rows} == {"open"}
    positions = [(row, each) for row in rows for each in row["positions"]]
    for _, each in positions:
        if each["record"] in {"event", "fact"} and "-date" not in each["id"]:
            who_says_so(each, work)
    lines = [
        (row["id"], str(each["side"]), each["id"], each["says"] or "", each["who"] or "") for row, each in positions
    ]
    keys = ("dispute", "side", "id", "says", "who")
    assert [tuple(line[key] for key in keys) for line in ask.csv(question)] == lines
    claims = [each for row, each in positions if row["contested"] == "claims"]
    for each, line in zip(claims, (line for line in ask.markdown(question) if len(line) == 5), strict=True):
        assert line[0] == str(each["side"])
        assert line[1].startswith(each["who"] or "the record")
        assert line[2].startswith(each["says"] or "disputes it")


def who_says_so(position: Entry, work: Work) -> None:
    """Compare a position with its entry: who holds it, who passed it on, what it says, how it stands."""
    values = work.records[position["record"], position["id"]].values
    for key in ("holders", "reported_by"):
        assert [each["id"] for each in position[key]] == values.get(key, [])
    names = {each["id"]: each["name"] for each in data()["actors"]}
    named = [names[id_] for key in ("holders", "reported_by") for id_ in values.get(key, ())]
    assert not named or re.findall("|".join(map(re.escape, named)), position["who"]) == named
    if position["says"] in {values.get("title"), values.get("text")}:
        assert position["status"] == values.get("status")
        cites = [f"{each['id']}#{each['locator']}" if each["locator"] else each["id"] for each in position["sources"]]
        assert cites == values.get("sources", [])
    else:  # a date
        assert position["date"] in dates_of(values)


def test_disagreements_that_are_settled_or_have_only_one_side_are_not_open(korea: Korea, file: Path) -> None:
    work = Work(file.read_text("utf-8"))
    for state in ("settled", "one-sided"):
        rows = json.loads(korea("disputes", "-d", file, "--state", state, "--json").out)["disputes"]
        expected = work.answer(state)
        assert [(row["id"], row["title"]) for row in rows] == [(id_, title) for id_, title, _ in expected]
        assert bool(expected) == (file != record.FILE)


SUBJECTS = {
    "Who spoke on THAAD, and did it change?": "thaad",
    "What is the last position of each on the ICBM?": "icbm",
}


@pytest.mark.parametrize("more", [(), ("--roll-up",)])
@pytest.mark.parametrize("question", SUBJECTS)
def test_everybody_has_positions_with_what_changed_and_what_is_last(
    question: str, more: tuple[str, ...], ask: Asking, file: Path
) -> None:
    expected = speaking.answer(topic(SUBJECTS[question]), roll_up=bool(more))
    rows = ask.rows(question, *more)
    assert {
        row["id"]: [
            speaking.Said(each["id"], [own["id"] for own in each["changes"]], each["change"], each["last"])
            for each in row["positions"]
        ]
        for row in rows
    } == expected
    assert [row["id"] for row in rows] == [*expected]
    assert [row["change_count"] for row in rows] == [
        sum(bool(one.change) for one in said) for said in expected.values()
    ]
    lines = [(id_, one.id, one.change or "", one.last or "") for id_, said in expected.items() for one in said]
    found = ask.csv(question, *more)
    assert [(row["speaker"], row["id"], row["change"], row["last"]) for row in found] == lines
    texts = {each["id"]: each.get("title") or each["text"] for table in DATED for each in data()[table]}
    said = [one for some in expected.values() for one in some]
    for one, line in zip(said, ask.markdown(question, *more), strict=True):
        assert line[1].startswith(texts[one.id])
        marks = line[1].removeprefix(texts[one.id])
        assert [id_ for id_ in one.changes if f"“{texts[id_]}”" not in marks] == []
        assert bool(re.search("changes|contradicts", marks)) == bool(one.change)
        assert ("perhaps the last" in marks) == (one.last == "possible")  # else the last row is the last position
    if file != record.FILE:
        assert {change for *_, change, _ in lines} >= {"", "certain" if SUBJECTS[question] == "thaad" else "possible"}
        assert {last for *_, last in lines} == {"", "certain", "possible"}


def test_every_question_is_tested_and_listed() -> None:
    tests = Path(__file__).read_text("utf-8")
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    assert len(COMMANDS) == len(QUESTIONS) == 25 + 1  # one of them has two parts
    assert [question for question in COMMANDS if json.dumps(question, ensure_ascii=False) not in tests] == []
    listed = re.findall(r"^\| (.+?) \| `(korea .+?)` \|$", readme, re.MULTILINE)
    assert dict(listed) == COMMANDS
