"""The canonical form says the same, keeps every comment where it belongs, and is left alone once it is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from korea_cli.editing.edits import Edit, apply_edit
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.formatting import format_text, formatting
from korea_cli.model.records import RECORDS, written_keys
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable

RECORD = Path(__file__).parents[2] / "data" / "events.toml"
BROKEN = Path(__file__).parents[1] / "data" / "broken"
LONG = ", ".join(f'"name number {number}"' for number in range(8))


def changed_text(text: str, change: Edit) -> str:
    """Return what a change makes of a text."""
    document, problem = parse_document(Document(name="mine.toml", path=None, text=text))
    assert problem is None
    return apply_edit(document, change).text


def made(text: str) -> str:
    """Give the canonical form, proved to say the same."""
    return changed_text(text, formatting())


# ---------------------------------------------------------------- one thing at a time


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# only\n\n\n# this", "# only\n\n# this\n"),
        ("[[ events ]]\nid='a'", '[[events]]\nid = "a"\n'),
        ('["events"]\n"id" = "a"', '[events]\nid = "a"\n'),
        ("[a.b]\nx =1\n", "[a.b]\nx =1\n"),
        ('[[events]]\ndate = "2017"\nzzz = 1\nid = "a"\n', '[[events]]\nid = "a"\ndate = "2017"\nzzz = 1\n'),
        ('[[facts]]\ntext = "T"\nextends = "a"\n', '[[facts]]\nextends = "a"\ntext = "T"\n'),
        ('  [[topics]]\n\t id = "a"\n\n\n  label = "L"  \n', '[[topics]]\nid = "a"\nlabel = "L"\n'),
        ('[[topics]]\nid = "a"\n[[topics]]\nid = "b"\n', '[[topics]]\nid = "a"\n\n[[topics]]\nid = "b"\n'),
        ('[[topics]]\r\nid="a"\r\n\r\n\r\n', '[[topics]]\r\nid = "a"\r\n'),
        ("'' = 1\n\n\"a b\"= 2", "'' = 1\n\"a b\"= 2\n"),
        ("title.x = 1\ntitle . y = 2", "title.x = 1\ntitle . y = 2\n"),
        ("zz = 1\naa = 2\n", "zz = 1\naa = 2\n"),  # nobody knows the order of these
    ],
)
def test_records_and_keys_are_set_apart_and_ordered(text: str, canonical: str) -> None:
    assert made(text) == canonical
    assert made(canonical) == canonical


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("'a'", '"a"'),
        ("'a \"b\"'", "'a \"b\"'"),
        (r"'a\b'", r"'a\b'"),
        (r'"a\"b"', r'"a\"b"'),
        ('"""a\n  # b\n"""', '"""a\n  # b\n"""'),
        ("'''a'''", "'''a'''"),
        ("[]", "[]"),
        ("[ 'a','b' ,]", '["a", "b"]'),
        ("[\n  'a',\n  'b'\n]", '["a", "b"]'),
        ("[ [1,\n2], [ ] ]", "[[1, 2], []]"),
        ("2017-05-25 09:10:00", "2017-05-25 09:10:00"),
        ("[ 2017-05-25 09:10:00,1]", "[2017-05-25 09:10:00, 1]"),
        ("{a=1,b = [ 'x' ]}", '{ a = 1, b = ["x"] }'),
        ("{ }", "{}"),
        ("[{}, { a.b = 1, 'c d' = 2 }]", '[{}, { a.b = 1, "c d" = 2 }]'),
        ('["""a""", "b"]', '["""a""", "b"]'),
        ("['a', # one\n'b']", '[\n    "a",  # one\n    "b",\n]'),
        ("[ # first\n'a'\n# last\n]", '[\n    # first\n    "a",\n    # last\n]'),
        ("[# none\n]", "[\n    # none\n]"),
        ("['a' # one\n, # two\n'b']", '[\n    "a",  # one\n    # two\n    "b",\n]'),
        ("[['a', # deep\n'b']]", "[['a', # deep\n'b']]"),
        (f"[{LONG}]", "[\n" + "".join(f'    "name number {number}",\n' for number in range(8)) + "]"),
    ],
)
def test_a_value_is_spelled_one_way_or_left_as_it_is(value: str, canonical: str) -> None:
    assert made(f"x={value}") == f"x = {canonical}\n"
    assert made(f"x = {canonical}\n") == f"x = {canonical}\n"


def test_a_list_of_100_columns_stands_on_one_line_and_one_of_101_does_not() -> None:
    fits = f'x = ["{"a" * 50}", "{"b" * 38}"]\n'
    assert len(fits) == 101  # with the end of the line
    assert made(fits) == fits
    assert made(fits.replace("bb", "bbb", 1)).count("\n") == 4


def test_comments_stay_with_what_they_stand_above_or_beside() -> None:
    text = """#:schema x.json
# mine
[chronology] # head
# of the title

title='T'     # beside
as_of = "2017"     # kept apart as it was

# between

# above the first
[[events]]
# of the date
date = "2017"
# of the id
id = "a"
# at the end

# above the second
[[events]]
id = "b"
# the very end
"""
    assert (
        made(text)
        == """#:schema x.json

# mine
[chronology]  # head
# of the title
title = "T"  # beside
as_of = "2017"     # kept apart as it was

# between

# above the first
[[events]]
# of the id
id = "a"
# of the date
date = "2017"
# at the end

# above the second
[[events]]
id = "b"
# the very end
"""
    )


def test_tables_within_a_record_stay_as_they_are_and_with_it() -> None:
    within = "\n  # odd\n[[events.other_dates]]\n   date = '2016'   \n\nnote='n'"
    text = f'[[events]]\ndate="2017"\nid = "b"\n{within}  # end\n\n\n[[events]]\nid = "a"\ndate = "2015"\n'
    canonical = made(text)
    assert canonical == f'[[events]]\nid = "b"\ndate = "2017"\n{within}  # end\n\n[[events]]\nid = "a"\ndate = "2015"\n'
    assert format_text(canonical, sort=True).endswith(f'[[events]]\nid = "b"\ndate = "2017"\n{within}  # end\n')


# ---------------------------------------------------------------- order


def test_sorting_orders_events_by_date_and_what_is_named_by_id_and_leaves_facts() -> None:
    text = "".join(
        f'# {table} {id_}\n[[{table}]]\nid = "{id_}"\n{more}\n'
        for table, id_, more in [
            ("events", "late", 'date = "2017-07"'),
            ("events", "same", 'date = "2016"'),
            ("topics", "b", ""),
            ("events", "early", 'date = "2016"'),
            ("facts", "z", ""),
            ("topics", "a", ""),
            ("facts", "y", ""),
        ]
    )
    sorted_ = changed_text(text, formatting(sort=True))
    order = ["same", "early", "a", "late", "z", "b", "y"]
    assert re.findall(r'id = "(.*)"', sorted_) == order
    assert [comment.split()[-1] for comment in re.findall(r"# (.*)", sorted_)] == order
    assert changed_text(sorted_, formatting(sort=True)) == sorted_


def test_what_adds_to_other_files_is_sorted_behind_what_has_a_date() -> None:
    events = '[[events]]\nextends = "x"\n\n[[events]]\nid = "a"\ndate = "2017"\n\n'
    text = f'{events}[[topics]]\nextends = "b"\n\n[[topics]]\nid = "a"\n'
    assert re.findall(r'= "(\w)"', changed_text(text, formatting(sort=True))) == ["a", "x", "a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        'events = [{ id = "b", date = "2017" }, { id = "a", date = "2016" }]\n',
        '[[events]]\nid = "a"\ndate = "soon"\n',
        f"[[topics]]\nid = 0x{'f' * 3600}\n",
        f"[[topics]]\nextends = [0x{'f' * 3600}]\n",
        "topics = [1]\n",
        '[topics]\nid = "a"\n',
        '[[topics]]\nid = "b"\n[[topics]]\nid = "a"\n[[events]]\nid = "x"\n[[topics.y]]\nz = 1\n[[topics.y]]\nz = 2\n',
    ],
)
def test_what_cannot_be_sorted_safely_is_refused(text: str) -> None:
    with pytest.raises(UnsafeChangeError):
        changed_text(text, formatting(sort=True))


# ---------------------------------------------------------------- whole files


@pytest.mark.parametrize("sort", [False, True])
def test_the_built_in_record_says_the_same_and_keeps_its_comments(sort: bool) -> None:  # noqa: FBT001 - a case
    text = RECORD.read_text("utf-8")
    canonical = changed_text(text, formatting(sort=sort))
    assert changed_text(canonical, formatting(sort=sort)) == canonical
    kept = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in canonical.splitlines() if line.startswith("#")] == kept


def test_a_record_as_korea_writes_it_is_in_canonical_form(sample_of: Callable[[str], str]) -> None:
    for record in RECORDS:
        text = sample_of(record.table)
        assert made(text) == text


@pytest.fixture
def sample_of() -> Callable[[str], str]:
    from korea_cli.editing.toml import toml_record

    def write(table: str) -> str:
        (record,) = (record for record in RECORDS if record.table == table)
        return toml_record(record, {key: f"some {key}" for key in written_keys(record)})

    return write


# ---------------------------------------------------------------- random files

TEXTS = st.sampled_from(['"a"', "'b'", r'"q\"x"', "'say \"x\"'", '"[[events]] # no"', r'"\u00e9"', "''", '"  "'])
MULTI = st.sampled_from(['"""multi\n  # no comment  \n[[events]]"""', "'''x'''", '"""\n\n""""'])
OTHERS = st.sampled_from(["2017-05-25", "2017-05-25 09:10:00", "true", "1_000", "09:10:00", "{a=1 , b = 'x'}", "{}"])
INLINE = st.sampled_from(["{date='2017' ,note=\"x\"}", "{ date = 2017-05-25, sources=['a' , \"b#1\"] }", "[1, 'x' ]"])
GAPS = st.sampled_from(["", " ", "   ", "\t"])
LINES = st.sampled_from(["", "\n", "\n\n", "  \n"])
KEYS = {record.table: tuple(written_keys(record)) for record in RECORDS}
Draw = Any


@st.composite
def lists(draw: Draw, label: str) -> str:
    """Write a list with comments labelled by the key it is the value of."""
    text = f"[{draw(GAPS)}"
    for number in range(draw(st.integers(0, 4))):
        above = draw(st.sampled_from(["", "\n", f"\n# {label} item {number}\n"]))
        beside = draw(st.sampled_from([",", " ,", f", # {label} beside {number}\n", f" # {label} before {number}\n,"]))
        text += f"{above}{draw(TEXTS | INLINE)}{beside}{draw(GAPS)}"
    return f"{text}{draw(st.sampled_from(['', chr(10), f'{chr(10)}# {label} last{chr(10)}']))}]"


@st.composite
def statements(draw: Draw, key: str, label: str) -> str:
    """Write a key with its value, and comments above and beside it."""
    indent = draw(GAPS)
    above = f"{indent}# {label} above\n" if draw(st.booleans()) else ""
    beside = f"{draw(GAPS)}# {label} beside" if draw(st.booleans()) else draw(GAPS)
    written = draw(st.sampled_from([key, f'"{key}"', f"'{key}'", f"{key}.sub"]))
    value = draw(TEXTS | MULTI | OTHERS | lists(label))
    return f"{draw(LINES)}{above}{draw(LINES)}{indent}{written}{draw(GAPS)}={draw(GAPS)}{value}{beside}\n"


@st.composite
def records(draw: Draw, number: int) -> str:
    """Write a record with comments above and beside its header, above and beside its keys, and at its end."""
    table = draw(st.sampled_from(sorted(KEYS)))
    keys = draw(st.lists(st.sampled_from([*KEYS[table], "zzz"]), unique=True, max_size=5))
    above = f"# {number} - above\n" if draw(st.booleans()) else ""
    header = draw(st.sampled_from([f"[[{table}]]", f"[[ {table}]]", f'[["{table}" ]]']))
    beside = f"  # {number} - beside" if draw(st.booleans()) else ""
    body = "".join(draw(statements(key, f"{number} {key}")) for key in keys)
    inner = draw(
        st.sampled_from(["", f"  [[{table}.inner]] # {number} inner\n x='y' \n# {number} inner\n\n y=[1,\n2]\n"])
    )
    foot = f"# {number} - foot\n\n" if draw(st.booleans()) else ""
    return f"{draw(LINES)}{above}{draw(GAPS)}{header}{beside}\n{body}{inner}{foot}"


@st.composite
def files(draw: Draw) -> str:
    """Write a file of some records, with either end of lines."""
    text = "".join(draw(records(number)) for number in range(draw(st.integers(0, 4))))
    end, newline = draw(st.sampled_from(["", "\n\n", "# 9 - last"])), draw(st.sampled_from(["\n", "\r\n"]))
    return f"{text}{end}".replace("\n", newline)


def owners(text: str) -> list[str]:
    """Give the number of the record that each comment is labelled with, in order."""
    return re.findall(r"# (\d+) ", text)


@settings(max_examples=300)
@given(files())
def test_any_file_says_the_same_keeps_its_comments_with_their_records_and_is_then_left_alone(text: str) -> None:
    canonical = made(text)
    assert tomllib.loads(canonical) == tomllib.loads(text)
    assert made(canonical) == canonical
    assert sorted(re.findall(r"# \d+ [^\r\n]*", canonical)) == sorted(re.findall(r"# \d+ [^\r\n]*", text))
    assert owners(canonical) == owners(text) == sorted(owners(text))
    assert ("\r\n" in canonical) == ("\r\n" in text and bool(text.strip()))


@settings(max_examples=200)
@given(files())
def test_any_comment_above_a_key_stays_above_it_and_one_beside_it_beside_it(text: str) -> None:
    lines = made(text).split("\n")
    for number, line in enumerate(lines):
        if label := re.fullmatch(r"# \d+ (\w+) above\r?", line):
            below = next(each for each in lines[number:] if not each.startswith("#"))
            assert re.match(rf"""["']?{label[1]}\b""", below)
        elif label := re.search(r"# \d+ (\w+) beside\r?$", line):
            above = [each for each in lines[: number + 1] if re.match(r"""["']?\w+["']?(\.sub)?\s*=""", each)]
            assert re.match(rf"""["']?{label[1]}\b""", above[-1])


PLAIN = st.lists(
    st.sampled_from([
        'id = "a"', 'title = "[[events]]"', 'date = "2017"', 'note = "# no \\"comment\\""', 'actors = ["a", "b"]',
        f'topics = ["{"t" * 100}"]', f'summary = "{"s" * 120}"', "key = true", "key = false", 'via=["a"]', 'zz = "z"',
        'place = "Seoul"  # there', "# above", 'sources = ["a",]',
    ]),
    max_size=6, unique_by=lambda line: line.partition(" ")[0].partition("=")[0],
)  # fmt: skip
BETWEEN = st.sampled_from(["\n", "\n\n", "\n# of the next\n", "\n# of none\n\n", "# at the end\n\n", ""])


@given(st.lists(st.tuples(st.sampled_from(["events", "facts", "other"]), PLAIN, BETWEEN), max_size=5))
def test_what_is_plain_is_written_as_it_would_be_if_it_were_taken_apart(
    blocks: list[tuple[str, list[str], str]],
) -> None:
    text = "".join("\n".join((f"[[{table}]]", *lines, gap)) for table, lines, gap in blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("korea_cli.editing.formatting.canonical_parts", lambda text: [(text, "")])
        apart = format_text(text)
    assert format_text(text) == apart


def test_a_form_that_would_lose_a_comment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("korea_cli.editing.formatting.canonical_value", lambda value, _: value.replace("# why\n", "\n"))
    with pytest.raises(UnsafeChangeError, match="comment"):
        made("x = [1, # why\n2]\n")
    monkeypatch.setattr("korea_cli.editing.formatting.canonical_value", lambda *_: "3")
    with pytest.raises(UnsafeChangeError, match="unusual"):
        made("x = 1\n")
