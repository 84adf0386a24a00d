"""Citations, as a person or a script asks for them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Korea

NOTE = "Samuel Ramani, “Russia\u2019s Korea Strategy,” The Diplomat, July 2017."
ENTRY = "Ramani, S. (2017, July). Russia\u2019s Korea Strategy. The Diplomat."


def test_a_source_is_cited_ready_to_paste(korea: Korea) -> None:
    assert korea("cite", "ramani-2017") == (0, f"{NOTE}\n", "")
    assert korea("cite", "ramani-2017", "--style", "APA") == (0, f"{ENTRY}\n", "")


ANSWERS = Path(__file__).parents[1] / "data" / "answers"


@pytest.mark.parametrize("form", ["plain", "markdown", "csv", "json", "bibtex"])
@pytest.mark.parametrize("style", ["chicago", "apa"])
def test_names_in_han_and_hangul_keep_their_order_and_have_no_initials(style: str, form: str, korea: Korea) -> None:
    file = ANSWERS / "14-cjk-authors.toml"
    text = korea("cite", "a", "b", "-d", file, "--style", style, "-f", form).out
    assert "김정은" in text
    assert "李世民" in text
    assert not re.search("정은,? 김|世民,? 李|정\\.|世\\.", text)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("chicago", "- Samuel Ramani, “Russia\u2019s Korea Strategy,” *The Diplomat*, July 2017.\n"),
        ("apa", "- Ramani, S. (2017, July). Russia\u2019s Korea Strategy. *The Diplomat.*\n"),
    ],
)
def test_markdown_has_the_italics_of_the_style(style: str, text: str, korea: Korea) -> None:
    assert text in korea("cite", "ramani-2017", "--style", style, "-f", "markdown").out
    (cited,) = json.loads(korea("cite", "ramani-2017", "--style", style, "--json").out)["citations"]
    assert [cited["text"][start:end].rstrip(".") for start, end in cited["italics"]] == ["The Diplomat"]


def test_an_event_cites_all_it_rests_on_with_the_place(korea: Korea) -> None:
    event = json.loads(korea("show", "hwasong-14-launch", "--json").out)["results"][0]
    told = json.loads(korea("cite", "hwasong-14-launch", "--json").out)
    assert [(each["id"], each["locator"]) for each in told["citations"]] == [
        (source["id"], source["locator"]) for source in event["sources"]
    ]
    assert told["count"] == len(event["sources"])
    first = told["citations"][0]
    assert first["type"] == "citation"
    assert first["style"] == "chicago"
    assert first["text"] == NOTE.replace("2017.", "2017, para. 2.")
    assert first["short"] == "Ramani, “Russia\u2019s Korea Strategy,” para. 2."


def test_what_several_rest_on_is_cited_once(korea: Korea) -> None:
    lines = korea("cite", "icbm-us", "icbm-russia", "hwasong-14-launch", "hwasong-14-launch").out.splitlines()
    assert len(lines) == len(set(lines)) > 3


def test_every_source_of_the_record_is_one_line_in_every_style(korea: Korea) -> None:
    ids = korea("sources", "--fields", "id").out.split()
    for style in ("chicago", "apa"):
        lines = korea("cite", *ids, "--style", style).out.splitlines()
        assert len(lines) == len(ids)
        assert [line for line in lines if "None" in line or "  " in line or ".." in line or ",," in line] == []


def test_an_unknown_style_lists_those_there_are(korea: Korea) -> None:
    run = korea("cite", "ramani-2017", "--style", "mla")
    assert (run.code, run.out) == (2, "")
    assert run.err == "korea: unknown style 'mla'. Allowed values: apa, chicago\n"


def test_what_cites_nothing_is_not_found(korea: Korea) -> None:
    run = korea("cite", "lavrov-himself")
    assert (run.code, run.out) == (1, "")
    assert "lavrov-himself" in run.err


def test_an_event_without_sources_says_that_nothing_is_cited(korea: Korea) -> None:
    data = '[[events]]\nid = "bare"\ntitle = "Bare"\ndate = "2017"\n'
    run = korea("cite", "bare", "-d", "-", input=data.encode())
    assert (run.code, run.out) == (0, "")
    assert run.err == "korea: no sources cited in 'bare'\n"


@pytest.mark.parametrize("columns", [20, 60, 200])
def test_at_a_terminal_citations_are_wrapped_and_indented(columns: int, korea: Korea) -> None:
    run = korea.on_terminal("cite", "ramani-2017", columns=columns, env={"NO_COLOR": "1"})
    assert run.code == 0
    lines = run.out.splitlines()
    assert max(map(len, lines)) <= columns
    start = lines.index("ramani-2017") + 1
    indented = [line for line in lines[start:] if line.startswith("    ")]
    assert " ".join(line.strip() for line in indented).startswith(NOTE)


def test_citations_go_out_as_bibliographies_too(korea: Korea) -> None:
    cited = korea("cite", "icbm-us", "-f", "csl-json")
    assert cited == korea("facts", "id:icbm-us", "-f", "csl-json")
    assert json.loads(cited.out)[0]["id"] == "ramani-2017"
    assert korea("cite", "ramani-2017", "-f", "bibtex").out.startswith("@article{ramani-2017,\n")


@pytest.mark.parametrize("form", ["bibtex", "csl-json"])
@pytest.mark.parametrize("command", ["timeline", "facts", "sources", "search", "show", "actors", "topics", "stats"])
def test_a_bibliography_is_given_or_clearly_refused(command: str, form: str, korea: Korea) -> None:
    needed = {"search": ("missile",), "show": ("hwasong-14-launch", "putin")}
    run = korea(command, *needed.get(command, ()), "-f", form)
    if command in {"actors", "topics", "stats"}:
        assert (run.code, run.out) == (2, "")
        assert f"the format '{form}' is for events, facts, sources and citations" in run.err
    else:
        assert run.code == 0
        assert "ramani-2017" in run.out
        assert "lost or changed when imported again: " in run.err
        assert ("left out, as this format does not support them" in run.err) == (command in {"search", "show"})


def test_a_file_ending_in_bib_is_bibtex(korea: Korea, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("out") / "paper.bib"
    assert korea("timeline", "-o", target).code == 0
    assert target.read_text("utf-8") == korea("timeline", "-f", "bibtex").out
