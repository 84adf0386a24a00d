"""An error's text can be logged as it is, whatever was typed and whatever stands in a data file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from korea_cli import KoreaError, Selection, open_chronology
from korea_cli.base.errors import OutputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from korea_cli import Chronology

# What a terminal, a log viewer or an encoder would act on.
HOSTILE = "a\nb\r\x1b[31m\x07\x00\x7f\x9b\u2028\u2029\u202e\u2066\u200f\udcff"
ACTED_ON = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
ASKED: dict[str, Callable[[Chronology], object]] = {
    "a name": lambda record: record.find(HOSTILE),
    "a name of one type": lambda record: record.find(HOSTILE, "actor"),
    "a field": lambda record: record.events(Selection(terms=(f"x{HOSTILE}:y",))),
    "a value of a field": lambda record: record.events(Selection(terms=(f"actor:{HOSTILE}",))),
    "a kind": lambda record: record.events(Selection(kinds=(HOSTILE,))),
    "a status": lambda record: record.events(Selection(statuses=(HOSTILE,))),
    "a day": lambda record: record.events(Selection(since=HOSTILE)),
    "a period": lambda record: record.events(Selection(period=HOSTILE)),
    "two that exclude each other": lambda record: record.events(Selection(period=HOSTILE, since=HOSTILE)),
    "a key to sort by": lambda record: record.events(Selection(sort=HOSTILE)),
}


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


@pytest.mark.parametrize("what", ASKED)
def test_an_error_about_what_was_typed_is_one_safe_line(what: str, record: Chronology) -> None:
    with pytest.raises(KoreaError) as raised:
        ASKED[what](record)
    assert not ACTED_ON.search(str(raised.value)), what
    assert "\n" not in str(raised.value)
    str(raised.value).encode()


def test_an_error_about_data_has_a_safe_line_for_each_problem(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1bb.toml").write_text(
        '[[events]]\nid = "e"\ntitle = "T"\ndate = "2017\\n\\u001b\\u202e"\n"k\\n\\u001b\\u202e" = 1\n', "utf-8"
    )
    with pytest.raises(KoreaError) as raised:
        open_chronology(tmp_path / "a\n\x1bb.toml")
    assert len(raised.value.sentences) > 1
    assert str(raised.value).count("\n") == len(raised.value.sentences) - 1
    assert not ACTED_ON.search(str(raised.value))


def test_a_file_that_is_not_there_is_named_on_one_safe_line(tmp_path: Path) -> None:
    with pytest.raises(KoreaError) as raised:
        open_chronology(tmp_path / "no\n\x1b\udcffwhere.toml")
    assert "\n" not in str(raised.value)
    assert not ACTED_ON.search(str(raised.value))


def test_the_attributes_hold_what_was_typed(record: Chronology) -> None:
    with pytest.raises(UnknownNameError) as raised:
        record.find("ti\x1blerson\u202e")
    assert raised.value.name == "ti\x1blerson\u202e"


@pytest.mark.parametrize("error", [KoreaError(f"x{HOSTILE}"), OutputError(HOSTILE, HOSTILE)], ids=["plain", "facts"])
def test_every_kind_of_error_is_safe(error: KoreaError) -> None:
    assert not ACTED_ON.search(str(error))
    assert "\n" not in str(error)
    assert repr(error).isprintable()
