"""Every table of a text is found, with the comments that belong to it."""

from __future__ import annotations

from korea_cli.editing.layout import tables_in

TEXT = """\
# of the file

# of the first
# and more
[[events]]  # [[not]]
id = "a"
text = '''
[[events]]
'''

[[topics]]
[[events.other_dates]]
date = "2017"
# of nothing

# of the last
[[ events ]]
id = "b" # here
"""


def test_tables_are_numbered_and_begin_at_their_comments() -> None:
    found = [(each.table, each.statements[0].entry, TEXT[each.start : each.end]) for each in tables_in(TEXT)]
    lines = TEXT.splitlines(keepends=True)
    assert found[0] == ("events", 0, "".join(lines[2:9]))
    assert found[-1] == ("events", 1, "".join(lines[15:]))


def test_keys_are_found_at_their_values_without_comments() -> None:
    last = [*tables_in(TEXT)][-1]
    _, id_ = last.statements
    assert TEXT[id_.start : id_.end] == 'id = "b"'
    assert TEXT[id_.value : id_.end] == '"b"'


def test_a_text_without_tables_has_none() -> None:
    assert list(tables_in("")) == []
    assert list(tables_in("# only\nx = 1\n")) == []
