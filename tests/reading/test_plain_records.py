"""Records as `korea` writes them are read without the parser of TOML, and are then what it would read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli.editing.toml import toml_record
from korea_cli.model.records import RECORDS, Record, file_keys
from korea_cli.reading.locate import path_of
from korea_cli.reading.pieces import Parsed, parse
from korea_cli.reading.plain_records import PlainRecord, parse_records

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = [
    "[[events]]\n", "[[facts]]\n", "[[a-b_1]]\n", "[[events.x]]\n", "[events.y]\n", "[[ events ]]\n", "[events]\n",
    "[[é]]\n", "\n", " \n", 'id = "x"\n', 'title = "한 é \U0001f600"\n', 'title = ""\n', 'title = "a # b"\n', "x = 1\n",
    'title = "x = [1]"\n', 'x="y"\n', 'x  = "y"\n', ' x = "y"\n', 'x = "y" \n', 'x = "y"', 'x = "y"\r\n', "x = []\n",
    'x = "y" # z\n', 'x.y = "z"\n', '"x" = "y"\n', 'é = "y"\n', "x = 'y'\n", 'x = "\\n"\n', 'x = "\\q"\n', "x = true\n",
    'x = "a\tb"\n', 'x = "a\x00b"\n', 'x = "\x7f"\n', 'x = "\x85\u2028\ud800"\n', 'x = """\n', '"""\n', 'x = """"\n',
    'x = """y"""\n', "x = 2017-01-01\n", 'x = ["y"]\n', 'x = ["y", "z"]\n', 'x = ["y","z"]\n', 'x = ["y",  "z",]\n',
    'x = [\n    "y",\n    "z",\n]\n', 'x = [\n"y"\n,\n"z"\n]\n', 'x = ["y" "z"]\n', 'x = ["y",,]\n', "x = [,]\n",
    'x = [["y"]]\n', "x = [\n", "[[]]\n", "]\n", 'x = [\n  "y", # z\n]\n', 'x = ["y, z"]\n', 'x = ["y]"]\n',
    'x = ["\\"", "z"]\n', 'x = [\t"y"]\n', 'x = ["y"]z\n', "# a comment\n", "# [[events]]\n", '# x = "y"\n', "#\x00\n",
    "#\x7f\n", "#\t\n", " # x\n", "x = '''\n", "'''\n", 'x = { y = "z" }\n', "x = nan\n", "[[events.x.y]]\n", "\r",
    "\x00", 'events = "x"\n', "[events.id]\n", 'x = """\n[[events]]\nid = "y"\n"""\n', 'x = ["""y"""]\n', "\ufeff",
    "#\x85\u2028\n",
]  # fmt: skip


def tables_of(records: Sequence[PlainRecord]) -> dict[str, Any]:
    return Parsed("", records).tables()


def as_toml(text: str) -> str:
    """Return what the parser of TOML reads, in its order, or that it refuses the text."""
    try:
        return repr(tomli.loads(text))
    except tomli.TOMLDecodeError:
        return ""


@given(lines=st.lists(st.sampled_from(LINES), max_size=12))
@example(lines=["[[events]]\n", 'x = "y"\n', 'x = "y"\n'])
@example(lines=["[[events]]\n", 'x = ["y"]\n', "[[events]]\n", "[[events]]\n", "[events]\n"])
def test_what_is_read_is_what_toml_has(lines: list[str]) -> None:
    text = "".join(lines)
    plain = parse_records(text, tomli.loads)
    assert plain is None or repr(tables_of(plain)) == as_toml(text)


@given(text=st.text(alphabet='[]"\\#= \n\tax,é\x00\x7f', max_size=30))
def test_so_is_any_text_under_a_header(text: str) -> None:
    text = f'[[events]]\nx = "y"\n{text}'
    plain = parse_records(text, tomli.loads)
    assert plain is None or repr(tables_of(plain)) == as_toml(text)


@given(
    number=st.integers(0, 100_000), cut=st.integers(1, 5), put=st.sampled_from(['"', "\n", "]", "[", ",", "\\", "#"])
)
def test_so_is_the_built_in_record_with_one_place_changed(number: int, cut: int, put: str) -> None:
    path = path_of("builtin")
    assert path
    for text in path.read_text("utf-8").split("\n\n")[:400:10]:
        at = number % (len(text) + 1)
        changed = f"{text[:at]}{put}{text[at + cut :]}\n"
        plain = parse_records(changed, tomli.loads)
        assert plain is None or repr(tables_of(plain)) == as_toml(changed)


@pytest.mark.parametrize("record", RECORDS)
def test_what_korea_writes_is_plain(record: type[Record]) -> None:
    values = {
        key: ["a b", "한"] * (20 if key == "sources" else 1)
        if spec.form in {"refs", "cites", "texts"}
        else f'the "{key}"\n\tof a\\b'
        for key, spec in file_keys(record).items()
        if spec.form not in {"flag", "whole", "other_dates"}
    }
    text = "# of mine\n\n" + "\n".join([toml_record(record, values), toml_record(record, values)])
    assert tables_of(parse_records(text, refuse) or ()) == {record.table: [values, values]} == parse(text)


def refuse(text: str) -> Any:  # noqa: ANN401 - nothing
    raise AssertionError(text)


def test_only_a_record_that_is_not_plain_is_left_to_the_parser_of_toml() -> None:
    parsed: list[str] = []

    def parse_alone(text: str) -> Any:  # noqa: ANN401 - as tomli has it
        parsed.append(text)
        return tomli.loads(text)

    plain = '[[events]]\nid = "a"\n\n# a comment\n'
    odd = '[[facts]]\nid = "b"\nhedged = true\n[facts.more]\nx = 1\n'
    text = f"{plain}{odd}{plain}"
    assert tables_of(parse_records(text, parse_alone) or ()) == tomli.loads(text)
    assert parsed == [odd]
