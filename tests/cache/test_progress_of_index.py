"""Progress is reported while an index is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli import open_chronology
from korea_cli.cache.progress import Progress, Work, ignore_progress

if TYPE_CHECKING:
    from cache.conftest import Files

MANY = [f"e{number}" for number in range(1500)]


def test_who_watches_is_told_what_is_done_and_how_far_it_is(files: Files) -> None:
    told: list[Progress] = []
    path = files.write("a.toml", *MANY)
    open_chronology(path, watch=told.append).close()
    assert told[0] == ("reading", 0.0, path.stat().st_size / 3_500_000)
    assert {each.stage for each in told[1:]} == {"indexing"}
    shares = [each.share for each in told]
    assert shares == sorted(shares)
    assert len(set(shares)) > 4
    assert 0.9 < shares[-1] <= 1
    told.clear()
    open_chronology(path, watch=told.append).close()
    assert told == []


def test_an_empty_chronology_can_be_watched_too(files: Files) -> None:
    told: list[Progress] = []
    open_chronology(files.write("a.toml"), watch=told.append).close()
    assert [each.stage for each in told] == ["reading", "indexing"]


def test_nobody_needs_to_watch() -> None:
    work = Work(ignore_progress, 0)
    work.expect(1000)
    assert list(work.through(lambda: [(1,)] * 1000)) == [(1,)] * 1000


def test_the_reading_is_two_fifths_and_each_entry_of_the_rest_counts_twice_for_its_words_and_its_record(
    files: Files,
) -> None:
    told: list[Progress] = []
    open_chronology(files.write("a.toml", *MANY), watch=told.append).close()
    assert [each.share for each in told] == pytest.approx([0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    assert len({each.expected for each in told}) == 1


def test_who_watches_is_told_after_every_five_hundred_rows_and_not_in_between() -> None:
    told: list[Progress] = []
    work = Work(told.append, 0)
    work.expect(2000)
    rows = work.through(lambda: [(number,) for number in range(1001)])
    after: list[int] = []
    for number, _ in enumerate(rows):
        if len(told) > 2 + len(after):
            after.append(number)
    assert after == [500, 1000]
    assert [each.share for each in told] == pytest.approx([0, 0.4, 0.55, 0.7])


@pytest.mark.parametrize(("size", "seconds"), [(0, 0), (3_500_000, 1), (35_000_000, 10)])
def test_who_watches_is_told_how_long_it_may_take(size: int, seconds: int) -> None:
    told: list[Progress] = []
    Work(told.append, size)
    assert told == [("reading", 0.0, seconds)]
