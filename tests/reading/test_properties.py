"""Whatever the bytes, the loader gives problems or raises DataError, and each problem has its place in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from korea_cli.base.errors import DataError
from korea_cli.checks.load import load
from korea_cli.reading.locate import path_of

if TYPE_CHECKING:
    from pathlib import Path

BUILTIN = path_of("builtin")
assert BUILTIN is not None
RAW = BUILTIN.read_bytes()
LINES = RAW.splitlines(keepends=True)
WORDS = [
    *(
        b"[[events]]",
        b"[[facts]]",
        b"[[sources]]",
        b"[[actors]]",
        b"[[topics]]",
        b"[chronology]",
        b"[events]",
        b"events",
    ),
    *(b"id", b"title", b"date", b"sources", b"aliases", b"part_of", b"other_dates", b"include", b"schema", b"kinds"),
    *(b"=", b"\n", b"\n", b" ", b",", b"[", b"]", b"{", b"}", b'"', b"'", b'"""', b"'''", b"\\", b"#", b".", b"\r"),
    *(b'"x"', b'"a#b"', b'"2017-07-04"', b"2017-07-04", b"2017", b"1", b"1.5", b"nan", b"-inf", b"true", b'"\\u0000"'),
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        "é한".encode(),
        "e\u0301".encode(),
        b'"*"',
        b'"**/*"',
        b"09:10:00",
        b"1" * 4400,
    ),
]


def judge(raw: bytes, folder: Path) -> None:
    """Load some bytes and check the places of what is wrong with them."""
    file = folder / "x.toml"
    file.write_bytes(raw)
    try:
        problems = load([str(file)]).check("warning", "note")
    except DataError as error:
        problems = error.problems
    lines = raw.split(b"\n")
    for problem in problems:
        assert problem.file == str(file)
        assert problem.line is None or 1 <= problem.line <= len(lines)
        if problem.line and problem.column:
            assert problem.column <= len(lines[problem.line - 1]) + 1
        assert re.search(r"\w", problem.message)
        assert str(problem)


@given(raw=st.binary(max_size=300))
def test_random_bytes_raise_nothing_else(raw: bytes, tmp_path: Path) -> None:
    judge(raw, tmp_path)


@given(words=st.lists(st.sampled_from(WORDS), max_size=60))
@example(words=[b"id", b"=", b"1" * 4400])
@example(words=[b'"', b"\\"])
def test_random_text_like_toml_raises_nothing_else(words: list[bytes], tmp_path: Path) -> None:
    judge(b"".join(words), tmp_path)


@settings(max_examples=60)
@given(data=st.data())
def test_the_built_in_record_with_changed_bytes_raises_nothing_else(data: st.DataObject, tmp_path: Path) -> None:
    raw = bytearray(RAW)
    for place in data.draw(st.lists(st.integers(0, len(RAW) - 1), min_size=1, max_size=4)):
        raw[place] = data.draw(st.integers(0, 127))
    judge(bytes(raw), tmp_path)


@settings(max_examples=60)
@given(data=st.data())
def test_the_built_in_record_with_lines_lost_and_moved_raises_nothing_else(data: st.DataObject, tmp_path: Path) -> None:
    lines = list(LINES)
    for place in data.draw(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=4)):
        other = data.draw(st.integers(0, len(LINES) - 1))
        change = data.draw(st.sampled_from(["lose", "swap", "repeat"]))
        if change == "swap":
            lines[place], lines[other] = lines[other], lines[place]
        else:
            lines[place] = b"" if change == "lose" else lines[place] * 2
    judge(b"".join(lines), tmp_path)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(
        [*("''", "'x'", "'2017-07-04'", "'a#b'", "0", "-1", "2017", "1.5", "nan", "inf", "true", "2017-07-04"),
         *("09:10:00", "2017-07-04T00:40:00Z", "99999999999999999999")]
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    | st.dictionaries(st.sampled_from(["date", "sources", "note", "x"]), inner, max_size=3).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
    ),
    max_leaves=4,
)  # fmt: skip
KEYS = sorted(
    {match[1].decode() for match in re.finditer(rb"(?m)^(\w+) = ", RAW)} | {"include", "kinds", "time", "timezone"}
)
TABLES = st.sampled_from(["[[sources]]", "[[actors]]", "[[topics]]", "[[events]]", "[[facts]]", "[chronology]"])


@settings(max_examples=150)
@given(tables=st.lists(st.tuples(TABLES, st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)), max_size=4))
def test_any_value_under_any_key_raises_nothing_else(tables: list[tuple[str, dict[str, str]]], tmp_path: Path) -> None:
    written = [[table, *(f"{key} = {value}" for key, value in keys.items())] for table, keys in tables]
    judge("\n".join(line for table in written for line in table).encode(), tmp_path)
