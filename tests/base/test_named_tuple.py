"""A named tuple is that of `typing` in all that a program can see of it."""

from __future__ import annotations

import pickle
import typing
from typing import Any, get_type_hints

from korea_cli.base.named_tuple import NamedTuple


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


def test_it_is_pickled() -> None:
    made = Quick("a", (2,))
    assert type(pickle.loads(pickle.dumps(made))) is Quick  # noqa: S301 - made here
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - as above
