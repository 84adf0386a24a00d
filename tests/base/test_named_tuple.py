"""A named tuple is that of `typing` in all that a program can see of it."""

from __future__ import annotations

import copy
import pickle
import typing
from inspect import signature
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

from korea_cli.base.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Quick(NamedTuple):
    """A pair."""

    name: str
    values: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        """The first value."""
        return self.values[0]

    @classmethod
    def of(cls, name: str) -> Quick:
        """Return one."""
        return cls(name, (1,))


class Usual(typing.NamedTuple):
    """A pair."""

    name: str
    values: tuple[int, ...] = ()


def test_it_has_the_fields_and_defaults() -> None:
    quick: Any = Quick("a")
    usual: Any = Usual("a")
    assert (quick._fields, quick._field_defaults) == (usual._fields, usual._field_defaults)
    assert (Quick.__name__, Quick.__doc__, Quick.__module__) == ("Quick", Usual.__doc__, Usual.__module__)
    assert Quick.__mro__[1:] == Usual.__mro__[1:] == (tuple, object)
    assert get_type_hints(Quick) == get_type_hints(Usual)
    assert repr(quick) == repr(usual).replace("Usual", "Quick")
    assert not hasattr(quick, "__dict__")


def test_it_has_its_methods() -> None:
    assert tuple(Quick.of("a")) == ("a", (1,))
    assert Quick.of("a").first == 1
    assert Quick("a")._replace(name="b").name == "b"
    match Quick("a"):
        case Quick(name, values):
            assert (name, values) == ("a", ())


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])  # noqa: S301 - made here
def test_it_is_copied(again: Callable[[Quick], Quick]) -> None:
    made = Quick("a", (2,))
    assert type(again(made)) is Quick
    assert again(made) == made


CALLS: dict[str, Callable[[Any], Any]] = {
    "by position": lambda made: made("a", (1,)),
    "by name": lambda made: made(values=(1,), name="a"),
    "by default": lambda made: made("a"),
    "made of values": lambda made: made._make(["a", (1,)]),
    "replaced": lambda made: made("a")._replace(values=(2,)),
    "as a dictionary": lambda made: made("a")._asdict(),
    "read by name": lambda made: (made("a").name, made("a").values),
    "its signature": lambda made: [(each.name, each.default) for each in signature(made).parameters.values()],
    "the help of a field": lambda made: made.values.__doc__,
}
MISTAKES: dict[str, Callable[[Any], Any]] = {
    "too few": lambda made: made(),
    "too many": lambda made: made("a", (), 1),
    "an unknown name": lambda made: made("a", other=1),
    "too many values": lambda made: made._make(["a", (), 1]),
    "too few values": lambda made: made._make(["a"]),
    "an unknown field": lambda made: made("a")._replace(other=1),
    "a change": lambda made: setattr(made("a"), "name", "b"),
    "another attribute": lambda made: setattr(made("a"), "other", 1),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_it_answers_as_the_usual_one(call: Callable[[Any], Any]) -> None:
    assert call(Quick) == call(Usual)


@pytest.mark.parametrize("call", MISTAKES.values(), ids=MISTAKES)
def test_it_refuses_what_the_usual_one_does(call: Callable[[Any], Any]) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        call(Usual)
    with pytest.raises((TypeError, ValueError, AttributeError)):
        call(Quick)


def test_it_has_as_many_fields_as_are_declared() -> None:
    definition: Any = type(NamedTuple)
    for count in range(1, 33):
        names = [f"field_{number}" for number in range(count)]
        body = {"__annotations__": dict.fromkeys(names, "int"), "__module__": __name__, names[-1]: 7}
        made = definition("Made", (NamedTuple,), body)
        assert made(*range(count - 1)) == (*range(count - 1), 7)
        assert [getattr(made(*range(count)), name) for name in names] == list(range(count))
