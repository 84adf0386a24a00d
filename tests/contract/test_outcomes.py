"""What came of a forecast is shown wherever the forecast is listed with its sources, and so are the sources of that."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

FORECAST = """
[[sources]]
id = "almanac"
type = "web"
title = "An almanac"
issued = "2017"
[[sources]]
id = "gazette"
type = "article"
title = "Rain again"
container = "The Gazette"
issued = "2018-01-09"
url = "https://example.org/rain"
[[facts]]
id = "rain"
text = "It will rain."
kind = "forecast"
sources = ["almanac"]
outcome = "It rained all week."
outcome_sources = ["gazette#p3"]
[[facts]]
id = "snow"
text = "It will snow."
kind = "forecast"
sources = ["almanac"]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "weather.toml"
    path.write_text(FORECAST, "utf-8")
    return path


@pytest.mark.parametrize("command", ["facts", "search rain"])
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_list_shows_below_a_forecast_what_came_of_it(columns: int, command: str, korea: Korea, data: Path) -> None:
    out = korea.on_terminal(*command.split(), "-d", data, "--color", "never", columns=columns).out
    assert re.search(r"It will rain(.|\n)*outcome: It rained all week\..*\n.*gazette p3", out)
    assert out.count("outcome") == 1


def test_sources_of_an_outcome_are_links_where_the_terminal_has_them(korea: Korea, data: Path) -> None:
    assert ";https://example.org/rain" in korea.on_terminal("facts", "-d", data, "--color", "always").out


@pytest.mark.parametrize("command", ["facts", "search rain"])
def test_markdown_has_it_with_footnotes(command: str, korea: Korea, data: Path) -> None:
    out = korea(*command.split(), "-d", data, "-f", "markdown").out
    assert "It will rain. *(forecast)* Outcome: It rained all week. [^gazette-p3] |" in out
    assert "[^gazette-p3]: “Rain again”, *The Gazette*, 9 Jan 2018, paragraph 3. <https://example.org/rain>" in out
    assert out.count("Outcome") == 1


def test_the_page_has_it_with_links(korea: Korea, data: Path) -> None:
    out = korea("facts", "-d", data, "-f", "html").out
    assert re.search(
        r"Outcome: It rained all week\.</p>\s*<ul class=.sources.>\s*<li><a href=.https://example.org", out
    )


def test_show_has_the_sources_of_an_outcome_in_full_and_once(korea: Korea, data: Path) -> None:
    """As those of the forecast: id, place, title, where and when it appeared, and address."""
    out = " ".join(korea.on_terminal("show", "-d", data, "rain", "--color", "never", columns=50).out.split())
    assert "outcome sources gazette p3 Rain again, The Gazette, 9 Jan 2018 https://example.org/rain" in out
    assert "sources almanac An almanac, 2017" in out
    assert out.count("gazette") == 1


def test_show_in_markdown_has_footnotes_for_both_kinds_of_sources(korea: Korea, data: Path) -> None:
    out = korea("show", "-d", data, "rain", "-f", "markdown").out
    for line in ("Sources:** [^almanac]", "Outcome:** It rained all week.", "Outcome sources:** [^gazette-p3]"):
        assert f"\n- **{line}\n" in out
    assert "- **Rests on:** 1 source, 1 voice; known since 2017\n" in out
    assert out.count("**Sources:**") == 1


def test_what_came_of_it_is_not_shown_before_it_was_known(korea: Korea, data: Path) -> None:
    for form in ("table", "markdown", "html"):
        out = korea("facts", "-d", data, "-f", form, "--known-by", "2017-12-31").out
        assert "It will rain" in out
        assert "It rained" not in out


def test_programs_find_the_same(korea: Korea, data: Path) -> None:
    (rain, _) = json.loads(korea("facts", "-d", data, "--json").out)["facts"]
    assert (rain["outcome"], [each["id"] for each in rain["outcome_sources"]]) == ("It rained all week.", ["gazette"])
