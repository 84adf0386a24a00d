"""A large text is parsed in pieces, says what it says as a whole, and is wrong where the whole is wrong."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli.reading import pieces

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = [f'[[events]]\nid = "e{n}"\ntitle = "E"\ndate = 2017-01-0{n}\n' for n in range(1, 9)]
TEXTS = [
    "\n".join(RECORDS),
    '[chronology]\ntitle = "T"\n' + "\n".join(RECORDS) + '[[facts]]\nid = "f"\n[[facts.inner]]\nx = 1\n',
    "\n".join([*RECORDS, '[[actors]]\nid = "a"\n', *(record.replace('"e', '"f') for record in RECORDS)]),
    "\n".join(RECORDS) + '[[actors]]\nid = "a"\nnote = """\n[[events]]\nid = 1\n"""\n' + "\n".join(RECORDS),
    "\n".join(RECORDS) + "[other]\nx = 1\n" + "\n".join(RECORDS),
    "x = 1\n",
    "",
    "# [[events]]\n" * 40,
    f'{RECORDS[0]}[[facts]]\nid = "f"\n[[events.inner]]\nx = 1\n{"".join(RECORDS)}',
]
WRONG = [
    "\n".join(RECORDS) + "[events]\nx = 1\n",
    "events = []\n" + "\n".join(RECORDS),
    'events = [ { id = "x" } ]\n' + "\n".join(RECORDS),
    "\n".join(RECORDS) + "x = \n" + "\n".join(RECORDS),
    "[other]\nx = 1\n" + "\n".join(RECORDS) + "[other]\ny = 1\n",
    "[other]\nx = 1\n" + "\n".join(RECORDS) + "[[actors]]\nid = 1\n[other]\ny = 1\n",
    "\n".join(RECORDS) + '[[actors]]\nnote = """\n' + "\n".join(RECORDS),
]


@pytest.mark.parametrize("size", [1, 40, 100, 10_000])
@pytest.mark.parametrize("text", TEXTS)
def test_the_pieces_say_what_the_whole_says(text: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PIECE", size)
    assert pieces.parse(text) == tomli.loads(text)


@pytest.mark.parametrize("size", [1, 40, 100])
@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_as_of_the_whole(text: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(tomli.TOMLDecodeError) as whole:
        tomli.loads(text)
    monkeypatch.setattr(pieces, "_PIECE", size)
    with pytest.raises(tomli.TOMLDecodeError) as raised:
        pieces.parse(text)
    told = [(each.value.msg, each.value.lineno, each.value.colno) for each in (raised, whole)]
    assert told[0] == told[1]


@pytest.mark.parametrize("text", [TEXTS[0], f"{TEXTS[0]}x = = 1\n", f"{TEXTS[0]}\n".replace("2017-01-06", "2017-01-6")])
def test_between_the_pieces_signals_are_seen(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PIECE", 50)
    sizes: list[int] = []
    loads = tomli.loads

    def noted(text: str, **options: Any) -> dict[str, object]:  # noqa: ANN401 - as tomli has it
        parsed = loads(text, **options)  # where it raises, it has not read on
        sizes.append(len(text))
        return parsed

    monkeypatch.setattr(tomli, "loads", noted)
    with suppress(tomli.TOMLDecodeError):
        pieces.parse(text)
    assert len(sizes) > 3
    assert max(sizes) <= 50 + 2 * len(RECORDS[0])
    assert sum(sizes) <= len(text)


LINES = [
    "[[events]]\n", "[[facts]]\n", "[[events.x]]\n", "[events.y]\n", "[other]\n", "[events]\n", "events = []\n",
    'id = "x"\n', 'note = "y"\n', "x = 1\n", 'x = ["y"]\n', 'x = """\n', '"""\n', "# a comment\n", "\n", 'id = "x"\r\n',
    "[[events]]\r\n", 'x = "y"', "[[", '[[events]]\nid = "x"\n', '[[facts]]\nid = "y"\n',
]  # fmt: skip
of_lines = st.lists(st.sampled_from(LINES), max_size=12)


def read(parse: Callable[[], object]) -> object:
    """Return what a parser reads, or None where it refuses: of two mistakes, either may be reported first."""
    try:
        return parse()
    except tomli.TOMLDecodeError:
        return None


@given(before=of_lines, at=st.integers(0, 12), gone=st.integers(0, 5), new=of_lines, size=st.sampled_from([1, 20, 60]))
@example(before=['[[events]]\nid = "x"\n'] * 2, at=1, gone=0, new=['note = "y"\n'], size=1)
@example(before=["[[events]]\n", 'id = "x"\n'], at=2, gone=0, new=["[[events]]\n"], size=1)
@example(before=["[[events]]\n", "[[facts]]\n", "[[events]]\n"], at=2, gone=0, new=["[[events.x]]\n"], size=1)
@example(before=["[[events]]\n", "x = 1"], at=2, gone=0, new=["[["], size=1)
def test_a_changed_text_says_what_a_new_one_says(
    before: list[str], at: int, gone: int, new: list[str], size: int
) -> None:
    old, text = "".join(before), "".join([*before[:at], *new, *before[at + gone :]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "_PIECE", size)
        try:
            earlier = pieces.parse_pieces(old)
        except tomli.TOMLDecodeError:
            return
        tables = repr(earlier.tables())
        assert read(lambda: pieces.parse_pieces(text, earlier).tables()) == read(lambda: tomli.loads(text))
        assert repr(earlier.tables()) == tables


def test_of_two_records_with_one_text_only_one_is_the_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PIECE", 1)
    text = '[[events]]\nid = "x"\n'
    earlier = pieces.parse_pieces(text)
    known, both = earlier.tables()["events"], pieces.parse_pieces(text * 2, earlier).tables()["events"]
    assert isinstance(known, list)
    assert isinstance(both, list)
    assert [each is known[0] for each in both] == [True, False]
    assert both == known * 2
