"""A file is looked at when the editor has left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError, KoreaError, OutputError
from korea_cli.editing.editor import EditorError, KeptBrokenError, edit_file, place_of

if TYPE_CHECKING:
    from ingest.conftest import Mine

SPOIL = {"EDITOR": "sed -i s/2018-03-07/2018-13/"}


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Have somebody sit there who answers so."""
    left = list(answers)

    def answer(_: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr("os.isatty", lambda _: True)
    monkeypatch.setattr("builtins.input", answer)


def test_a_change_is_noticed_and_none_too(mine: Mine) -> None:
    path, line = place_of(mine.files, "offer")
    assert (path, line) == (mine.path, 18)
    assert edit_file(mine.files, path, line, {"EDITOR": "true"}).text == f"Nothing changed in {mine.path}\n"
    changed = edit_file(mine.files, path, line, {"EDITOR": "sed -i 's/An offer/The offer/'"})
    assert (changed.text, [each.name for each in changed.files]) == (f"Changed {mine.path}\n", [str(mine.path)])
    assert [(each.id, each.before, each.after) for each in changed.changes()] == [("offer", "An offer", "The offer")]
    assert 'title = "The offer"' in mine.text


def test_where_nobody_sits_problems_are_raised_and_the_change_kept(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.isatty", lambda _: False)
    with pytest.raises(DataError, match="there is no month 13"):
        edit_file(mine.files, mine.path, 18, SPOIL)
    assert "2018-13" in mine.text
    assert place_of(mine.files, "offer") == (mine.path, 21)  # its first problem


@pytest.mark.parametrize("answers", [("n",), ()])
def test_it_can_be_left_broken(answers: tuple[str, ...], mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, *answers)
    with pytest.raises(KeptBrokenError) as raised:
        edit_file(mine.files, mine.path, 18, SPOIL)
    assert raised.value.sentences == (
        f"{mine.path} is saved with these errors. No command can read it until they are fixed.",
    )
    assert "2018-13" in mine.text


def test_one_goes_back_in_at_the_problem(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def edit(command: list[str]) -> int:
        calls.append(command)
        old, new = ("2018-03-07", "2018-13") if len(calls) == 1 else ("2018-13", "2018-12")
        mine.write(mine.text.replace(old, new))
        return 0

    on_a_terminal(monkeypatch, "")
    monkeypatch.setattr("korea_cli.editing.editor.run_editor", edit)
    assert edit_file(mine.files, mine.path, 18, {"EDITOR": "vim"}).sentence == f"Changed {mine.path}"
    assert [command[1] for command in calls] == ["+18", "+21"]


def test_a_file_that_an_editor_took_away_is_a_problem(mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.isatty", lambda _: False)
    with pytest.raises(DataError, match="no such file"):
        edit_file(mine.files, mine.path, 1, {"EDITOR": "rm"})


def test_an_editor_that_fails_is_told(mine: Mine) -> None:
    with pytest.raises(KoreaError, match="the editor exited with status 1"):
        edit_file(mine.files, mine.path, 1, {"EDITOR": "false"})
    with pytest.raises(EditorError):
        edit_file(mine.files, mine.path, 1, {"EDITOR": "/nowhere/vi"})


def test_what_is_not_ones_own_or_not_there_has_no_place(mine: Mine) -> None:
    with pytest.raises(OutputError):
        place_of(mine.files._replace(names=("builtin",)), "putin")
    mine.path.unlink()
    with pytest.raises(DataError):
        place_of(mine.files, "offer")


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\nx = \n', 5),  # no TOML
        (b'[[events]]\nid = "e"\ntitle = "\xff"\n', 3),  # no UTF-8
        (b'[[events]]\nid = "e"\ntitle = "E"\ndate = "2017"\nacters = []\n', 5),
        (b'[[events]]\nid = "e"\n', 1),
        (b'[[events]]\nid = "e"\n<<<<<<< HEAD\ntitle = "E"\n=======\ntitle = "F"\n>>>>>>> b\n', 3),
        (b'[chronology]\ninclude = ["none.toml"]\n', 2),
    ],
)
def test_a_broken_file_is_opened_at_its_first_error_whatever_is_asked_for(raw: bytes, line: int, mine: Mine) -> None:
    mine.path.write_bytes(raw)
    assert place_of(mine.files, "e") == (mine.path, line)
    assert place_of(mine.files, "nobody") == (mine.path, line)
