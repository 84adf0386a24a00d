"""On a terminal the answer is drawn to fit: nothing is wider than the screen, nothing is cut."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

WIDTHS = pytest.mark.parametrize("columns", [20, 40, 80, 200])
LEAD = re.compile(r"^[^│●○◆\n]*[│●○◆]", re.MULTILINE)  # the date beside a record, and its rail
BLANKS = re.compile(r"[\s│|]+")


def cells(line: str) -> int:
    """Count the columns a line takes up."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def unfolded(text: str, columns: int) -> str:
    """Put what is at the right of a wide screen below the rest, so that what was wrapped can be read."""
    aside = columns - 60
    right = [line[aside:] for line in text.split("\n") if columns >= 100 and line[aside - 3 : aside].isspace()]
    left = [line[:aside] if columns >= 100 and line[aside - 3 : aside].isspace() else line for line in text.split("\n")]
    return "\n".join(left + right)


def too_wide(text: str, columns: int) -> list[str]:
    """Return the lines that are wider than the screen, but for those with an address alone, which never breaks."""
    return [line for line in text.split("\n") if cells(line) > columns and not re.fullmatch(r" *https?://\S+", line)]


def unnumbered(text: str) -> str:
    """Take the numbers out of links, which are others each time."""
    return re.sub(r"(\x1b\]8;id=)\d+", r"\1", text)


def letters(text: str) -> str:
    """Take out blanks and rails, so that what was wrapped can be compared."""
    return BLANKS.sub("", text)


@WIDTHS
def test_no_line_is_wider_than_the_terminal(columns: int, asked: tuple[str, ...], korea: Korea) -> None:
    drawn = ("-f", "table") if asked == ("export",) else ()  # it writes a data file, also to a terminal
    run = korea.on_terminal(*asked, *drawn, "--color", "never", columns=columns)
    assert (run.code, run.err) == (0, "")
    assert "\r" not in run.out
    assert too_wide(run.out, columns) == []


@WIDTHS
@pytest.mark.parametrize("command", ["timeline", "facts", "actors", "topics", "sources"])
def test_no_word_of_any_record_is_cut(columns: int, command: str, korea: Korea) -> None:
    drawn = unfolded(korea.on_terminal(command, "--color", "never", columns=columns).out, columns)
    shown = letters(LEAD.sub("", drawn))
    rows = json.loads(korea(command, "--json").out)[command.replace("timeline", "events")]
    named = [next(row[key] for key in ("title", "name", "label", "text") if key in row) for row in rows]
    assert len(named) > 10
    assert [name for name in named if letters(name) not in shown] == []
    assert "…" not in shown


@WIDTHS
def test_nothing_of_a_record_shown_in_full_is_cut(columns: int, korea: Korea) -> None:
    shown = letters(korea.on_terminal("show", "hwasong-14-launch", "--color", "never", columns=columns).out)
    (event,) = json.loads(korea("show", "hwasong-14-launch", "--json").out)["results"]
    said = [event[key] for key in ("title", "id", "summary", "note", "place")]
    said += [source[key] for source in event["sources"] for key in ("id", "title", "url") if source[key]]
    said += [fact["title"] for fact in event["facts"]]
    assert [words for words in said if letters(words) not in shown] == []


@WIDTHS
@pytest.mark.parametrize("command", ["timeline", "facts", "actors", "topics", "sources", "search", "show"])
def test_every_record_shows_its_id_whole_or_broken_at_a_hyphen_and_not_dim(
    columns: int, command: str, korea: Korea
) -> None:
    words = {"search": ("missile",), "show": ("icbm-us", "hwasong-14-launch", "russia", "thaad", "ramani-2017")}
    asked = (command, *words.get(command, ()))
    (found,) = (each for each in json.loads(korea(*asked, "--json").out).values() if isinstance(each, list))
    shown = korea.on_terminal(*asked, "--color", "always", columns=columns).out
    styled = re.sub(r"\x1b\]8;.*?\x1b\\", "", shown)
    ids = re.findall(r"\x1b\[38;5;31m(.*?)\x1b\[0m", styled)
    joined = "".join(ids) if columns == 20 else re.sub(r"-\n", "-", "\n".join(ids)).split("\n")
    assert [each["id"] for each in found if each["id"] not in (ids if len(each["id"]) < columns - 16 else joined)] == []
    assert "\x1b[2;38" not in shown


def test_an_address_is_never_broken(korea: Korea) -> None:
    (event,) = json.loads(korea("show", "hwasong-14-launch", "--json").out)["results"]
    addresses = [source["url"] for source in event["sources"] if source["url"]]
    assert len(addresses) > 1
    for columns in (20, 40, 80, 200):
        shown = korea.on_terminal("show", "hwasong-14-launch", "--color", "never", columns=columns).out
        assert [each for each in addresses if each not in shown.split()] == []


LINKING = (
    {"TERM_PROGRAM": "iTerm.app"}, {"VTE_VERSION": "7600"}, {"TERM": "xterm-kitty"}, {"TERM": "foot"},
    {"WT_SESSION": "x"}, {"FORCE_HYPERLINK": "1"}, {"TMUX": "x", "FORCE_HYPERLINK": "1"},
)  # fmt: skip
OTHERS: tuple[dict[str, str], ...] = (
    {}, {"VTE_VERSION": "7600", "TMUX": "x"}, {"VTE_VERSION": "7600", "TERM": "screen"},
    {"TERM": "foot", "FORCE_HYPERLINK": "0"},
)  # fmt: skip


@pytest.mark.parametrize("env", [*LINKING, *OTHERS], ids=str)
def test_a_terminal_that_opens_links_gets_the_host_of_an_address(env: dict[str, str], korea: Korea) -> None:
    shown = korea.on_terminal("show", "hwasong-14-launch", "--color", "always", env=env).out
    address = "http://www.nti.org/analysis/articles/cns-north-korea-missile-test-database/"
    visible = re.sub(r"\x1b\]8;.*?\x1b\\|\x1b\[[\d;]*m", "", shown)
    assert f";{address}\x1b\\" in shown
    assert (address in visible) == (env in OTHERS)
    assert ("  nti.org\n" in visible) == (env in LINKING)


@pytest.mark.parametrize(
    "env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CLICOLOR": "0"}], ids=["no color", "dumb", "no clicolor"]
)
def test_without_escape_sequences_an_address_is_complete(env: dict[str, str], korea: Korea, tmp_path: Path) -> None:
    address = "http://www.nti.org/analysis/articles/cns-north-korea-missile-test-database/"
    shown = korea.on_terminal("show", "hwasong-14-launch", env={"TERM_PROGRAM": "iTerm.app", **env}).out
    assert "\x1b" not in shown
    assert address in shown.split()
    file = tmp_path / "x.txt"
    korea.on_terminal("show", "hwasong-14-launch", "-f", "table", "-o", file, env={"TERM_PROGRAM": "iTerm.app"})
    assert address in file.read_text("utf-8").split()


def test_a_date_whose_words_are_its_edtf_is_shown_once(korea: Korea) -> None:
    lines = korea.on_terminal("show", "putin", "--color", "never").out.splitlines()
    assert [line.split()[1:] for line in lines if line.startswith("first")] == [["2016"]]


@pytest.mark.parametrize(
    ("url", "visible", "link"),
    [
        ("https://example.org/a", "example.org", "https://example.org/a"),
        ("https://www.example.org:8080/a", "example.org", "https://www.example.org:8080/a"),
        ("HTTPS://Example.org", "Example.org", "HTTPS://Example.org"),
        ("https://google.com@evil.example/", "https://google.com@evil.example/", "https://google.com@evil.example/"),
        ("https://한국.kr/a", "https://한국.kr/a", "https://%ED%95%9C%EA%B5%AD.kr/a"),
        ("https://a.org/\\u001b]8;;\\u0007", "a.org", "https://a.org/%1B]8;;%07"),
        ("https://a.org/\\u202egnp", "a.org", "https://a.org/%E2%80%AEgnp"),
    ],
)
def test_a_link_goes_to_the_web_alone_and_cannot_drive_the_terminal(
    url: str, visible: str, link: str, korea: Korea, tmp_path: Path
) -> None:
    file = tmp_path / "x.toml"
    file.write_text(f'[[sources]]\nid = "s"\ntype = "web"\ntitle = "T"\nurl = "{url}"\n', "utf-8")
    shown = korea.on_terminal("show", "s", "-d", file, "--color", "always", env={"FORCE_HYPERLINK": "1"}).out
    assert re.search(rf"\x1b\]8;id=\d+;{re.escape(link)}\x1b\\", shown)
    assert re.search(rf"\x1b\\(\x1b\[[\d;]*m)?{re.escape(visible)}", shown)


def test_on_a_wide_screen_an_address_wider_than_its_column_stays_apart(korea: Korea, tmp_path: Path) -> None:
    address = f"https://example.org/{'u' * 100}"
    file = tmp_path / "x.toml"
    file.write_text(
        f'[[actors]]\nid = "a"\nname = "A"\nkind = "person"\n[[events]]\nid = "e"\ntitle = "{address}"\n'
        'date = "2017-07-04"\nactors = ["a"]\n',
        "utf-8",
    )
    assert f" {address}   A\n" in korea.on_terminal("timeline", "-d", file, "--color", "never", columns=120).out


@pytest.mark.parametrize("columns", [99, 100, 120, 200])
def test_on_a_wide_screen_who_and_sources_are_at_the_right(columns: int, korea: Korea) -> None:
    lines = korea.on_terminal("timeline", "id:=russia-rejects-icbm-label", "--color", "never", columns=columns).out
    (first,) = (line for line in lines.split("\n") if "Russia rejects" in line)
    assert bool(re.search(r"\S {3,}Russia → United States$", first)) == (columns >= 100)
    assert any(re.search(r" {3,}ramani-2017 p2", line) for line in lines.split("\n")) == (columns >= 100)


def test_long_vague_periods_are_one_line_each_in_the_order_of_time(korea: Korea) -> None:
    lines = korea.on_terminal("timeline", "--color", "never", columns=200).out.split("\n")
    periods = [line for line in lines if re.match("[●○◆] ", line)]
    assert "○ 2016 – Jul 2017?  Russia deepens its ties with North Korea  russia-deepens-ties-with-pyongyang" in periods
    assert len(periods) == 14
    shown = [word for line in lines for word in re.split(r" {2,}", line) if re.fullmatch(r"[a-z\d]+(-[a-z\d]+)+", word)]
    ordered = [event["id"] for event in json.loads(korea("timeline", "--json").out)["events"]]
    assert [each for each in shown if each in ordered] == ordered


def test_disputed_by_names_the_holder_the_claim_and_the_id_one_a_line(korea: Korea) -> None:
    shown = korea.on_terminal("facts", "id:=icbm-us", "--color", "never", columns=200).out
    lines = [line.split("   ")[0] for line in shown.split("\n") if "disputed by" in line]
    assert [line.removeprefix("│ disputed by ")[:45] for line in lines] == [
        "Russian Defence Ministry: “The missile of 4 J", "US Pacific Command: “The missile was a land-b",
    ]  # fmt: skip
    event = korea.on_terminal("timeline", "id:=mcmaster-kim-call", "--color", "never", columns=200).out
    claim = "disputed by Washington Examiner: “Report on McMaster's account of the THAAD call”  wex-2017-04-30"
    assert f"│ {claim}" in event


def test_a_plain_day_is_one_line_and_claims_come_before_metadata(korea: Korea) -> None:
    shown = korea.on_terminal("show", "hwasong-14-launch", "--color", "never").out
    keys = re.findall(r"^([a-z][a-z ]*?)(?:  .*|)$", shown, re.MULTILINE)
    assert not {"earliest", "latest", "precision"} & set(keys)
    assert keys.index("date") < keys.index("facts") < keys.index("sources") < keys.index("date basis")
    assert "date            4 Jul 2017\n" in shown
    vague = korea.on_terminal("show", "kremlin-answers-moon", "--color", "never").out
    assert "earliest        2017-05-29\n" in vague
    assert "facts           Samuel Ramani: “The Kremlin answered Moon" in vague


def test_actors_of_one_state_have_one_hue_in_every_answer(korea: Korea) -> None:
    hues: dict[str, set[str]] = {}
    for asked in (("timeline",), ("facts", "--reverse"), ("show", "matsegora-han-meeting"), ("search", "missile")):
        shown = korea.on_terminal(*asked, "--color", "always", columns=200).out
        for hue, name in re.findall(r"\x1b\[38;5;(\d+)m([^\x1b]+)\x1b\[0m", shown):
            hues.setdefault(name, set()).add(hue)
    assert hues["Russia"] == hues["Sergei Lavrov"] == hues["Alexander Matsegora"]
    assert hues["North Korea"] == hues["Han Song Ryol"]
    states = [hues[name] for name in ("Russia", "United States", "North Korea", "South Korea", "China")]
    assert len(set(map(tuple, states))) == 5
    assert {len(each) for each in hues.values()} == {1}


@WIDTHS
@pytest.mark.parametrize("fields", ["id,title,date", "id,title,actors,sources,note,summary"])
def test_chosen_fields_are_not_cut_either(columns: int, fields: str, korea: Korea) -> None:
    run = korea.on_terminal("timeline", "thaad", "--fields", fields, "--color", "never", columns=columns)
    assert [line for line in run.out.split("\n") if cells(line) > columns] == []
    written = korea("timeline", "thaad", "--fields", fields).out
    assert Counter(letters(written)) - Counter(letters(run.out)) == Counter()


@WIDTHS
def test_korean_is_counted_by_the_columns_it_takes(columns: int, korea: Korea) -> None:
    name = "문재인대통령과김정은위원장"
    data = f'[[actors]]\nid = "a"\nname = "{name}"\n' + "".join(
        f'[[events]]\nid = "e{number}"\ntitle = "{name} {name * number}"\ndate = "2017-05-09"\nactors = ["a"]\n'
        for number in range(1, 4)
    )
    run = korea("timeline", "-f", "table", "-d", "-", input=data.encode(), env={"COLUMNS": str(columns)})
    lines = run.out.split("\n")
    assert [line for line in lines if cells(line) > columns] == []
    assert letters(name * 4) in letters(run.out)
    hung = [line for line in lines if "│" in line or "●" in line]
    assert len({cells(line[: re.search("[│●]", line).start()]) for line in hung if "day known" not in line}) == 1  # type: ignore[union-attr]


def test_a_terminal_gets_the_table_and_a_pipe_plain_lines(asked: tuple[str, ...], korea: Korea) -> None:
    if asked == ("export",):  # it writes a data file to both
        assert korea.on_terminal(*asked).out == korea(*asked).out == korea(*asked, "-f", "toml").out
        return
    settings = {"COLUMNS": "80"}
    table = korea(*asked, "-f", "table", "--color", "always", env=settings).out
    assert unnumbered(korea.on_terminal(*asked).out) == unnumbered(table)
    assert korea(*asked).out == korea(*asked, "-f", "plain").out
    assert korea.on_terminal(*asked, "--color", "never").out == korea(*asked, "-f", "table", env=settings).out


def test_the_count_is_a_bare_number_on_a_terminal_too(korea: Korea) -> None:
    assert korea.on_terminal("timeline", "--count").out == korea("timeline", "--count").out


@pytest.mark.parametrize("setting", ["0", "", "-5", "wide", "8e1", "٤٠", "9" * 5000, "1000000000"])
def test_a_width_that_is_none_is_ignored(setting: str, korea: Korea) -> None:
    settings = {"COLUMNS": setting}
    in_pipe = korea("timeline", "-f", "table", env=settings)
    assert in_pipe == korea("timeline", "-f", "table", env={"COLUMNS": "80"})
    on_terminal = korea.on_terminal("timeline", "--color", "never", columns=40, env=settings)
    assert on_terminal == korea.on_terminal("timeline", "--color", "never", columns=40)


def test_a_width_that_is_set_wins_over_the_terminal(korea: Korea) -> None:
    wide = korea.on_terminal("timeline", "--color", "never", columns=40, env={"COLUMNS": "120"})
    assert wide.out == korea("timeline", "-f", "table", env={"COLUMNS": "120"}).out
    assert max(map(cells, wide.out.split("\n"))) > 80


def test_a_terminal_that_does_not_know_its_width_is_80_wide(korea: Korea) -> None:
    unknown = korea.on_terminal("timeline", "--color", "never", columns=0)
    assert unknown == korea.on_terminal("timeline", "--color", "never", columns=80)


@pytest.mark.parametrize("setting", ["1", "5", "19"])
def test_a_screen_narrower_than_20_is_drawn_as_20(setting: str, korea: Korea) -> None:
    narrow = korea("timeline", "-f", "table", env={"COLUMNS": setting})
    assert narrow == korea("timeline", "-f", "table", env={"COLUMNS": "20"})


@pytest.mark.parametrize("columns", [30, 60])
def test_a_preview_of_fzf_is_drawn_as_on_a_terminal_of_its_width(columns: int, korea: Korea) -> None:
    """README has `fzf --preview 'korea show {-1}'`; fzf cuts what is longer than a line."""
    preview = {"FZF_PREVIEW_COLUMNS": str(columns), "COLUMNS": "200", "TERM": "xterm"}
    shown = korea("show", "hwasong-14-launch", env=preview)
    terminal = korea.on_terminal("show", "hwasong-14-launch", columns=columns, env={"TERM": "xterm"})
    assert unnumbered(shown.out) == unnumbered(terminal.out)
    assert "\t" in korea("show", "hwasong-14-launch", "-f", "plain", env=preview).out
