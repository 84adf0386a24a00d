"""One value more or less in a list, or words at the end of a text: every other byte of the file stays as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.editing.edits import apply_edit, set_key
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.toml import toml_value
from korea_cli.editing.values import add_value, append_text, join_texts, remove_value
from korea_cli.model.records import Event, written_keys
from korea_cli.reading.statements import comments_in
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from korea_cli.editing.edits import Edit

SPOT = RecordRef("events", 0, 1)
ORDER = tuple(written_keys(Event))
NAMES = ("kim", "moon", "putin", "tillerson", "wang")


def document(value: str, key: str = "actors") -> Document:
    text = f'[[events]]\nid = "e"\n{key} = {value}\nkind = "test"  # the end\n'
    read, problem = parse_document(Document(name="f", path=None, text=text))
    assert problem is None, text
    return read


def edited(before: Document, change: Edit, key: str = "actors") -> str:
    """Make a change and return what then stands as the value of the key; around it nothing may differ."""
    after = apply_edit(before, change).text
    start, end = f'[[events]]\nid = "e"\n{key} = ', '\nkind = "test"  # the end\n'
    assert after.startswith(start)
    assert after.endswith(end)
    return after[len(start) : len(after) - len(end)]


@pytest.mark.parametrize(
    ("value", "longer"),
    [
        ('["kim"]', '["kim", "moon"]'),
        ("['kim']", "['kim', \"moon\"]"),
        ('[ "kim" ]', '[ "kim", "moon" ]'),
        ('["kim",]', '["kim", "moon"]'),
        ("[]", '["moon"]'),
        ("[ ]", '["moon"]'),
        ('[\n  "kim",  # a note\n]', '[\n  "kim",  # a note\n  "moon",\n]'),
        ('[\n    "kim"  # a note\n]', '[\n    "kim",  # a note\n    "moon"\n]'),
        ("[\n  # nobody yet\n]", '[\n  # nobody yet\n    "moon",\n]'),
    ],
)
def test_a_value_more_stands_behind_the_last_in_the_way_of_the_others(value: str, longer: str) -> None:
    assert edited(document(value), add_value(SPOT, "actors", "moon", ORDER)) == longer


@pytest.mark.parametrize(
    ("value", "number", "shorter"),
    [
        ('["kim", "moon"]', 1, '["kim"]'),
        ('["kim", "moon"]', 0, '["moon"]'),
        ("['kim', 'moon', 'wang']", 1, "['kim', 'wang']"),
        ('[\n  "kim",  # a note\n  "moon",\n]', 1, '[\n  "kim",  # a note\n]'),
        ('[\n  "kim",\n  "moon",  # a note\n]', 1, '[\n  "kim",\n  # a note\n]'),
    ],
)
def test_a_value_less_leaves_the_others_and_all_comments(value: str, number: int, shorter: str) -> None:
    assert edited(document(value), remove_value(SPOT, "actors", number, ORDER)) == shorter


def test_a_list_that_gets_wider_than_the_canonical_form_allows_has_a_line_for_each_value_then() -> None:
    fits = [*"abcdefghijklmnop", "q" * 7]
    written = json.dumps(fits)
    assert len(f"actors = {written}") == 100
    before = document(written)
    assert edited(before, remove_value(SPOT, "actors", 0, ORDER)).startswith('["b", ')
    lines = edited(document(written), add_value(SPOT, "actors", "z", ORDER)).splitlines()
    assert lines == ["[", *(f'    "{each}",' for each in [*fits, "z"]), "]"]


@pytest.mark.parametrize(("before", "wide"), [(0, 100), (40, 60)])
def test_a_list_is_one_line_as_long_as_the_line_has_a_hundred_letters(before: int, wide: int) -> None:
    fits = ["x" * (wide - 4)]
    assert toml_value(fits, before) == json.dumps(fits)
    assert "\n" in toml_value(fits, before + 1)


@pytest.mark.parametrize("written", ['events = [{ id = "e", title = "t" }]\n', '[[events]]\nid = "e"\nactors.x = 1\n'])
def test_what_has_no_place_of_its_own_in_the_text_is_left_to_the_editor(written: str) -> None:
    read, _ = parse_document(Document(name="f", path=None, text=written))
    with pytest.raises(UnsafeChangeError, match=r"cannot make this change automatically: .*; edit the file by hand"):
        apply_edit(read, set_key(SPOT, "actors", ["kim"], ORDER))


def test_the_last_value_of_a_list_with_comments_is_left_to_the_editor() -> None:
    with pytest.raises(UnsafeChangeError, match="the list has comments; use 'korea edit'"):
        edited(document('[\n  # who else?\n  "kim",\n]'), remove_value(SPOT, "actors", 0, ORDER))


def test_the_last_value_takes_its_key_with_it() -> None:
    after = apply_edit(document('["kim"]'), remove_value(SPOT, "actors", 0, ORDER)).text
    assert after == '[[events]]\nid = "e"\nkind = "test"  # the end\n'


def test_a_first_value_makes_the_key() -> None:
    after = apply_edit(document("[1]", "importance"), add_value(SPOT, "actors", "kim", ORDER)).text
    assert 'actors = ["kim"]\n' in after


@pytest.mark.parametrize(
    ("value", "longer"),
    [
        ('"Talks"', '"Talks and more"'),
        ('"Talks "', '"Talks and more"'),
        ('"""\nTalks\n  go on"""', '"""\nTalks\n  go on and more"""'),
    ],
)
def test_words_more_stand_at_the_end_of_a_text(value: str, longer: str) -> None:
    old = str(document(value, "summary").records("events")[0]["summary"])
    assert edited(document(value, "summary"), append_text(SPOT, "summary", old, "and more", ORDER), "summary") == longer


@pytest.mark.parametrize(
    ("old", "more", "both"), [("", "a", "a"), ("a", "b", "a b"), ("a\n", "b", "a\nb"), ("a", " b", "a b")]
)
def test_words_are_set_apart_by_one_blank(old: str, more: str, both: str) -> None:
    assert join_texts(old, more) == both


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a list as somebody may have written it, with comments; each comma is beside its value, or on no line."""
    values = draw(st.lists(st.sampled_from(NAMES), max_size=4))
    gap = st.sampled_from(["", " ", "\n", "  # note\n", "\n  # above, [1]\n  ", " # 'x', y\n\n"])
    written = [draw(gap)]
    for number, value in enumerate(values, 1):
        quote = draw(st.sampled_from("\"'"))
        comma = draw(st.sampled_from([",", " ,"])) if number < len(values) or draw(st.booleans()) else ""
        written += [quote, value, quote, comma, draw(gap)]
    return f"[{''.join(written)}]", values


@given(lists(), st.data())
def test_any_list_has_one_value_more_or_less_afterwards_and_all_its_comments(
    drawn: tuple[str, list[str]], data: st.DataObject
) -> None:
    written, values = drawn
    number = data.draw(st.integers(-1, len(values) - 1), label="which goes, or -1")
    added = add_value(SPOT, "actors", "new", ORDER)
    comments = sorted(comments_in(written))
    if number >= 0 and len(values) == 1 and comments:
        with pytest.raises(UnsafeChangeError, match="the list has comments"):
            apply_edit(document(written), remove_value(SPOT, "actors", number, ORDER))
        return
    after = apply_edit(document(written), added if number < 0 else remove_value(SPOT, "actors", number, ORDER))
    left = [*values, "new"] if number < 0 else values[:number] + values[number + 1 :]
    assert after.records("events")[0].get("actors", []) == left
    assert sorted(comments_in(after.text)) == sorted([*comments, "# the end"])


@pytest.mark.parametrize("written", ['["kim"\n, "moon"\n,]', '["kim" # who\n, "moon" # else\n,]'])
@pytest.mark.parametrize("number", [-1, 0, 1])
def test_where_commas_stand_on_lines_of_their_own_the_change_is_right_or_refused(written: str, number: int) -> None:
    change = add_value(SPOT, "actors", "new", ORDER) if number < 0 else remove_value(SPOT, "actors", number, ORDER)
    try:
        after = apply_edit(document(written), change)
    except UnsafeChangeError:
        return
    values = ["kim", "moon"]
    left = [*values, "new"] if number < 0 else values[:number] + values[number + 1 :]
    assert after.records("events")[0]["actors"] == left
    assert sorted(comments_in(after.text)) == sorted([*comments_in(written), "# the end"])
