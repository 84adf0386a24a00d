"""Names that are typed become ids of what there is, or are asked to be declared first."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import AmbiguousNameError, UsageError
from korea_cli.ingest.names.undeclared import UndeclaredError
from korea_cli.ingest.names.values import fit_value
from korea_cli.model.records import Actor

if TYPE_CHECKING:
    from ingest.conftest import Mine

ACTORS = ("actors",)


@pytest.mark.parametrize("typed", ["han", "Minister Han", "minister  HAN", "\uff2dinister Han"])
def test_an_id_or_name_means_its_record(typed: str, mine: Mine) -> None:
    assert mine.registry.resolve(ACTORS, typed) == "han"


def test_an_alias_in_another_script_means_its_record(mine: Mine) -> None:
    assert mine.registry.resolve(ACTORS, "северная корея") == "north"


def test_what_is_not_there_is_named_with_what_is_near_and_with_what_adds_it(mine: Mine) -> None:
    with pytest.raises(UndeclaredError) as raised:
        mine.registry.resolve(ACTORS, "Minister Ham")
    said, remedy = raised.value.sentences
    assert said == "actor not found: 'Minister Ham'. Did you mean 'Minister Han' (han)?"
    assert remedy.startswith("to add it, run: korea add actor --name 'Minister Ham' -d ")


def test_the_remedy_keeps_an_id_and_survives_any_name(mine: Mine) -> None:
    with pytest.raises(UndeclaredError) as raised:
        mine.registry.resolve(("sources",), "daily-2018")
    words = ["korea", "add", "source", "--id", "daily-2018", "--title", "Daily 2018", "-d", str(mine.path)]
    assert shlex.split(raised.value.remedy) == words
    assert raised.value.sentences[0] == "source not found: 'daily-2018'"
    with pytest.raises(UndeclaredError) as raised:
        mine.registry.resolve(ACTORS, "$(reboot) 'x'")
    assert shlex.split(raised.value.remedy)[4] == "$(reboot) 'x'"


def test_a_beginning_is_not_enough_where_it_will_be_stored(mine: Mine) -> None:
    with pytest.raises(UndeclaredError):
        mine.registry.resolve(ACTORS, "minister")


def test_what_disputes_may_be_of_several_tables(mine: Mine) -> None:
    tables = ("facts", "actors", "sources")
    assert mine.registry.resolve(tables, "gazette") == "gazette"
    with pytest.raises(UndeclaredError, match="fact or actor or source not found: 'x'"):
        mine.registry.resolve(tables, "x")


def test_a_title_of_two_records_means_neither(mine: Mine) -> None:
    mine.add("event", id="second", title="An offer", date="2019")
    with pytest.raises(AmbiguousNameError):
        mine.registry.resolve(("events",), "an offer")


def test_where_no_actors_are_declared_an_id_declares_itself(mine: Mine) -> None:
    mine.write('[[events]]\nid = "x"\ntitle = "x"\ndate = "2018"\nactors = ["kim"]\n')
    assert mine.registry.resolve(ACTORS, "anybody") == "anybody"
    assert mine.registry.place_of("actors", "kim") is None
    with pytest.raises(UsageError, match="Did you mean 'kim-jong-un'"):
        mine.registry.resolve(ACTORS, "Kim Jong-un")


def test_a_name_of_an_actor_may_be_its_own_and_no_other(mine: Mine) -> None:
    registry = mine.registry
    assert fit_value(Actor, "aliases", ["Minister Han"], registry, "han") == ["Minister Han"]
    assert str(fit_value(Actor, "aliases", ["Minister Han"], registry, "")).startswith("aliases 'Minister Han' is also")
    assert fit_value(Actor, "aliases", ["Minister Han"], registry, None) == ["Minister Han"]  # compared later
