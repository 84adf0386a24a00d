"""The canvas cleans what it is given, wraps it by what it takes up on the screen, and cuts nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color

from korea_cli.base.sanitize import UNSAFE, clean_line
from korea_cli.drawing import phrases
from korea_cli.drawing.canvas import HUES, Canvas
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen
from korea_cli.store.header import StoredHeader

TEXTS = st.text(st.sampled_from([*"ab cd", "문", "재", "😀", "\u0301", "\x1b", "\t", "\n", "\u202e", "[", "]", ":"]))

REPORT = Report(command="", header=StoredHeader(), documents=(), sections=(), listed=0, matched=0)


def canvas(width: int = 40, *, unicode: bool = True, color: bool = False) -> Canvas:
    return Canvas(Screen(width=width, unicode=unicode, color=color), REPORT)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(words=TEXTS, width=st.integers(20, 60), indent=st.integers(0, 4))
def test_a_line_is_wrapped_by_what_it_takes_up_and_loses_nothing(words: str, width: int, indent: int) -> None:
    written = canvas(width).line(words, indent)
    assert max(map(cell_len, written.splitlines())) <= width
    assert squeezed(written) == squeezed(clean_line(words))
    assert re.findall(UNSAFE, written) == []
    assert all(line.startswith(" " * indent) for line in written.splitlines() if line)
    assert written.endswith("\n")


@given(lead=TEXTS, words=TEXTS, more=TEXTS, width=st.integers(20, 60), lead_width=st.sampled_from([0, 2, 3, 9]))
def test_an_entry_keeps_its_texts_beside_a_straight_rail(
    lead: str, words: str, more: str, width: int, lead_width: int
) -> None:
    made = canvas(width)
    written = made.entry(made.text(lead), made.text("@"), [made.text(words), made.text(more)], lead_width)
    lines = written.splitlines()
    before = lead_width + 1 if lead_width else 0
    assert max(map(cell_len, lines)) <= width
    assert [line.count("@") for line in lines] == [1] + [0] * (len(lines) - 1)
    assert {cell_len(line[: min(line.index(sign) for sign in "@│" if sign in line)]) for line in lines} == {before}
    beside = "".join(line[min(line.index(sign) for sign in "@│" if sign in line) + 1 :] for line in lines)
    assert squeezed(beside) == squeezed(clean_line(words) + clean_line(more))
    if lead_width:
        leads = "".join(line[: min(line.index(sign) for sign in "@│" if sign in line)] for line in lines)
        assert squeezed(leads) == squeezed(clean_line(lead))


@pytest.mark.parametrize("width", [20, 33, 34, 80])
def test_words_stand_behind_their_label_or_below_it_where_there_is_no_room(width: int) -> None:
    written = canvas(width).columns("label", 10, "some words that say a thing")
    first, *others = written.splitlines()
    assert first.startswith("label")
    assert (first == "label") == (width < 34)
    assert len({len(line) - len(line.lstrip()) for line in others}) <= 1
    assert squeezed(written) == "labelsomewordsthatsayathing"


def test_a_rule_reaches_the_edge_of_the_screen() -> None:
    for words in ("2017", "한국 전쟁"):
        written = canvas(40).rule(words)
        assert cell_len(written.removesuffix("\n")) == 40
        assert written.startswith(f"{words} ─")


def test_a_table_wraps_long_cells_and_keeps_its_columns() -> None:
    rows = [("문재인 대통령", "x" * 50), ("short", "y")]
    written = canvas(40).table(("name", "what"), rows)
    assert max(map(cell_len, written.splitlines())) <= 40
    assert written.count("x") == 50
    starts = {cell_len(line[: line.index(sign)]) for line in written.splitlines() for sign in "xy" if sign in line}
    assert len(starts) == 1
    assert all(line == line.rstrip() for line in written.splitlines())


@pytest.mark.parametrize(
    "name",
    ["day", "vague", "disputed", "rail", "line", "to", "dot", "dash", "bar", "open", "close"],
)
def test_every_drawing_character_has_a_stand_in_of_ascii(name: str) -> None:
    assert not canvas().glyph(name).isascii()
    assert canvas(unicode=False).glyph(name).isascii()


def test_marks_differ_by_shape_and_not_by_colour_alone() -> None:
    for unicode in (True, False):
        made = canvas(unicode=unicode)
        vague = {"type": "event", "date": "2017"}
        marks = [phrases.mark(row, made) for row in ({"type": "actor"}, vague, {"type": "fact", "status": "disputed"})]
        assert len({mark.plain for mark in marks}) == 3
        assert {mark.cell_len for mark in marks} == {1}
        assert phrases.mark({**vague, "status": "disputed"}, made).plain == marks[2].plain


def test_a_link_is_sent_only_in_colour_and_only_where_there_is_an_address() -> None:
    for url, color, linked in (
        ("https://x.org/\x1b]8", True, True),
        ("https://x.org", False, False),
        (None, True, False),
    ):
        made = canvas(color=color)
        written = made.line(made.link("words", url))
        assert ("\x1b]8;" in written) == linked
        assert "words" in written
        assert written.count("]8;") in {0, 2}


def test_styles_are_sent_only_in_colour() -> None:
    for color in (True, False):
        made = canvas(color=color)
        written = made.line(made.text(("title", "title"), " plain ", ("warn", "warn")))
        assert ("\x1b[" in written) == color


def test_cells_are_counted_as_the_screen_shows_them() -> None:
    assert [canvas().text(words).cell_len for words in ("", "abc", "문재인", "e\u0301", "a\x1bb")] == [0, 3, 6, 1, 2]


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["#ffffff", "#f6f8fa", "#000000", "#0d1117"])
@pytest.mark.parametrize("hue", [*HUES, 31])
def test_every_hue_reads_well_on_light_and_on_dark(hue: int, ground: str) -> None:
    darker, lighter = sorted((luminance(Color.from_ansi(hue).get_truecolor().hex), luminance(ground)))
    assert (lighter + 0.05) / (darker + 0.05) >= 3.8


def test_a_word_wider_than_the_line_breaks_after_a_hyphen_and_an_address_never() -> None:
    made = canvas(20)
    assert made.line("an-id-that-is-wider-than-the-line x") == "an-id-that-is-wider-\nthan-the-line x\n"
    assert made.line("https://example.org/a-very-long-one x") == "https://example.org/a-very-long-one\nx\n"
    assert made.hanging(made.text("a bb " * 5), 2) == "a bb a bb a bb a bb\n  a bb\n"
