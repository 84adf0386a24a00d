"""A chronology is used by several threads, and after it was closed it says so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import KoreaError, Selection, open_chronology
from korea_cli.base.errors import ClosedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from korea_cli import Chronology
    from korea_cli.model.records import Record

THREADS, ROUNDS, EVENTS = 8, 1, 300
QUESTIONS: list[Callable[[Chronology], Any]] = [
    lambda record: [each.id for each in record.events()],
    lambda record: [each.to_dict() for each in record.events(Selection(actors=("moon",), since="2017-02"))],
    lambda record: [each.id for each in record.search(Selection(terms=("thaad",)))],
    lambda record: record.events(Selection(topics=("arms",), since="2017", certain=True)).count,
    lambda record: [each.to_dict(relations=True) for each in record.actors()],
    lambda record: [each.id for each in record.topics(Selection(period="2017"))],
    lambda record: record.find("a1").to_dict(),
    lambda record: record.referring("e1", "events"),
]


def text() -> str:
    """Write a chronology that takes several reads, of every type of record."""
    people = [f'[[actors]]\nid = "a{n}"\nname = "Actor {n}"\npart_of = ["moon"]\n' for n in range(20)]
    events = [
        f'[[events]]\nid = "e{n}"\ntitle = "Talks on THAAD, {n}"\ndate = "2017-{n % 12 + 1:02}-{n % 28 + 1:02}"\n'
        f'actors = ["a{n % 20}"]\ntopics = ["arms"]\n'
        for n in range(EVENTS)
    ]
    facts = [f'[[facts]]\nid = "f{n}"\ntext = "Fact {n}"\nevents = ["e{n}"]\nabout = ["moon"]\n' for n in range(50)]
    topic = '[[topics]]\nid = "arms"\nlabel = "Arms"\n[[actors]]\nid = "moon"\nname = "Moon"\n'
    return "".join((topic, *people, *events, *facts))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("threads") / "mine.toml"
    made.write_text(text(), "utf-8")
    return made


@pytest.fixture(params=["index", "memory"])
def chronology(
    request: pytest.FixtureRequest, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Chronology]:
    """Open a chronology of which nothing was asked yet: tables in memory are written while threads ask."""
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path / "cache"))
    with open_chronology(file, cache=request.param == "index") as opened:
        assert opened.store.has_json == (request.param == "index")
        yield opened


@pytest.fixture(scope="module")
def answers(file: Path) -> list[Any]:
    """Answer every question in one thread."""
    return [ask(open_chronology(file, cache=False)) for ask in QUESTIONS]


def test_many_threads_get_the_answers_that_one_gets(chronology: Chronology, answers: list[Any]) -> None:
    start = Barrier(THREADS)

    def work(number: int) -> list[tuple[int, Any]]:
        start.wait()
        order = [(number + step) % len(QUESTIONS) for step in range(len(QUESTIONS) * ROUNDS)]
        return [(each, QUESTIONS[each](chronology)) for each in order]

    with ThreadPoolExecutor(THREADS) as pool:
        for done in pool.map(work, range(THREADS)):
            for question, answer in done:
                assert answer == answers[question]


def test_threads_iterate_over_one_answer(chronology: Chronology) -> None:
    answer = chronology.events(Selection(topics=("arms",)))
    start = Barrier(THREADS)

    def work(_: int) -> list[str]:
        start.wait()
        return [each.id for each in answer]

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(work, range(THREADS)))
    assert found == [[each.id for each in answer]] * THREADS
    assert len(found[0]) == EVENTS


def test_a_thread_that_iterates_while_another_closes_gets_whole_records_or_the_error(chronology: Chronology) -> None:
    start = Barrier(THREADS + 1)

    def work(_: int) -> list[str]:
        start.wait()
        read: list[str] = []
        try:
            while True:
                read += [each.title for each in chronology.events()]
        except ClosedError:
            return read

    with ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(work, number) for number in range(THREADS)]
        start.wait()
        next(iter(chronology.events()))
        chronology.close()
        assert all(title.startswith("Talks on THAAD") for each in waiting for title in each.result())


def test_a_chronology_opened_in_one_thread_is_closed_in_another(chronology: Chronology) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: chronology.find("a1").id).result() == "a1"
        pool.submit(chronology.close).result()
    with pytest.raises(ClosedError):
        chronology.find("a1")


ITERATIONS: dict[str, Callable[[Chronology], Iterable[Record]]] = {
    "events": lambda record: record.events(),
    "events of a topic": lambda record: record.events(Selection(topics=("arms",))),
    "the only one": lambda record: record.events(Selection(limit=1)),
    "actors": lambda record: record.actors(),
    "search": lambda record: record.search(Selection(terms=("thaad",))),
    "records": lambda record: record.records(["a1", "e1"]),
}


@pytest.mark.parametrize("name", ITERATIONS)
def test_an_iteration_under_way_ends_with_the_error(name: str, chronology: Chronology) -> None:
    records = iter(ITERATIONS[name](chronology))
    assert next(records).id
    chronology.close()
    with pytest.raises(ClosedError):
        next(records)


# ---------------------------------------------------------------- after it was closed

USES: dict[str, Callable[[Chronology], object]] = {
    "events": lambda record: record.events(),
    "facts": lambda record: record.facts(Selection(terms=("thaad",))),
    "actors": lambda record: record.actors(),
    "topics": lambda record: record.topics(),
    "sources": lambda record: record.sources(),
    "search": lambda record: record.search(),
    "find": lambda record: record.find("a1"),
    "named": lambda record: record.named("a1"),
    "records": lambda record: record.records(["a1"]),
    "referring": lambda record: record.referring("e1", "events"),
    "title": lambda record: record.title("actor", "a1"),
    "address": lambda record: record.address("s"),
    "with": lambda record: record.__enter__(),
}


@pytest.mark.parametrize("use", USES)
def test_every_use_after_closing_says_so(use: str, chronology: Chronology) -> None:
    USES[use](chronology)  # nothing that was kept of it is an answer later
    chronology.close()
    chronology.close()
    with pytest.raises(KoreaError) as raised:
        USES[use](chronology)
    assert str(raised.value) == "the chronology is closed: open it again, or read all you need before closing it"


def test_what_was_read_before_closing_stays_but_reads_no_more(chronology: Chronology) -> None:
    answer = chronology.events(Selection(topics=("arms",)))
    record = next(iter(answer))
    assert answer.count == answer.matched > answer.possible
    chronology.close()
    assert record.title
    assert "mine.toml" in repr(chronology)
    counts: list[Callable[[], object]] = [lambda: answer.count, lambda: answer.possible, lambda: len(answer)]
    uses: list[Callable[[], object]] = [*counts, lambda: list(answer), record.to_dict]
    for use in uses:
        with pytest.raises(ClosedError):
            use()


def test_a_damaged_index_is_replaced_for_all_threads(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path / "cache"))
    expected = [each.to_dict() for each in open_chronology(file).events()]
    chronology = open_chronology(file)
    (index,) = (tmp_path / "cache").rglob("*.index")
    index.write_bytes(index.read_bytes()[:100] + b"\xff" * (index.stat().st_size - 100))
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: [each.to_dict() for each in chronology.events()], range(THREADS)))
    assert found == [expected] * THREADS
