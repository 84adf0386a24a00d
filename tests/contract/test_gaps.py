"""`gaps` finds the silences that looking at every single day finds."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from korea_cli import Selection, open_chronology
from korea_cli.analysis.gaps import find_gaps

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from conftest import Korea

START = dt.date(2016, 1, 1)
DAYS = 500
LONGEST = 31
Span = tuple[int, int]  # the first and last day that an event may be on, counted from START


def day(number: int) -> str:
    return (START + dt.timedelta(number)).isoformat()


class Happening(NamedTuple):
    """An event: its dates as written and what they mean, the main one first."""

    id: str
    dates: list[Dated]


class Dated(NamedTuple):
    """A date as written, the days it may take, when it has begun at the latest, and when it ends at the earliest."""

    text: str
    first: int
    last: int
    begun: int
    ended: int

    @property
    def breaks(self) -> bool:
        """Whether it is short enough to end a silence."""
        return self.last - self.first < LONGEST


class Covered(NamedTuple):
    """The first and last day looked at; None for an open end."""

    first: int | None
    last: int | None


def some_date(chance: random.Random) -> Dated:
    first = chance.randrange(DAYS)
    match chance.choice(["day", "span", "long", "one of", "month"]):
        case "day":
            return Dated(day(first), first, first, first, first)
        case "span":
            last = first + chance.randint(1, LONGEST - 1)
            return Dated(f"{day(first)}/{day(last)}", first, last, first, last)
        case "long":
            last = first + chance.randint(LONGEST, 200)
            return Dated(f"{day(first)}/{day(last)}", first, last, first, last)
        case "one of":
            last = first + chance.randint(1, 40)
            return Dated(f"[{day(first)}..{day(last)}]", first, last, last, first)
        case _:
            month = (START + dt.timedelta(first)).replace(day=1)
            number = ((month + dt.timedelta(31)).replace(day=1) - month).days
            first, last = (month - START).days, (month - START).days + number - 1
            return Dated(month.isoformat()[:7], first, last, last, first)


def some_events(chance: random.Random) -> list[Happening]:
    counts = (chance.choice([1, 1, 1, 2, 3]) for _ in range(chance.randint(1, 12)))
    return [Happening(f"e{n}", [some_date(chance) for _ in range(count)]) for n, count in enumerate(counts)]


def silences(events: list[Happening], covered: Covered) -> list[Span]:
    """Look at every day; a silence needs a day on which something may have happened at an open end."""
    busy = {n for event in events for date in event.dates if date.breaks for n in range(date.first, date.last + 1)}
    first = min(busy, default=DAYS * 2) if covered.first is None else covered.first
    last = max(busy, default=-1) if covered.last is None else covered.last
    gaps: list[Span] = []
    for each in range(first, last + 1):
        if each not in busy:
            if gaps and gaps[-1][1] == each - 1:
                gaps[-1] = gaps[-1][0], each
            else:
                gaps.append((each, each))
    return sorted(gaps, key=lambda gap: (gap[0] - gap[1], gap[0]))


def possible_days(events: list[Happening], covered: Covered, gap: Span) -> int:
    """Count the days of a silence if all events around it have their main dates, as far away as these allow."""
    first, last = gap
    main = [event.dates[0] for event in events if event.dates[0].breaks]
    ended = [date.ended for date in main if date.last < first]
    begun = [date.begun for date in main if date.first > last]
    if covered.first is not None:
        ended = [max([*ended, covered.first - 1])]
    if covered.last is not None:
        begun = [min([*begun, covered.last + 1])]
    return min(begun, default=last + 1) - max(ended, default=first - 1) - 1


def asked(korea: Korea, path: Path, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(korea("gaps", "-d", path, "--json", *arguments).out)["gaps"]
    return rows


def record(path: Path, events: list[Happening], as_of: int | None) -> Path:
    lines = [f'[chronology]\nas_of = "{day(as_of)}"\n'] if as_of is not None else []
    for event in events:
        main, *others = event.dates
        rivals = ", ".join(f'{{ date = "{each.text}", sources = ["s"] }}' for each in others)
        lines.append(f'[[events]]\nid = "{event.id}"\ntitle = "E"\ndate = "{main.text}"\nother_dates = [{rivals}]\n')
    path.write_text("".join((*lines, '[[sources]]\nid = "s"\ntitle = "S"\n')))
    return path


@pytest.mark.parametrize("number", range(40))
def test_silences_are_those_of_looking_at_every_day(
    number: int, dice: random.Random, tmp_path: Path, korea: Korea
) -> None:
    events = some_events(dice)
    as_of = dice.choice([None, dice.randrange(DAYS)])
    begin, end = sorted(dice.sample(range(DAYS + 200), 2))
    window = Covered(*dice.choice([(None, None), (begin, end), (begin, None), (None, end)]))
    path = record(tmp_path / "a.toml", events, as_of)
    options = [
        f"{option}={day(limit)}" for option, limit in zip(("--from", "--to"), window, strict=True) if limit is not None
    ]
    rows = asked(korea, path, *options)
    covered = window._replace(last=min((each for each in (window.last, as_of) if each is not None), default=None))
    expected = silences(events, covered)
    assert [(row["from"], row["to"]) for row in rows] == [(day(first), day(last)) for first, last in expected]
    for row, gap in zip(rows, expected, strict=True):
        first, last = gap
        assert row["day_count"] == last - first + 1 <= row["possible_day_count"]
        assert row["possible_day_count"] == possible_days(events, covered, gap), number
        touching = [
            event for event in events
            if any(not date.breaks and date.first <= last and date.last >= first for date in event.dates)
        ]  # fmt: skip
        assert row["longer_event_count"] == len(touching)
        assert row["ongoing"] == (last == as_of)
        assert (row["previous"] is None) == (first == covered.first)
        assert (row["next"] is None) == (last == covered.last)


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


@pytest.mark.parametrize(
    "window",
    [("-p", "2015"), ("-p", "2016-08"), ("-p", "2016-10..2016-12"), ("--from", "2015-01-01", "--to", "2016-01-05")],
)
def test_a_silence_may_fill_the_whole_range(window: tuple[str, ...], korea: Korea) -> None:
    answer = json.loads(korea("gaps", *window, "--json").out)
    (row,) = answer["gaps"]
    assert (row["from"], row["to"]) == (answer["query"]["from"], answer["query"]["to"])
    assert (row["previous"], row["next"], row["ongoing"]) == (None, None, False)
    shown = korea("gaps", *window, "-f", "table").out
    assert "from the start of the range" in shown
    assert "to the end of the range" in shown


@pytest.mark.parametrize(
    "window",
    [("--to", "2018-12-31"), ("--around", "hwasong-14-launch", "--days", "30"), ("-p", "2017"), ("--from", "2017")],
)
def test_no_silence_lasts_beyond_the_end_of_the_record(window: tuple[str, ...], korea: Korea) -> None:
    answer = json.loads(korea("gaps", "by:tillerson", *window, "--json").out)
    assert answer["chronology"]["as_of"] == "2017-07-08"
    assert [row["to"] for row in answer["gaps"] if row["next"] is None] == ["2017-07-08"]
    assert [row["ongoing"] for row in answer["gaps"]] == [row["next"] is None for row in answer["gaps"]]
    assert "to the end of the record" in korea("gaps", "by:tillerson", *window, "-f", "table").out


def test_what_was_known_by_a_day_says_nothing_of_the_days_after_it(korea: Korea) -> None:
    rows = json.loads(korea("gaps", "by:putin", "--to", "2017-06-30", "--known-by", "2017-05-30", "--json").out)["gaps"]
    assert max(row["to"] for row in rows) == "2017-05-30"
    assert [row["to"] for row in rows if row["ongoing"]] == ["2017-05-30"]


def test_a_range_after_the_end_of_the_record_says_so(korea: Korea) -> None:
    run = korea("gaps", "actor:putin", "--period", "2019")
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith(
        "no gaps match (gaps, actor:putin, 1 Jan 2019 to 31 Dec 2019); the record ends on 8 Jul 2017\n"
    )


def test_a_record_that_is_not_closed_ends_today(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toml", "2016-01-10", "2030-01-01", "2030-01-05")
    for today, until, ends in (("2020-02-01", "2020-03-01", ()), ("2030-02-01", "9000-01-01", ("2030-02-01",))):
        with open_chronology(path, today=dt.date.fromisoformat(today)) as chronology:
            query = chronology.query(Selection(since="2020-01-01", until=until), "event")
            found = find_gaps(chronology, query)
        assert [dt.date.fromordinal(gap.last).isoformat() for gap in found if gap.ongoing] == list(ends)


def test_a_rival_date_breaks_a_silence_too(tmp_path: Path, korea: Korea) -> None:
    path = write(tmp_path / "a.toml", "2016-01-10", "2016-01-31")
    path.write_text(path.read_text() + 'other_dates = [{ date = "2016-01-20" }]\n')
    assert [(row["day_count"], row["possible_day_count"]) for row in asked(korea, path)] == [(10, 20), (9, 20)]


def test_events_that_are_possibly_in_the_range_are_counted(korea: Korea) -> None:
    run = korea("gaps", "-p", "2016-08")
    listed = korea("timeline", "-p", "2016-08", "--json").out
    events = [row["match"] for row in json.loads(listed)["events"]]
    assert run.err == (
        f"korea: {events.count('possible')} of {len(events)} events are only possible in the range"
        " (1 Aug 2016 to 31 Aug 2016); --certain leaves them out\n"
    )
    assert korea("gaps", "-p", "2016-08", "--certain").err == ""


def test_what_goes_on_breaks_no_silence(tmp_path: Path, korea: Korea) -> None:
    (row,) = asked(korea, write(tmp_path / "a.toml", "2016-01-10", "2016-01-15/..", "2016-01-20"))
    assert (row["day_count"], row["longer_event_count"]) == (9, 1)


@pytest.mark.parametrize(("end", "days"), [("2016-03-01", [21, 8]), ("2016-03-02", [21, 7]), ("2016-03-03", [59])])
def test_what_lasts_more_than_31_days_ends_no_silence(end: str, days: list[int], tmp_path: Path, korea: Korea) -> None:
    path = write(tmp_path / "a.toml", "2016-01-10", f"2016-02-01/{end}", "2016-03-10")
    assert [row["day_count"] for row in asked(korea, path)] == days


def test_a_range_from_the_first_day_of_all_has_a_first_day(tmp_path: Path, korea: Korea) -> None:
    path = write(tmp_path / "a.toml", "0001-01-03", "[0001-01-05..0001-01-06]", "0001-01-09")
    rows = asked(korea, path, "--from", "0001-01-01", "--to", "0001-01-10")
    assert [(row["from"], row["day_count"], row["possible_day_count"]) for row in rows] == [
        ("0001-01-01", 2, 2), ("0001-01-07", 2, 3), ("0001-01-04", 1, 2), ("0001-01-10", 1, 1),
    ]  # fmt: skip


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
    assert gaps[6].startswith("| 2 | 3 | ")
    assert gaps[6].split(" | ")[3:5] == ["1 Jul 2017", "2 Jul 2017"]
    pairs = korea("pairs", "putin", "moon-jae-in", "-f", "markdown").out
    assert "| 12 May 2017 | 7 Jul 2017 |" in pairs


def test_a_sort_key_is_refused(korea: Korea) -> None:
    run = korea("gaps", "--sort", "id")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: '--sort' does not apply to gaps, which are in order of length\n"
