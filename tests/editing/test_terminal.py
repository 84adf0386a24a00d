"""A terminal is asked a line at a time, with completion of the whole line."""

from __future__ import annotations

import readline

import pytest

from korea_cli.editing.terminal import Terminal


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the lines that will be typed, to be filled."""
    left: list[str] = []
    monkeypatch.setattr("builtins.input", lambda _: left.pop(0))
    return left


def test_a_line_is_given_without_blanks_around_it(lines: list[str]) -> None:
    lines += ["  two words \t"]
    assert Terminal().ask() == "two words"


@pytest.mark.parametrize(
    ("typed", "default", "meant"),
    [(["Y"], False, True), (["n"], True, False), ([""], True, True), ([""], False, False), (["x", "yes"], False, True)],
)  # fmt: skip
def test_a_question_is_asked_until_it_is_answered(
    typed: list[str], default: bool, meant: bool, lines: list[str], capfd: pytest.CaptureFixture[str]  # noqa: FBT001 - as typed
) -> None:  # fmt: skip
    lines += typed
    assert Terminal().confirm("Well?", default=default) is meant
    assert capfd.readouterr().out == f"Well? [{'Y/n' if default else 'y/N'}]\n" * len(typed)


def test_offers_are_completed_in_any_letters_and_over_blanks(lines: list[str]) -> None:
    terminal = Terminal()
    lines += [""]
    terminal.ask(["The North", "the northerners", "Минск"])
    complete = readline.get_completer()
    assert complete is not None
    assert [complete("the  n", number) for number in range(3)] == ["The North", "the northerners", None]
    assert complete("мин", 0) == "Минск"
    assert complete("x", 0) is None
    assert readline.get_completer_delims() == ""


def test_without_readline_lines_are_asked_for_all_the_same(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "readline", None)
    lines += ["x"]
    assert Terminal().ask(["y"]) == "x"


def test_a_long_line_is_broken_between_its_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    Terminal().say("  what sort of event: statement\n\nhttps://example.org/longer-than-that\n")
    assert capfd.readouterr().out == "  what sort of\nevent: statement\n\nhttps://example.org/longer-than-that\n"
