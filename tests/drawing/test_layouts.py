"""However narrow the screen and however odd the data, every layout keeps within it and leaves no word out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from rich.cells import cell_len

from korea_cli import commands
from korea_cli.base.sanitize import UNSAFE, clean_line
from korea_cli.checks.load import load
from korea_cli.chronology.opening import open_chronology
from korea_cli.citing.sources import cite_all
from korea_cli.drawing import phrases
from korea_cli.formats import table
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from korea_cli.chronology import Chronology


WIDTHS = (20, 40, 80, 200)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
SOURCE = "a-source-with-a-very-long-identifier-indeed-as-people-make-them"
ODD = f"""
[chronology]
title = "한반도 [b]연표[/b] :smile: \\u001b[31m {LONG}"
as_of = "2017-07-08"
about = "무엇이 언제 있었는지, {LONG}"
date_rule = "[red]none[/red]"
[[sources]]
id = "{SOURCE}"
type = "web"
title = "[/b] 출처 \\u202e :smile: {LONG}"
container = "조선중앙통신"
url = "https://example.org/{LONG}?a=1&b=2"
authors = ["김 아무개", "{LONG}"]
[[actors]]
id = "whole"
name = "조선민주주의인민공화국"
aliases = ["북한", "[red]alias[/red]"]
[[actors]]
id = "part"
name = "{LONG}"
part_of = ["whole"]
role = "외무성 부상"
[[topics]]
id = "t"
label = "미사일 시험과 핵 실험에 대한 아주 긴 주제 이름"
[[topics]]
id = "narrow"
label = "{LONG}"
broader = "t"
[[events]]
id = "first"
title = "문재인 대통령이 러시아 특사를 보내다, {LONG} 😀 e\\u0301 [red]x[/red]"
date = "[2017-05-01..2017-07-31]"
other_dates = [
    {{ date = "2017-05-24~", sources = ["{SOURCE}#p. 5"], note = "다른 날짜" }},
]
actors = ["part", "whole"]
recipients = ["whole"]
via = ["part"]
topics = ["t", "narrow"]
status = "disputed"
disputed_by = ["f"]
sources = ["{SOURCE}#p. 5, n. 2"]
quote = "나는 기꺼이"
note = "a\\tb\\nc :smile:"
place = "모스크바"
[[events]]
id = "second"
title = "짧다"
date = "2016-04/.."
responds_to = ["first"]
actors = ["whole"]
[[facts]]
id = "f"
text = "[list[str]] 사실이 아니다 {LONG}"
kind = "claim"
holders = ["part"]
reported_by = ["whole"]
about = ["whole"]
date = "2016-37"
hedged = true
events = ["first"]
status = "contradicted"
disputed_by = ["first-of-its-kind"]
[[facts]]
id = "first-of-its-kind"
text = "그렇다."
topics = ["t"]
"""


def answered(name: str, *asked: Any) -> Report:  # noqa: ANN401 - a command's own arguments
    report = commands.load(name).answer(*asked)
    assert isinstance(report, Report)
    return report


def listed(name: str) -> Callable[[Chronology], Report]:
    return lambda chronology: answered(name, chronology, Selection(limit=25))


def timeline_of(*keys: str) -> Callable[[Chronology], Report]:
    return lambda chronology: listed("timeline")(chronology).only(keys)


def ask_show(chronology: Chronology) -> Report:
    of_each: tuple[Any, ...] = (chronology.events(), chronology.facts(), chronology.actors(), chronology.sources())
    return answered("show", [each.id for answer in of_each for each in list(answer)[:6]], chronology, Selection())


def ask_actor(chronology: Chronology) -> Report:
    return answered("actor", next(iter(chronology.actors())).id, chronology, Selection())


ASKS: dict[str, Callable[[Chronology], Report]] = {
    **{name: listed(name) for name in ("timeline", "facts", "actors", "topics", "sources", "stats")},
    "search": lambda chronology: answered("search", chronology, Selection(terms=("not:zqx",), limit=60)),
    "show": ask_show,
    "actor": ask_actor,
    "grid": timeline_of("date", "id", "title", "note"),
    "grid-of-one": timeline_of("title"),
    "grid-of-counts": lambda chronology: listed("stats")(chronology).only(["label", "event_count"]),
}


@pytest.fixture(scope="module")
def odd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("데이터") / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["builtin", "odd"])
def chronology(request: pytest.FixtureRequest, odd_file: Path) -> Chronology:
    return open_chronology(odd_file if request.param == "odd" else "builtin")


def drawn(report: Report, width: int, **screen: bool) -> str:
    return "".join(table.render(report, Screen(width=width, **screen)))


def visible(text: str) -> str:
    """Take away what a terminal acts on and does not show: colours and links."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;.*?\x1b\\", "", text)


def squeezed(text: str) -> str:
    """Take away blanks, so that wrapped words are whole again."""
    return "".join(text.split())


def beside_the_rail(text: str) -> str:
    """Return what is behind the marks and rails, then what is at the right; whole lines where there are no rails."""
    lines = [re.split("[●○◆│]", line, maxsplit=1)[-1] for line in text.splitlines()]
    parts = [re.split(r"(?<=\S) {3,}(?=\S)", line, maxsplit=1) for line in lines]
    return "\n".join(part[0] for part in parts) + "\n".join(part[-1] for part in parts if len(part) > 1)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ASKS)
def test_no_line_is_wider_than_the_screen(chronology: Chronology, name: str, width: int) -> None:
    report = ASKS[name](chronology)
    for screen in ({}, {"unicode": False}, {"color": True}):
        text = visible(drawn(report, width, **screen))
        wider = [line for line in text.splitlines() if cell_len(line) > width]
        assert [line for line in wider if not re.fullmatch(r"(url|archive url)? *https?://\S+", line)] == []
        assert text.endswith("\n")
        assert re.findall(UNSAFE, text) == []


def names_shown(report: Report) -> list[str]:
    """Give what the records of a report are called."""
    return [
        clean_line(phrases.name_of(values))
        for section in report.sections
        if section.layout != "counts" and section.key != "overview"
        for values in section.values()
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [name for name in ASKS if name not in {"grid", "stats", "grid-of-counts"}])
def test_every_word_of_every_title_is_there(chronology: Chronology, name: str, width: int) -> None:
    report = ASKS[name](chronology)
    text = squeezed(beside_the_rail(drawn(report, width)))
    names = names_shown(report)
    assert names
    assert [each for each in names if squeezed(each) not in text] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["stats", "actor"])
def test_every_label_of_what_is_counted_is_there(chronology: Chronology, name: str, width: int) -> None:
    report = ASKS[name](chronology)
    text = squeezed(re.sub(r"(█+ )?\d+ (event|fact).*|█+", "", drawn(report, width)))
    labels = [row.label for section in report.sections if section.layout == "counts" for row in section.rows]
    assert labels
    assert [label for label in labels if squeezed(label) not in text] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_value_of_a_record_in_full_is_there(chronology: Chronology, width: int) -> None:
    report = ask_show(chronology)
    (section,) = report.sections
    text = squeezed(
        re.sub(r"^.{14}", "", drawn(report, width), flags=re.MULTILINE) if width >= 60 else drawn(report, width)
    )
    for values in section.values():
        for key in ("summary", "quote", "note", "place", "role", "container", "url", "date_text"):
            assert squeezed(clean_line(values.get(key) or "")) in text, (values["id"], key)
        for key in ("actors", "recipients", "via", "topics", "members", "narrower", "answered_by"):
            for each in values.get(key) or ():
                assert squeezed(clean_line(phrases.listed([each])) + each["id"]) in text, (values["id"], key)
        cites = (*values.get("sources", ()), *values.get("outcome_sources", ()))
        for cited, plain in zip(cites, cite_all(cites, report.related), strict=True):
            titled = ", ".join(filter(None, (clean_line(cited["title"]), plain.container, plain.issued)))
            assert squeezed(f"{cited['id']}{cited['locator'] or ''}{titled}{cited['url'] or ''}") in text


@pytest.mark.parametrize("width", WIDTHS)
def test_every_chosen_field_is_there(chronology: Chronology, width: int) -> None:
    report = ASKS["timeline"](chronology).only(["id"])
    text = squeezed(drawn(report, width))
    assert [event.id for event in report.sections[0].rows if squeezed(event.id) not in text] == []
    many = ASKS["timeline"](chronology).only(report.keys * 3)
    assert drawn(many, width) == drawn(report, width)


@pytest.mark.parametrize("name", ASKS)
def test_nothing_in_the_data_is_taken_for_markup(odd_file: Path, name: str) -> None:
    text = drawn(ASKS[name](open_chronology(odd_file)), 200, color=True)
    assert "\x1b[31m" not in text
    assert "😄" not in text
    shown = squeezed(visible(text))
    expected = {"timeline": "[red]x[/red]", "facts": "[list[str]]", "sources": "[/b]출처:smile:"}
    assert expected.get(name, "") in shown
    assert "한반도[b]연표[/b]:smile:" in shown or name in {"show", "actor"}


@pytest.mark.parametrize("name", [name for name in ASKS if name not in {"grid", "grid-of-one", "grid-of-counts"}])
def test_without_colour_nothing_is_sent_but_text_and_colour_changes_no_word(chronology: Chronology, name: str) -> None:
    report = ASKS[name](chronology)
    for width in (20, 80):
        plain = drawn(report, width)
        assert "\x1b" not in plain
        colored = drawn(report, width, color=True)
        assert "\x1b[" in colored
        assert visible(colored) == plain


@pytest.mark.parametrize("name", ASKS)
def test_where_only_ascii_can_be_written_no_drawing_character_is_used(name: str) -> None:
    report = ASKS[name](open_chronology("builtin"))
    text = drawn(report, 80, unicode=False)
    assert re.findall("[●○◆│─→·█“”]", text) == []


def test_an_address_can_be_clicked_only_where_colour_is_sent(chronology: Chronology) -> None:
    for name in ("timeline", "sources", "show"):
        report = ASKS[name](chronology)
        linked = set(re.findall(r"\x1b\]8;[^;]*;(http.*?)\x1b\\", drawn(report, 80, color=True)))
        addresses = {quote(each.url, safe="/:?&=%,+-._~#()") for each in chronology.sources() if each.url}
        assert linked <= addresses
        assert linked


@pytest.mark.parametrize("width", WIDTHS)
def test_problems_say_where_what_and_what_to_do(tmp_path: Path, width: int) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(ODD.replace('place = "모스크바"', 'plaze = "모스크바"').replace("2016-37", "2016-13"), "utf-8")
    report = answered("check", load([str(file)]))
    text = drawn(report, width)
    problems = list(report.sections[0].rows)
    assert {problem.severity for problem in problems} == {"error", "warning"}
    assert [each for each in problems if squeezed(f"{each.place}: {each.severity}{clean_line(each.sentence)}")
            not in squeezed(text)] == []  # fmt: skip
    for severity in ("error", "warning"):
        count = sum(problem.severity == severity for problem in problems)
        assert squeezed(f"{count} {severity}{'s' if count > 1 else ''}") in squeezed(text)[-40:]
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
