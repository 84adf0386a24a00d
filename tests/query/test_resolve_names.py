"""A name is an id, a name or an alias, or a beginning that only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import NO, AmbiguousNameError, UnknownNameError, UsageError
from korea_cli.checks.load import load_valid
from korea_cli.model.row import Named
from korea_cli.query.resolve_names import find
from korea_cli.store.encode_rows import build_store

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.store.database import Store

SMALL = """
[[actors]]
id = "a1"
name = "Rex Tillerson"
aliases = ["틸러슨"]
[[actors]]
id = "a17"
name = "Moon Jae-in"
aliases = ["President Moon", "문재인", "U.S. friend"]
[[actors]]
id = "moon-chung-in"
name = "Moon Chung-in"
[[actors]]
id = "bolton"
name = "John Bolton"
aliases = ["Йод"]
[[topics]]
id = "six-party-talks"
label = "Six Party Talks"
[[topics]]
id = "talks-elsewhere"
label = "Six Party Talks, elsewhere"
[[sources]]
id = "kbs"
title = "Two stories"
[[sources]]
id = "cri"
title = "Two stories"
[[sources]]
id = "two-stories"
title = "Two Stories "
[[sources]]
id = "broadcast"
title = "KBS"
[[events]]
id = "talks"
title = "Talks about 100% of_the 'rest'"
date = 2017
[[facts]]
id = "talks"
text = "Talks help."
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return build_store(load_valid([str(path)]).draft)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bolton", "bolton"),
        ("BOLTON", "bolton"),
        ("John Bolton", "bolton"),
        ("  john   bolton ", "bolton"),
        ("문재인", "a17"),
        ("president moon", "a17"),
        ("йод", "bolton"),
        ("joh", "bolton"),
        ("문", "a17"),
        ("moon-", "moon-chung-in"),
        ("till", "a1"),
        ("러슨", "a1"),
        ("us friend", "a17"),
    ],
)
def test_an_actor_is_found_by_id_name_alias_or_the_beginning_of_a_word(store: Store, typed: str, found: str) -> None:
    assert find(store, typed, "actor").id == found


def test_what_is_found_says_its_type_id_and_title(store: Store) -> None:
    assert find(store, "till", "actor") == Named("actor", "a1", "Rex Tillerson")


def test_an_exact_id_wins_over_the_beginning_of_another(store: Store) -> None:
    assert find(store, "a1", "actor").id == "a1"


def test_an_exact_label_wins_over_the_beginning_of_another(store: Store) -> None:
    assert find(store, "Six Party Talks", "topic").id == "six-party-talks"


def test_an_exact_id_wins_over_the_title_of_another(store: Store) -> None:
    assert find(store, "kbs", "source").id == "kbs"


def test_a_beginning_of_two_names_is_refused_and_names_both(store: Store) -> None:
    with pytest.raises(AmbiguousNameError) as refused:
        find(store, "Moon", "actor")
    assert refused.value.status == NO
    assert refused.value.meant == (("Moon Jae-in", "a17"), ("Moon Chung-in", "moon-chung-in"))
    assert "Moon Jae-in (a17), Moon Chung-in (moon-chung-in)" in str(refused.value)


def test_a_name_that_several_records_bear_is_refused_and_names_them(store: Store) -> None:
    with pytest.raises(AmbiguousNameError) as refused:
        find(store, "two stories", "source")
    assert [id_ for _, id_ in refused.value.meant] == ["kbs", "cri", "two-stories"]


def test_several_names_of_one_record_are_not_ambiguous(store: Store) -> None:
    assert find(store, "b", "actor").id == "bolton"


@pytest.mark.parametrize(
    ("typed", "type_", "near"),
    [
        ("tilerson", "actor", "a1"),
        ("jon bolton", "actor", "bolton"),
        ("문재민", "actor", "a17"),
        ("six-party-talk-s", "topic", "six-party-talks"),
        ("storys", "source", "kbs"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_nearest(store: Store, typed: str, type_: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        find(store, typed, type_)
    assert refused.value.status == NO
    assert near in [id_ for _, id_ in refused.value.near]
    assert f"{type_} not found: '{typed}'. Did you mean " in str(refused.value)


@pytest.mark.parametrize("typed", ["zzzzzz", "", " ", "'", "%", "_", "%o%", "\x00", "😀", "\udc80", "x" * 9_000])
def test_a_name_near_to_nothing_is_refused_without_a_guess(store: Store, typed: str) -> None:
    with pytest.raises(UnknownNameError) as refused:
        find(store, typed, "actor", "topic")
    assert refused.value.near == ()


def test_an_endless_name_is_refused_too(store: Store) -> None:
    with pytest.raises(UsageError):
        find(store, "x" * 100_000, "actor")


def test_only_records_of_the_types_asked_for_are_found(store: Store) -> None:
    assert find(store, "talks", "event").type == "event"
    assert find(store, "talks", "fact").type == "fact"
    with pytest.raises(UnknownNameError):
        find(store, "bolton", "topic", "source")


def test_an_id_that_two_types_share_is_refused_when_both_are_asked_for(store: Store) -> None:
    with pytest.raises(AmbiguousNameError, match="is ambiguous: "):
        find(store, "talks", "event", "fact")


def test_signs_that_mean_something_to_sql_are_letters_like_others(store: Store) -> None:
    assert find(store, "talks about 100% of_the 'rest'", "event").id == "talks"
    assert find(store, "talks about 100%", "event").id == "talks"
    with pytest.raises(UnknownNameError):
        find(store, "t_lks", "event")


def test_nothing_is_guessed_from_a_word_of_two_letters(store: Store) -> None:
    with pytest.raises(UnknownNameError) as refused:
        find(store, "oin", "actor")
    assert refused.value.near == ()


def test_the_built_in_record_knows_its_actors_in_every_script() -> None:
    store = build_store(load_valid(["builtin"]).draft)
    names = ("putin", "Vladimir Putin", "Путин", "블라디미르 푸틴", "PUTIN")
    assert {find(store, name, "actor").id for name in names} == {"putin"}
    assert find(store, "till", "actor").id == "tillerson"
    assert find(store, "習近平", "actor").id == "xi-jinping"
    assert find(store, "viet nam", "actor").id == "vietnam"
    with pytest.raises(AmbiguousNameError, match=r"Moon Jae-in \(moon-jae-in\), Moon Chung-in \(moon-chung-in\)"):
        find(store, "moon", "actor")


def test_where_two_types_have_an_id_the_type_in_front_says_which_is_meant() -> None:
    store = build_store(load_valid(["builtin"]).draft)
    with pytest.raises(AmbiguousNameError, match=r"\(actor:six-party-talks\), .*\(topic:six-party-talks\)"):
        find(store, "six-party-talks", "actor", "topic")
    assert find(store, "topic:six-party-talks", "actor", "topic").type == "topic"
    assert find(store, "Actor: six party", "actor", "topic").type == "actor"
    with pytest.raises(UnknownNameError, match="topic not found: 'zeppelin'"):
        find(store, "topic:zeppelin", "actor", "topic")
