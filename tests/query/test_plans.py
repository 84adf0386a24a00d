"""At any size a question goes from an index to the records it needs, and looks at no others."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from korea_cli import Selection, commands, formats, open_chronology
from korea_cli.analysis.counting import count_by
from korea_cli.analysis.stances import Witnesses
from korea_cli.report.screen import Screen
from korea_cli.store.database import Connection, Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from korea_cli import Chronology
    from korea_cli.analysis.stances import Identified

ROOT = Path(__file__).parents[2]
LARGE = ("entry", "event", "fact", "record_json", "link", "opponent", "span", "name", "record")
# A step that looks through a table: from end to end, or all of a type, which may be nearly as much.
THROUGH = re.compile(r"SCAN (\w+)|SEARCH (\w+) USING .*\(type=\?\)$")
SMALL, TIMES = 750, 3  # so many times as many events may take hardly more than so many times as much work
MARGIN = 1.4


class QueryContext:
    """The questions that were put to a store, and how SQLite means to answer them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen to every store."""
        self.plans: list[str] = []
        rows = Store.rows

        def heard(store: Store, sql: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
            self.plans += [step for *_, step in rows(store, f"EXPLAIN QUERY PLAN {sql}", values)]
            return rows(store, sql, values)

        monkeypatch.setattr(Store, "rows", heard)

    def scanned(self) -> list[str]:
        """Return the large tables that are looked through, each as often as it is."""
        found = [match[1] or match[2] for step in self.plans if (match := THROUGH.match(step))]
        return [table for table in found if table in LARGE]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Write a chronology of a few events with facts, and one of so many times as many."""
    folder = tmp_path_factory.mktemp("files")
    generate = runpy.run_path(str(ROOT / "benchmarks" / "generate.py"))["chronology"]
    for name, events in (("small", SMALL), ("large", SMALL * TIMES)):
        (folder / f"{name}.toml").write_text("".join(generate(events, facts=True)), "utf-8")
    return folder / "small.toml", folder / "large.toml"


@pytest.fixture(scope="module")
def indexed(files: tuple[Path, Path]) -> Iterator[tuple[Chronology, Chronology]]:
    """Open both by their indexes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOREA_CACHE", str(files[0].parent / "cache"))
        with open_chronology(files[0]) as small, open_chronology(files[1]) as large:
            for each in (small, large):
                # A large index has the tables that this needs from now on.
                assert list(each.search(Selection(terms=("radar", "id:e77"))).stored_json() or [each.find("e77")])
                assert list(each.events().stored_json() or ())
            yield small, large


@pytest.fixture(scope="module")
def unindexed(files: tuple[Path, Path]) -> Iterator[tuple[Chronology, Chronology]]:
    """Open both without an index."""
    with open_chronology(files[0], cache=False) as small, open_chronology(files[1], cache=False) as large:
        yield small, large


@pytest.fixture
def large(indexed: tuple[Chronology, Chronology]) -> Chronology:
    return indexed[1]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> QueryContext:
    return QueryContext(monkeypatch)


@pytest.mark.parametrize("settings", [{}, {"reverse": True}, {"sort": "date"}])
def test_the_first_of_all_events_are_found_without_sorting(
    large: Chronology, asked: QueryContext, settings: dict[str, Any]
) -> None:
    found = list(large.events(Selection(limit=20, **settings)).stored_json() or ())
    assert len(found) == 20
    assert asked.scanned() == ["entry"]  # in the order of an index, and no further than wanted
    assert any("USING COVERING INDEX entry_by_day (type=?)" in step for step in asked.plans)
    assert not any("TEMP B-TREE" in step for step in asked.plans)


def test_all_events_are_counted_in_an_index(large: Chronology, asked: QueryContext) -> None:
    assert large.events().count == SMALL * TIMES
    (step,) = asked.plans
    assert re.fullmatch(r"SEARCH entry USING COVERING INDEX \w+ \(type=\?\)", step)


@pytest.mark.parametrize("by", ["month", "kind", "sources"])
@pytest.mark.parametrize("known_by", [None, "2017-06-30"])
def test_what_each_record_has_one_of_is_counted_in_an_index(
    large: Chronology, asked: QueryContext, by: str, known_by: str | None
) -> None:
    chronology, query = large.ask(Selection(known_by=known_by), "event", "fact")
    asked.plans.clear()
    assert count_by(chronology, query.own, by, query.possible)
    steps = [step for step in asked.plans if re.match(r"(SCAN|SEARCH) (entry|own)\b", step)]
    assert steps
    assert all("USING COVERING INDEX" in step for step in steps)


@pytest.mark.parametrize("by", ["topic", "source"])
def test_what_records_refer_to_is_counted_in_their_order_on_any_day(
    large: Chronology, asked: QueryContext, by: str
) -> None:
    for known_by in (None, "2017-06-30"):
        chronology, query = large.ask(Selection(known_by=known_by), "event", "fact")
        asked.plans.clear()
        assert count_by(chronology, query.own, by, query.possible)
        assert any(re.match(r"SEARCH (entry|own) USING INTEGER PRIMARY KEY \(rowid>\?\)", step) for step in asked.plans)


@pytest.mark.parametrize(
    "terms",
    [
        *(("actor:a3",), ("actor:=a3",), ("by:a120",), ("to:a7",), ("topic:t9",), ("source:s5",), ("country:RUS",)),
        *(
            ("kind:test",),
            ("status:disputed",),
            ("place:김",),
            ("radar",),
            ("radar reactor",),
            ("id:e77",),
            ("id:=e77",),
        ),
        *(
            ("date:1990-05",),
            ("date:1990-05-03..1990-05-09", "actor:a3"),
            ("actor:a3", "topic:t5"),
            ("actor:a3", "test"),
        ),
        *(("actor:a3", "not:topic:t5"), ("actor:a3", "actor:a5", "topic:t9", "kind:test")),
    ],
)
@pytest.mark.parametrize("period", [None, "1990..1995"])
def test_what_is_asked_for_is_looked_up(
    large: Chronology, asked: QueryContext, terms: tuple[str, ...], period: str | None
) -> None:
    answer = large.events(Selection(terms=terms, period=period))
    assert len(list(answer.stored_json() or ())) == answer.count
    assert asked.scanned() == []


@pytest.mark.parametrize(("name", "type_"), [("e77", "event"), ("a7", "actor"), ("김 0", "actor"), ("t9", "topic")])
def test_a_record_is_found_by_its_name_in_an_index(
    large: Chronology, asked: QueryContext, name: str, type_: str
) -> None:
    if name == "김 0":
        name = large.find("a0").name  # type: ignore[union-attr]
        asked.plans.clear()
    assert large.find(name).type == type_
    assert asked.scanned() == []


def test_words_are_searched_in_an_index_whatever_the_type(large: Chronology, asked: QueryContext) -> None:
    assert large.search(Selection(terms=("radar", str(SMALL * TIMES - 1)))).count > 0
    assert list(large.search(Selection(terms=("radar",), limit=5)))
    assert asked.scanned() == []


def test_records_of_every_type_are_read_by_their_numbers(large: Chronology, asked: QueryContext) -> None:
    assert len(list(large.search(Selection(terms=("radar",))))) > 200
    assert asked.scanned() == []


@pytest.mark.parametrize(
    "terms", [(), ("radar",), ("kind:test", "kind:meeting", "radar"), ("actor:a3", "status:confirmed")]
)
def test_records_are_read_by_their_numbers(large: Chronology, asked: QueryContext, terms: tuple[str, ...]) -> None:
    assert sum(1 for _ in large.events(Selection(terms=terms))) > 200  # more than are read at once
    batches = [step for step in asked.plans if step == "SEARCH record USING INTEGER PRIMARY KEY (rowid=?)"]
    assert len(batches) > 1
    assert asked.scanned() == ["entry"] * (not terms)  # all of them are found by going through an index once


class Question(NamedTuple):
    """What one command is asked, in the format that it answers in."""

    command: str
    format: str
    settings: Mapping[str, Any] = {}
    arguments: Mapping[str, Any] = {}
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = (self.settings, self.arguments, self.fields)
        return " ".join((self.command, self.format, *(str(part) for part in parts if part)))

    def put_to(self, chronology: Chronology) -> int:
        """Answer it, and return how many hundreds of steps SQLite took."""
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1

        connection = chronology.store._connection  # noqa: SLF001 - the only place to count at
        assert isinstance(connection, Connection)
        connection.set_progress_handler(step, 100)
        try:
            answer: Any = commands.load(self.command).answer
            report = answer(**self.arguments, chronology=chronology, selection=Selection(**self.settings))
            report = report.only(self.fields) if self.fields else report
            screen = Screen(width=80, color=False, unicode=True, file=False)
            assert "".join(formats.render(formats.load(self.format), report, screen, {}))
            assert report.listed
        finally:
            connection.set_progress_handler(None, 0)
        return steps


WORD, IN_TIME, KNOWN = {"terms": ("radar",)}, {"period": "1950..2000"}, {"known_by": "2017-06-30"}
LANES = [{"by": None, "lanes": lanes, "top": None} for lanes in (None, "actor", "kind")]
SETTINGS: tuple[Mapping[str, Any], ...] = (
    IN_TIME, {**IN_TIME, "certain": True}, {"sort": "title", "reverse": True}, {"terms": ("id:e",)},
    {"terms": ("kind:test", "kind:meeting", "not:topic:t9")}, {"terms": ("actor:a3", "status:confirmed")},
    {"terms": ("country:RUS", "basis:stated", "date:1950..2000")},
)  # fmt: skip
QUESTIONS = [
    *(Question("timeline", name, each) for name in ("csv", "html", "ics", "timelinejs") for each in ({}, WORD)),
    *(Question("timeline", "csv", each) for each in SETTINGS),
    *(Question("timeline", "jsonl", each, {}, ("id", "date")) for each in ({}, WORD, IN_TIME)),
    Question("search", "jsonl", WORD, {}, ("id",)),
    *(Question("search", "json", each) for each in (WORD, {**WORD, **IN_TIME}, {**WORD, "sort": "title"})),
    *(Question(name, "json", each) for name in ("actors", "topics", "sources") for each in ({}, IN_TIME)),
    *(Question("actors", "json", {"terms": (each, "status:confirmed")}) for each in ("kind:person", "id:a")),
    *(Question("stats", "json", each) for each in ({}, WORD)),
    *(Question("chart", "json", {}, each) for each in LANES),
    *(Question("actor", "json", each, {"name": "a3"}) for each in ({}, IN_TIME)),
    *(Question("disputes", "json", each, {"state": None}) for each in ({}, WORD, IN_TIME)),
    Question("disputes", "csv", {}, {"state": "open"}),
    *(Question("positions", "json", each) for each in ({}, WORD, IN_TIME)),
    *(Question(name, "json", {"terms": ("events:>=0", "facts:>=0")}) for name in ("actors", "sources")),
    *(Question("sources", "json", {"terms": ("events:0",), **each}) for each in (KNOWN, {**IN_TIME, "limit": 5})),
    *(Question("pairs", "json", {}, {"roll_up": roll_up}) for roll_up in (False, True)),
]  # fmt: skip


@pytest.mark.repeated
@pytest.mark.parametrize("kept", ["indexed", "unindexed"])
@pytest.mark.parametrize("question", QUESTIONS, ids=Question.__str__)
def test_the_work_grows_no_faster_than_the_chronology(
    question: Question, kept: str, request: pytest.FixtureRequest
) -> None:
    small, large = request.getfixturevalue(kept)
    assert question.put_to(large) <= MARGIN * TIMES * max(question.put_to(small), 1)


@pytest.mark.parametrize("terms", [(), ("events:>=0",), ("events:>=0", "facts:>=0", "radar")])
@pytest.mark.parametrize("settings", [{}, {"limit": 2}, {"limit": 2, "reverse": True}])
def test_events_and_facts_are_counted_once_for_a_list(
    large: Chronology, asked: QueryContext, terms: tuple[str, ...], settings: dict[str, Any]
) -> None:
    assert list(large.sources())  # what is counted of all is there, whichever test comes first
    asked.plans.clear()
    answer = large.sources(Selection(terms=terms, period="1950..2050", **settings))
    assert len(list(answer)) == answer.count <= answer.matched
    assert sum(step.startswith("CORRELATED LIST SUBQUERY") for step in asked.plans) == 1


@pytest.mark.parametrize("terms", [(), ("events:>=0",), ("events:>=0", "facts:>=0", "radar")])
def test_events_and_facts_of_a_list_of_all_were_counted_before(
    large: Chronology, asked: QueryContext, terms: tuple[str, ...]
) -> None:
    assert list(large.sources())
    asked.plans.clear()
    answer = large.sources(Selection(terms=terms))
    assert len(list(answer)) == answer.count <= answer.matched
    assert not any(step.startswith("CORRELATED LIST SUBQUERY") for step in asked.plans)
    assert set(asked.scanned()) <= {"entry", "record"}


def test_positions_are_read_while_they_are_written(large: Chronology, monkeypatch: pytest.MonkeyPatch) -> None:
    lookups = []
    rows = Witnesses.rows

    def counted(witnesses: Witnesses, parties: Iterable[Identified]) -> Mapping[int, Any]:
        found = rows(witnesses, parties)
        lookups.append(len(found))
        return found

    monkeypatch.setattr(Witnesses, "rows", counted)
    report: Any = commands.load("positions").answer(chronology=large, selection=Selection())
    screen = Screen(width=80, color=False, unicode=True, file=False)
    text = iter(formats.render(formats.load("json"), report, screen, {}))
    assert any('"says"' in piece for piece in text)
    assert len(lookups) == 1
    rest = "".join(text)
    assert rest.count('"says"') > sum(lookups) / 2
    assert len(lookups) > 5
    assert max(lookups) < 1000  # those of some hundred positions, and what these change


@pytest.mark.parametrize("state", [None, "open"])
def test_only_the_disputes_of_what_matches_are_read(large: Chronology, asked: QueryContext, state: str | None) -> None:
    selection = Selection(terms=("actor:a3", "topic:t9"))
    report: Any = commands.load("disputes").answer(chronology=large, selection=selection, state=state)
    assert len(list(report.sections[0].values())) == report.matched > 0
    assert asked.scanned() == []


def test_the_parties_of_pairs_are_looked_up_in_the_links_themselves(large: Chronology, asked: QueryContext) -> None:
    report: Any = commands.load("pairs").answer(chronology=large, selection=Selection())
    assert report.matched
    assert "MATERIALIZE part" not in asked.plans  # no copy of all links is made to look in
    automatic = [step for step in asked.plans if "AUTOMATIC" in step]
    assert all(step.startswith("SEARCH counted ") for step in automatic)  # what was counted, of the pairs listed


def test_the_address_of_a_source_is_looked_up_by_its_id(large: Chronology, asked: QueryContext) -> None:
    large.address("s9")
    assert not any(step.startswith("SCAN") and "json_each" not in step for step in asked.plans)  # but the ids
