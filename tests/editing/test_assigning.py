"""`key=value` as typed becomes a value of its key's form."""

from __future__ import annotations

from typing import Any

import pytest

from korea_cli.editing.assigning import values_of
from korea_cli.editing.change import UnsafeChangeError
from korea_cli.errors import NotInListError, UsageError
from korea_cli.model import Event, Fact, Header, Source


@pytest.mark.parametrize(
    ("record", "typed", "now", "values"),
    [
        (Event, ["title=A launch"], {}, {"title": "A launch"}),
        (Event, ["title = A launch"], {}, {"title": " A launch"}),
        (Event, ["note=a=b -= c"], {}, {"note": "a=b -= c"}),
        (Event, ["note=two\nlines"], {}, {"note": "two\nlines"}),
        (Event, ["kind="], {"kind": "test"}, {"kind": ""}),
        (Event, ["actors=a", "actors=b"], {"actors": ["c"]}, {"actors": ["a", "b"]}),
        (Event, ["actors+=b", "actors-=a"], {"actors": ["a"]}, {"actors": ["b"]}),
        (Event, ["actors+=a"], {"actors": ["a", "b"]}, {"actors": ["b", "a"]}),
        (Event, ["actors="], {"actors": ["a"]}, {"actors": []}),
        (Fact, ["hedged=Yes"], {}, {"hedged": True}),
        (Fact, ["hedged=no"], {}, {"hedged": False}),
        (Source, ["type=book"], {}, {"type": "book"}),
        (Header, ["schema=1", "kinds+=parade"], {}, {"schema": 1, "kinds": ["parade"]}),
    ],
)
def test_what_is_typed_is_read_by_the_form_of_its_key(
    record: Any, typed: list[str], now: dict[str, Any], values: dict[str, Any]  # noqa: ANN401 - a type of record
) -> None:  # fmt: skip
    assert values_of(record, typed, now) == values


def test_a_yes_is_a_yes_in_any_letters() -> None:
    assert values_of(Fact, ["hedged=TRUE"], {}) == {"hedged": True}


@pytest.mark.parametrize(
    ("record", "typed", "error"),
    [
        (Event, "title", UsageError),
        (Event, "=x", UsageError),
        (Event, "titel=x", NotInListError),
        (Event, "line=3", NotInListError),
        (Event, "title+=x", UsageError),
        (Event, "title-=x", UsageError),
        (Event, "actors-=x", UsageError),
        (Event, "other_dates=2017", UnsafeChangeError),
        (Fact, "hedged=perhaps", UsageError),
        (Header, "schema=one", UsageError),
    ],
)
def test_what_does_not_fit_is_refused(record: Any, typed: str, error: type[Exception]) -> None:  # noqa: ANN401 - as above
    with pytest.raises(error):
        values_of(record, [typed], {})
