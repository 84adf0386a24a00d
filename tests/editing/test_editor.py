"""Editors are opened at a line, as each of them wants to be told it."""

from __future__ import annotations

import sys

import pytest

from korea_cli.editing.editor import EditorError, editor_command, run_editor


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+57", "a b.toml"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+57", "a b.toml"]),
        ("emacsclient -t", ["emacsclient", "-t", "+57", "a b.toml"]),
        ("code", ["code", "--wait", "--goto", "a b.toml:57"]),
        ("subl", ["subl", "--wait", "a b.toml:57"]),
        ("hx", ["hx", "a b.toml:57"]),
        ("'my editor' --now", ["my editor", "--now", "a b.toml"]),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_way(editor: str, words: list[str]) -> None:
    assert editor_command("a b.toml", 57, {"EDITOR": editor}) == words


def test_visual_comes_before_editor_and_vi_where_there_is_neither() -> None:
    assert editor_command("a", 1, {"VISUAL": "nano", "EDITOR": "vim"})[0] == "nano"
    assert editor_command("a", 1, {"VISUAL": " ", "EDITOR": ""})[0] == ("notepad" if sys.platform == "win32" else "vi")


def test_a_file_is_not_taken_for_an_option() -> None:
    assert editor_command("-c", 1, {"EDITOR": "vim"}) == ["vim", "+1", "./-c"]
    assert editor_command("+q.toml", 1, {"EDITOR": "other"}) == ["other", "./+q.toml"]


def test_an_editor_that_cannot_be_started_is_told() -> None:
    with pytest.raises(EditorError, match="cannot start the editor 'vim \"': no closing quotation"):
        editor_command("a", 1, {"EDITOR": 'vim "'})
    with pytest.raises(EditorError, match=r"'/nowhere/vi': command not found\. Set \$VISUAL or \$EDITOR to another"):
        run_editor(["/nowhere/vi"])
    with pytest.raises(EditorError, match="'/': permission denied"):
        run_editor(["/"])


def test_how_an_editor_ends_is_told() -> None:
    assert run_editor(["true"]) == 0
    assert run_editor(["false"]) == 1
