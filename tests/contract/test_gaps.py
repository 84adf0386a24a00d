"""`gaps` finds the silences that looking at every single day finds."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

START = dt.date(2016, 1, 1)
DAYS = 500
Span = tuple[int, int]  # the first and last day that an event may be on, counted from START


def day(number: int) -> str:
    return (START + dt.timedelta(number)).isoformat()


def events(seed: int) -> list[tuple[str, Span, bool]]:
    """Return events as dates, the days they may be on, and whether they break a silence."""
    chance = random.Random(seed)  # noqa: S311 - test data, the same each time
    found: list[tuple[str, Span, bool]] = []
    for _ in range(chance.randint(1, 12)):
        first = chance.randrange(DAYS)
        match chance.choice(["day", "span", "long", "one of", "month"]):
            case "day":
                found.append((day(first), (first, first), True))
            case "span":
                last = first + chance.randint(1, 31)
                found.append((f"{day(first)}/{day(last)}", (first, last), True))
            case "long":
                last = first + chance.randint(32, 200)
                found.append((f"{day(first)}/{day(last)}", (first, last), False))
            case "one of":
                last = first + chance.randint(1, 40)
                found.append((f"[{day(first)}..{day(last)}]", (first, last), last - first <= 31))
            case _:
                month = (START + dt.timedelta(first)).replace(day=1)
                number = ((month + dt.timedelta(31)).replace(day=1) - month).days
                begin = (month - START).days
                found.append((month.isoformat()[:7], (begin, begin + number - 1), True))
    return found


def silences(found: list[tuple[str, Span, bool]]) -> list[Span]:
    """Look at every day between the first and the last event."""
    short = [span for _, span, breaks in found if breaks]
    busy = {each for first, last in short for each in range(first, last + 1)}
    gaps: list[Span] = []
    for each in range(min(busy, default=0), max(busy, default=0)):
        if each not in busy:
            if gaps and gaps[-1][1] == each - 1:
                gaps[-1] = gaps[-1][0], each
            else:
                gaps.append((each, each))
    return sorted(gaps, key=lambda gap: (gap[0] - gap[1], gap[0]))


def asked(korea: Korea, path: Path, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(korea("gaps", "-d", path, "--json", *arguments).out)["gaps"]
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_silences_are_those_of_looking_at_every_day(seed: int, tmp_path: Path, korea: Korea) -> None:
    found = events(seed)
    path = write(tmp_path / "a.toml", *(date for date, *_ in found))
    rows = asked(korea, path)
    assert [(row["from"], row["to"]) for row in rows] == [(day(first), day(last)) for first, last in silences(found)]
    for row, (first, last) in zip(rows, silences(found), strict=True):
        assert row["day_count"] == last - first + 1 <= row["possible_day_count"]
        longer = [span for _, span, breaks in found if not breaks and span[0] <= last and span[1] >= first]
        assert row["longer_event_count"] == len(longer)


def write(path: Path, *dates: str) -> Path:
    path.write_text("".join(
        f'[[events]]\nid = "e{number}"\ntitle = "E{number}"\ndate = "{date}"\n' for number, date in enumerate(dates)
    ))  # fmt: skip
    return path


def test_a_vague_day_may_make_a_silence_longer(tmp_path: Path, korea: Korea) -> None:
    (row,) = asked(korea, write(tmp_path / "a.toml", "2016-01-10", "2016-02", "2016-03-01"))
    assert (row["from"], row["to"], row["day_count"]) == ("2016-01-11", "2016-01-31", 21)
    assert row["possible_day_count"] == 49  # until 28 February: the event may have been on the 29th
    assert (row["previous"]["id"], row["next"]["id"]) == ("e0", "e1")


def test_a_silence_reaches_to_the_closed_ends_of_a_range(tmp_path: Path, korea: Korea) -> None:
    path = write(tmp_path / "a.toml", "2016-01-10")
    assert asked(korea, path) == []
    rows = asked(korea, path, "--period", "2016-01")
    assert [(row["from"], row["to"]) for row in rows] == [("2016-01-11", "2016-01-31"), ("2016-01-01", "2016-01-09")]
    assert [(row["previous"], row["next"]) for row in rows] == [
        ({"id": "e0", "title": "E0"}, None), (None, {"id": "e0", "title": "E0"}),
    ]  # fmt: skip
    assert [row["from"] for row in asked(korea, path, "--from", "2016-01-09")] == ["2016-01-09"]


def test_what_goes_on_breaks_no_silence(tmp_path: Path, korea: Korea) -> None:
    (row,) = asked(korea, write(tmp_path / "a.toml", "2016-01-10", "2016-01-15/..", "2016-01-20"))
    assert (row["day_count"], row["longer_event_count"]) == (9, 1)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_table_says_how_long_and_between_which_events(width: int, tmp_path: Path, korea: Korea) -> None:
    path = write(tmp_path / "a.toml", "2016-01-10", "2016-01-15/..", "2016-02")
    words = " ".join(
        korea.on_terminal("gaps", "-d", path, "--color", "never", columns=width).out.replace("│", "").split()
    )
    assert "21 days" in words
    assert "after E0 e0 before E2 e2 possibly 49 days, as some days are not known 1 longer event may touch it" in words


def test_markdown_has_dates_in_words(korea: Korea) -> None:
    gaps = korea("gaps", "topic:icbm", "--period", "2017-07", "-n", "1", "-f", "markdown").out.splitlines()
    assert gaps[4].startswith("| Days | Possible days | Longer events | From | To |")
    assert gaps[6].startswith("| 25 | 25 | ")
    assert gaps[6].split(" | ")[3:5] == ["7 Jul 2017", "31 Jul 2017"]
    pairs = korea("pairs", "putin", "moon-jae-in", "-f", "markdown").out
    assert "| 12 May 2017 | 7 Jul 2017 |" in pairs


def test_a_sort_key_is_refused(korea: Korea) -> None:
    run = korea("gaps", "--sort", "id")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: '--sort' does not apply to gaps, which are in order of length\n"
