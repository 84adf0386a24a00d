"""A large text is parsed in pieces, says what it says as a whole, and is wrong where the whole is wrong."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import tomli

from korea_cli.reading import pieces

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
