"""`pairs` counts who dealt with whom, as counting by hand in the data file does."""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea

DATA = tomllib.loads((Path(__file__).parents[2] / "data" / "events.toml").read_text("utf-8"))
PARENTS = {actor["id"]: actor.get("part_of", []) for actor in DATA["actors"]}
Counted = dict[frozenset[str], Counter[str]]


def tops(actor: str) -> set[str]:
    """Return the outermost that an actor belongs to."""
    return {top for parent in PARENTS[actor] for top in tops(parent)} or {actor}


def by_hand(as_counted: Callable[[str], set[str]], wanted: Callable[[dict[str, Any]], bool] = bool) -> Counted:
    found: Counted = defaultdict(Counter)
    for event in filter(wanted, DATA["events"]):
        parties = event.get("actors", []) + event.get("recipients", [])
        pairs = {
            frozenset((one, other))
            for agent, party in product(event.get("actors", []), parties)
            for one, other in product(as_counted(agent), as_counted(party))
        }
        for pair in pairs:
            if len(pair) > 1:
                found[pair][event.get("kind")] += 1
    return found


def asked(korea: Korea, *arguments: str) -> Counted:
    rows = json.loads(korea("pairs", *arguments, "--json").out)["pairs"]
    assert [row["event_count"] for row in rows] == sorted((row["event_count"] for row in rows), reverse=True)
    found = {
        frozenset((row["actor"]["id"], row["other"]["id"])): Counter(
            {each["kind"]: each["event_count"] for each in row["kinds"]}
        )
        for row in rows
    }
    assert len(found) == len(rows)
    assert all(row["event_count"] == sum(each["event_count"] for each in row["kinds"]) for row in rows)
    return found


def test_pairs_are_those_of_who_acted_and_who_acted_too_or_was_addressed(korea: Korea) -> None:
    assert asked(korea) == by_hand(lambda actor: {actor})


def test_who_met_more_than_once(korea: Korea) -> None:
    met = by_hand(lambda actor: {actor}, lambda event: event.get("kind") == "meeting")
    found = asked(korea, "kind:meeting")
    assert found == met
    assert max(map(Counter.total, found.values())) > 1


def test_actors_are_rolled_up_to_what_they_belong_to(korea: Korea) -> None:
    assert asked(korea, "--roll-up") == by_hand(tops)


def wholes(actor: str) -> set[str]:
    return {actor} | {whole for parent in PARENTS[actor] for whole in wholes(parent)}


def members(whole: str) -> set[str]:
    return {actor for actor in PARENTS if whole in wholes(actor)}


@pytest.mark.parametrize("name", ["russia", "Russia", "RUSSIA", "Vladimir Putin"])
def test_the_name_of_an_actor_fixes_one_side(name: str, korea: Korea) -> None:
    whole = "putin" if "Putin" in name else "russia"
    own = members(whole)
    pairs = by_hand(lambda actor: {actor})
    assert asked(korea, name) == {pair: kinds for pair, kinds in pairs.items() if pair & own and pair - own}
    rows = json.loads(korea("pairs", name, "--json").out)["pairs"]
    assert all(row["actor"]["id"] in own for row in rows)


def test_the_same_name_twice_finds_the_pairs_within_it(korea: Korea) -> None:
    own = members("russia")
    within = {pair: kinds for pair, kinds in by_hand(lambda actor: {actor}).items() if not pair - own}
    assert within
    assert asked(korea, "russia", "russia") == within


def test_two_names_fix_both_sides_and_the_rest_is_a_query(korea: Korea) -> None:
    russian, korean = members("russia"), members("rok")
    pairs = by_hand(lambda actor: {actor}, lambda event: "thaad" in event.get("topics", []))
    expected = {pair: kinds for pair, kinds in pairs.items() if pair & russian and pair & korean}
    assert expected
    for typed in (
        ["russia", "rok", "topic:=thaad"], ["russia", "AND", "rok", "AND", "topic:=thaad"],
        ["russia AND rok", "topic:=thaad"], ['russia AND "South Korea" topic:=thaad'],
    ):  # fmt: skip
        assert asked(korea, *typed) == expected


def test_a_relay_is_no_party(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "a.toml").write_text(
        '[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\nactors = ["a"]\nrecipients = ["b", "c"]\nvia = ["d"]\n'
    )
    run = korea("pairs", "-d", tmp_path / "a.toml", "--fields", "actor,other", "-f", "plain")
    assert run.out == "a\tb\na\tc\n"


def test_nothing_found_is_said(korea: Korea) -> None:
    run = korea("pairs", "kind:meeting", "--period", "2010")
    assert (run.code, run.out, run.err) == (0, "", run.err)
    assert run.err.startswith("korea: no pairs match")
    assert korea("pairs", "--period", "2010", "--exit-code").code == 1


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_table_names_both_and_their_ids(width: int, korea: Korea) -> None:
    shown = korea.on_terminal("pairs", "putin", "song-young-gil", "--color", "never", columns=width).out
    assert "Vladimir Putin" in shown
    assert "putin song-young-gil" in " ".join(shown.replace("│", "").split())


def test_a_sort_key_is_refused(korea: Korea) -> None:
    run = korea("pairs", "--sort", "id")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: '--sort' does not apply to pairs, which are in order of their number of events\n"


def test_the_heading_and_the_json_have_the_names_too(korea: Korea) -> None:
    typed = ("putin", "Moon Jae-in", "kind:meeting")
    assert json.loads(korea("pairs", *typed, "--json").out)["query"]["terms"] == list(typed)
    assert (
        "\n--roll-up · putin · Moon Jae-in · kind:meeting\n" in korea("pairs", *typed, "--roll-up", "-f", "table").out
    )
    run = korea("pairs", *typed, "--period", "2010")
    assert run.err == "korea: no pairs match (pairs, putin, Moon Jae-in, kind:meeting, 1 Jan 2010 to 31 Dec 2010)\n"


@pytest.mark.parametrize("before", [(), ("putin",)])
@pytest.mark.parametrize("typed", ["mon-jae-in", "Mon Jae-in", "MON JAE-IN"])
def test_a_misspelt_name_gets_a_suggestion(before: tuple[str, ...], typed: str, korea: Korea) -> None:
    run = korea("pairs", *before, typed)
    assert (run.code, run.out) == (1, "")
    assert run.err == (
        f"korea: actor not found: '{typed}'. Did you mean 'Moon Jae-in' (moon-jae-in)?"
        f" To search for the word, write 'text:{typed}'\n"
    )
    assert korea("pairs", *before, f"text:{typed}").code == 0


@pytest.mark.parametrize("before", [(), ("putin",), ("russia", "AND")])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("zeppelin", "actor not found: 'zeppelin'. To search for the word, write 'text:zeppelin'"),
        ("thaad", "actor not found: 'thaad' is the id of a topic. To search for the topic, write 'topic:thaad'"),
        ("moon", "'moon' is ambiguous: Moon Jae-in (moon-jae-in), Moon Chung-in (moon-chung-in)"),
    ],
)
def test_a_word_at_the_start_is_a_name_as_for_actor(
    before: tuple[str, ...], typed: str, message: str, korea: Korea
) -> None:
    run = korea("pairs", *before, typed)
    place = " ".join((*before, typed))
    pointer = f"korea:   {place}\nkorea:   {' ' * (len(place) - len(typed))}^\n" if "AND" in before else ""
    assert (run.code, run.out, run.err) == (1, "", f"korea: {message}\n{pointer}")
    assert korea("actor", typed).code == 1


@pytest.mark.parametrize("typed", ["tiller", "Rex", "틸러슨"])
def test_the_beginning_of_a_name_is_enough(typed: str, korea: Korea) -> None:
    assert asked(korea, typed) == asked(korea, "tillerson") != {}


def test_a_third_word_and_one_with_a_field_are_words(korea: Korea) -> None:
    pairs = by_hand(lambda actor: {actor})
    assert asked(korea, "text:putin") != {pair: kinds for pair, kinds in pairs.items() if "putin" in pair}
    assert asked(korea, "putin", "rok", "thaad") == asked(korea, "putin", "rok", "text:thaad") != {}
    assert asked(korea, "putin", "NOT", "thaad") == asked(korea, "putin", "not:thaad") != asked(korea, "putin")


@pytest.mark.parametrize(
    ("typed", "caret"),
    [(("russia", "OR", "china"), 0), (("russia OR china",), 0), (("usa", "russia", "OR", "china"), 4)],
)
def test_names_cannot_be_joined_by_or(typed: tuple[str, ...], caret: int, korea: Korea) -> None:
    run = korea("pairs", *typed)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "korea: OR cannot join names. To search for words, write 'text:russia'\n"
        f"korea:   {' '.join(typed)}\nkorea:   {' ' * caret}^\n"
    )
    assert asked(korea, "text:russia OR text:china")


def test_rolled_up_the_members_of_a_named_actor_count_as_that(korea: Korea) -> None:
    own = members("kremlin")
    rolled = by_hand(lambda actor: {"kremlin"} if actor in own else tops(actor))
    expected = {pair: kinds for pair, kinds in rolled.items() if "kremlin" in pair}
    assert expected
    assert asked(korea, "kremlin", "--roll-up") == expected


@pytest.mark.parametrize("least", [1, 2, 3, 100])
def test_pairs_with_few_events_can_be_left_out(least: int, korea: Korea) -> None:
    pairs = by_hand(lambda actor: {actor}, lambda event: event.get("kind") == "meeting")
    expected = {pair: kinds for pair, kinds in pairs.items() if kinds.total() >= least}
    assert asked(korea, "kind:meeting", "--min", str(least)) == expected
    document = json.loads(korea("pairs", "kind:meeting", "--min", str(least), "-n", "1", "--json").out)
    assert (document["matched"], document["query"]["arguments"]["least"]) == (len(expected), least)
    assert f"\n--min {least} · kind:meeting\n" in korea("pairs", "kind:meeting", "--min", str(least), "-f", "table").out


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("--min", "0"), "invalid value for '--min': 0 is not at least 1. Try 'korea pairs --help'."),
        (("--at-least", "2"), "no such option: --at-least. Did you mean '--min'? Try 'korea pairs --help'."),
        (("--top", "2"), "no such option: --top. Did you mean '--limit'? Try 'korea pairs --help'."),
        (("events:>=2",), "unknown field 'events'. For pairs with at least two events, write '--min 2'"),
        (("russia", "count:>1"), "unknown field 'count'. For pairs with at least two events, write '--min 2'"),
    ],
)
def test_other_ways_to_ask_for_a_number_lead_to_the_option(typed: tuple[str, ...], message: str, korea: Korea) -> None:
    run = korea("pairs", "kind:meeting", *typed)
    assert (run.code, run.out, run.err) == (2, "", f"korea: {message}\n")


def test_the_second_name_fixes_the_other_where_both_are_of_the_first(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "a.toml").write_text(
        '[[actors]]\nid = "a"\nname = "A"\npart_of = ["whole"]\n[[actors]]\nid = "whole"\nname = "Whole"\n'
        '[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\nactors = ["a", "whole"]\n'
    )
    for typed in (["whole", "a"], ["a", "whole"], ["a"]):
        (row,) = json.loads(korea("pairs", "-d", tmp_path / "a.toml", "--json", *typed).out)["pairs"]
        assert [row["actor"]["id"], row["other"]["id"]] == (
            ["whole", "a"] if typed == ["whole", "a"] else ["a", "whole"]
        )
    assert json.loads(korea("pairs", "-d", tmp_path / "a.toml", "--json", "whole").out)["pairs"] == []


def test_events_that_are_possibly_in_the_range_are_counted(korea: Korea) -> None:
    matches = [row["match"] for row in json.loads(korea("timeline", "-p", "early 2016", "--json").out)["events"]]
    run = korea("pairs", "-p", "early 2016")
    assert run.err == (
        f"korea: {matches.count('possible')} of {len(matches)} events are only possible in the range"
        " (1 Jan 2016 to 30 Apr 2016); --certain leaves them out\n"
    )
    assert korea("pairs", "-p", "early 2016", "--certain").err == ""
    listed = json.loads(korea("timeline", "-p", "early 2016", "by:putin OR to:putin", "--json").out)["events"]
    number = sum(row["match"] == "possible" for row in listed)
    assert f"korea: {number} of {len(listed)} events" in korea("pairs", "putin", "-p", "early 2016").err
