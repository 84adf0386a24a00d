"""The classes of records are frozen dataclasses for all who use them, although `dataclasses` does not define them."""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Actor, Topic
from korea_cli.model.header import Header
from korea_cli.model.records import RECORDS, keys_of

if TYPE_CHECKING:
    from korea_cli.model.records import Record

CLASSES = [*RECORDS, Header]
every_class = pytest.mark.parametrize("record", CLASSES, ids=lambda each: each.__name__)


@every_class
def test_its_fields_are_those_that_are_declared(record: type[Record | Header]) -> None:
    fields = dataclasses.fields(record)
    assert dataclasses.is_dataclass(record)
    assert [each.name for each in fields] == list(keys_of(record))
    assert all(each.kw_only and each.init for each in fields)


@every_class
def test_it_is_made_with_the_defaults_of_its_fields(record: type[Record | Header]) -> None:
    parameters = inspect.signature(record).parameters
    missing = {dataclasses.MISSING: inspect.Parameter.empty}
    defaults = {each.name: missing.get(each.default, each.default) for each in dataclasses.fields(record)}
    assert {name: each.default for name, each in parameters.items()} == defaults
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert [name for name, key in keys_of(record).items() if key.required] == [
        name for name, default in defaults.items() if default is inspect.Parameter.empty
    ]


def test_a_record_cannot_be_changed() -> None:
    actor: Any = Actor(id="putin", name="Putin")
    for name in ("name", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(actor, name, "P")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del actor.id
    assert (actor.id, actor.name) == ("putin", "Putin")
    assert not hasattr(actor, "__dict__")


def test_a_record_is_made_by_the_names_of_its_fields() -> None:
    make: Any = Topic
    with pytest.raises(TypeError, match=r"Topic\.__init__\(\) missing 1 required keyword-only argument: 'label'"):
        make(id="t")
    with pytest.raises(TypeError, match="unexpected keyword argument 'lable'"):
        make(id="t", label="T", lable="T")
    with pytest.raises(TypeError, match="positional argument"):
        make("t", "T")


def test_records_are_equal_with_the_same_values_and_of_the_same_type() -> None:
    one, same = (Topic(id="t", label="T", aliases=("X",)) for _ in range(2))
    others: list[object] = [Actor(id="t", name="T"), "t", dataclasses.replace(one, note="N")]
    assert one == same
    assert hash(one) == hash(same)
    assert one not in others


def test_a_record_becomes_a_dictionary_of_its_fields() -> None:
    found = dataclasses.asdict(Topic(id="t", label="T"))
    assert list(found) == list(keys_of(Topic))
    assert (found["id"], found["label"], found["aliases"], found["first"]) == ("t", "T", (), None)
